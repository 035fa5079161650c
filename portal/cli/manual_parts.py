"""cli: the parts of the manuals that are made from the code, so that no manual can tell what the program does not do.

A page asks for one by a comment, `<!-- made: settings en -->`; the name is a row of PARTS, the language `zh` or `en`.
"""
import re
from collections.abc import Callable, Iterable
from typing import Any

from portal import config, ledger
from portal.cli import COMMANDS, GROUPS, TEST
from portal.models import Base
from portal.rules import items, permissions, transitions, workflow
from portal.rules.guide import sections
from portal.rules.guide.codes import HandlingKind, StageKind
from portal.rules.guide.elements import as_markdown
from portal.rules.guide.stages import Stage
from portal.rules.lint import RULES
from portal.rules.lint.findings import blank

MARK = re.compile(r"<!-- made: (\w+) (zh|en) -->")


def filled(markdown: str) -> str:
    """The page with every part in its place. Raises KeyError for a name that is no part."""
    return MARK.sub(lambda found: PARTS[found[1]](found[2]), markdown)


def settings(lang: str) -> str:
    """Every setting, from the class that reads them."""
    rows = [(f"`{row['name']}`", f"`{row['default']}`" if row["default"] else "", row["text"].said(lang))
            for row in (one.metadata for one in config.settings())]
    return _table(lang, ("变量", "默认", "含义"), ("Variable", "Default", "Meaning"), rows)


def commands(lang: str) -> str:
    """Every word of the command line, in the order of `./banshi --help`."""
    chinese = lang == "zh"
    rows = [(GROUPS[group][0 if chinese else 1], f"`./banshi {word}`", zh if chinese else en)
            for word, (group, _where, zh, en) in COMMANDS.items()]
    rows.append((GROUPS["build"][0 if chinese else 1], f"`./banshi {TEST[0]}`", TEST[1 if chinese else 2]))
    return _table(lang, ("类别", "命令", "用途"), ("Group", "Command", "What for"), rows)


def acts(lang: str) -> str:
    """The one table of transitions: when may what be done."""
    rows = [(row.name.said(lang), _codes(row.sources), _codes(row.targets), row.rule.said(lang)) for row in transitions.TABLE]
    return _table(lang, ("操作", "之前的状态", "之后的状态", "依据"), ("Act", "State before", "State after", "Rule"), rows)


def release(lang: str) -> str:
    """The way of a guide's revision from draft to public: who sends it where."""
    rows = [(workflow.STOPS[row.source].said(lang), row.name.said(lang), workflow.STOPS[row.target].said(lang), f"`{row.role}`",
             row.rule.said(lang)) for row in workflow.TABLE]
    return _table(lang, ("现在", "操作", "之后", "由谁", "条件或依据"), ("Now", "Move", "Then", "By", "Condition or source"), rows)


def lives(lang: str) -> str:
    """What may become of an item, and what each change needs."""
    said: dict[tuple[str, str], list[items.Row]] = {}
    for row in items.TABLE:
        said.setdefault((row.name.zh, row.target), []).append(row)
    between = "、" if lang == "zh" else ", "
    rows = [(every[0].name.said(lang), between.join(items.LIVES[row.source].said(lang) for row in every), items.LIVES[every[0].target].said(lang),
             every[0].rule.said(lang)) for every in said.values()]
    return _table(lang, ("变动", "之前", "之后", "要点"), ("Change", "From", "To", "Rule"), rows)


def guide_sections(lang: str) -> str:
    """The sections in which a guide is edited, in the order of its page."""
    rows = [(section.title.said(lang), section.lead.said(lang), ("每种情形一页" if lang == "zh" else "one page a situation") if section.of_variant else "")
            for section in sections.SECTIONS]
    return _table(lang, ("节", "写什么", "页数"), ("Section", "What stands there", "Pages"), rows)


def desks(lang: str) -> str:
    """Which roles finish which kinds of stages."""
    committed, instant = HandlingKind.COMMITTED, HandlingKind.INSTANT
    rows = [(kind.text.said(lang), f"`{kind}`", _codes(_roles(kind, committed)), _codes(_roles(kind, instant))) for kind in StageKind]
    return _table(lang, ("环节种类", "代码", "由谁办结", "即办件由谁办结"),
                  ("Kind of stage", "Code", "Finished by", "Of an instant item"), rows)


def lint_rules(lang: str) -> str:
    """Every rule that a guide is checked by, with its remedy and its source."""
    levels = {"error": ("错误", "error"), "warning": ("提醒", "warning")}
    rows = [(f"`{rule.code}`", levels[rule.level][lang == "en"], blank(rule.message).said(lang), blank(rule.remedy).said(lang),
             rule.source.said(lang)) for rule in RULES]
    return _table(lang, ("编号", "级别", "问题", "改法", "出处"), ("Rule", "Level", "What is wrong", "Remedy", "Source"), rows)


def elements(lang: str) -> str:
    """Element × surface, as `./banshi schema --elements` prints it."""
    return as_markdown(lang)


def routes(lang: str) -> str:
    """Every route with its owner and who may come, from the ledger and the blueprints."""
    from flask import Flask

    from portal.views import BLUEPRINTS

    app = Flask("portal")
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        row = ledger.RULES[rule.endpoint]
        methods = " ".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
        rows.append((methods, f"`{rule.rule}`", f"`{rule.endpoint}`", row.owner, _who(row.who)))
    return _table(lang, ("方法", "地址", "端点", "归谁管", "谁可以"), ("Method", "Address", "Endpoint", "Owner", "Who"), rows)


def tables(lang: str) -> str:
    """Every table of the database, with what its class says of itself."""
    rows = []
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.local_table.name):
        said = (mapper.class_.__doc__ or "").strip().split("\n\n")[0]
        rows.append((f"`{mapper.local_table.name}`", f"`{mapper.class_.__module__}`", " ".join(said.split())))
    return _table(lang, ("表", "模块", "说明"), ("Table", "Module", "What it says of itself"), rows)


PARTS: dict[str, Callable[[str], str]] = {
    "settings": settings,
    "commands": commands,
    "acts": acts,
    "release": release,
    "lives": lives,
    "guide_sections": guide_sections,
    "desks": desks,
    "lint_rules": lint_rules,
    "elements": elements,
    "routes": routes,
    "tables": tables,
}


def _roles(kind: StageKind, handling: HandlingKind) -> list[str]:
    return permissions.roles_at(permissions.desk_of(Stage(key="any", name=kind.text, kind=kind), handling))


def _who(who: str | frozenset[str]) -> str:
    return who if isinstance(who, str) else _codes(who)


def _codes(values: Iterable[str]) -> str:
    return " ".join(f"`{value}`" for value in sorted(values)) or "—"


def _table(lang: str, zh: tuple[str, ...], en: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [zh if lang == "zh" else en, ("---",) * len(zh), *rows]
    return "".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n" for line in lines)
