"""rules/lint: conditions: asked in order, of values that can be, met by somebody, and readable."""
from collections.abc import Iterator
from datetime import date

from portal.rules.conditions import MAX_DEPTH, ORDERED, Comparison, Condition, Operator, depth, fields, holds
from portal.rules.guide.codes import FieldType
from portal.rules.guide.forms import CHOOSING, Field
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.sources import SENSE
from portal.rules.lint.tries import choosing, chosen, comparisons, tried

NUMBERS = {FieldType.NUMBER, FieldType.MONEY}


def conditions(subject: Subject) -> Iterator[tuple[str, Condition]]:
    for number, field in enumerate(subject.guide.situations):
        if field.when:
            yield f"/guide/situations/{number}/when", field.when
    for number, section in enumerate(subject.guide.form):
        for index, field in enumerate(section.fields):
            if field.when:
                yield f"/guide/form/{number}/fields/{index}/when", field.when
    for at, variant in subject.variants():
        if variant.when:
            yield f"{at}/when", variant.when
        for part in ("documents", "stages", "fees"):
            for index, row in enumerate(getattr(variant, part)):
                if row.when:
                    yield f"{at}/{part}/{index}/when", row.when


def asked_too_early(subject: Subject) -> Iterator[Place]:
    known: set[str] = set()
    labels = subject.guide.labels()
    rows = [(f"/guide/situations/{index}", field) for index, field in enumerate(subject.guide.situations)]
    for number, section in enumerate(subject.guide.form):
        rows += [(f"/guide/form/{number}/fields/{index}", field) for index, field in enumerate(section.fields)]
    for at, field in rows:
        later = [key for key in fields(field.when) if key not in known]
        if later:
            yield place(f"{at}/when", label=field.label, other=labels[later[0]])
        known.add(field.key)


def no_such_option(subject: Subject) -> Iterator[Place]:
    asked = {field.key: field for field in subject.guide.all_fields()}
    for at, condition in conditions(subject):
        for row in comparisons(condition):
            field = asked[row.field]
            values = row.value if isinstance(row.value, list) else [row.value]
            options = {option.value for option in field.options}
            wrong = [value for value in values if value not in options] if field.type in CHOOSING else []
            if wrong and row.op in (Operator.EQUALS, Operator.DIFFERS, Operator.IN):
                yield place(at, label=field.label, value=wrong[0])


def unfit_comparison(subject: Subject) -> Iterator[Place]:
    asked = {field.key: field for field in subject.guide.all_fields()}
    for at, condition in conditions(subject):
        for row in comparisons(condition):
            field = asked[row.field]
            if row.op is not Operator.GIVEN and not _fits(field, row):
                yield place(at, label=field.label, type=field.type, op=row.op.value)


def _fits(field: Field, row: Comparison) -> bool:
    values = row.value if isinstance(row.value, list) else [row.value]
    if field.type in CHOOSING:
        return row.op not in ORDERED
    if field.type is FieldType.YES_NO:
        return row.op not in ORDERED and all(isinstance(value, bool) for value in values)
    if field.type in NUMBERS:
        return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
    if field.type is FieldType.DATE:
        return all(isinstance(value, str) and _is_day(value) for value in values)
    return row.op not in ORDERED and all(isinstance(value, str) for value in values)


def _is_day(value: str) -> bool:
    try:
        return str(date.fromisoformat(value)) == value
    except ValueError:
        return False


def never_met(subject: Subject) -> Iterator[Place]:
    reachable = chosen(subject)
    for at, condition in conditions(subject):
        words = at.split("/")[2:]
        if words[0] == "variants" and len(words) == 3:
            continue  # whether a situation can be chosen is a rule of its own
        variant = subject.guide.variants[int(words[1])] if words[0] == "variants" else None
        if variant and (reachable is None or variant.key not in reachable[0]):
            continue
        answers_tried = tried(subject, [condition, *(choosing(subject) if variant else [])])
        if answers_tried is not None and not any(
            holds(condition, answers) and (variant is None or subject.guide.variant_for(answers) == variant)
            for answers in answers_tried
        ):
            yield place(at)


def too_deep(subject: Subject) -> Iterator[Place]:
    for at, condition in conditions(subject):
        if depth(condition) > MAX_DEPTH:
            yield place(at, depth=depth(condition), most=MAX_DEPTH)


RULES = [
    Rule("L-COND-01", ERROR, SENSE,
         both("“{label}”取决于“{other}”，但后者在它之后才问，或就是它自己。",
              "“{label}” depends on “{other}”, which is asked later or is the same question."),
         both("调整问题的顺序。", "Change the order of the questions."),
         asked_too_early),
    Rule("L-COND-02", ERROR, SENSE,
         both("条件中“{label}”的值“{value}”不在选项里。", "A condition compares “{label}” with “{value}”, which is no option of it."),
         both("改成已有的选项值，或补上这个选项。", "Use one of the options, or add it."),
         no_such_option),
    Rule("L-COND-03", ERROR, SENSE,
         both("条件不适合“{label}”：{type}不能这样比较（{op}）。",
              "The condition does not fit “{label}”: this is no comparison ({op}) for the type “{type}”."),
         both("是否类的问题只与“是”“否”比较；大小比较只用于数字、金额和日期（2024-01-01）。",
              "A question of yes or no is compared with yes or no; more and less hold for numbers, amounts and dates (2024-01-01) only."),
         unfit_comparison),
    Rule("L-COND-04", WARNING, SENSE,
         both("这个条件永远不会满足。", "This condition can never be met."),
         both("改正条件；用不着的，连同它所管的内容删去。", "Correct it, or leave out what hangs on it."),
         never_met),
    Rule("L-COND-05", ERROR, SENSE,
         both("条件套了{depth}层，超过{most}层，没有人读得懂。", "The condition is nested {depth} deep, more than {most}; nobody can read it."),
         both("拆成几个问题或几种情形。", "Split it into several questions or situations."),
         too_deep),
]
