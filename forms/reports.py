"""forms: a reader's "this is wrong", the code by which she reads the answer, and the answer."""
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired

from forms.base import Base, at_most
from portal.rules import tracking

LONGEST, CONTACT = 2000, 100
"""Characters of what a reader writes, and of how she can be reached."""


class Write(Base):
    """`code` came with the page; a report is made once, however often the button is pressed."""

    element = SelectField(_l("哪一部分不对"), validate_choice=False)
    words = TextAreaField(_l("哪里不对，应该是什么"), description=_l("请不要写身份证号等个人信息，用不着。"), render_kw={"rows": "5", "maxlength": str(LONGEST)})
    contact = StringField(_l("怎样联系您"), description=_l("电话或邮箱，只用来核实这一条。不留也会处理。"), render_kw={
        "autocomplete": "off", "maxlength": str(CONTACT)})
    code = HiddenField()

    def __init__(self, elements: Sequence[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.element.choices = list(elements)

    def validate(self, extra_validators=None):
        return super().validate({"words": [DataRequired(_("请写明哪里不对。")), at_most(LONGEST)], "contact": [at_most(CONTACT)]})

    def validate_element(self, field) -> None:
        if field.data not in {value for value, _name in field.choices}:
            raise ValidationError(_("请从列表中选一部分。"))


class Look(Base):
    code = StringField(_l("反馈编号"), description=_l("10 位，提交后显示过，例如 23456-789CD。大小写和横线都不要紧。"), render_kw={
        "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": "40"})

    def validate(self, extra_validators=None):
        return super().validate({"code": [DataRequired(_("请输入反馈编号。")), at_most(40)]})

    def validate_code(self, field) -> None:
        try:
            self.read_code = tracking.read_tracking_code(field.data)
        except tracking.TrackingProblem as problem:
            raise ValidationError(_("编号不对，请对照提交后显示的编号再输一次。")) from problem


class Answer(Base):
    words = TextAreaField(_l("答复"), description=_l("反馈的人凭编号可以看到，请写给群众看。"), render_kw={"rows": "4", "maxlength": str(LONGEST)})

    def validate(self, extra_validators=None):
        return super().validate({"words": [DataRequired(_("请写答复。")), at_most(LONGEST)]})
