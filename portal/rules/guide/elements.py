"""rules/guide: element × surface: which part of a guide is shown where, and where not, with the reason.

A plain table: the manual prints it, error sentences take their labels from it, and the every-surface test
plants a value in each element and looks for it on each surface that owes it. A new element of the schema
needs a row here, else a test fails.
"""
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple, get_args

from portal.rules.conditions import All, Any_, Comparison, Not
from portal.rules.guide.document import GuideFile
from portal.rules.guide.element_groups import GROUPS
from portal.rules.guide.element_rows import ROWS
from portal.rules.guide.text import Model, Text


class Surface(StrEnum):
    PAGE = "page"
    FLOWCHART = "flowchart"
    PDF = "pdf"
    BLANK_FORM = "blank_form"
    FILLED_SAMPLE = "filled_sample"
    ONLINE_FORM = "online_form"
    CHECKLIST = "checklist"
    TRACKER = "tracker"
    RECEIPT = "receipt"
    SEARCH = "search"


SURFACES: dict[Surface, Text] = {
    Surface.PAGE: Text(zh="网页", en="Page"),
    Surface.FLOWCHART: Text(zh="流程图及其列表", en="Flowchart and its list"),
    Surface.PDF: Text(zh="指南 PDF", en="Guide PDF"),
    Surface.BLANK_FORM: Text(zh="空白表格 PDF", en="Blank form PDF"),
    Surface.FILLED_SAMPLE: Text(zh="填写样本 PDF", en="Filled sample PDF"),
    Surface.ONLINE_FORM: Text(zh="网上表单", en="Online form"),
    Surface.CHECKLIST: Text(zh="材料清单", en="Checklist of documents"),
    Surface.TRACKER: Text(zh="进度查询", en="Tracker"),
    Surface.RECEIPT: Text(zh="回执", en="Receipt"),
    Surface.SEARCH: Text(zh="搜索", en="Search"),
}

WHY_NOT: dict[Surface, Text] = {
    Surface.FLOWCHART: Text(
        zh="流程图只画环节：谁办、多久、怎样往下走、出什么结果。",
        en="The flowchart draws the stages only: who acts, how long, where it leads, what comes of it.",
    ),
    Surface.BLANK_FORM: Text(
        zh="空白表格只印要填写的内容，其余见指南。", en="A blank form carries what is filled in; the rest stands in the guide.",
    ),
    Surface.FILLED_SAMPLE: Text(
        zh="填写样本只示范怎样填。", en="A filled sample shows how to fill in the form, and nothing else.",
    ),
    Surface.ONLINE_FORM: Text(
        zh="填表时只问要答的，其余见指南网页。", en="The form asks its questions; the rest is on the guide's page, one link away.",
    ),
    Surface.CHECKLIST: Text(
        zh="材料清单在申请前的一页上，只说要带什么、怎样准备、多久办好、收多少钱、问谁。",
        en="The checklist stands on the page before applying, which says what to bring and how to prepare it, how long it takes, "
           "what it costs and whom to ask.",
    ),
    Surface.TRACKER: Text(
        zh="进度查询只说办到哪里、谁在办、何时办完、问谁、向谁投诉。",
        en="The tracker says where the case stands, who acts, by when, whom to ask, and where to complain.",
    ),
    Surface.RECEIPT: Text(
        zh="回执只记收到什么、依据什么、哪天前答复、问谁。",
        en="The receipt records what came in, on what basis, by when an answer is due, and whom to ask.",
    ),
    Surface.SEARCH: Text(
        zh="搜索只认名称、俗称、编码、简介和范围，搜得太宽反而找不到。",
        en="Search goes by name, aliases, codes, summary and scope; a wider net finds less.",
    ),
}
"""Why an element is not on a surface, where its row gives no reason of its own. Page and PDF owe everything else."""


class Element(NamedTuple):
    path: str
    """The place in the file without list positions: `item.name`, `variants.documents.name`; offerings keep their
    first word (`offerings.windows.address`)."""
    label: Text
    surfaces: frozenset[Surface]
    reasons: dict[Surface, Text]

    def owed(self, surface: Surface) -> bool:
        return surface in self.surfaces

    def why_not(self, surface: Surface) -> Text:
        """The reason why the element is not on that surface; KeyError where the table owes one."""
        return self.reasons.get(surface) or WHY_NOT[surface]


def _element(path: str, zh: str, en: str, surfaces: str, reasons: dict[str, Text] | None = None) -> Element:
    return Element(
        path, Text(zh=zh, en=en), frozenset(map(Surface, surfaces.split())),
        {Surface(surface): reason for surface, reason in (reasons or {}).items()},
    )


ELEMENTS: tuple[Element, ...] = tuple(_element(*row) for row in ROWS)
_LABELS = {path: Text(zh=zh, en=en) for path, zh, en in GROUPS} | {row.path: row.label for row in ELEMENTS}
_CONDITIONS = {All, Any_, Not, Comparison}
_OF_CONDITIONS = {
    "field": Text(zh="问题", en="question"), "op": Text(zh="比较方式", en="comparison"), "value": Text(zh="值", en="value"),
    "all": Text(zh="全部满足", en="all of"), "any": Text(zh="任一满足", en="any of"), "not": Text(zh="不满足", en="not"),
}


def label(path: str) -> Text:
    """What the element or group at a path is called; its own last word where the table does not know it."""
    last = path.rpartition(".")[2]
    if path in _LABELS:
        return _LABELS[path]
    return _OF_CONDITIONS.get(last) or Text(zh=last or "指南文件", en=last or "the guide file")


def children(path: str) -> list[str]:
    """The names that may stand directly under a path; `""` is the guide, `file` the file itself."""
    if path == "file":
        return list(GuideFile.model_fields)
    if ".when." in f"{path}.":
        return list(_OF_CONDITIONS)
    depth = path.count(".") + 1 if path else 0
    under = [one for one in _LABELS if (one.startswith(path + ".") if path else True) and one.count(".") == depth]
    return [one.rpartition(".")[2] for one in under if path or one not in ("guide", "offerings", "unplaced")]


def schema_paths(model: type[Model] = GuideFile, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every element of the schema as (path, annotation), without the groups that only hold others."""
    for name, field in model.model_fields.items():
        path = f"{prefix}{name}".removeprefix("guide.")
        models = set(_models(field.annotation))
        if models and not models & _CONDITIONS and models != {Text}:
            for inner in models:
                yield from schema_paths(inner, f"{path}." if path != "guide" else "")
        else:
            yield path, field.annotation


def _models(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for one in get_args(annotation):
        yield from _models(one)


def as_markdown(locale: str) -> str:
    """The table for the manual: a row an element, ● where it is shown, and the reasons for what is not below."""
    english = locale.startswith("en")
    names = [SURFACES[surface].said(locale) for surface in Surface]
    lines = [
        f"| {'Element' if english else '要素'} | {'Path' if english else '位置'} | " + " | ".join(names) + " |",
        "|---" * (2 + len(names)) + "|",
    ]
    notes: dict[str, int] = {}
    for element in ELEMENTS:
        cells = []
        for surface in Surface:
            if element.owed(surface):
                cells.append("●")
            else:
                cells.append(str(notes.setdefault(element.why_not(surface).said(locale), len(notes) + 1)))
        lines.append(f"| {element.label.said(locale)} | `{element.path}` | " + " | ".join(cells) + " |")
    lines += ["", "● " + ("shown; a number names the reason why not:" if english else "显示；数字是不显示的理由：")]
    return "\n".join([*lines, "", *(f"{number}. {reason}" for reason, number in notes.items())]) + "\n"
