"""forms: the acts of officers on a case. What may be chosen comes from the guide; what must be said, from the law."""
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import StopValidation

from forms.base import Base, at_most

LONGEST = 2000
"""Characters of what an officer writes in one field."""

Choices = Sequence[tuple[str, str]]


class Act(Base):
    """An act without words. `seen` is the version of the case, or the round of the stage, that the officer had before her."""

    seen = HiddenField()


class Finish(Act):
    """A stage is finished. `explained` are the outcomes that need reasons (article 38)."""

    outcome = RadioField(_l("办理结果"), validate_choice=False)
    opinion = TextAreaField(_l("意见"), description=_l("写明审查情况；不予批准或者退回的，写明理由。申请人会在决定书上看到不予批准的理由。"))
    second = SelectField(_l("第二名核查人员"), validate_choice=False, description=_l("实质内容的核查由两名以上工作人员进行（行政许可法第三十四条）。"))
    way = RadioField(_l("送达方式"), validate_choice=False)

    def __init__(self, formdata=None, *, outcomes: Choices, explained: frozenset[str], seconds: Choices | None, ways: Choices | None,
                 prefix: str, **more):
        super().__init__(formdata, prefix=prefix, **more)
        self.outcome.choices, self.explained = list(outcomes), explained
        self.second.choices = [("", _("请选择")), *(seconds or ())]
        self.way.choices = list(ways or ())
        if seconds is None:
            del self.second
        if ways is None:
            del self.way
        if len(outcomes) == 1 and not self.outcome.data:
            self.outcome.data = outcomes[0][0]
        if ways and not self.way.data:
            self.way.data = ways[0][0]

    def validate(self, extra_validators=None):
        reasons = [written(_("请写明理由：不予批准或者退回都要说明理由。"))] if self.outcome.data in self.explained else []
        return super().validate({
            "outcome": [chosen(_("请选择办理结果。"))],
            "opinion": [*reasons, at_most(LONGEST)],
            "second": [chosen(_("请选择一同核查的人员。"))],
            "way": [chosen(_("请选择送达方式。"))],
        })


class Deliver(Act):
    """The decision is handed over."""

    way = RadioField(_l("送达方式"), validate_choice=False)

    def __init__(self, formdata=None, *, ways: Choices, **more):
        super().__init__(formdata, **more)
        self.way.choices = list(ways)
        if not self.way.data:
            self.way.data = self.way.choices[0][0]

    def validate(self, extra_validators=None):
        return super().validate({"way": [chosen(_("请选择送达方式。"))]})


class Refuse(Act):
    """Acceptance is refused, or is not needed (article 32). `untold` where the day for deciding it has passed without a
    word: then only what is no matter of the papers is left."""

    kind = RadioField(_l("情形"), validate_choice=False)
    reason = TextAreaField(_l("理由"), description=_l("会写进不予受理决定书，请写清事实和依据。"))
    right_body = TextAreaField(_l("有权办理的机关"), description=_l("不属于本机关职权的，写明应当向哪个机关申请。"))

    def __init__(self, formdata=None, *, untold: bool, **more):
        super().__init__(formdata, **more)
        self.kind.choices = [
            ("not_ours", _("不属于本机关职权范围")),
            *([] if untold else [("not_accepted", _("不符合受理条件"))]),
            ("not_needed", _("依法不需要办理")),
        ]

    def validate(self, extra_validators=None):
        body = [written(_("请写明应当向哪个机关申请。"))] if self.kind.data == "not_ours" else []
        return super().validate({
            "kind": [chosen(_("请选择属于哪种情形。"))],
            "reason": [written(_("请写明理由。")), at_most(LONGEST)],
            "right_body": [*body, at_most(200)],
        })


class Paper(Base):
    """One document or section of the form in a correction."""

    problem = SelectField(_l("问题"), validate_choice=False)
    to_do = TextAreaField(_l("怎么改"), render_kw={"rows": "2"})

    def __init__(self, formdata=None, *, problems: Choices, **more):
        super().__init__(formdata, **more)
        self.problem.choices = [("", _("没有问题")), *problems]

    def validate(self, extra_validators=None):
        return super().validate({
            "problem": [chosen(_("写了怎么改，请选择是什么问题。"))] if _stripped(self.to_do.data) or self.problem.data else [],
            "to_do": [*([written(_("请写明怎么改，让申请人一次改好。"))] if self.problem.data else []), at_most(LONGEST)],
        })


class Correct(Act):
    """The one-time notice (article 32): `papers` are (key, what it is called); `again` where one was sent before."""

    reason_again = TextAreaField(
        _l("为什么再次要求补正"), description=_l("同样的材料依法只能告知一次；确需再次告知的，写明理由，会记入办件记录。"))

    days = IntegerField(_l("几个工作日内补正"), description=_l("从送达之日起算；按本县的规定改。"), render_kw={"inputmode": "numeric"})

    def __init__(self, formdata=None, *, papers: Choices, problems: Choices, again: bool, **more):
        super().__init__(formdata, **more)
        self.papers = [(name, Paper(formdata, problems=problems, prefix=f"{key}-")) for key, name in papers]
        self.keys = [key for key, _name in papers]
        self.nothing = False
        if not again:
            del self.reason_again

    def validate(self, extra_validators=None):
        own = super().validate({"reason_again": [written(_("请写明再次要求补正的理由。")), at_most(LONGEST)], "days": [_days]})
        rows = all([paper.validate() for _name, paper in self.papers])
        self.nothing = rows and not self.wanted
        return own and rows and not self.nothing

    @property
    def wanted(self) -> list[tuple[str, str, str]]:
        """(key, problem, what to do) of every paper that has a problem."""
        return [(key, paper.problem.data, paper.to_do.data.strip())
                for key, (_name, paper) in zip(self.keys, self.papers, strict=True) if paper.problem.data]

    def errors_at(self) -> list[tuple[str, str, str]]:
        found = super().errors_at()
        found += [(at, f"{name}：{label}", said) for name, paper in self.papers for at, label, said in paper.errors_at()]
        if self.nothing:
            first = self.papers[0][1].problem.id if self.papers else ""
            found.append((first, _("补正内容"), _("请至少选择一份需要补正的材料，并写明怎么改。")))
        return found


class PutRight(Correct):
    """What was put right on the spot: the same papers, and how each was put right."""

    def __init__(self, formdata=None, **more):
        super().__init__(formdata, again=False, **more)
        del self.days
        for _name, paper in self.papers:
            paper.to_do.label.text = _("怎么改好的")


def _days(form, field) -> None:
    if field.data is None or not 1 <= field.data <= 365:
        raise StopValidation(_("请写 1 到 365 之间的整数。"))


def _stripped(value: str | None) -> str:
    return (value or "").strip()


def written(sentence: str):
    """Something is written in the field, or the sentence stands beside it."""
    def check(form, field) -> None:
        if not _stripped(field.data):
            raise StopValidation(sentence)
    return check


def chosen(sentence: str):
    """One of the field's choices is chosen, or the sentence stands beside it."""
    def check(form, field) -> None:
        if not field.data or field.data not in [value for value, _label in field.choices]:
            raise StopValidation(sentence)
    return check
