"""rules/importing: stages, from rows, from a chain of arrows, or from a list whose parts begin with a stage's name."""
import re
from typing import Any

from portal.rules.guide.codes import DeliveryWay, StageKind
from portal.rules.guide.stages import Stage
from portal.rules.guide.text import Text
from portal.rules.importing import characters, limits, places, tables
from portal.rules.importing.characters import flat
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import split
from portal.rules.importing.rows import POSITION, Column, as_words, cells_of, column, put_row

PATH = "variant.stages"
KINDS = {
    "收件": StageKind.RECEIVE, "接件": StageKind.RECEIVE, "受理": StageKind.ACCEPT, "立案": StageKind.ACCEPT,
    "现场": StageKind.SITE_CHECK, "实地": StageKind.SITE_CHECK, "核查": StageKind.SITE_CHECK, "踏勘": StageKind.SITE_CHECK,
    "公示": StageKind.PUBLICISE, "公告": StageKind.PUBLICISE, "缴费": StageKind.PAY, "特别程序": StageKind.SPECIAL,
    "专家评审": StageKind.SPECIAL, "听证": StageKind.SPECIAL, "先行救助": StageKind.HELP_FIRST,
    "审查": StageKind.EXAMINE, "审核": StageKind.EXAMINE, "初审": StageKind.EXAMINE, "复审": StageKind.EXAMINE,
    "核实": StageKind.EXAMINE, "审批": StageKind.DECIDE, "决定": StageKind.DECIDE, "核准": StageKind.DECIDE,
    "签发": StageKind.DECIDE, "制证": StageKind.CERTIFY, "发证": StageKind.CERTIFY, "颁证": StageKind.CERTIFY,
    "送达": StageKind.DELIVER, "领证": StageKind.DELIVER, "领取": StageKind.DELIVER, "取件": StageKind.DELIVER,
    "发放": StageKind.DELIVER,
}
_APPLICANT = re.compile(r"申请|申报|提交|递交|准备|登录|登陆|注册|填写|预约|咨询|上传")


_TIMED = re.compile(r"([^（()）]+)[（(]([^（()）]+)[)）]")
"""A stage between arrows with its share of time: 审查（12个工作日）."""


def kind_of(name: str) -> StageKind:
    """The kind that a stage's name says; *other* where it says none."""
    return next((kind for word, kind in KINDS.items() if word in characters.simplified(name)), StageKind.OTHER)


def _name(said: str) -> dict[str, Any]:
    return {"name": Text(zh=said.strip()), "kind": kind_of(said)}


COLUMNS = {
    "序号": POSITION,
    "步骤": Column(_name, lambda row, _: row.name.zh, names=(
        "link_name", "环节", "环节名称", "办理步骤", "办理环节", "流程环节", "步骤名称", "流程名称", "审批环节"), none=False),
    "时限": column(places.limit("limit"), "办理时限", "环节时限", "办结时限", "时间"),
    "审批人": column(places.text("post"), "handle_person_name", "办理人员", "办理人", "审查人员", "岗位", "办理岗位", "经办人"),
    "办理处室": column(places.words("department"), "handle_dept_name", "办理部门", "办理机构", "责任部门"),
    "办理结果": column(places.text("result"), "结果", "环节结果"),
    "审查标准": column(places.text("standard"), "办理标准", "标准", "审核标准"),
    "备注": column(places.text("note"), "说明"),
}


def put_rows(draft: Draft, rows: list[Any]) -> None:
    """Stages from rows, in their order: each waits for the one before. How a result is sent is the guide's too."""
    for row in rows:
        if not isinstance(row, dict):
            draft.refuse(as_words(row))
            continue
        cells = cells_of(row)
        sent = cells.pop("送达方式", "")
        put_row(draft, PATH, Stage, cells, COLUMNS, "stage", waits_for=_before(draft))
        if sent:
            _put_delivery(draft, sent)


def _put_delivery(draft: Draft, said: str) -> None:
    ways = DELIVERY.read(said)
    if ways is None:
        draft.refuse(f"送达方式：{said}")
        return
    known = draft.get("guide.delivery", [])
    draft.values.setdefault("guide", {})["delivery"] = list(dict.fromkeys([*known, *ways]))
    draft.claim(said, lambda file: "、".join(way.text.zh for way in held(file, "guide.delivery")),
                lambda shown, _: set(ways) <= set(DELIVERY.read(shown) or []), column="送达方式")


DELIVERY = places.many("guide.delivery", DeliveryWay, {
    "现场送达": DeliveryWay.ON_THE_SPOT, "现场领取": DeliveryWay.PICK_UP, "直接送达": DeliveryWay.ON_THE_SPOT,
    "当场领取": DeliveryWay.ON_THE_SPOT, "当场发放": DeliveryWay.ON_THE_SPOT, "窗口自取": DeliveryWay.PICK_UP,
    "窗口取件": DeliveryWay.PICK_UP, "自取": DeliveryWay.PICK_UP, "自行领取": DeliveryWay.PICK_UP, "领取": DeliveryWay.PICK_UP,
    "大厅领取": DeliveryWay.PICK_UP, "邮寄": DeliveryWay.MAIL, "快递": DeliveryWay.MAIL, "快递送达": DeliveryWay.MAIL,
    "物流快递": DeliveryWay.MAIL, "邮政快递": DeliveryWay.MAIL, "EMS": DeliveryWay.MAIL, "网上送达": DeliveryWay.ELECTRONIC,
    "网上下载": DeliveryWay.ELECTRONIC, "自行下载": DeliveryWay.ELECTRONIC, "电子证照": DeliveryWay.ELECTRONIC,
    "网上查询": DeliveryWay.ELECTRONIC, "村(社区)代发": DeliveryWay.VILLAGE,
})


