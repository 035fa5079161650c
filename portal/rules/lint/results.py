"""rules/lint: results: what people take home, which stage makes it, how long it holds."""
import re
from collections.abc import Iterator

from portal.rules.guide.codes import ResultKind, StageKind
from portal.rules.guide.item import Result
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.graph import ancestors
from portal.rules.lint.sources import ART_38, MODEL, SENSE, city

NAMES = (
    (re.compile(r"(?<![签认公验论凭保见求印佐])(?:证|证书|执照|牌照)$"), {ResultKind.CERTIFICATE}),
    (re.compile(r"批复$"), {ResultKind.APPROVAL}),
    (re.compile(r"(?:批文|决定书|通知书|意见书|(?<=[函公批行])文)$"), {ResultKind.APPROVAL, ResultKind.DOCUMENT}),
)


def _results(subject: Subject):
    for at, variant in subject.variants():
        for index, result in enumerate(variant.results):
            yield f"{at}/results/{index}", variant, result


def _is_certificate(result: Result) -> bool:
    return result.kind is ResultKind.CERTIFICATE or bool(NAMES[0][0].search(_named(result)))


def _named(result: Result) -> str:
    return re.sub(r"[（(].*?[)）]|[《》“”\s]", "", result.name.zh)


def no_result(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if not any(not result.refusal for result in variant.results):
            yield place(f"{at}/results", name=variant.name)


def kind_beside_name(subject: Subject) -> Iterator[Place]:
    for at, _, result in _results(subject):
        for name, kinds in NAMES:
            if name.search(_named(result)) and result.kind not in kinds and not result.refusal:
                yield place(f"{at}/kind", name=result.name, kind=result.kind, right=min(kinds))
                break


def no_sample(subject: Subject) -> Iterator[Place]:
    for at, _, result in _results(subject):
        if result.sample is None and not result.refusal:
            yield place(f"{at}/sample", name=result.name)


def _unmade(subject: Subject):
    for at, variant, result in _results(subject):
        made = any(result.key in stage.produces for stage in variant.stages)
        if variant.stages and not made and not result.refusal:
            yield at, result


def certificate_not_made(subject: Subject) -> Iterator[Place]:
    for at, result in _unmade(subject):
        if _is_certificate(result):
            yield place(at, name=result.name)


def result_not_made(subject: Subject) -> Iterator[Place]:
    for at, result in _unmade(subject):
        if not _is_certificate(result):
            yield place(at, name=result.name)


def no_validity(subject: Subject) -> Iterator[Place]:
    for at, _, result in _results(subject):
        if _is_certificate(result) and result.validity is None and not result.refusal:
            yield place(f"{at}/validity", name=result.name)


def made_before_decision(subject: Subject) -> Iterator[Place]:
    for at, variant, stage in subject.stages():
        deciding = {one.key for one in variant.stages if one.kind is StageKind.DECIDE}
        granted = [result.name for result in variant.results if result.key in stage.produces and not result.refusal]
        if deciding and granted and not deciding & ({stage.key} | ancestors(variant.stages)[stage.key]):
            yield place(f"{at}/produces", stage=stage.name, name=granted[0])


RULES = [
    Rule("L-RESULT-01", WARNING, MODEL,
         both("情形“{name}”没有写办理结果。", "The situation “{name}” states no result."),
         both("写明结果名称、类型和有效期。", "State the result's name, kind and validity."),
         no_result),
    Rule("L-RESULT-02", ERROR, city(3),
         both("结果“{name}”的类型是“{kind}”，与名称不符。", "The result “{name}” is of the kind “{kind}”, which its name contradicts."),
         both("类型改为“{right}”，或改正名称。", "Make its kind “{right}”, or correct the name."),
         kind_beside_name),
    Rule("L-RESULT-03", WARNING, city(14),
         both("结果“{name}”没有样本。", "The result “{name}” has no sample."),
         both("在<variants.results.sample>填写样本的名称或说明。", "Name or describe a sample."),
         no_sample),
    Rule("L-RESULT-04", ERROR, SENSE,
         both("没有哪个环节制作证照“{name}”。", "No stage makes the certificate “{name}”."),
         both("在决定、制证或送达环节的<variants.stages.produces>中写上它。", "Name it in <variants.stages.produces> of the stage that decides, makes or delivers it."),
         certificate_not_made),
    Rule("L-RESULT-05", WARNING, SENSE,
         both("没有哪个环节产生结果“{name}”。", "No stage produces the result “{name}”."),
         both("在产生它的环节的<variants.stages.produces>中写上它。", "Name it in <variants.stages.produces> of the stage that makes it."),
         result_not_made),
    Rule("L-RESULT-06", WARNING, MODEL,
         both("证照“{name}”没有写有效期。", "The certificate “{name}” does not say how long it is valid."),
         both("写明有效期；长期有效的写“长期”。", "State it; where there is no end, say so."),
         no_validity),
    Rule("L-RESULT-07", ERROR, ART_38,
         both("环节“{stage}”在决定之前就产生了结果“{name}”。", "The stage “{stage}” produces “{name}” before the decision."),
         both("移到决定环节或其后的环节。", "Move it to the decision or to a stage after it."),
         made_before_decision),
]
