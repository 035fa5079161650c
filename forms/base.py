"""forms: what all forms share: the language of the built-in sentences, and sizes that no form exceeds."""
from flask_babel import gettext as _
from wtforms import Form
from wtforms.validators import InputRequired, Length


class Base(Form):
    """A form whose own sentences speak; CSRF is the session's (`portal.web`), not the form's."""

    def errors_at(self) -> list[tuple[str, str, str]]:
        """(field id, label, sentence) of every error, in the order of the page: the list at its top."""
        return [(field.id, str(field.label.text), sentence) for field in self for sentence in _flat(field.errors)]


def required(sentence: str | None = None) -> InputRequired:
    return InputRequired(sentence or _("请填写这一项。"))


def at_most(length: int) -> Length:
    return Length(max=length, message=_("最多 %(n)d 个字，请缩短。", n=length))


def _flat(errors) -> list[str]:
    return [str(error) for error in errors] if isinstance(errors, (list, tuple)) else [str(errors)]
