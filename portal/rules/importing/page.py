"""rules/importing: the text of a published page becomes drafts, one for each service that it describes."""
import re

from portal.rules.guide.text import Text
from portal.rules.importing import characters, headings, lines, roles, situations, steps
from portal.rules.importing.characters import flat, letters, same_letters
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.elements import LATE, place
from portal.rules.importing.headings import PAGE
from portal.rules.importing.numbering import numbered, without_number
from portal.rules.importing.sections import TITLE, Part, parts

TITLE_END = re.compile(r"(?:的)?(?:办事|服务|办理|办证|申请|申报|审批|工作)?(?:指南|须知|规程|流程|说明|指引)(?:书)?$")
# What is said in a word or two, so that further lines belong to nobody.
ONE_LINE = {"事项类型", "基本编码", "地方基本编码", "事项编码", "实施编码", "业务办理项编码", "实施主体编码", "实施主体性质", "行使层级", "权力来源",
            "办件类型", "审查类型", "网办深度", "是否网办", "到办事现场次数", "是否支持预约办理", "是否支持物流快递", "是否支持网上支付",
            "是否支持自助终端办理", "是否进驻政务大厅", "是否告知承诺制", "计划生效日期", "计划取消日期", "网办地址", "实施主体", "审批结果有效期",
            "数量限制"}
_SITE = re.compile(r"\s*[-_|—–][^-_|—–]*(?:网|政府|平台|门户|中心|局)[^-_|—–]*$")
# Headings under which others stand, each with its own share.
DIVIDED = {"办理地点与时间": {"办理地点", "办理时间"}, "咨询投诉": {"咨询方式", "监督投诉方式"}}
CYCLE = {"受理条件", "申请材料", "办理流程", "设定依据"}


def read(text: str, title: str | None = None, window_title: str | None = None) -> list[Draft]:
    """The drafts of a page. `title` is what its source calls it, `window_title` what stands above the browser's window and
    counts only where the text has no title. Empty where nothing on the page is an element of a guide."""
    found = parts(lines.even(text))
    known = [part for part in found if part.label not in (None, PAGE, TITLE)]
    if not known or not any(part.lines for part in known):
        return []
    services = _services(found)
    titles = (title, window_title and _SITE.sub("", window_title)) if len(services) == 1 else (None, None)
    return [_draft(service, *titles) for service in services]


def _services(found: list[Part]) -> list[list[Part]]:
    """The parts of each service. A new one begins with a second name, with its title, or where the first heading comes again."""
    services: list[list[Part]] = [[]]
    first = next((part.label for part in found if part.label in CYCLE | {"事项名称"}), None)
    again = first is not None and sum(part.label == first and bool(part.lines) for part in found) > 1
    for part in found:
        current = services[-1]
        seen = {row.label for row in current}
        if part.label == TITLE and seen - {None, PAGE}:
            services.append([])
        elif part.label == "事项名称" and _names_another(part) and any(row.label == "事项名称" and row.lines for row in current):
            before = current[-1] if current[-1].label in (None, TITLE) and not current[-1].lines else None
            services.append([])
            if before is not None:
                services[-1].append(current.pop())
        elif again and first != "事项名称" and part.label == first and first in seen and (title := _title_before(current)):
            if len(services) == 1 and TITLE not in seen:
                _entitle(current)
            services.append([Part(TITLE, title)])
        services[-1].append(part)
    return services


def _names_another(part: Part) -> bool:
    """Whether the name is one more service's: a sub-item's name (子项名称) or 无 is not."""
    return bool(part.lines) and not flat(part.heading).startswith("子项") and not characters.says_none(part.text)


def _entitle(current: list[Part]) -> None:
    """Gives the first service the line before its first element as its title, as the others have theirs."""
    begins = next(place for place, part in enumerate(current) if part.label not in (None, PAGE, TITLE))
    before = current[:begins]
    own = _title_before(before) if before else None
    if own is not None:
        current[:begins] = [*before, Part(TITLE, own)]


def _title_before(current: list[Part]) -> str | None:
    """The short line that closes the part before, taken out of it: the name of the service that begins here."""
    last = current[-1]
    if last.label is None and not last.lines and last.heading:
        return current.pop().heading
    line = last.lines[-1].rstrip(":： ") if last.lines else ""
    goes_on = len(last.lines) > 1 and (one := numbered(last.lines[-2])) and (two := numbered(line)) and one.style == two.style
    if goes_on or not 4 <= len(flat(line)) <= 30 or re.search(r"[,，。；;:：]", line):
        return None
    last.lines.pop()
    return line


