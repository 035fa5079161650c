"""forms: starting, resuming, sending and withdrawing an application. The guide's own questions are in `answers`."""
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, ValidationError

from forms.base import Base, at_most, required
from portal.languages import current
from portal.queries.applications import Where
from portal.rules import tracking


class Start(Base):
    place = SelectField(_l("在哪里办"), coerce=int, validate_choice=False)

    def __init__(self, places: Sequence[Where], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {place.revision_id: place for place in places}
        self.place.choices = [(place.revision_id, place.name.said(current())) for place in places]

    def validate_place(self, field) -> None:
        if self.places and field.data not in self.places:
            raise ValidationError(_("请从列表中选一个办理点。"))


class Resume(Base):
    code = StringField(_l("续填码"), description=_l("16 位，在填写页面上显示过，例如 2345-6789-CDFH-JKMN。大小写和横线都不要紧。"),
                       render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": "40"})

    def validate(self, extra_validators=None):
        return super().validate({"code": [required(), at_most(40), _readable]})


class Send(Base):
    declared = BooleanField(_l("我确认：以上内容和材料真实、有效；我知道提供虚假内容要承担法律责任。"))

    def validate_declared(self, field) -> None:
        if not field.data:
            raise ValidationError(_("请先勾选确认，再提交。"))


class Withdraw(Base):
    sure = BooleanField(_l("我确认撤回这份申请。"))

    def validate_sure(self, field) -> None:
        if not field.data:
            raise ValidationError(_("请先勾选确认，再撤回；现在什么都没有改变。"))


def _readable(form, field) -> None:
    try:
        form.read_code = tracking.read_resume_code(field.data)
    except tracking.TrackingProblem as problem:
        raise ValidationError(problem.text.said(current())) from problem
