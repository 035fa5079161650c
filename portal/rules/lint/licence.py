"""rules/lint: the eight things that a licence publishes (article 30), and what else a licence owes."""
from collections.abc import Iterator

from portal.rules.lint.documents import says_none
from portal.rules.lint.findings import ERROR, Place, Rule, Subject, both, place
from portal.rules.lint.sources import ART_30, city


def item_incomplete(subject: Subject) -> Iterator[Place]:
    item = subject.item
    if subject.licence:
        if item.code is None:
            yield place("/guide/item/code", what=both("基本编码", "its basic code"))
        if item.department is None:
            yield place("/guide/item/department", what=both("实施主体", "the department in charge"))


def no_basis(subject: Subject) -> Iterator[Place]:
    if subject.licence and not subject.guide.legal_basis:
        yield place("/guide/legal_basis")


def no_conditions(subject: Subject) -> Iterator[Place]:
    if subject.licence and not subject.guide.conditions:
        yield place("/guide/conditions")


def no_quantity(subject: Subject) -> Iterator[Place]:
    if subject.licence and subject.item.quantity_limit is None:
        yield place("/guide/item/quantity_limit")


def no_procedure(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if subject.licence and not variant.stages:
            yield place(f"{at}/stages", name=variant.name)


def no_limit(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if subject.licence and variant.statutory is None:
            yield place(f"{at}/statutory", name=variant.name)


def no_documents(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if subject.licence and not variant.documents and not says_none(variant):
            yield place(f"{at}/documents", name=variant.name)


def no_sample_form(subject: Subject) -> Iterator[Place]:
    examples = any(field.example for section in subject.guide.form for field in section.fields)
    for variant in subject.guide.variants:
        filled = any(document.filled_sample for document in variant.documents)
        if subject.licence and not examples and not filled:
            yield place("/guide/form", name=variant.name)
            return


def no_question(subject: Subject) -> Iterator[Place]:
    if subject.licence and not subject.guide.questions:
        yield place("/guide/questions")


RULES = [
    Rule("L-LICENCE-01", ERROR, ART_30,
         both("行政许可没有写{what}（八项公示之一：事项）。", "A licence does not state {what} (of the eight: the item)."),
         both("填写{what}。", "State {what}."),
         item_incomplete),
    Rule("L-LICENCE-02", ERROR, ART_30,
         both("行政许可没有写依据（八项公示之二）。", "A licence states no legal basis (of the eight: the basis)."),
         both("写明设定依据及条款。", "State the law and article that set it up."),
         no_basis),
    Rule("L-LICENCE-03", ERROR, ART_30,
         both("行政许可没有写条件（八项公示之三）。", "A licence states no conditions (of the eight: the conditions)."),
         both("逐条写明准予的条件。", "State the conditions one by one."),
         no_conditions),
    Rule("L-LICENCE-04", ERROR, ART_30,
         both("行政许可没有写数量限制（八项公示之四）。", "A licence does not state its quantity (of the eight: the quantity)."),
         both("写明数量；没有限制的写“无数量限制”。", "State it; where there is no limit, write so."),
         no_quantity),
    Rule("L-LICENCE-05", ERROR, ART_30,
         both("行政许可的情形“{name}”没有写程序（八项公示之五）。",
              "A licence's situation “{name}” states no procedure (of the eight: the procedure)."),
         both("写出从受理到送达的环节。", "Write down the stages from acceptance to delivery."),
         no_procedure),
    Rule("L-LICENCE-06", ERROR, ART_30,
         both("行政许可的情形“{name}”没有写法定期限（八项公示之六）。",
              "A licence's situation “{name}” states no statutory limit (of the eight: the limit)."),
         both("写明法定期限和承诺期限。", "State the statutory and the promised limit."),
         no_limit),
    Rule("L-LICENCE-07", ERROR, ART_30,
         both("行政许可的情形“{name}”没有材料目录（八项公示之七）。",
              "A licence's situation “{name}” lists no documents (of the eight: the whole list of documents)."),
         both("列出全部材料；确实不需要的，在<variants.note>中写明“无需提交材料”。",
              "List them all; where none is needed, say so in the note, in Chinese “无需提交材料”."),
         no_documents),
    Rule("L-LICENCE-08", ERROR, ART_30,
         both("行政许可没有申请书示范文本（八项公示之八）。", "A licence has no sample of a filled form (of the eight: the sample form)."),
         both("给表单各项写上<form.fields.example>，或给申请表附<variants.documents.filled_sample>。",
              "Give the form's fields an <form.fields.example>, or the application form a <variants.documents.filled_sample>."),
         no_sample_form),
    Rule("L-LICENCE-09", ERROR, city(11),
         both("行政许可没有常见问题解答。", "A licence answers no question."),
         both("至少写一个常见问题和回答。", "Answer at least one frequent question."),
         no_question),
]
