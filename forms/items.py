"""forms: a change in an item's life as somebody proposes it: the day, the reason, the basis, and what this change needs besides."""
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from forms.base import Base, at_most, required
from portal.languages import current
from portal.rules import items
from portal.rules.guide.codes import Tier
from portal.rules.items import Life

LONGEST = 2000
ASKED = {Life.SUSPENDED: _l("要办的请找哪个机关"), Life.CANCELLED: _l("要办的请找哪个机关"), Life.TAKEN_OVER: _l("原来由哪个机关办"),
         Life.HANDED_DOWN: _l("现在由哪个机关办")}
"""What the body is, for each change that names one."""
ALWAYS = frozenset({"since", "reason", "basis", "seen", "reason_en", "basis_en"})
_DAY, _LINES = {"type": "date", "autocomplete": "off"}, {"rows": "3"}


class Proposal(Base):
    """The fields that a change to `target` may have; `read` has what was typed, a day as a day. `seen` is the state of the
    item that she had before her."""

    seen = HiddenField()
    since = StringField(_l("从哪一天起"), description=_l("写成 2026-12-01 的样子。今天或以前的，审定后马上生效；以后的，到那天自动生效。"), render_kw=_DAY)
    until = StringField(_l("暂停到哪一天"), description=_l("最后一天。写了的，第二天自动恢复；还不知道的，空着。"), render_kw=_DAY)
    tier = SelectField(_l("哪一级"))
    body = StringField("", description=_l("写机关的全称，群众看得懂、找得到。"))
    successor = StringField(_l("转到哪个事项"), description=_l("那个事项的基本编码，或者它网址里的名字。"), render_kw={"autocomplete": "off"})
    reason = TextAreaField(_l("原因"), description=_l("会公布，请写给群众看。"), render_kw=_LINES)
    basis = TextAreaField(_l("依据"), description=_l("文件的名称、文号和条款，会公布。"), render_kw=_LINES)
    body_en = StringField(_l("机关的英文名称"), render_kw={"lang": "en"})
    reason_en = TextAreaField(_l("原因的英文"), render_kw={**_LINES, "lang": "en"})
    basis_en = TextAreaField(_l("依据的英文"), render_kw={**_LINES, "lang": "en"})

    def __init__(self, target: Life, *args, **rest):
        super().__init__(*args, **rest)
        self.target, self.read = target, {}
        keep = ALWAYS | items.wanted(target) | ({"body_en"} if "body" in items.wanted(target) else set())
        for name in [field.name for field in self if field.name not in keep]:
            del self[name]
        if "body" in self and target in ASKED:
            self.body.label.text = ASKED[target]
        if "tier" in self:
            self.tier.choices = [(tier.value, tier.text.said(current())) for tier in items.TIERS[target]]

    def validate(self, extra_validators=None):
        needed = items.needed(self.target)
        days = {name: [required() if name in needed else Optional(), a_day] for name in ("since", "until") if name in self}
        words = {name: [required() if name in needed else Optional(), at_most(LONGEST)]
                 for name in ("body", "successor", "reason", "basis", "body_en", "reason_en", "basis_en") if name in self}
        found = super().validate(days | words | ({"tier": [required()]} if "tier" in self else {}))
        for field in self:
            self.read[field.name] = (field.data or "").strip() or None
        if found:
            self.read |= {name: day_of(self[name].data) if self.read[name] else None for name in days}
        return found

    @property
    def tier_read(self) -> Tier | None:
        return Tier(self.read["tier"]) if self.read.get("tier") else None


class Step(Base):
    """A step with the proposal. `seen` is as above."""

    seen = HiddenField()

    @property
    def lost(self) -> str:
        """What was typed, for who comes too late."""
        return self.words.data.strip() if "words" in self and self.words.data else ""


class Refuse(Step):
    words = TextAreaField(_l("理由"), description=_l("写清哪里不对，提出的人会看到。"), render_kw=_LINES)

    def validate(self, extra_validators=None):
        return super().validate({"words": [required(_("请写明理由。")), at_most(LONGEST)]})


FORMS: dict[items.Step, type[Step]] = {items.Step.APPROVE: Step, items.Step.REFUSE: Refuse, items.Step.TAKE_BACK: Step}


def day_of(typed: str) -> date:
    """The day that was typed, with strokes, dots or slashes. Raises ValueError."""
    parts = typed.strip().replace("/", "-").replace(".", "-").split("-")
    return date(*(int(part) for part in parts)) if len(parts) == 3 else date.fromisoformat(typed.strip())


def a_day(form, field) -> None:
    """What was typed is a day."""
    try:
        day_of(field.data)
    except ValueError as error:
        raise ValidationError(_("这不是一个日期，请写成 2026-12-01 的样子。")) from error
