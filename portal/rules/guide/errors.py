"""rules/guide: what is wrong with a guide file, in sentences that name the element and the remedy.

pydantic and YAML tell faults by codes; here each code has its sentence in both languages. The
validators of the schema raise only codes that stand in CODES (a test reads them all).
"""
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import ValidationError

from portal.rules.guide.elements import children, label
from portal.rules.guide.text import Text
from portal.rules.guide.yaml import MAX_CHARACTERS, NotYaml

UNION_TAGS = {"all", "any", "not", "field"}
SHOWN = 40
"""Characters of a wrong value that a sentence repeats."""


class Problem(NamedTuple):
    """One fault: `at` is a JSON Pointer into the file, `what` says the fault, `remedy` what to do."""

    at: str
    code: str
    what: Text
    remedy: Text

    @property
    def message(self) -> Text:
        return Text(zh=self.what.zh + self.remedy.zh, en=f"{self.what.said('en')} {self.remedy.said('en')}")


CODES: dict[str, tuple[str, str, str, str]] = {
    # The schema's own.
    "code_is_number": ("{label}写成了数字，前面的 0 会丢。", "{label} is written as a number, so leading zeros are lost.",
                       "给它加上引号。", "Put it in quotes."),
    "condition_field_unknown": ("条件用到了没有问过的问题“{detail}”。",
                                "A condition asks for the question “{detail}”, which does not exist.",
                                "把 field 改成 situations 或 form 里已有的 key。",
                                "Use the key of a question in situations or form as its field."),
    "condition_value_unfit": ("条件的值与比较方式不符。", "A condition's value does not fit its comparison.",
                              "op 为 in 时写一列值，其他比较写一个值。", "Give a list of values for “in”, else one value."),
    "condition_value_unused": ("“已填写”这种条件不带值。", "The comparison “given” takes no value.",
                               "删去 value。", "Take the value out."),
    "day_unknown": ("{label}写的这一天不存在：“{value}”。", "{label} is a day that its month does not have: “{value}”.",
                    "写那个月有的日子，如 02-29。", "Give one that it has, such as 02-29."),
    "field_bounds": ("“{label}”的最小值大于最大值。", "The minimum of “{label}” is greater than its maximum.",
                     "改正 minimum 或 maximum。", "Correct minimum or maximum."),
    "field_options": ("单选、多选要有选项，其他类型不能有选项。", "A choice needs options, and no other type may have them.",
                      "补上 options，或改类型（type）。", "Add options, or change the type."),
    "key_twice": ("{label}里有两行的 key 都是“{detail}”。", "Two rows in {label} have the key “{detail}”.",
                  "给每一行不同的 key。", "Give each row a key of its own."),
    "limit_not_quarters": ("{label}不是四分之一的整数倍。", "{label} is not a whole number of quarters.",
                           "写成 0.25、0.5、1 这样的数。", "Write a number such as 0.25, 0.5 or 1."),
    "limit_spot_with_amount": ("{label}是当场办结，却又写了数量。", "{label} is on the spot, yet has an amount.",
                               "删去 amount，或改单位（unit）。", "Take the amount out, or change the unit."),
    "limit_without_amount": ("{label}没有写数量。", "{label} has no amount.",
                             "写上 amount；当场办结的写 unit: on_the_spot。", "State the amount, or unit: on_the_spot."),
    "main_document_later": ("主要材料不能容缺后补。", "A main document may not follow later.",
                            "把必要性改为必要，或不标为主要材料（main）。", "Make it required, or do not mark it as main."),
    "outcome_back_without_stage": ("退回的结果要写退回到哪个环节；其他结果不能写。",
                                   "An outcome that leads back names the stage; no other outcome does.",
                                   "写上 to，或把 leads 改为 back。", "State “to”, or make it lead back."),
    "outcome_end_without_kind": ("办结的结果要写怎样结束；其他结果不能写。",
                                 "An outcome that ends the case says how; no other outcome does.",
                                 "写上 end，或把 leads 改为 end。", "State “end”, or make it end the case."),
    "result_unknown": ("环节产生的结果“{detail}”不在本情形的结果里。",
                       "A stage produces the result “{detail}”, which this situation does not have.",
                       "改成 results 里已有的 key，或补上这个结果。", "Use the key of one of its results, or add the result."),
    "stage_unknown": ("环节等待或退回的“{detail}”不在本情形的环节里。",
                      "A stage waits for, or leads back to, “{detail}”, which this situation does not have.",
                      "把 waits_for 和 to 改成已有环节的 key。", "Use the keys of its stages in waits_for and to."),
    "stop_reason_on_counted": ("环节计入期限，却写了不计入的理由。", "A stage counts, yet states why it does not.",
                               "写 counted: false，或删去 stop_reason。", "Write counted: false, or take stop_reason out."),
    "stop_without_reason": ("环节不计入期限，却没有写理由。", "A stage does not count, and no reason is given.",
                            "写上 stop_reason。", "State stop_reason."),
    "stop_without_rule": ("依照其他规定不计入的，没有写是哪条规定。", "Time is left out under another rule that is not cited.",
                          "写明依据（环节写 stop_basis，其他写 basis）。", "Cite it: stop_basis in a stage, basis elsewhere."),
    # YAML's.
    "yaml_alias": ("第{line}行用了 YAML 的引用（*），读的人看不见内容。", "Line {line} uses a YAML alias (*), which hides its content.",
                   "把内容写出来。", "Write the content out."),
    "yaml_broken": ("文件不是正确的 YAML{where}。", "The file is no valid YAML{where}.",
                    "检查缩进、冒号后的空格和引号。", "Look at indentation, the space after a colon, and quotes."),
    "yaml_key_twice": ("第{line}行的名称在同一处出现了两次。", "The name on line {line} stands twice in one place.",
                       "留下一个。", "Keep one."),
    "yaml_no_mapping": ("文件里没有指南：最外层应是 guide、offerings 这样的名称。",
                        "The file holds no guide: the outermost level has names such as guide and offerings.",
                        "对照 ./banshi schema 改写。", "Rewrite it after ./banshi schema."),
    "yaml_too_deep": ("第{line}行套得太深，没有指南会这样。", "Line {line} is nested too deep for a guide.",
                      "检查缩进和括号。", "Look at indentation and brackets."),
    "yaml_too_long": ("文件超过{most}个字符，不像一份指南。", "The file has more than {most} characters; that is no guide.",
                      "确认文件对不对，或拆成几份。", "Check that it is the right file, or split it."),
    # pydantic's, with the words that its context brings.
    "missing": ("缺少{label}。", "{label} is missing.", "补上 {name}。", "Add {name}."),
    "extra_forbidden": ("“{name}”不是{parent}的要素。", "“{name}” is no element of {parent}.", "{near}", "{near_en}"),
    "enum": ("{label}的值“{value}”不在列表里。", "{label} has the value “{value}”, which is not in its list.",
             "改成以下之一：{allowed}。", "Use one of: {allowed}."),
    "literal_error": ("{label}的值“{value}”不对。", "{label} has the wrong value “{value}”.",
                      "改成：{allowed}。", "Use: {allowed}."),
    "string_type": ("{label}应是文字，不是“{value}”。", "{label} takes text, not “{value}”.",
                    "写成文字；像数字的加上引号。", "Write text; put it in quotes where it looks like a number."),
    "string_too_short": ("{label}是空的。", "{label} is empty.", "填写，或整行删去。", "Fill it in, or leave the line out."),
    "string_too_long": ("{label}太长（最多{max_length}个字符）。", "{label} is too long (at most {max_length} characters).",
                        "写短，其余写进说明。", "Shorten it; put the rest into a note."),
    "string_pattern_mismatch": ("{label}的值“{value}”不合格式。", "{label} has the value “{value}”, which does not have its form.",
                                "按这个格式写：{form}。", "Write it in this form: {form_en}."),
    "model_type": ("{label}应有下级要素，不是“{value}”。", "{label} has elements of its own and cannot be “{value}”.",
                   "分行写出它的要素：{children}。", "Write its elements line by line: {children}."),
    "list_type": ("{label}应是一列，不是“{value}”。", "{label} is a list and cannot be “{value}”.",
                  "每项一行，前面加“- ”。", "Write one line each, beginning with “- ”."),
    "dict_type": ("{label}应有下级要素，不是“{value}”。", "{label} has elements of its own and cannot be “{value}”.",
                  "分行写出它的要素。", "Write its elements line by line."),
    "too_short": ("{label}至少要有一项。", "{label} needs at least one entry.", "补上一项，或整行删去。", "Add one, or leave the line out."),
    "too_long": ("{label}的项数太多。", "{label} has too many entries.", "减少项数。", "Have fewer."),
    "number": ("{label}应是数字，不是“{value}”。", "{label} takes a number, not “{value}”.",
               "只写数字，不带单位和引号。", "Write digits alone, without unit or quotes."),
    "bool": ("{label}应写 true 或 false，不是“{value}”。", "{label} takes true or false, not “{value}”.",
             "是写 true，否写 false。", "Write true for yes, false for no."),
    "date": ("{label}不是日期：“{value}”。", "{label} is not a date: “{value}”.",
             "写成 2026-01-31 的样子。", "Write it like 2026-01-31."),
    "bounds": ("{label}的值“{value}”超出范围。", "{label} has the value “{value}”, which is out of range.",
               "写在 {bounds} 的数。", "Write a number that is {bounds}."),
    "condition": ("{label}不是一个条件。", "{label} is no condition.",
                  "写成 {{field, op, value}}，或 all、any、not。", "Write {{field, op, value}}, or all, any, not."),
    "condition_value": ("{label}不对。", "{label} is wrong.", "写一个是否（true、false）、数字或文字。",
                        "Write true, false, a number or a text."),
    "recursion_loop": ("{label}套得太深。", "{label} is nested too deep.", "拆成几处。", "Split it."),
    "other": ("{label}的值“{value}”不对。", "{label} has the wrong value “{value}”.",
              "对照 ./banshi schema 改正。", "Correct it after ./banshi schema."),
}

