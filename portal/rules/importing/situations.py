"""rules/importing: a procedure that differs by the applicant's situation becomes variants, one for each."""
import re

from portal.rules.conditions import Comparison
from portal.rules.guide.codes import FieldType, StageKind
from portal.rules.guide.document import Variant
from portal.rules.guide.forms import Field, Option
from portal.rules.guide.stages import Stage
from portal.rules.guide.text import Text
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import split

KEY = "situation"
LABEL = Text(zh="您属于哪一种情形", en="Which situation is yours?")
_EACH = re.compile(r"^(?:凡是?|对于?|属于?|如属)(?P<who>[^,，。；;：:]{2,30}?)(?:的)?(?:提出申请|申请救助者|申请者|申请)?[,，：:]|^(?P<case>[^,，。；;：:]{4,30}(?:情况|情形|紧急)[^,，。；;：:]{0,4}的)[,，]")
_HELP_FIRST = re.compile(r"先行(?P<help>救助|救治|处置|支付|垫付)[,，、]\s*(?P<after>后置审批|后补手续|事后审批|后补审批)")


def read(draft: Draft) -> None:
    """Makes the variants where every part of the procedure begins with whom it is for, and at least two say so plainly."""
    procedure = draft.get("guide.procedure_offline")
    found = split(procedure.zh) if procedure else []
    names = [match["who"] or match["case"] if (match := _EACH.match(part)) else None for part in found]
    if len(found) < 2 or None in names or not any(part.startswith(("凡", "对", "属")) for part in found):
        return
    keys = [f"case{number}" for number in range(1, len(found) + 1)]
    draft.add("guide.situations", Field(key=KEY, label=LABEL, type=FieldType.CHOICE, options=[
        Option(value=key, label=Text(zh=name)) for key, name in zip(keys, names, strict=True)]))
    common = {name: value for name, value in draft.values.get("variant", {}).items() if name != "stages"}
    variants = []
    for key, name, part in zip(keys, names, found, strict=True):
        own = {"key": key, "name": Text(zh=name), "note": Text(zh=part), "stages": _help_first(part),
               "when": Comparison(field=KEY, value=key)}
        variants.append(common | own)
    draft.values["variant"] = variants[0]
    for values in variants[1:]:
        draft.add("others.variants", Variant(**values))
    draft.at("办理流程", "办理流程")
    for index, part in enumerate(found):
        draft.claim(part, lambda file, index=index: file.guide.variants[index].note.zh)
    draft.claim(procedure.zh, lambda file: held(file, "guide.procedure_offline").zh)


def _help_first(part: str) -> list[Stage]:
    """Help comes first and approval after it, where the page says so."""
    match = _HELP_FIRST.search(part)
    if match is None:
        return []
    return [Stage(key="stage1", name=Text(zh=f"先行{match['help']}"), kind=StageKind.HELP_FIRST),
            Stage(key="stage2", name=Text(zh=match["after"]), kind=StageKind.DECIDE, waits_for=["stage1"])]
