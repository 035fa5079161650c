"""rules/guide: two editors' versions of a section brought together: what only one of them changed is taken from her.

Where both changed the same element, the one who saves later is asked: hers stands, and she is told of the other's.
"""
from typing import Any

KEYS = ("key", "value")


def merged(before: Any, theirs: Any, mine: Any) -> Any:
    """`before` is what both began from; all three are plain values. Rows are matched by their keys."""
    if mine in (before, theirs):
        return theirs
    if theirs == before:
        return mine
    if all(isinstance(one, dict) for one in (before, theirs, mine)):
        return {name: merged(before.get(name), theirs.get(name), mine.get(name)) for name in {**theirs, **mine}}
    if all(isinstance(one, list) and _keyed(one) for one in (before, theirs, mine)):
        return _rows(before, theirs, mine)
    return mine


def _rows(before: list, theirs: list, mine: list) -> list:
    """In the order of mine; rows that came in theirs follow the row that they followed there. A row that one of them
    removed goes, unless the other changed it."""
    was, there, here = ({_key(row): row for row in rows} for rows in (before, theirs, mine))
    found = []
    for key, row in here.items():
        if key in there:
            found.append(merged(was.get(key), there[key], row) if key in was else row)
        elif key not in was or row != was[key]:
            found.append(row)
    last = None
    for key, row in there.items():
        if key not in here and (key not in was or row != was[key]):
            at = next((number + 1 for number, one in enumerate(found) if _key(one) == last), 0 if last is None else len(found))
            found.insert(at, row)
        last = key
    return found


def _keyed(rows: list) -> bool:
    keys = [_key(row) for row in rows]
    return all(keys) and len(set(keys)) == len(keys)


def _key(row: Any) -> Any:
    return next((row[name] for name in KEYS if row.get(name)), None) if isinstance(row, dict) else None
