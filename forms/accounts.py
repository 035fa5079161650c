"""forms: sign-in of staff."""
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField

from forms.base import Base, at_most, required


class SignIn(Base):
    username = StringField(_l("用户名"), render_kw={"autocomplete": "username", "autocapitalize": "none"})
    password = PasswordField(_l("密码"), render_kw={"autocomplete": "current-password"})
    next = HiddenField()

    def validate(self, extra_validators=None):
        return super().validate({
            "username": [required(), at_most(64)],
            "password": [required(), at_most(200)],
        })
