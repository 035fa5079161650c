"""rules/importing/sheets: a condition in one cell, out and in again: `kind = new 且 (rooms ≥ 10 或 非 (lift = 是))`.

A question stands by its key; who writes by hand may also name it, and the option, in words.
"""
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal.rules.conditions import All, Comparison, Condition, Not, Operator

SIGNS = {Operator.EQUALS: "=", Operator.DIFFERS: "≠", Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤", Operator.MORE_THAN: ">",
         Operator.LESS_THAN: "<", Operator.IN: "属于", Operator.GIVEN: "已填"}
_ALSO = {"!=": "≠", "<>": "≠", "＝": "=", "==": "=", ">=": "≥", "<=": "≤", "＞": ">", "＜": "<", "in": "属于", "given": "已填",
         "（": "(", "）": ")", "，": ",", "、": ",", "and": "且", "or": "或", "not": "非", "并且": "且", "或者": "或", "【": "[", "】": "]"}
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|“[^”]*”|!=|<>|==|>=|<=|[=≠≥≤<>＝＞＜()（）\[\]【】,，、]|[^\s=≠≥≤<>＝＞＜!()（）\[\]【】,，、"“]+)')
_BARE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS = {"且", "或", "非", "属于", "已填", "是", "否"}
_TRUTH = {"是": True, "否": False, "true": True, "false": False}
MAX_TOKENS = 400


class Unread(ValueError):
    """The words are no condition."""


def said(condition: Condition) -> str:
    """The condition as a cell has it; `read(said(condition))` is the condition again."""
    if isinstance(condition, Comparison):
        sign, field = SIGNS[condition.op], _scalar(condition.field)
        if condition.op is Operator.GIVEN:
            return f"{field} {sign}"
        if condition.op is Operator.IN:
            return f"{field} {sign} [{', '.join(map(_scalar, condition.value))}]"
        return f"{field} {sign} {_scalar(condition.value)}"
    if isinstance(condition, Not):
        return f"非 ({said(condition.not_)})"
    parts, joint = (condition.all, " 且 ") if isinstance(condition, All) else (condition.any, " 或 ")
    # A single part in brackets of its own keeps the level that it has in the tree.
    if len(parts) == 1:
        return f"[{joint.strip()}] ({said(parts[0])})"
    return joint.join(said(part) if isinstance(part, Comparison) else f"({said(part)})" for part in parts)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str) and _BARE.fullmatch(value) and value not in _TRUTH and value not in _ALSO:
        return value
    return json.dumps(value, ensure_ascii=False)


def read(text: str) -> dict[str, Any]:
    """The plain values of the condition that the words say. Raises Unread."""
    tokens = list(_tokens(text))
    if not tokens or len(tokens) > MAX_TOKENS:
        raise Unread
    value, rest = _joined(tokens, 0)
    if rest != len(tokens):
        raise Unread
    return value


def named(value: Any, keys: Mapping[str, str], options: Mapping[tuple[str, str], str]) -> Any:
    """The plain condition with the questions and options that it names in words by their keys instead."""
    if isinstance(value, list):
        return [named(one, keys, options) for one in value]
    if not isinstance(value, dict):
        return value
    if "field" not in value:
        return {name: named(one, keys, options) for name, one in value.items()}
    field = keys.get(value["field"], value["field"])
    found = {**value, "field": field}
    if "value" in value:
        said_ = value["value"]
        found["value"] = [options.get((field, one), one) for one in said_] if isinstance(said_, list) else (
            options.get((field, said_), said_) if isinstance(said_, str) else said_)
    return found


def _tokens(text: str) -> Iterator[str]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unread
        at = match.end()
        yield _ALSO.get(match[1], match[1])


def _joined(tokens: list[str], at: int) -> tuple[dict[str, Any], int]:
    """Parts between 且, or between 或: both beside each other need brackets."""
    if tokens[at] == "[" and tokens[at + 1:at + 3] in (["且", "]"], ["或", "]"]):
        value, rest = _part(tokens, at + 3)
        return {"all" if tokens[at + 1] == "且" else "any": [value]}, rest
    value, at = _part(tokens, at)
    parts, joint = [value], None
    while at < len(tokens) and tokens[at] in ("且", "或"):
        if joint not in (None, tokens[at]):
            raise Unread
        joint = tokens[at]
        value, at = _part(tokens, at + 1)
        parts.append(value)
    return (value, at) if joint is None else ({"all" if joint == "且" else "any": parts}, at)


def _part(tokens: list[str], at: int) -> tuple[dict[str, Any], int]:
    if at >= len(tokens):
        raise Unread
    if tokens[at] == "非":
        value, at = _part(tokens, at + 1)
        return {"not": value}, at
    if tokens[at] == "(":
        value, at = _joined(tokens, at + 1) if at + 1 < len(tokens) else (None, at)
        if at >= len(tokens) or tokens[at] != ")":
            raise Unread
        return value, at + 1
    return _comparison(tokens, at)


def _comparison(tokens: list[str], at: int) -> tuple[dict[str, Any], int]:
    field, sign = _word(tokens, at), tokens[at + 1] if at + 1 < len(tokens) else ""
    operator = next((one for one, mark in SIGNS.items() if mark == sign), None)
    if operator is None:
        raise Unread
    found: dict[str, Any] = {"field": field, "op": operator.value}
    if operator is Operator.GIVEN:
        return found, at + 2
    if operator is not Operator.IN:
        return found | {"value": _value(tokens, at + 2)}, at + 3
    if tokens[at + 2:at + 3] != ["["]:
        raise Unread
    values, at = [_value(tokens, at + 3)], at + 4
    while tokens[at:at + 1] == [","]:
        values.append(_value(tokens, at + 1))
        at += 2
    if tokens[at:at + 1] != ["]"]:
        raise Unread
    return found | {"value": values}, at + 1


def _word(tokens: list[str], at: int) -> str:
    word = tokens[at]
    if word[0] in '"“':
        return _unquoted(word)
    if word in SIGNS.values() or word in _WORDS or (len(word) == 1 and word in "()[],"):
        raise Unread
    return word


def _value(tokens: list[str], at: int) -> Any:
    if at >= len(tokens):
        raise Unread
    token = tokens[at]
    if token in _TRUTH:
        return _TRUTH[token]
    if _NUMBER.fullmatch(token):
        return int(token) if token.lstrip("-").isdigit() else float(token)
    return _word(tokens, at)


def _unquoted(word: str) -> str:
    if word[0] == "“":
        return word[1:-1]
    try:
        return json.loads(word)
    except ValueError:
        raise Unread from None
