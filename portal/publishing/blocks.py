"""publishing: what a guide's page and its paper are built of. Plain values only; one template draws them for both.

A section holds blocks and sections; a block is a list of facts, texts, entries, a table or a chart. `kind` tells
the template which.
"""
from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from portal.publishing.flowchart import Step
from portal.publishing.said import Said


@dataclass(frozen=True)
class Row:
    """A label and what stands beside it; where the variants differ, in groups under their names."""

    label: str
    values: tuple[Said, ...] = ()
    groups: tuple[tuple[Said, tuple[Said, ...]], ...] = ()


@dataclass(frozen=True)
class Facts:
    rows: tuple[Row, ...]
    kind: str = "facts"


@dataclass(frozen=True)
class Texts:
    """Paragraphs, or a list."""

    texts: tuple[Said, ...]
    listed: bool = False
    kind: str = "texts"


@dataclass(frozen=True)
class Entry:
    """A thing with a name, a text and facts of its own: a law, a fee, an office."""

    title: Said
    texts: tuple[Said, ...] = ()
    rows: tuple[Row, ...] = ()
    badges: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Entries:
    entries: tuple[Entry, ...]
    kind: str = "entries"


@dataclass(frozen=True)
class Cell:
    texts: tuple[Said, ...]
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table whose rows become cards on a phone, each cell under the name of its column."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: str = "table"


@dataclass(frozen=True)
class Flow:
    """The chart, and the same as a list. `svg` is safe to print as it is: `drawing` escapes every text in it. Without it
    `title` names the situation whose chart is the same; without both the chart is on a page of its own."""

    svg: str
    title: Said | None
    steps: tuple[Step, ...]
    kind: str = "flow"


@dataclass(frozen=True)
class Ways:
    """A question with its answers: each leads on by its link, or to the next question."""

    label: Said
    ways: tuple[tuple[Said, "Ways | None"], ...]
    kind: str = "ways"


@dataclass(frozen=True)
class Section:
    key: str
    title: Said
    blocks: tuple = ()
    sections: tuple["Section", ...] = ()
    folds: bool = False
    """One of several of which a reader needs one: it can be folded away."""
    opened: bool = True
    linked: bool = False
    """Whether a line above leads here; only then a section below the first level needs its id."""

    def __bool__(self) -> bool:
        return bool(self.blocks or self.sections)


@dataclass(frozen=True)
class Drawn:
    """A guide's summary and its sections, drawn already."""

    summary: Markup
    sections: Markup


@dataclass(frozen=True)
class GuidePage:
    """A guide as it is read: head, summary, sections. Where they were drawn before (`drawn`) the sections only have their names."""

    locale: str
    lang: str
    slug: str
    title: Said
    aliases: tuple[Said, ...]
    badges: tuple[Said, ...]
    lead: Said | None
    summary: tuple[Row, ...]
    sections: tuple[Section, ...]
    places: Section | None
    """All places, on a page of their own, where `sections` holds only the first."""
    sample: str | None
    revision: str
    published: str
    checked: str | None
    """When and by whom the guide was last found to hold; a paper, which lasts, leaves it out."""
    address: str
    authority: str
    edition: str
    words: "Words"
    links: dict[str, Said] = field(default_factory=dict)
    drawn: Drawn | None = None


@dataclass(frozen=True)
class Words:
    """The few words that stand in the templates themselves."""

    summary: str
    contents: str
    aliases: str
    comma: str
    joint: str
    stop: str
    colon: str
    open: str
    close: str
    same_chart: str
    same: str
    when: str
    waits_for: str
    not_counted: str
    limit_note: str
    standard: str
    note: str
    result: str
    outcomes: str
    produces: str
    two_or_more: str
    guide: str
    chart_alt: str
    qr_alt: str
    no_seal: str
    one_page: str
    left_out: str
    cut: str
    in_full: str
    full_stop: str

    def officers(self, number: int) -> str:
        return self.two_or_more.format(number=number)


ZH_WORDS = Words(
    summary="一看就懂", contents="本页内容", aliases="也叫：", comma="，", joint="、", stop="；", colon="：", open="（", close="）", same_chart="流程图与此情形相同：", same="与此情形相同：",
    when="何时办理", waits_for="等待", not_counted="不计入期限", limit_note="时限说明", standard="审查标准", note="说明", result="办理结果",
    outcomes="可能的结果", produces="产生", two_or_more="由{number}名工作人员办理",
    guide="办事指南", chart_alt="办理流程图，文字见旁边的步骤：", qr_alt="二维码，指向本指南的网页：",
    no_seal="本件由政务服务系统生成，不是加盖电子印章的公文；内容以网页上的现行版本为准。",
    one_page="办事指南（一页版）", left_out="一张纸放不下，这里没有印：", cut="较长的文字和清单只印了开头", full_stop="。",
    in_full="法律依据、材料要求、全部办理点等，见指南全文，扫码或打开：",
)
EN_WORDS = Words(
    summary="In short", contents="On this page", aliases="Also called: ", comma=", ", joint=", ", stop="; ",
    colon=": ", open=" (", close=")",
    same_chart="The flowchart is the same as for: ", same="The same as for: ", when="Only when", waits_for="Waits for", not_counted="Not counted",
    limit_note="About the limit", standard="What is checked", note="Note",
    result="Result", outcomes="Possible outcomes", produces="Makes",
    two_or_more="{number} officers",
    guide="Service guide", chart_alt="Flowchart; the same stands in words beside it: ",
    qr_alt="QR code of this guide's page: ",
    no_seal="Made by the service platform; not a document with an official e-seal. The current edition is on the web page.",
    one_page="Service guide on one page", left_out="Left out, for want of room: ", cut="long texts and lists stand here with their beginnings only", full_stop=".",
    in_full="Legal basis, what each document must be, all places and more are in the whole guide; scan the code or open: ",
)


def row(label: str, *values: Said | None) -> Row | None:
    """The row, or None where there is nothing to say."""
    said = tuple(value for value in values if value is not None)
    return Row(label, said) if said else None


def facts(*rows: Row | None) -> Facts | None:
    held = tuple(one for one in rows if one is not None)
    return Facts(held) if held else None


def texts(said: Iterable[Said | None], listed: bool = False) -> Texts | None:
    held = tuple(one for one in said if one is not None)
    return Texts(held, listed) if held else None


def section(key: str, title: str, *blocks, sections: Iterable[Section] = ()) -> Section:
    """The section without its empty parts; it is false where nothing is left."""
    return Section(key, Said(title), tuple(one for one in blocks if one), tuple(one for one in sections if one))