def _draft(service: list[Part], title: str | None, window_title: str | None) -> Draft:
    draft = Draft()
    name = _name(draft, service, title, window_title)
    named = next((part for part in service if part.label == "事项名称" and part.lines), None)
    later = []
    for part in service:
        if part.label in (None, PAGE, TITLE):
            _keep(draft, part, name)
        elif part.label == "事项名称":
            if part is not named and part.lines and not characters.says_none(part.text):
                draft.leave(f"{part.heading}：{part.text}")
        elif part.label in LATE:
            later.append(part)
        else:
            _put(draft, part, name, service)
    for part in later:
        _put(draft, part, name, service)
    steps.complete(draft)
    roles.read(draft)
    situations.read(draft)
    return draft


def _put(draft: Draft, part: Part, name: str | None, service: list[Part]) -> None:
    label = "咨询方式" if part.label == "联系方式" else part.label
    draft.at(label, label)
    if more := headings.remark(part.heading, name or ""):
        draft.leave(more)
    if characters.trivial(part.text):
        if not {row.label for row in service} & DIVIDED.get(label, set()):
            draft.empty.append(label)
    else:
        first, _, rest = part.text.partition("\n")
        if rest and label in ONE_LINE:
            place(draft, label, first)
            draft.leave(rest)
        else:
            place(draft, label, part.text)


def _keep(draft: Draft, part: Part, name: str | None) -> None:
    """What is no element stays unplaced, with its heading; the title of the page tells where the guide comes from."""
    if part.label == TITLE:
        if name is None or not same_letters(without_number(part.heading), name):
            draft.leave(part.heading)
        draft.leave(part.text)
        return
    if part.heading:
        draft.leave(f"{part.heading}：{part.text}" if part.lines else part.heading)
        return
    for line in part.lines:
        if name and same_letters(line, name):
            continue
        telling = name and ">" not in line and (letters(name) in letters(line) or TITLE_END.search(line.strip('《》 "“”')))
        if telling and not draft.get("provenance.source"):
            draft.put("provenance.source", Text(zh=line.strip()))
        else:
            draft.leave(line)


def _name(draft: Draft, service: list[Part], title: str | None, window_title: str | None) -> str | None:
    """Places the name: what the heading says, else the service's title, else the page's; with a code before it."""
    draft.at("事项名称", "事项名称")
    for part in service:
        if part.label == "事项名称" and part.lines:
            return _put_name(draft, part)
    own = next((without_number(part.heading) for part in service if part.label == TITLE), None)
    before = [line for part in service if part.label is None and not part.heading for line in part.lines]
    line = own or title or next((line for line in before if _is_title(line)), None) or window_title
    if line is None:
        draft.empty.append("事项名称")
        return None
    name = _together(_without_end(line.strip().strip('《》 "“”')).strip('《》 "“”') or line.strip())
    draft.put("item.name", Text(zh=name))
    draft.claim(name, lambda file: held(file, "item.name").zh)
    return name


def _put_name(draft: Draft, part: Part) -> str:
    said = part.text.strip()
    match = re.match(r"^([A-Za-z]{0,4}[0-9][0-9A-Za-z-]{2,40})\s*[:：、\s]\s*(.+)$", said, re.DOTALL)
    code, name = (match[1], match[2].strip()) if match else ("", said)
    lines = name.split("\n")
    draft.put("item.name", Text(zh=lines[0].strip()))
    draft.claim(lines[0], lambda file: held(file, "item.name").zh)
    for line in lines[1:]:
        draft.leave(line)
    if code:
        label = "基本编码" if len(code) == 12 else "地方基本编码"
        draft.at(label, label)
        place(draft, "事项编码", code)
    return lines[0]


def _without_end(title: str) -> str:
    """The title without 办事指南 and its like."""
    end = TITLE_END.search(characters.simplified(title))
    return title[: end.start()] if end else title


def _together(name: str) -> str:
    """A name without the spaces that set its characters apart: 低 保 申 请."""
    return re.sub(r"\s+", "", name) if re.fullmatch(r"[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff]){2,}", name.strip()) else name


def _is_title(line: str) -> bool:
    """Whether a line before the first heading can be the page's title."""
    return 2 <= len(letters(line)) <= 50 and headings.head_and_value(line) is None and numbered(line) is None \
        and not re.search(r"^\d|[。；;|>]", line.strip()) and not lines.SHEET.fullmatch(line.strip())