_SAME = {
    "int_type": "number", "int_parsing": "number", "int_from_float": "number", "int_parsing_size": "number",
    "decimal_type": "number", "decimal_parsing": "number", "float_type": "number", "float_parsing": "number",
    "finite_number": "number", "decimal_max_digits": "bounds", "is_instance_of": "number",
    "bool_type": "bool", "bool_parsing": "bool",
    "date_type": "date", "date_parsing": "date", "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date", "datetime_parsing": "date",
    "greater_than_equal": "bounds", "less_than_equal": "bounds", "greater_than": "bounds", "less_than": "bounds",
    "union_tag_invalid": "condition", "union_tag_not_found": "condition", "model_attributes_type": "model_type",
}  # fmt: skip

FORMS = {
    "key": ("小写字母开头，只用小写字母、数字和下划线，最多 40 个", "a small letter, then small letters, digits and _, at most 40"),
    "since": ("月-日，如 05-01", "month-day, such as 05-01"),
    "until": ("月-日，如 09-30", "month-day, such as 09-30"),
    "opens": ("时:分，如 08:30", "hour:minute, such as 08:30"),
    "closes": ("时:分，如 17:30", "hour:minute, such as 17:30"),
}


def problems(error: ValidationError | NotYaml) -> list[Problem]:
    """What is wrong, one row a place, in the order of the file."""
    if isinstance(error, NotYaml):
        return [_of_yaml(error)]
    found: dict[str, Problem] = {}
    for row in error.errors(include_url=False):
        problem = _of_row(row)
        # An answer that fits no member of a union is told once, not once a member.
        found.setdefault(problem.at, problem)
    return list(found.values())


