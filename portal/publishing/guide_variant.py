"""publishing: a variant of a guide as sections: limits, documents, stages with their chart, fees, results."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from portal.publishing import drawing, flowchart
from portal.publishing.blocks import (
    Cell,
    Entries,
    Entry,
    Facts,
    Flow,
    Row,
    Section,
    Table,
    facts,
    row,
    section,
    texts,
)
from portal.publishing.drawing import Chart
from portal.publishing.edition import Edition
from portal.publishing.said import Said, code, english, say, yuan
from portal.rules import conditions
from portal.rules.conditions import Condition
from portal.rules.guide.codes import DocumentKind
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.documents import Document
from portal.rules.guide.item import Fee, Result
from portal.rules.guide.limits import Limit, NotCounted
from portal.rules.guide.text import Text


@dataclass(frozen=True)
class Reader:
    """Who reads: the language, and the guide whose words are needed for conditions. `draw` gives the SVG of a chart."""

    locale: str
    guide: Guide
    edition: Edition
    draw: Callable[[Chart, str], str] = drawing.drawn

    def t(self, zh: str, en: str) -> str:
        return en if english(self.locale) else zh

    def s(self, value: Text | str | None, href: str | None = None) -> Said | None:
        return say(value, self.locale, href)

    def department(self, name: str | None) -> Said | None:
        return self.s(self.edition.department(name)) if name else None

    def yes(self, value: bool | None) -> Said | None:
        return None if value is None else Said(self.t("是", "Yes") if value else self.t("否", "No"))

    def condition(self, condition: Condition | None) -> Said | None:
        if condition is None:
            return None
        return self.s(conditions.sentence(condition, self.guide.labels(), self.guide.option_labels()))

    def limit(self, limit: Limit | None) -> Said | None:
        return Said(limit.said(self.locale)) if limit else None


def variant_section(reader: Reader, variant: Variant, drawn: dict[str, Said] | None, own: Said | None = None) -> Section:
    """The section of a variant. `drawn` remembers the charts of the page, so that none stands there twice; None where the
    page has none. `own` leads to the variant's own page."""
    key, t, s = variant.key, reader.t, reader.s
    parts = [
        section(f"{key}-limit", t("办理期限", "Time limits"), _limits(reader, variant), _not_counted(reader, variant)),
        replace(section(f"{key}-documents", t("申请材料", "Documents"), documents_table(reader, variant.documents)),
                linked=True),
        replace(section(f"{key}-stages", t("办理流程", "Procedure"), _flow(reader, variant, drawn)), linked=True),
        section(f"{key}-fees", t("收费", "Fees"), *_fees(reader, variant)),
        section(f"{key}-results", t("办理结果", "Results"), _results(reader, variant)),
    ]
    title = s(variant.name)
    return Section(key, title, (*_held(texts([own])), *intro(reader, variant)), tuple(part for part in parts if part))


def intro(reader: Reader, variant: Variant) -> tuple[Facts, ...]:
    """When it is this situation, and a note on it."""
    t = reader.t
    return _held(facts(row(t("适用情形", "When"), reader.condition(variant.when)), row(t("说明", "Note"), reader.s(variant.note))))


def _limits(reader: Reader, variant: Variant):
    t = reader.t
    return facts(*(
        row(label, reader.limit(limit), reader.s(limit.explanation))
        for label, limit in (
            (t("承诺期限", "Promised limit"), variant.promised),
            (t("法定期限", "Statutory limit"), variant.statutory),
        ) if limit
    ))


def _not_counted(reader: Reader, variant: Variant):
    t, s = reader.t, reader.s
    if not variant.not_counted:
        return None

    def entry(row_: NotCounted) -> Entry:
        title = s(row_.name) or s(row_.reason.text)
        reason = s(row_.reason.text) if row_.name else None
        return Entry(title, _held(s(row_.explanation), s(row_.note)), _held(
            row(t("不计入期限的原因", "Why it is not counted"), reason),
            row(t("所需时间", "Time needed"), reader.limit(row_.limit), s(row_.limit.explanation) if row_.limit else None),
            row(t("依据", "Basis"), s(row_.basis)),
        ), (Said(t("不计入期限", "Not counted")),))

    return Entries(tuple(entry(one) for one in variant.not_counted))


def documents_table(reader: Reader, documents: list[Document]) -> Table | None:
    """The table of documents; None where there are none."""
    t, s = reader.t, reader.s
    if not documents:
        return None
    columns = (
        t("材料", "Document"), t("必要性", "Necessity"), t("来源", "Source"), t("份数", "Copies"),
        t("形式", "Form"), t("核验方式", "Check"),
    )

    def cells(document: Document) -> tuple[Cell, ...]:
        return (
            Cell((s(document.name),), _document_notes(reader, document)),
            Cell(_held(s(document.necessity.text) if document.necessity else None)),
            Cell(_held(s(document.source.text) if document.source else None, s(document.source_note))),
            Cell(_held(copies(reader, document), s(document.copies_note))),
            Cell(_held(s(document.medium.text) if document.medium else None, s(document.paper_format))),
            Cell((s(document.trust.text),)),
        )

    return Table(t("申请材料", "Documents"), columns, tuple(cells(one) for one in documents))


