"""rules/guide: what is wrong with what an editor typed, in sentences that stand beside the field.

The faults are those of `errors`; there the remedy is told to somebody who writes YAML, here to somebody who fills in a form.
"""
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from portal.rules.guide import errors
from portal.rules.guide.elements import label
from portal.rules.guide.text import Text


class Mistake(NamedTuple):
    """`at` is a JSON Pointer into the file; `about` the key of the row that the fault is about, if it is about one."""

    at: str
    code: str
    said: Text
    about: str = ""


SENTENCES: dict[str, tuple[str, str]] = {
    "bounds": ("{label}超出了范围，请填 {bounds} 的数。", "{label} is out of range: give a number that is {bounds}."),
    "code_is_number": ("{label}要写成文字。", "Write {label} as text."),
    "condition": ("条件没有写完整，请选问题和比较方式。", "The condition is not complete: choose a question and how it is compared."),
    "condition_field_unknown": ("别处的条件还用到“{detail}”这个问题，所以不能没有它。请先到用它的地方改掉条件，再回来删。",
                                "A condition elsewhere still asks for “{detail}”, so the question cannot go. Change that condition first."),
    "condition_value": ("请填写用来比较的内容。", "Say what it is compared with."),
    "condition_value_unfit": ("请填写用来比较的内容；要与几项比较的，选“为其中之一”。",
                              "Say what it is compared with; to compare with several, choose “is one of”."),
    "condition_value_unused": ("“已填写”不用再写内容。", "“is given” takes nothing more."),
    "date": ("{label}不是日期，请写成 2026-01-31 的样子。", "{label} is not a date: write it like 2026-01-31."),
    "day_unknown": ("{label}写的这一天不存在，请写那个月有的日子，如 02-29。",
                    "{label} is a day that its month does not have: give one that it has, such as 02-29."),
    "enum": ("请从列表里选{label}。", "Choose {label} from the list."),
    "field_bounds": ("最小值大于最大值，请改正其中一个。", "The minimum is greater than the maximum: correct one of them."),
    "field_options": ("单选、多选至少要写一个选项；其他类型不要写选项。", "A choice needs at least one option, and other types have none."),
    "key_twice": ("有两行的标识相同（{detail}），请删去其中一行再重新添加。", "Two rows have the same key ({detail}): remove one of them and add it anew."),
    "limit_not_quarters": ("请写四分之一的整数倍，如 0.25、0.5、1。", "Give a whole number of quarters, such as 0.25, 0.5 or 1."),
    "limit_spot_with_amount": ("当场办结的不写数量，请删去数量，或者改单位。", "On the spot has no amount: clear the amount, or change the unit."),
    "limit_without_amount": ("请写数量；当场办结的，单位选“当场办结”。", "Give the amount, or choose “on the spot” as its unit."),
    "main_document_later": ("主要材料不能容缺后补：请改必要性，或者不勾“主要材料”。",
                            "A main document may not follow later: change its necessity, or do not tick “main document”."),
    "missing": ("请填写{label}。", "Give {label}."),
    "number": ("{label}请只写数字，不带单位。", "Write digits alone for {label}, without a unit."),
    "outcome_back_without_stage": ("去向是“退回”的，请选退回到哪个环节；去向不是“退回”的，“退回到”留空。",
                                   "Where an outcome leads back, choose the stage; elsewhere leave “back to” empty."),
    "outcome_end_without_kind": ("去向是“办结”的，请选怎样结束；去向不是“办结”的，“怎样结束”留空。",
                                 "Where an outcome ends the case, choose how; elsewhere leave “end” empty."),
    "result_unknown": ("环节要产生的结果“{detail}”还没有，或者刚被删去：请改“产生的结果”，或者先写上这个结果。",
                       "A stage produces the result “{detail}”, which is not there: change what it produces, or add the result first."),
    "stage_unknown": ("有环节等待或退回到“{detail}”，而这个环节没有了：请改“等待的环节”或“退回到”。",
                      "A stage waits for, or leads back to, “{detail}”, which is gone: change what it waits for or leads back to."),
    "stop_reason_on_counted": ("勾了“计入期限”，就不要选不计入的理由。", "Where the stage counts, choose no reason not to count."),
    "stop_without_reason": ("没有勾“计入期限”，请选不计入的理由。", "The stage does not count: choose the reason."),
    "stop_without_rule": ("依照其他规定不计入的，请写明是哪条规定。", "Cite the rule under which the time is not counted."),
    "string_pattern_mismatch": ("{label}的写法不对，应是{form}。", "{label} is not written as it should be: {form_en}."),
    "string_too_long": ("{label}太长，最多 {most} 个字，请写短一些。", "{label} is too long: shorten it to {most} characters."),
    "string_too_short": ("请填写{label}。", "Give {label}."),
    "too_short": ("{label}至少要有一项。", "{label} needs at least one entry."),
}


def mistakes(error: ValidationError, names: Mapping[str, Text] = {}) -> list[Mistake]:
    """What is wrong, one sentence a place, in the order of the file. `names` says what the rows of those keys are called."""
    rows: dict[str, Any] = {}
    for row in error.errors(include_url=False):
        rows.setdefault(errors.pointer(errors.plain_loc(row["loc"])), row)
    found = ((one, rows.get(one.at, {})) for one in errors.problems(error))
    return [Mistake(one.at, one.code, _said(one, row, names), _about(row)) for one, row in found]


def _about(row: dict[str, Any]) -> str:
    """Ours carry the key that is wrong beside their code; pydantic's own are plain strings."""
    said = getattr(row.get("ctx", {}).get("error"), "args", ())
    return said[1] if len(said) > 1 else ""


def _said(problem: errors.Problem, row: dict[str, Any], names: Mapping[str, Text]) -> Text:
    if problem.code not in SENTENCES:
        return problem.what
    words = [word for word in problem.at.split("/") if word and word != "guide" and not word.isdigit()]
    named = label(".".join(words[:words.index("when") + 1] if "when" in words else words))
    context = row.get("ctx", {})
    detail = _about(row)
    form = errors.FORMS.get(words[-1] if words else "", errors.FORMS["key"])
    zh, en = SENTENCES[problem.code]
    said, most = names.get(detail), context.get("max_length")
    bounds = " ".join(f"{sign} {context[name]}" for name, sign in (("ge", "≥"), ("le", "≤"), ("gt", ">"), ("lt", "<")) if name in context)
    return Text(
        zh=zh.format(label=named.zh, detail=said.zh if said else detail, bounds=bounds, form=form[0], most=most),
        en=en.format(label=f"the {named.said('en')}", detail=said.said("en") if said else detail, bounds=bounds, form_en=form[1], most=most))
