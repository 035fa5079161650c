"""What a browser would send for a section of a guide, from what stands in its fields: the names that the template gives them."""
from typing import Any

from werkzeug.datastructures import MultiDict

from forms import guide_values as values
from forms.guide import SectionForm
from forms.guide_fields import Field


def sent(form: SectionForm, unfold: bool = False) -> MultiDict:
    """The form as it is, every row opened where `unfold` says so."""
    found = MultiDict()
    for name, field in form.fields.items():
        _put(found, name, field, form.typed[name], unfold)
    return found


def _put(found: MultiDict, at: str, field: Field, typed: Any, unfold: bool) -> None:
    if field.kind == "text":
        found.add(at, typed["zh"].replace("\n", "\r\n"))
        found.add(f"{at}-en", typed["en"])
    elif field.kind in ("choices", "days", "refs"):
        for one in typed:
            found.add(at, one)
    elif field.kind == "lines":
        found.add(f"{at}-n", str(len(typed)))
        for index, one in enumerate(typed):
            _put(found, f"{at}-{index}", field.item, one, unfold)
    elif field.kind == "rows":
        found.add(f"{at}-n", str(len(typed)))
        for index, row in enumerate(typed):
            _row(found, f"{at}-{index}", field, row, unfold)
    elif field.kind == "group":
        for one in field.of:
            _put(found, f"{at}-{one.name}", one, typed[one.name], unfold)
    elif field.kind == "condition":
        _node(found, at, typed)
    elif field.kind != "flag" or typed:
        found.add(at, typed)


def _row(found: MultiDict, at: str, field: Field, row: dict[str, Any], unfold: bool) -> None:
    row = values.opened(field, row["plain"]) if unfold and not row["open"] else row
    if not row["open"]:
        found.add(f"{at}-json", values.folded(row["plain"]))
        return
    for one in field.of:
        _put(found, f"{at}-{one.name}", one, row["fields"][one.name], unfold)


def _node(found: MultiDict, at: str, node: Any) -> None:
    if node is None:
        return
    found.add(f"{at}-k", node["kind"])
    if node["kind"] != "field":
        found.add(f"{at}-n", str(len(node["parts"])))
        for index, part in enumerate(node["parts"]):
            _node(found, f"{at}-{index}", part)
        return
    for name, value in (("f", node["field"]), ("o", node["op"]), ("w", node["was"])):
        found.add(f"{at}-{name}", value)
    for one in node["value"]:
        found.add(f"{at}-v", one)
