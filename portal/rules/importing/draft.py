"""rules/importing: a guide in the making, and the claims that say which words of the source it holds.

A claim is made when something is placed, with the source's words and a reader of the typed place. It is proved on the finished
document: where the reader does not bring back the same words they are unplaced, and the element is not found.
"""
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from portal.rules.guide.document import Extra, GuideFile
from portal.rules.guide.text import Text
from portal.rules.importing import characters

Reader = Callable[[GuideFile], str | None]
Same = Callable[[str, str], bool]
NONE = "无"


@dataclass(frozen=True)
class Claim:
    """`element` as the source calls it, `core` as the national table does; `said` the words, `reader` what came of them."""

    element: str
    core: str
    said: str
    reader: Reader
    same: Same

    def holds(self, file: GuideFile) -> bool:
        try:
            shown = self.reader(file)
        except (AttributeError, IndexError, KeyError, TypeError):
            return False
        return shown is not None and self.same(shown, self.said)


def held(file: GuideFile, path: str) -> Any:
    """What the document holds at a path: `item.name`, `variant.promised`, `offering.body`, `window.address`, `guide.scope`."""
    root, _, name = path.partition(".")
    offering = file.offerings[0] if file.offerings else None
    owner = {
        "guide": lambda: file.guide,
        "item": lambda: file.guide.item,
        "access": lambda: file.guide.access,
        "visits": lambda: file.guide.access.visits,
        "provenance": lambda: file.guide.provenance,
        "variant": lambda: file.guide.variants[0],
        "offering": lambda: offering,
        "window": lambda: offering.windows[-1] if offering and offering.windows else None,
    }[root]()
    return None if owner is None else getattr(owner, name)


class Draft:
    """Typed values by path, as `held` reads them, claims about them, and what has no place."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, Any]] = {}
        self.claims: list[Claim] = []
        self.empty: list[str] = []
        self.refused: list[str] = []
        self._left: list[str] = []
        self.element = self.core = ""

    def at(self, element: str, core: str) -> None:
        """Says which element the next claims belong to."""
        self.element, self.core = element, core

    def get(self, path: str, otherwise: Any = None) -> Any:
        root, _, name = path.partition(".")
        return self.values.get(root, {}).get(name, otherwise)

    def put(self, path: str, value: Any) -> bool:
        """Sets the value, unless another one stands there: the first word counts, the second is told."""
        if value is None or value == [] or value == "":
            return False
        root, _, name = path.partition(".")
        known = self.values.setdefault(root, {})
        if name in known and known[name] != value:
            return False
        known[name] = value
        return True

    def add(self, path: str, value: Any) -> int:
        """Appends to the list at the path; returns the place of the value."""
        root, _, name = path.partition(".")
        rows = self.values.setdefault(root, {}).setdefault(name, [])
        rows.append(value)
        return len(rows) - 1

    def claim(self, said: str, reader: Reader, same: Same = characters.same, column: str = "") -> None:
        """What was just placed stands in the source in these words. `column` names a part of the element (材料名称)."""
        element = f"{self.element}/{column}" if column else self.element
        self.claims.append(Claim(element, self.core, said, reader, same))

    def none(self, path: str, said: str) -> None:
        """The source says that there is none: the place stays empty, and the document says that this was told."""
        label = self.core
        self.values.setdefault("guide", {}).setdefault("none_stated", [])
        if label not in self.values["guide"]["none_stated"]:
            self.values["guide"]["none_stated"].append(label)
        self.claim(said, lambda file: NONE if not held(file, path) and label in file.guide.none_stated else None,
                   lambda shown, source: characters.says_none(source))

    def leave(self, text: str) -> None:
        """Keeps a text that has no place."""
        if not characters.trivial(text):
            self._left.append(text.strip())

    def refuse(self, text: str) -> None:
        """Keeps a text that stands under the element but could not be said there: the element is not found."""
        self.refused.append(self.element)
        self.leave(text)

    def extra(self, name: str, value: str) -> None:
        """Keeps a field of the source system under its name."""
        self.add("guide.extras", Extra(name=name, value=value))

    def finish(self, name: str) -> GuideFile:
        """The guide file. `name` is the item's where the source names none. What the document refuses is left out of it,
        and its words are kept among the unplaced ones, because their claims no longer hold."""
        self.values.setdefault("item", {}).setdefault("name", Text(zh=name))
        while True:
            try:
                file = self._file()
                break
            except ValidationError as error:
                if not self._drop(error):
                    raise
        # A lone 无 says nothing without its element.
        lost = [f"{claim.element}：{claim.said}" if characters.says_none(claim.said) else claim.said
                for claim in self.claims if not claim.holds(file)]
        kept = list(dict.fromkeys(self._left + [text.strip() for text in lost if not characters.trivial(text)]))
        return file.model_copy(update={"unplaced": kept})

    def _file(self) -> GuideFile:
        values = {root: dict(fields) for root, fields in self.values.items()}
        access = values.get("access", {})
        # A reason without a number of visits has no place; its words stay unplaced.
        if "times" in values.get("visits", {}):
            access["visits"] = values["visits"]
        guide = values.get("guide", {}) | {"item": values["item"], "access": access}
        guide["variants"] = [values.get("variant", {}), *self.get("others.variants", [])]
        if provenance := values.get("provenance"):
            guide["provenance"] = provenance
        offering = values.get("offering", {})
        if window := values.get("window"):
            offering["windows"] = [*offering.get("windows", []), window]
        offerings = ([offering] if offering else []) + self.get("others.offerings", [])
        return GuideFile.model_validate({"guide": guide, "offerings": offerings})

    def _drop(self, error: ValidationError) -> bool:
        """Takes out the first value that the document refuses; False where none can be told."""
        names = [str(part) for part in error.errors()[0]["loc"]]
        for root, fields in self.values.items():
            for name in list(fields):
                if name in names and (root, name) != ("item", "name"):
                    del fields[name]
                    return True
        return False

