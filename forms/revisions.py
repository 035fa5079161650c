"""forms: what moves a guide's revision: words where reasons are owed, a time where it shall go live, remarks on elements."""
from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired

from forms.base import Base, at_most
from portal.rules.calendar import SHANGHAI
from portal.rules.workflow import Move

LONGEST = 2000
"""Characters of what somebody writes on one move or one element."""


class Moved(Base):
    """A move without words. `seen` is the version of the revision that she had before her."""

    seen = HiddenField()

    @property
    def lost(self) -> str:
        """What was typed, for who comes too late."""
        return self.words.data.strip() if "words" in self and self.words.data else ""


class SendOn(Moved):
    words = TextAreaField(_l("说明"), render_kw={"rows": "2"})

    def validate(self, extra_validators=None):
        return super().validate({"words": [at_most(LONGEST)]})


class SendBack(Moved):
    words = TextAreaField(_l("退回理由"), description=_l("写清哪里要改，编辑会照着改。"), render_kw={"rows": "3"})

    def validate(self, extra_validators=None):
        return super().validate({"words": [DataRequired(_("请写明退回理由。")), at_most(LONGEST)]})


class Withdraw(Moved):
    words = TextAreaField(_l("撤下理由"), description=_l("会公布在原来的网址上，请写给群众看。"), render_kw={"rows": "3"})

    def validate(self, extra_validators=None):
        return super().validate({"words": [DataRequired(_("请写明撤下理由。")), at_most(LONGEST)]})


class Schedule(Moved):
    """`at` is read on the office's clock; `moment` is the same in UTC, None where it is no time."""

    at = StringField(_l("公布时间"), description=_l("北京时间，例如 2026-12-01T08:30。到点自动公布。"), render_kw={"type": "datetime-local"})

    @property
    def moment(self) -> datetime | None:
        try:
            return datetime.fromisoformat((self.at.data or "").strip().replace(" ", "T")[:16]).replace(tzinfo=SHANGHAI).astimezone(UTC)
        except (ValueError, OverflowError):  # the first hours of the year 1 are none in UTC
            return None

    def validate(self, extra_validators=None):
        return super().validate({"at": [DataRequired(_("请填写公布时间。")), _a_time]})

    @property
    def lost(self) -> str:
        return (self.at.data or "").strip()


class Remark(Base):
    words = TextAreaField(_l("审核意见"), description=_l("写清有什么问题、应当怎么改。"), render_kw={"rows": "4"})

    def validate(self, extra_validators=None):
        return super().validate({"words": [DataRequired(_("请写明意见。")), at_most(LONGEST)]})


FORMS: dict[Move, type[Moved]] = {
    Move.SEND_ON: SendOn, Move.SEND_BACK: SendBack, Move.SCHEDULE: Schedule, Move.PUBLISH: Moved, Move.WITHDRAW: Withdraw, Move.REVISE: Moved,
}


def _a_time(form: Schedule, field) -> None:
    if form.moment is None:
        raise ValidationError(_("这不是一个时间，请写成 2026-12-01T08:30 的样子。"))
