"""forms: sign-in of staff, and a new password."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import Length

from forms.base import Base, at_most, required

SHORTEST = 10
"""Characters of a new password."""


class SignIn(Base):
    username = StringField(_l("用户名"), render_kw={"autocomplete": "username", "autocapitalize": "none"})
    password = PasswordField(_l("密码"), render_kw={"autocomplete": "current-password"})
    next = HiddenField()

    def validate(self, extra_validators=None):
        return super().validate({
            "username": [required(), at_most(64)],
            "password": [required(), at_most(200)],
        })


class NewPassword(Base):
    """A new password for who knows the old one. `username` is hers."""

    old = PasswordField(_l("现在的密码"), render_kw={"autocomplete": "current-password"})
    new = PasswordField(_l("新密码"), description=_l("至少 10 个字符。几个不相干的词连起来，好记又难猜。"), render_kw={"autocomplete": "new-password"})
    again = PasswordField(_l("再输一次新密码"), render_kw={"autocomplete": "new-password"})

    def __init__(self, username: str, *args, **rest):
        super().__init__(*args, **rest)
        self.username = username

    def validate(self, extra_validators=None):
        return super().validate({
            "old": [required(), at_most(200)],
            "new": [required(), Length(min=SHORTEST, message=_("至少 %(n)d 个字符。", n=SHORTEST)), at_most(200), self._another],
            "again": [required(), self._same],
        })

    def _another(self, form, field) -> None:
        if field.data == self.old.data:
            raise ValidationError(_("新密码和现在的一样，请换一个。"))
        if self.username.lower() in field.data.lower():
            raise ValidationError(_("密码里不要有用户名。"))

    def _same(self, form, field) -> None:
        if field.data != self.new.data:
            raise ValidationError(_("两次输的不一样，请再输一次。"))
