"""publishing: the flowchart of a variant, drawn top to bottom so that it can be read on a phone 360 px wide.

What is drawn is decided here, how in `drawing`. Beside the picture stands `steps`, the same as a list.
"""
from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.publishing.drawing import Box, Chart, Line, drawn
from portal.publishing.said import Said, english, say
from portal.rules import conditions
from portal.rules.guide.codes import End, Leads, StageKind
from portal.rules.guide.document import Variant
from portal.rules.guide.stages import Stage
from portal.rules.guide.text import Text
from portal.rules.lint.graph import cycle

MARKS = {
    "done": Text(zh="✓ 已完成", en="✓ Done"),
    "current": Text(zh="● 正在办理", en="● Now here"),
    "waiting": Text(zh="尚未开始", en="Not yet"),
    "skipped": Text(zh="不需要办理", en="Not needed"),
}
START = Text(zh="提交申请", en="Apply")
ENDS = {
    End.GRANTED: Text(zh="办结", en="Completed"),
    End.REFUSED: Text(zh="不予许可", en="Refused"),
    End.NOT_ACCEPTED: Text(zh="不予受理", en="Not accepted"),
    End.NOT_NEEDED: Text(zh="无需办理", en="Not needed"),
    End.WITHDRAWN: Text(zh="已撤回", en="Withdrawn"),
}
CHART = Text(zh="办理流程图：{name}", en="Flowchart: {name}")


@dataclass(frozen=True)
class Step:
    """A stage as a line of the list that stands beside the picture."""

    number: int
    key: str
    name: Said
    kind: Said
    department: Said | None
    post: Said | None
    limit: Said | None
    limit_note: Said | None
    not_counted: tuple[Said, ...]
    waits_for: tuple[Said, ...]
    """Left empty where it is only the step before."""
    condition: Said | None
    standard: Said | None
    note: Said | None
    result: Said | None
    officers: int
    outcomes: tuple[Said, ...]
    produces: tuple[Said, ...]
    mark: str | None
    mark_text: Said | None

    def notes(self, words) -> list[tuple[str, tuple[Said, ...]]]:
        """What stands below the line of a step, each with its label; `words` are `blocks.Words`."""
        rows = (
            (words.when, (self.condition,)),
            (words.waits_for, self.waits_for),
            (words.not_counted, self.not_counted),
            (words.limit_note, (self.limit_note,)),
            (words.standard, (self.standard,)),
            (words.note, (self.note,)),
            (words.result, (self.result,)),
            (words.outcomes, self.outcomes),
            (words.produces, self.produces),
        )
        held = ((label, tuple(one for one in said if one)) for label, said in rows)
        return [(label, said) for label, said in held if said]


def draw(
    variant: Variant,
    locale: str,
    marks: Mapping[str, str] = {},
    owner: str | None = None,
    prefix: str = "f",
    departments: Mapping[str, Text] = {},
) -> str:
    """The chart as an SVG element, at most `drawing.WIDEST` units wide.

    `marks` says of stages, by key, whether they are done, current, waiting or skipped; `owner` is the department that
    a stage without one belongs to; `prefix` begins every id, so that several charts fit on a page; `departments` has
    the names of departments in both languages, by the name in the guide.
    """
    return drawn(chart(variant, locale, marks, owner, departments), prefix)


def steps(
    variant: Variant,
    locale: str,
    marks: Mapping[str, str] = {},
    owner: str | None = None,
    labels: Mapping[str, Text] = {},
    options: Mapping[tuple[str, str], Text] = {},
    departments: Mapping[str, Text] = {},
) -> list[Step]:
    """The chart as a list. `labels` and `options` are the guide's, for the sentences of conditions; the rest is as for
    `draw`."""
    names = {stage.key: say(stage.name, locale) for stage in variant.stages}
    results = {result.key: say(result.name, locale) for result in variant.results}
    rows = []
    before: list[str] = []
    for number, stage in enumerate(variant.stages, 1):
        mark = marks.get(stage.key)
        reason = (say(stage.stop_reason.text, locale), say(stage.stop_basis, locale)) if stage.stop_reason else ()
        rows.append(Step(
            number=number,
            key=stage.key,
            name=names[stage.key],
            kind=say(stage.kind.text, locale),
            department=_department(stage.department or owner, departments, locale),
            post=say(stage.post, locale),
            limit=Said(stage.limit.said(locale)) if stage.limit else None,
            limit_note=say(stage.limit.explanation, locale) if stage.limit else None,
            not_counted=tuple(said for said in reason if said),
            waits_for=() if stage.waits_for == before else tuple(names[key] for key in stage.waits_for),
            condition=say(conditions.sentence(stage.when, labels, options), locale) if stage.when else None,
            standard=say(stage.standard, locale),
            note=say(stage.note, locale),
            result=say(stage.result, locale),
            officers=stage.officers,
            outcomes=tuple(_outcome_said(outcome, names, locale) for outcome in stage.outcomes),
            produces=tuple(results[key] for key in stage.produces),
            mark=mark,
            mark_text=say(MARKS[mark], locale) if mark else None,
        ))
        before = [stage.key]
    return rows


