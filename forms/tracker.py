"""forms: the tracker's code, and the PIN beside it."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, ValidationError

from forms.base import Base, at_most, required
from portal.languages import current
from portal.rules import tracking
from portal.rules.tracking import TrackingProblem


class Look(Base):
    code = StringField(_l("查询码"), description=_l("10 位，印在回执上，例如 23456-789CD。大小写和横线都不要紧。"), render_kw={
        "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": "40"})

    def validate(self, extra_validators=None):
        return super().validate({"code": [required(_("请输入查询码，它印在回执上。")), at_most(40), self._readable]})

    def _readable(self, form, field) -> None:
        try:
            self.read_code = tracking.read_tracking_code(field.data)
        except TrackingProblem as problem:
            raise ValidationError(problem.text.said(current())) from problem


class Pin(Base):
    pin = StringField(_l("办理密码"), description=_l("6 位数字，在回执上。"), render_kw={
        "autocomplete": "off", "inputmode": "numeric", "maxlength": "12"})
    next = HiddenField()

    def validate(self, extra_validators=None):
        return super().validate({"pin": [required(), at_most(12), self._readable]})

    def _readable(self, form, field) -> None:
        try:
            self.read_pin = tracking.read_pin(field.data)
        except TrackingProblem as problem:
            raise ValidationError(problem.text.said(current())) from problem