def copies(reader: Reader, document: Document) -> Said | None:
    """How many originals and photocopies, in words; None where the guide does not say, or asks for none."""
    t, said = reader.t, []
    if document.originals:
        number = document.originals
        said.append(t(f"原件{number}份", f"{number} original" + "s" * (number != 1)))
    if document.photocopies:
        number = document.photocopies
        said.append(t(f"复印件{number}份", f"{number} photocop" + ("y" if number == 1 else "ies")))
    return Said(t("，", ", ").join(said)) if said else None


def _document_notes(reader: Reader, document: Document) -> tuple[Row, ...]:
    t, s = reader.t, reader.s
    agency = document.agency
    return _held(
        row(t("何时需要", "Needed when"), reader.condition(document.when), s(document.when_note)),
        row(t("免提交", "Not asked for"),
            Said(t("由办理机关自行取得，您不用交。", "The office gets it itself; you need not bring it."))
            if document.exempt else None, s(document.exempt_note)),
        row(t("告知承诺", "Commitment"),
            Said(t("可以签署书面承诺代替。", "A signed commitment may stand in its place.")) if document.commitment else None),
        row(t("主要材料", "Main document"), Said(t("不可容缺后补。", "May not follow later.")) if document.main else None),
        row(t("要求", "Requirements"), s(document.requirements)),
        row(t("填写说明", "How to fill it in"), s(document.how_to_fill)),
        row(t("依据", "Basis"), s(document.basis)),
        row(t("空白表格", "Blank form"), s(document.blank_form)),
        row(t("示例样表", "Filled sample"), s(document.filled_sample)),
        row(t("材料类型", "Kind"), s(document.kind.text) if document.kind is not DocumentKind.OTHER else None),
        row(t("电子证照", "Electronic certificate"),
            Said(t("可以出示电子证照。", "An electronic certificate will do.")) if document.e_certificate else None),
        row(t("中介服务", "Intermediary"), s(agency.name) if agency else None,
            code(agency.code) if agency and agency.code else None),
        row(t("备注", "Remark"), s(document.remark)),
    )


def _flow(reader: Reader, variant: Variant, drawn: dict[str, Said] | None):
    if not variant.stages:
        return None
    owner, locale, guide, names = reader.guide.item.department, reader.locale, reader.guide, reader.edition.departments
    labels, options = (guide.labels(), guide.option_labels()) if any(one.when for one in variant.stages) else ({}, {})
    rows = flowchart.steps(variant, locale, {}, owner, labels, options, names)
    if drawn is None:
        return Flow("", None, tuple(rows))
    picture = flowchart.chart(variant, locale, {}, owner, names)
    seen = repr((picture.boxes, picture.lines))
    svg = "" if seen in drawn else reader.draw(picture, f"f-{variant.key}")
    title = drawn.setdefault(seen, reader.s(variant.name))
    return Flow(svg, title, tuple(rows))


def _fees(reader: Reader, variant: Variant):
    t, s = reader.t, reader.s
    if variant.free is True:
        yield texts([Said(t("不收费。", "Free of charge."))])
    elif variant.free is False and not variant.fees:
        yield texts([Said(t("收费，标准见窗口公示。", "There is a fee; the rate is shown at the window."))])

    if variant.fee_note:
        yield texts([s(variant.fee_note)])

    def entry(fee: Fee) -> Entry:
        return Entry(s(fee.name), (), _held(
            row(t("金额", "Amount"), Said(yuan(fee.fen, reader.locale)) if fee.fen is not None else None),
            row(t("收费标准", "Rate"), s(fee.standard)),
            row(t("收费依据", "Basis"), s(fee.basis)),
            row(t("何时收取", "Charged when"), reader.condition(fee.when)),
            row(t("收费主体", "Charged by"), s(fee.charged_by)),
            row(t("收费性质", "Kind of fee"), s(fee.kind)),
            row(t("可否减免", "May be reduced"), reader.yes(fee.may_be_reduced), s(fee.reduction)),
            row(t("缴费方式", "Ways to pay"), *(s(way) for way in fee.ways_to_pay)),
            row(t("备注", "Remark"), s(fee.remark)),
        ))

    if variant.fees:
        yield Entries(tuple(entry(fee) for fee in variant.fees))


def _results(reader: Reader, variant: Variant):
    t, s = reader.t, reader.s
    made = {key: stage.name for stage in variant.stages for key in stage.produces}

    def entry(result: Result) -> Entry:
        badges = [s(result.kind.text)]
        if result.refusal:
            badges.append(Said(t("不予批准时", "When refused")))
        return Entry(s(result.name), (), _held(
            row(t("结果类型", "Kind of result"), s(result.kind_note)),
            row(t("有效期", "Valid for"), s(result.validity)),
            row(t("办理期限", "Limit"), reader.limit(result.limit), s(result.limit.explanation) if result.limit else None),
            row(t("样本", "Sample"), s(result.sample)),
            row(t("由哪个环节制作", "Made at the stage"), s(made.get(result.key))),
            row(t("电子证照", "Electronic certificate"), Said(t("有", "Yes")) if result.e_certificate else None),
        ), tuple(badges))

    return Entries(tuple(entry(one) for one in variant.results)) if variant.results else None


def _held(*values) -> tuple:
    return tuple(value for value in values if value is not None)


def by_variant(reader: Reader, label: str, said: Mapping[str, tuple[Said, ...]]) -> Row | None:
    """What each variant says, by its key: once where all say the same, else under the variants' names."""
    if len(set(said.values())) <= 1:
        return row(label, *next(iter(said.values()), ()))
    return Row(label, groups=tuple(
        (reader.s(variant.name), said[variant.key]) for variant in reader.guide.variants if said[variant.key]
    ))
