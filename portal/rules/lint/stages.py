"""rules/lint: the stages as a graph that a case can run on, from acceptance to an end."""
from collections.abc import Iterator

from portal.rules.guide.codes import End, HandlingKind, Leads, StageKind
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.graph import ancestors, can_be_granted, cycle, leads_on, openable
from portal.rules.lint.sources import ART_32, ART_34, ART_38, CLOSED_LOOP, MODEL, SENSE, city

AFTER_ACCEPTANCE = {
    StageKind.EXAMINE, StageKind.SITE_CHECK, StageKind.SPECIAL, StageKind.PUBLICISE,
    StageKind.DECIDE, StageKind.CERTIFY, StageKind.DELIVER,
}
EXAMINING = {StageKind.EXAMINE, StageKind.SITE_CHECK, StageKind.SPECIAL}
LICENCE_STEPS = (
    (both("受理", "acceptance"), {StageKind.ACCEPT}),
    (both("审查", "examination"), EXAMINING),
    (both("决定", "decision"), {StageKind.DECIDE}),
    (both("送达", "delivery"), {StageKind.DELIVER}),
)


def no_stages(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if not variant.stages and not subject.licence:
            yield place(f"{at}/stages", name=variant.name)


def circle(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        keys = cycle(variant.stages)
        if len(keys) > 2:
            names = [variant.stage(key).name for key in keys]
            index = [stage.key for stage in variant.stages].index(keys[0])
            yield place(f"{at}/stages/{index}/waits_for",
                        circle=both(" → ".join(n.zh for n in names), " → ".join(n.said("en") for n in names)))


def waits_for_itself(subject: Subject) -> Iterator[Place]:
    for at, _, stage in subject.stages():
        if stage.key in stage.waits_for:
            yield place(f"{at}/waits_for/{stage.waits_for.index(stage.key)}", name=stage.name)


def _closed(subject: Subject):
    """Stages that never open, beside those of a circle (which has its own rule), with what they wait for in vain."""
    for at, variant in subject.variants():
        if cycle(variant.stages):
            continue
        reached = openable(variant.stages)
        for index, stage in enumerate(variant.stages):
            dead = [key for key in stage.waits_for if key in reached and not leads_on(variant.stage(key))]
            if stage.key not in reached:
                yield f"{at}/stages/{index}", variant, stage, dead


def unreachable(subject: Subject) -> Iterator[Place]:
    for at, _, stage, dead in _closed(subject):
        if len(stage.waits_for) == 1 or not dead:
            yield place(f"{at}/waits_for", name=stage.name)


def join_never_opens(subject: Subject) -> Iterator[Place]:
    for at, variant, stage, dead in _closed(subject):
        if len(stage.waits_for) > 1 and dead:
            yield place(f"{at}/waits_for/{stage.waits_for.index(dead[0])}",
                        name=stage.name, other=variant.stage(dead[0]).name)


def back_not_earlier(subject: Subject) -> Iterator[Place]:
    for at, variant, stage in subject.stages():
        earlier = ancestors(variant.stages)[stage.key]
        for index, outcome in enumerate(stage.outcomes):
            if outcome.leads is Leads.BACK and outcome.to not in earlier - {stage.key}:
                yield place(f"{at}/outcomes/{index}/to",
                            name=stage.name, outcome=outcome.name, other=variant.stage(outcome.to).name)


def no_end(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if variant.stages and not cycle(variant.stages) and not can_be_granted(variant.stages):
            yield place(f"{at}/stages", name=variant.name)


def no_owner(subject: Subject) -> Iterator[Place]:
    for at, _, stage in subject.stages():
        if not stage.department and not subject.item.department:
            yield place(f"{at}/department", name=stage.name)


def stranger(subject: Subject) -> Iterator[Place]:
    for at, variant, stage in subject.stages():
        # The owner of the item may be outside the directory: then nobody applies here, and the guide informs.
        known = subject.directory is None or stage.department in (None, subject.item.department, *subject.directory)
        if not known:
            yield place(f"{at}/department", name=stage.name, department=stage.department, variant=variant.name)


def before_acceptance(subject: Subject) -> Iterator[Place]:
    for at, variant, stage in subject.stages():
        accepting = {one.key for one in variant.stages if one.kind is StageKind.ACCEPT}
        if accepting and stage.kind in AFTER_ACCEPTANCE and not accepting & ancestors(variant.stages)[stage.key]:
            yield place(f"{at}/waits_for", name=stage.name)


def same_name(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        seen: set[tuple] = set()
        for index, stage in enumerate(variant.stages):
            # Rows that exclude each other by condition may well be called the same.
            told = (stage.name.zh, stage.department)
            if told in seen and stage.when is None:
                yield place(f"{at}/stages/{index}/name", name=stage.name)
            seen.add(told)


def licence_steps(subject: Subject) -> Iterator[Place]:
    if not subject.licence:
        return
    for at, variant in subject.variants():
        kinds = {stage.kind for stage in variant.stages}
        for step, any_of in LICENCE_STEPS:
            # What is decided on the spot is examined and decided in one breath.
            at_once = subject.item.handling is HandlingKind.INSTANT and any_of is EXAMINING
            if variant.stages and not kinds & any_of and not at_once:
                yield place(f"{at}/stages", name=variant.name, step=step)


def acceptance_cannot_refuse(subject: Subject) -> Iterator[Place]:
    for at, _, stage in subject.stages():
        refused = any(outcome.end in (End.NOT_ACCEPTED, End.NOT_NEEDED) for outcome in stage.outcomes)
        if subject.licence and stage.kind is StageKind.ACCEPT and not refused:
            yield place(f"{at}/outcomes", name=stage.name)


def decision_cannot_refuse(subject: Subject) -> Iterator[Place]:
    for at, _, stage in subject.stages():
        refused = any(outcome.end is End.REFUSED for outcome in stage.outcomes)
        if subject.licence and stage.kind is StageKind.DECIDE and not refused:
            yield place(f"{at}/outcomes", name=stage.name)


def site_check_alone(subject: Subject) -> Iterator[Place]:
    for at, _, stage in subject.stages():
        if subject.licence and stage.kind is StageKind.SITE_CHECK and stage.officers < 2:
            yield place(f"{at}/officers", name=stage.name)


def special_counted(subject: Subject) -> Iterator[Place]:
    for at, _, stage in subject.stages():
        if stage.kind is StageKind.SPECIAL and stage.counted:
            yield place(f"{at}/counted", name=stage.name)


RULES = [
    Rule("L-STAGE-01", ERROR, MODEL,
         both("情形“{name}”没有办理环节。", "The situation “{name}” has no stages."),
         both("按办理顺序写出各环节。", "Write down the stages in the order in which they are handled."),
         no_stages),
    Rule("L-STAGE-02", ERROR, CLOSED_LOOP,
         both("环节互相等待，谁也不能开始：{circle}。", "Stages wait for each other, so that none can start: {circle}."),
         both("从其中一个环节的<variants.stages.waits_for>中去掉前一个；要退回，用<variants.stages.outcomes.leads>为“退回”的环节结果。",
              "Take one of them out of <variants.stages.waits_for>; to lead back, use an outcome that leads back."),
         circle),
    Rule("L-STAGE-03", ERROR, CLOSED_LOOP,
         both("环节“{name}”等待它自己。", "The stage “{name}” waits for itself."),
         both("从<variants.stages.waits_for>中去掉它自己。", "Take it out of its own <variants.stages.waits_for>."),
         waits_for_itself),
    Rule("L-STAGE-04", ERROR, CLOSED_LOOP,
         both("环节“{name}”永远不会开始：它等待的环节没有“进入下一环节”的结果，或自身也到不了。",
              "The stage “{name}” can never open: what it waits for has no outcome that leads on, or is never reached."),
         both("给前一环节加上进入下一环节的结果，或改<variants.stages.waits_for>。",
              "Give the stage before it an outcome that leads on, or change its <variants.stages.waits_for>."),
         unreachable),
    Rule("L-STAGE-05", ERROR, CLOSED_LOOP,
         both("汇合环节“{name}”永远不会开始：“{other}”没有“进入下一环节”的结果。",
              "The join “{name}” can never open: “{other}” has no outcome that leads on."),
         both("给“{other}”加上进入下一环节的结果，或不再等待它。",
              "Give “{other}” an outcome that leads on, or stop waiting for it."),
         join_never_opens),
    Rule("L-STAGE-06", ERROR, CLOSED_LOOP,
         both("环节“{name}”的结果“{outcome}”退回到“{other}”，但后者不在它之前。",
              "“{outcome}” of the stage “{name}” leads back to “{other}”, which does not come before it."),
         both("退回到它之前的某个环节；往后走的结果，<variants.stages.outcomes.leads>选“进入下一环节”。", "Lead back to a stage before it; what goes forward leads on."),
         back_not_earlier),
    Rule("L-STAGE-07", ERROR, CLOSED_LOOP,
         both("情形“{name}”的流程没有办成的出口。", "The procedure of “{name}” has no way to end well."),
         both("让最后的环节有“进入下一环节”或“准予”的结果。", "Let the last stage have an outcome that leads on or grants."),
         no_end),
    Rule("L-STAGE-08", ERROR, CLOSED_LOOP,
         both("环节“{name}”没有承办部门，事项也没有实施主体。",
              "The stage “{name}” has no department, and the item has no owner."),
         both("填写事项的<item.department>，或该环节的<variants.stages.department>。", "Name the item's department, or the stage's own."),
         no_owner),
    Rule("L-STAGE-09", ERROR, CLOSED_LOOP,
         both("环节“{name}”不等受理就会开始。", "The stage “{name}” would start before acceptance."),
         both("在<variants.stages.waits_for>中写明它等待受理或其后的环节。", "Let it wait for the acceptance, or for a stage after it."),
         before_acceptance),
    Rule("L-STAGE-10", WARNING, SENSE,
         both("同一部门有两个环节都叫“{name}”，办理进度分不清。",
              "Two stages of one department are called “{name}”; in the tracker they look the same."),
         both("给它们不同的名称。", "Give them different names."),
         same_name),
    Rule("L-STAGE-11", ERROR, city(13),
         both("行政许可的情形“{name}”缺少{step}环节。", "The licence's situation “{name}” lacks the stage of {step}."),
         both("补上{step}环节，并标明<variants.stages.kind>。", "Add the stage of {step}, with its kind."),
         licence_steps),
    Rule("L-STAGE-12", WARNING, ART_32,
         both("受理环节“{name}”没有“不予受理”的结果。", "The acceptance “{name}” has no outcome “not accepted”."),
         both("加上<variants.stages.outcomes.end>为“不予受理”的结果；不予受理要出具书面凭证。",
              "Add an outcome that ends as “not accepted”; it needs a written voucher."),
         acceptance_cannot_refuse),
    Rule("L-STAGE-13", WARNING, ART_38,
         both("决定环节“{name}”没有“不予许可”的结果。", "The decision “{name}” has no outcome “refused”."),
         both("加上<variants.stages.outcomes.end>为“不予许可（不予批准）”的结果；决定书要说明理由和救济途径。",
              "Add an outcome that ends as refused; it states its reasons and the remedies."),
         decision_cannot_refuse),
    Rule("L-STAGE-14", ERROR, ART_34,
         both("现场核查“{name}”只安排一名工作人员。", "The check on site “{name}” has only one officer."),
         both("核查实质内容须两名以上：<variants.stages.officers>写 2。", "A check of substance takes two or more: write 2 as its <variants.stages.officers>."),
         site_check_alone),
    Rule("L-STAGE-15", WARNING, SENSE,
         both("特别程序“{name}”计入了期限。", "The special procedure “{name}” counts towards the limit."),
         both("依法不计时的，<variants.stages.counted>选“否”并写理由；确实计时的，改用其他环节类型。",
              "Where the law leaves it out say no to <variants.stages.counted>, with the reason; else use another kind."),
         special_counted),
    Rule("L-STAGE-16", ERROR, CLOSED_LOOP,
         both("情形“{variant}”的环节“{name}”由“{department}”承办，但部门目录里没有这个部门，办件到了这一步没有人能办。",
              "In the situation “{variant}” the stage “{name}” is handled by “{department}”, which is not in the directory of "
              "departments: nobody could act on it."),
         both("改成部门目录里的名称，或先用 ./banshi county load 把这个部门载入目录。只在生效时核对。",
              "Use its name as the directory has it, or load the department first with ./banshi county load. Looked up only "
              "when a guide is put in force."),
         stranger),
]