def chart(
    variant: Variant, locale: str, marks: Mapping[str, str], owner: str | None, departments: Mapping[str, Text] = {}
) -> Chart:
    """What the picture shows: the way in, every stage, every end, and the lines between them."""
    variant = _drawable(variant)
    boxes = [Box("start", "stage stage--start", "start", START.said(locale), end=True)]
    lines: list[Line] = []
    ends: dict[str, tuple[End, list[str]]] = {}
    alone = _alone(variant)
    for stage in variant.stages:
        boxes.append(_stage_box(stage, locale, marks.get(stage.key), owner, departments))
        followers = [other.key for other in variant.stages if stage.key in other.waits_for]
        if not stage.waits_for:
            lines.append(Line("start", stage.key, "way"))
        on = [outcome.name.said(locale) for outcome in stage.outcomes if outcome.leads is Leads.ON]
        label = "／".join(on) if len(stage.outcomes) > 1 and len(followers) == 1 else ""
        if _same(label, stage.name.said(locale)) or any(len(variant.stage(key).waits_for) > 1 for key in followers):
            label = ""  # it would only repeat the stage's name, or stand in a crowd of lines that join
        lines += [Line(stage.key, key, "way", label) for key in followers]
        for outcome in stage.outcomes:
            name = outcome.name.said(locale)
            if outcome.leads is Leads.BACK:
                lines.append(Line(stage.key, outcome.to, "way back", name, back=True))
            elif outcome.leads is Leads.END:
                side = stage.key in alone
                key = f"end-{outcome.end}-{stage.key}" if side else f"end-{outcome.end}"
                small = ends.setdefault(key, (outcome.end, []))[1]
                label = "" if _same(name, _end_name(outcome.end, locale)) else name
                if side and label:
                    small.append(label)
                classes = f"way end {outcome.end}"
                lines.append(Line(stage.key, key, classes, "" if side else label, side=side))
        if not followers and (on or not stage.outcomes):
            ends["end"] = (End.GRANTED, [])
            lines.append(Line(stage.key, "end", "way"))
    for key, (end, small) in ends.items():
        paint = "granted" if end is End.GRANTED else "ended"
        classes = f"stage end {end}"
        boxes.append(Box(key, classes, paint, _end_name(end, locale), tuple(small), end=True))
    return Chart(CHART.said(locale).format(name=variant.name.said(locale)), tuple(boxes), _merged(lines))


def _drawable(variant: Variant) -> Variant:
    """The variant without a circle: Graphviz ends the whole process on some. A draft that has one, which lint
    tells, is drawn without the lines that lead against the order of its stages."""
    if not cycle(variant.stages):
        return variant
    stages: list[Stage] = []
    for stage in variant.stages:
        earlier = {one.key for one in stages}
        stages.append(stage.model_copy(update={"waits_for": [key for key in stage.waits_for if key in earlier]}))
    return variant.model_copy(update={"stages": stages})


def _alone(variant: Variant) -> set[str]:
    """The stages that nothing runs beside, so that their ends have room there."""
    rank: dict[str, int] = {}
    for _ in variant.stages:
        for stage in variant.stages:
            before = [rank.get(key, 0) + 1 for key in stage.waits_for]
            rank[stage.key] = min(max(before, default=0), len(variant.stages))
    levels = list(rank.values())
    return {key for key, level in rank.items() if levels.count(level) == 1}


def _end_name(end: End, locale: str) -> str:
    return ENDS[end].said(locale)


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def _stage_box(
    stage: Stage, locale: str, mark: str | None, owner: str | None, departments: Mapping[str, Text]
) -> Box:
    paint = mark or (
        "special" if stage.kind is StageKind.SPECIAL or not stage.counted
        else "conditional" if stage.when else "plain"
    )
    small = []
    if stage.department and stage.department != owner:
        names = [str(_department(name, departments, locale)) for name in (stage.department, owner) if name]
        small.append(_short(*names))
    if stage.limit:
        small.append(stage.limit.said(locale))
    if stage.when:
        small.append("if the condition is met" if english(locale) else "符合条件时")
    if mark:
        small.append(MARKS[mark].said(locale))
    classes = f"stage {stage.kind}" + (f" is-{mark}" if mark else "") + (" is-conditional" if stage.when else "")
    return Box(stage.key, classes, paint, stage.name.said(locale), tuple(small))


def _department(name: str | None, departments: Mapping[str, Text], locale: str) -> Said | None:
    return say(departments.get(name or "", name), locale)


def _short(department: str, owner: str = "") -> str:
    """The department without the name of the county, where it shares that with the owner."""
    shared = 0
    while shared < min(len(department), len(owner)) and department[shared] == owner[shared]:
        shared += 1
    return department[shared:] if department[:shared].endswith(("县", "市", "区", "旗", "County ")) else department


def _merged(lines: list[Line]) -> tuple[Line, ...]:
    # Two outcomes between the same stages are one line with both names.
    merged: dict[tuple[str, str, str], Line] = {}
    for line in lines:
        key = (line.tail, line.head, line.classes)
        if key in merged and line.label:
            line = replace(line, label=f"{merged[key].label}／{line.label}")
        merged[key] = line
    return tuple(merged.values())


def _outcome_said(outcome, names: Mapping[str, Said], locale: str) -> Said:
    said = say(outcome.name, locale)
    if outcome.leads is Leads.BACK:
        after = f" → back to: {names[outcome.to]}" if english(locale) else f"（退回“{names[outcome.to]}”）"
    elif outcome.leads is Leads.END:
        end = outcome.end.text.said(locale)
        after = f" → ends the case: {end}" if english(locale) else f"（办结：{end}）"
    else:
        after = ""
    return replace(said, text=said.text + after)
