"""rules/guide: the document as YAML text, in and out without loss.

Only what YAML 1.2 calls a boolean, a number or null is read as one: `on`, `no`, `14:30` and `2024-01-01` stay
words. A key that stands twice and an alias are errors, because both hide what a reader sees.
"""
import re
from typing import Any

import yaml

from portal.rules.guide.document import GuideFile
from portal.rules.guide.written import checked

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 60


class NotYaml(ValueError):
    """The text is no YAML mapping. `code` names the fault, `line` and `column` (from 1) the place or None."""

    def __init__(self, code: str, line: int | None = None, column: int | None = None):
        super().__init__(code)
        self.code, self.line, self.column = code, line, column


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers = {}


def _mapping(loader, node):
    seen = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _fault("yaml_broken", key.start_mark)
        if key.value in seen:
            raise _fault("yaml_key_twice", key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("int", r"^(?:0|-?[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def _string(dumper, value):
    style = "|" if "\n" in value and not re.search(r"[ \t]\n|^\s", value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _string)


def read(text: str) -> dict[str, Any]:
    """The mapping that the text holds. Raises NotYaml."""
    if len(text) > MAX_CHARACTERS:
        raise NotYaml("yaml_too_long")
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                # Said before the parser goes on: its time grows with the square of the depth.
                raise _fault("yaml_too_deep", event.start_mark)
            if isinstance(event, yaml.AliasEvent):
                raise _fault("yaml_alias", event.start_mark)
        value = yaml.load(text, Loader=_Loader)  # a SafeLoader: it makes plain values only
    except NotYaml:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise NotYaml("yaml_broken", mark and mark.line + 1, mark and mark.column + 1) from error
    except (yaml.YAMLError, RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        # A tag such as !!bool or !!timestamp before words that are none makes the library fail in any of these ways.
        raise NotYaml("yaml_broken") from error
    if not isinstance(value, dict):
        raise NotYaml("yaml_no_mapping")
    return value


def load(text: str) -> GuideFile:
    """The guide file that the text holds. Raises NotYaml, or pydantic's ValidationError (`errors.problems` says it)."""
    return checked(GuideFile.model_validate(read(text)))


def plain(file: GuideFile) -> dict[str, Any]:
    """The file as plain values, without what is at its default; the version always stands first."""
    value = file.model_dump(mode="json", exclude_defaults=True)
    value["guide"] = {"schema_version": file.guide.schema_version, **value["guide"]}
    return value


def dump(file: GuideFile) -> str:
    """The YAML text; `load(dump(file)) == file`."""
    return yaml.dump(plain(file), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _fault(code: str, mark) -> NotYaml:
    return NotYaml(code, mark.line + 1, mark.column + 1)
