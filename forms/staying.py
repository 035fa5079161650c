"""forms: "checked today, nothing changed", and a law that changed."""
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError
from wtforms.validators import DataRequired

from forms.base import Base, at_most


class Check(Base):
    words = StringField(_l("说明"), render_kw={"maxlength": "300", "autocomplete": "off"})

    def validate(self, extra_validators=None):
        return super().validate({"words": [at_most(300)]})


class Law(Base):
    """`day` is the day of the change, once the form is found good."""

    law = StringField(_l("法律、法规或文件的名称"), render_kw={"list": "laws", "maxlength": "200", "autocomplete": "off"})
    changed_on = StringField(_l("变动日期"), description=_l("写成 2026-11-22。"), render_kw={"maxlength": "10", "autocomplete": "off"})
    words = StringField(_l("改了什么"), render_kw={"maxlength": "300", "autocomplete": "off"})

    def validate(self, extra_validators=None):
        return super().validate({"law": [DataRequired(_("请填写这一项。")), at_most(200)], "words": [at_most(300)]})

    def validate_changed_on(self, field) -> None:
        try:
            self.day = date.fromisoformat((field.data or "").strip())
        except ValueError as error:
            raise ValidationError(_("日期要写成 2026-11-22 这样。")) from error
