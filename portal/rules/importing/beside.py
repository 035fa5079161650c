"""rules/importing: what stands beside the main matter: special procedures, cross-region service, windows, questions."""
import re
from typing import Any

from portal.rules.guide.codes import CrossKind, StopReason
from portal.rules.guide.contacts import Question
from portal.rules.guide.document import CrossRegion
from portal.rules.guide.limits import NotCounted
from portal.rules.guide.offering import Window
from portal.rules.guide.text import Text
from portal.rules.importing import characters, hours, places
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.rows import POSITION, Column, as_words, cells_of, column, known, put_row, put_rows

REASONS = {"听证": StopReason.HEARING, "招标": StopReason.TENDER, "拍卖": StopReason.AUCTION, "检验": StopReason.INSPECTION,
           "检测": StopReason.TEST, "检疫": StopReason.QUARANTINE, "鉴定": StopReason.APPRAISAL, "专家评审": StopReason.EXPERT_REVIEW}
CROSS = places.one("kind", CrossKind, {
    "全国": CrossKind.PROVINCES, "全国通办": CrossKind.PROVINCES, "跨省": CrossKind.PROVINCES, "全省": CrossKind.PROVINCE,
    "省内通办": CrossKind.PROVINCE, "全市": CrossKind.CITY, "全市通办": CrossKind.CITY, "全县": CrossKind.COUNTY,
    "全区": CrossKind.COUNTY, "县内通办": CrossKind.COUNTY, "区内通办": CrossKind.COUNTY, "跨境": CrossKind.ABROAD,
    "跨县通办": CrossKind.CITY, "本县": CrossKind.COUNTY, "县域通办": CrossKind.COUNTY, "本市": CrossKind.CITY, "本省": CrossKind.PROVINCE,
})


def _special(said: str) -> dict[str, Any]:
    reason = next((reason for word, reason in REASONS.items() if word in said), StopReason.OTHER)
    return {"name": Text(zh=said), "reason": reason}


SPECIAL = {
    "序号": POSITION,
    "类型": Column(_special, lambda row, _: row.name and row.name.zh,
                 names=("特别程序类型", "特殊程序类型", "特别程序种类", "特殊程序种类", "特别程序名称", "名称")),
    "总时限": column(places.limit("limit"), "时限", "特别程序时限", "特殊程序时限"),
    "总时限说明": column(places.text("explanation"), "时限说明", "特别程序时限说明"),
    "特别程序说明": column(places.text("note"), "特殊程序说明", "说明"),
    "特别程序依据": column(places.text("basis"), "依据"),
}
REGIONS = {
    "序号": POSITION,
    "通办类型": column(CROSS, "类型", "通办种类", "通办范围"),
    "通办区域": column(places.texts("regions"), "区域", "通办地区"),
    "通办形式": column(places.text("form"), "形式", "通办方式", "通办模式"),
}
WINDOWS = {
    "序号": POSITION,
    "办理窗口": column(places.text("name"), "窗口名称", "窗口", "大厅名称", "办事大厅名称", "办理大厅", "窗口描述", "名称"),
    "办理地点": column(places.text("address"), "地址", "窗口地址", "办公地址", "地点"),
    "办公电话": column(places.words("telephone"), "电话", "联系电话", "窗口电话", "咨询电话"),
    "办公时间": Column(lambda said: ({"hours": [read], **({"hours_note": Text(zh=said)} if hours.rest(said) else {})}
                                 if (read := hours.read(said)) else {"hours_note": Text(zh=said)}),
                   lambda row, _: row.hours_note.zh if row.hours_note else hours.say(row.hours),
                   lambda shown, source: characters.same(shown, source) or hours.same(shown, source),
                   ("办理时间", "工作时间", "时间", "对外办公时间")),
    "交通指引": column(places.text("directions"), "位置指引", "交通指南", "乘车路线"),
}
QUESTIONS = {
    "序号": POSITION,
    "问": column(places.text("question"), "question", "问题", "常见问题", "问题标题"),
    "答": column(places.text("answer"), "answer", "答案", "解答", "常见问题回答", "回答", "问题答案"),
}


def put_special(draft: Draft, value: Any) -> None:
    """Special procedures, whose time stands beside the limit; their reason is *other* where no word of article 45 is named."""
    path = "variant.not_counted"
    if isinstance(value, list):
        for row in value:
            cells = cells_of(row) if isinstance(row, dict) else {}
            named = any(known(SPECIAL, label) == "类型" and said and not characters.says_none(said) for label, said in cells.items())
            if not cells:
                draft.refuse(as_words(row))
            elif named:
                put_row(draft, path, NotCounted, cells, SPECIAL)
            else:
                put_row(draft, path, NotCounted, cells, SPECIAL, reason=StopReason.OTHER)
        return
    said = as_words(value).strip()
    if characters.says_none(said) or said == "否":
        draft.none(path, "无") if characters.says_none(said) else draft.refuse(f"{draft.element}：{said}")
        return
    index = draft.add(path, NotCounted(**_special(said)))
    draft.claim(said, lambda file: held(file, path)[index].name.zh)


def put_regions(draft: Draft, value: Any) -> None:
    """Where else the item can be applied for."""
    path = "access.cross_region"
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        put_rows(draft, path, CrossRegion, value, REGIONS)
        return
    said = as_words(value).strip()
    if characters.says_none(said) or said == "否":
        draft.none(path, "无") if characters.says_none(said) else draft.refuse(f"{draft.element}：{said}")
        return
    for part in characters.pieces(said):
        kind = CROSS.read(part)
        if kind is None:
            draft.refuse(part)
            continue
        index = draft.add(path, CrossRegion(kind=kind))
        draft.claim(part, lambda file, index=index: held(file, path)[index].kind.text.zh, CROSS.same)


def put_windows(draft: Draft, value: Any) -> None:
    """Windows of the place. The first one stands where a page's address and hours go."""
    rows = value if isinstance(value, list) else [value]
    wanted = [row for row in rows if isinstance(row, dict)]
    put_rows(draft, "offering.windows", Window, wanted, WINDOWS)
    for row in rows:
        if not isinstance(row, dict):
            draft.refuse(as_words(row))


def put_questions(draft: Draft, value: Any) -> None:
    """Questions with their answers, from rows or from 问：… 答：…"""
    path = "guide.questions"
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        put_rows(draft, path, Question, value, QUESTIONS)
        return
    said = as_words(value).strip()
    if characters.says_none(said):
        draft.none(path, said)
        return
    pairs = re.split(r"(?:^|\n)\s*(?:\d{1,2}[、.．]\s*)?问(?:题)?\s*\d*\s*[:：]", said)
    for part in pairs:
        question, mark, answer = (text.strip() for text in re.sub(r"(?:^|\s)答(?:案|复)?\s*\d*\s*[:：]", "\0", part, count=1).partition("\0"))
        if not mark or not question or not answer:
            draft.refuse(part) if not characters.trivial(part) else None
            continue
        index = draft.add(path, Question(question=Text(zh=question), answer=Text(zh=answer)))
        draft.claim(question, lambda file, index=index: held(file, path)[index].question.zh)
        draft.claim(answer, lambda file, index=index: held(file, path)[index].answer.zh)


def is_window(row: dict[str, Any]) -> bool:
    """Whether the row of a nameless table is a window's."""
    names = {known(WINDOWS, str(label)) for label in row}
    return "办理窗口" in names or {"办理地点", "办公电话"} <= names or {"办理地点", "办公时间"} <= names