def _of_yaml(error: NotYaml) -> Problem:
    where = (f"（第{error.line}行第{error.column}列）", f" (line {error.line}, column {error.column})") if error.line else ("", "")
    zh = {"line": error.line, "where": where[0], "most": MAX_CHARACTERS}
    return _problem("", error.code, zh, {**zh, "where": where[1]})


def _of_row(row: dict[str, Any]) -> Problem:
    loc = plain_loc(row["loc"])
    path = ".".join(part for part in loc if isinstance(part, str))
    path = "" if path == "guide" else path.removeprefix("guide.")
    context = row.get("ctx", {})
    code = _SAME.get(row["type"], row["type"])
    if code == "value_error":
        code = context["error"].args[0]
    elif loc[-1:] == ["value"] and "when" in loc:
        code = "condition_value"
    elif code == "model_type" and not children(path):
        code = "string_type"
    if code not in CODES:
        code = "other"
    zh, en = (_words(row, loc, path, context, locale) for locale in ("zh-Hans", "en"))
    return _problem(pointer(loc), code, zh, en)


def pointer(loc: Sequence[Any]) -> str:
    """The place as a JSON Pointer (RFC 6901): `~` and `/` inside a name are written `~0` and `~1`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in loc)


def _words(row, loc, path: str, context: dict[str, Any], locale: str) -> dict[str, Any]:
    name = str(loc[-1]) if loc else ""
    value = row["input"]
    shown = value if isinstance(value, (str, int, float)) else type(value).__name__
    parent = path.rpartition(".")[0] if len(loc) > 1 else "file"
    form = FORMS.get(name, FORMS["key"])
    return {
        **{key: value for key, value in context.items() if key != "error"},
        "label": _placed(loc, path, locale),
        "name": name,
        "value": str(shown)[:SHOWN],
        "parent": _placed(loc[:-1], parent, locale),
        "allowed": str(context.get("expected", "")).replace("'", "").replace(" or ", ", "),
        "bounds": _bounds(context),
        "form": form[0],
        "form_en": form[1],
        "children": ", ".join(children(path)),
        # Ours carry the key that is wrong beside their code; pydantic's own are plain strings.
        "detail": getattr(context.get("error"), "args", ("",))[-1],
        **dict(zip(("near", "near_en"), _near(name, parent), strict=True)),
    }


def _near(name: str, parent: str) -> tuple[str, str]:
    known = children(parent)
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return f"是不是 {near[0]}？改正名称，或删去。", f"Did you mean {near[0]}? Correct it, or leave it out."
    listed = ", ".join(known)
    return f"删去，或改用：{listed}。", f"Leave it out, or use one of: {listed}."


def _bounds(context: dict[str, Any]) -> str:
    signs = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<"}
    return " ".join(f"{signs[key]} {context[key]}" for key in signs if key in context) or "…"


def _placed(loc: Sequence[Any], path: str, locale: str) -> str:
    """The element by its label, with the rows of the lists that it stands in: 情形第1项的材料第2项的名称."""
    said, at = [], ""
    for part in loc[: loc.index("when") + 1] if "when" in loc else loc:
        if isinstance(part, int):
            if said:
                said[-1] += f"第{part + 1}项" if locale != "en" else f" {part + 1}"
        else:
            at = f"{at}.{part}".removeprefix(".").removeprefix("guide.")
            said.append(label(at).said(locale))
    if len(said) > 1 and loc[0] == "guide":
        said = said[1:]
    if locale == "en":
        return ", ".join(reversed(said)) or "the file"
    return "的".join(said) or "文件"


def plain_loc(loc: Sequence[Any]) -> list[Any]:
    """pydantic's place without the tags of its unions, and with a text's Chinese standing for the text."""
    found: list[Any] = []
    tag_next = inside = False
    for part in loc:
        if tag_next and part in UNION_TAGS:
            tag_next = False
            continue
        if inside and found and found[-1] == "value" and not isinstance(part, int):
            continue
        found.append(part)
        inside = inside or part == "when"
        tag_next = inside and (part in ("when", "not") or isinstance(part, int))
    if found and found[-1] == "zh":
        found.pop()
    return found


def _problem(at: str, code: str, zh: dict[str, Any], en: dict[str, Any]) -> Problem:
    what_zh, what_en, remedy_zh, remedy_en = CODES[code]
    return Problem(
        at,
        code,
        Text(zh=what_zh.format(**zh), en=what_en.format(**en)),
        Text(zh=remedy_zh.format(**zh), en=remedy_en.format(**en)),
    )
