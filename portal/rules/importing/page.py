"""rules/importing: the text of a published page becomes drafts, one for each service that it describes."""
import re

from portal.rules.guide.text import Text
from portal.rules.importing import characters, headings, roles, situations, steps
from portal.rules.importing.characters import flat, letters, same_letters
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.elements import ELEMENTS, LATE
from portal.rules.importing.headings import PAGE
from portal.rules.importing.numbering import without_number
from portal.rules.importing.sections import TITLE, Part, parts

TITLE_END = re.compile(r"(?:的)?(?:办事|服务|办理|办证|申请|申报|审批|工作)?(?:指南|须知|规程|流程|说明)(?:书)?$")
CYCLE = {"受理条件", "申请材料", "办理流程", "设定依据"}


def read(text: str, title: str | None = None) -> list[Draft]:
    """The drafts of a page. `title` is what its source calls it. Empty where nothing on it is an element of a guide."""
    found = parts(characters.clean(text).split("\n"))
    known = [part for part in found if part.label not in (None, PAGE, TITLE)]
    if not known or not any(part.lines for part in known):
        return []
    services = _services(found)
    return [_draft(service, title if len(services) == 1 else None) for service in services]


def _services(found: list[Part]) -> list[list[Part]]:
    """The parts of each service. A new one begins with a second name, with its title, or where the first heading comes again."""
    services: list[list[Part]] = [[]]
    first = next((part.label for part in found if part.label in CYCLE | {"事项名称"}), None)
    again = sum(part.label == first and bool(part.lines) for part in found) > 1
    for part in found:
        current = services[-1]
        seen = {row.label for row in current}
        if part.label == TITLE and seen - {None, PAGE}:
            services.append([])
        elif part.label == "事项名称" and part.lines and any(row.label == "事项名称" and row.lines for row in current):
            before = current[-1] if current[-1].label in (None, TITLE) and not current[-1].lines else None
            services.append([])
            if before is not None:
                services[-1].append(current.pop())
        elif again and first != "事项名称" and part.label == first and first in seen and (title := _title_before(current)):
            services.append([Part(TITLE, title)])
        services[-1].append(part)
    return services


def _title_before(current: list[Part]) -> str | None:
    """The short line that closes the part before, taken out of it: the name of the service that begins here."""
    last = current[-1]
    if last.label is None and not last.lines and last.heading:
        return current.pop().heading
    if last.lines and 4 <= len(flat(last.lines[-1])) <= 30 and not re.search(r"[,，。；;:：]", last.lines[-1]):
        return last.lines.pop()
    return None


def _draft(service: list[Part], title: str | None) -> Draft:
    draft = Draft()
    name = _name(draft, service, title)
    later = []
    for part in service:
        if part.label in (None, PAGE, TITLE):
            _keep(draft, part, name)
        elif part.label == "事项名称":
            continue
        elif part.label in LATE:
            later.append(part)
        else:
            _put(draft, part)
    for part in later:
        _put(draft, part)
    steps.complete(draft)
    roles.read(draft)
    situations.read(draft)
    return draft


def _put(draft: Draft, part: Part) -> None:
    draft.at(part.label, part.label)
    if characters.trivial(part.text):
        draft.empty.append(part.label)
    else:
        ELEMENTS[part.label](draft, part.text)


def _keep(draft: Draft, part: Part, name: str | None) -> None:
    """What is no element stays unplaced, with its heading; the title of the page tells where the guide comes from."""
    if part.label == TITLE:
        if name is None or not same_letters(without_number(part.heading), name):
            draft.leave(part.heading)
        return
    if part.heading:
        draft.leave(f"{part.heading}：{part.text}" if part.lines else part.heading)
        return
    for line in part.lines:
        if name and same_letters(line, name):
            continue
        if name and (letters(name) in letters(line) or TITLE_END.search(line.strip("《》 "))) and not draft.get("provenance.source"):
            draft.put("provenance.source", Text(zh=line.strip()))
        else:
            draft.leave(line)


def _name(draft: Draft, service: list[Part], title: str | None) -> str | None:
    """Places the name: what the heading says, else the service's title, else the page's; with a code before it."""
    draft.at("事项名称", "事项名称")
    for part in service:
        if part.label == "事项名称" and part.lines:
            return _put_name(draft, part)
    own = next((without_number(part.heading) for part in service if part.label == TITLE), None)
    before = [line for part in service if part.label is None and not part.heading for line in part.lines]
    line = own or title or next((line for line in before if _is_title(line)), None)
    if line is None:
        draft.empty.append("事项名称")
        return None
    name = TITLE_END.sub("", line.strip().strip("《》 ")).strip("《》 ") or line.strip()
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
        ELEMENTS["事项编码"](draft, code)
    return lines[0]


def _is_title(line: str) -> bool:
    """Whether a line before the first heading can be the page's title."""
    return 2 <= len(letters(line)) <= 50 and headings.head_and_value(line) is None and not re.search(r"^\d|[。；;|]", line.strip())