def put(path: str):
    """A way to place a procedure: its words stay at the path, and stages are made where they name their order plainly."""
    def place(draft: Draft, value: Any) -> None:
        if isinstance(value, list) and any(isinstance(row, dict) for row in value):
            put_rows(draft, value)
            return
        if isinstance(value, str) and (found := tables.rows_of(value, COLUMNS, "步骤")):
            rows, value = found
            put_rows(draft, rows)
            if characters.trivial(value):
                return
        said = as_words(value).strip("\n")
        if characters.says_none(said):
            draft.none(path, said)
        elif draft.put(path, Text(zh=said.strip())):
            draft.claim(said, lambda file: held(file, path).zh)
        else:
            draft.refuse(said)

    return place


def complete(draft: Draft) -> None:
    """Stages that the procedure's words name: 受理 → 决定 → 发证, or a list in which every part begins 受理：… What the
    applicant does is no stage of the office. Stages of a table stand; those with a limit of their own find their place."""
    procedure, stages = draft.get("guide.procedure_offline"), draft.get(PATH, [])
    # The rows of a table say more than the words can.
    if procedure is None or any(claim.core == "办理环节" and "/" in claim.element for claim in draft.claims):
        return
    names = [name for name in chain(procedure.zh) or heads(procedure.zh)
             if not (_APPLICANT.search(characters.simplified(name)) and kind_of(name) is StageKind.OTHER)]
    names = list(dict.fromkeys(names))
    known = {flat(stage.name.zh): stage for stage in stages}
    if not names or not set(known) <= set(map(flat, names)):
        return
    draft.values.setdefault("variant", {})[PATH.partition(".")[2]] = []
    for name in names:
        if (timed := _TIMED.fullmatch(name)) and (limit := limits.read(timed[2])) and not limit.explanation:
            draft.at("办理环节", "办理环节")
            add(draft, timed[1], timed[2])
            continue
        index = add(draft, name)
        if (stage := known.get(flat(name))) is not None:
            rows = draft.get(PATH)
            rows[index] = rows[index].model_copy(update={"limit": stage.limit})


def chain(said: str) -> list[str]:
    """The names between arrows; none where the text has no arrow, or sentences between them."""
    plain = re.sub(r"^[^:：→\n]{0,10}[:：]", "", said.strip())
    parts = [part.strip(" 。；;\n") for part in re.split(r"-*→|—+>|-+>|=+>|⇒|➔|➡", plain)]
    if len(parts) > 1:
        return parts if all(0 < len(_TIMED.sub(r"\1", part)) <= 12 and part.isprintable() for part in parts) else []
    # 申请—受理—决定: between names alone, because a hyphen stands in words too.
    parts = [part.strip(" 。；;\n") for part in re.split(r"[-—–－~>＞]{1,3}", plain)]
    return parts if len(parts) > 2 and all(re.fullmatch(r"[\u4e00-\u9fff]{2,10}", part) for part in parts) else []


def heads(said: str) -> list[str]:
    """The names before the colons or full stops of a list; none where one part has no such name."""
    parts = split(said)
    if len(parts) < 2:
        return []
    names = [match[1] if (match := re.match(r"^(?:第[一二三四五六七八九十]+步[:：、\s]*)?([^:：。，,；;()（）\s]{2,10})(?:[:：。]|$)", part))
             else None for part in parts]
    return [name for name in names if name] if None not in names else []


def add(draft: Draft, name: str, limit: str | None = None) -> int:
    """One more stage after the ones there are, or the limit of the one that has the name; with a limit it is claimed."""
    stages = draft.get(PATH, [])
    index = next((place for place, stage in enumerate(stages) if flat(stage.name.zh) == flat(name)), None)
    if index is None:
        index = draft.add(PATH, Stage(key=f"stage{len(stages) + 1}", name=Text(zh=name), kind=kind_of(name),
                                      waits_for=_before(draft)))
        stages = draft.get(PATH)
    if limit is not None:
        stages[index] = stages[index].model_copy(update={"limit": limits.read(limit)})
        draft.claim(f"{name}：{limit}", lambda file: _said(held(file, PATH), name), _same_stage)
    return index


def _said(stages: list[Stage], name: str) -> str | None:
    """The stage of that name with its limit."""
    return next((f"{row.name.zh}:{limits.said(row.limit)}" for row in stages if flat(row.name.zh) == flat(name) and row.limit), None)


def _same_stage(shown: str, source: str) -> bool:
    (name, _, limit), (source_name, _, source_limit) = (characters.folded(text).partition(":") for text in (shown, source))
    return characters.same(name, source_name) and limits.same(limit, source_limit)


def _before(draft: Draft) -> list[str]:
    stages = draft.get(PATH, [])
    return [stages[-1].key] if stages else []
