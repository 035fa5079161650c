"""rules/lint: where the item is handled: places, codes of 31 and 33 characters, windows and hours."""
import re
from collections.abc import Iterator

from portal.rules.codes import CodeProblem, implementation_code
from portal.rules.guide.codes import Role
from portal.rules.guide.offering import Hours, there_is
from portal.rules.guide.text import every
from portal.rules.lint.documents import plain_name
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.item import is_credit_code
from portal.rules.lint.sources import ART_31, CREDIT_CODE, FIELDS, MODEL, SENSE

DIVISION = re.compile(r"[0-9]{12}", re.ASCII)


def _offerings(subject: Subject):
    for index, offering in enumerate(subject.file.offerings):
        yield f"/offerings/{index}", offering


def _code(written: str | None, length: int):
    """The code in its parts, or None where it is missing or broken."""
    try:
        code = implementation_code(written or "")
    except CodeProblem:
        return None
    return code if len(code.code) == length else None


def nowhere(subject: Subject) -> Iterator[Place]:
    if not subject.file.offerings:
        yield place("/offerings")


def nobody_decides(subject: Subject) -> Iterator[Place]:
    offerings = subject.file.offerings
    if offerings and not any(Role.DECIDES in offering.roles for offering in offerings):
        yield place("/offerings")


def malformed_place(subject: Subject) -> Iterator[Place]:
    for at, offering in _offerings(subject):
        if offering.place is not None and not DIVISION.fullmatch(offering.place):
            yield place(f"{at}/place", code=offering.place)


def place_twice(subject: Subject) -> Iterator[Place]:
    seen: set[str] = set()
    for at, offering in _offerings(subject):
        if offering.place in seen:
            yield place(f"{at}/place", code=offering.place)
        if offering.place:
            seen.add(offering.place)


# Where a place is named, what its windows leave out stands in the directory of places.
def window_without_address(subject: Subject) -> Iterator[Place]:
    for at, offering in _offerings(subject):
        for index, window in enumerate(offering.windows):
            if window.address is None and offering.place is None:
                yield place(f"{at}/windows/{index}/address")


def window_without_hours(subject: Subject) -> Iterator[Place]:
    for at, offering in _offerings(subject):
        for index, window in enumerate(offering.windows):
            if not window.hours and window.hours_note is None and offering.place is None:
                yield place(f"{at}/windows/{index}/hours")


def closes_before_it_opens(subject: Subject) -> Iterator[Place]:
    for at, offering in _offerings(subject):
        for number, window in enumerate(offering.windows):
            for season, hours in enumerate(window.hours):
                until = "00:00"
                for index, span in enumerate(hours.spans):
                    if span.closes <= span.opens or span.opens < until:
                        yield place(f"{at}/windows/{number}/hours/{season}/spans/{index}",
                                    opens=span.opens, closes=span.closes)
                    until = span.closes


def season_without_day(subject: Subject) -> Iterator[Place]:
    for at, hours in every(Hours, subject.file.offerings, "/offerings"):
        for name in ("since", "until"):
            day = getattr(hours, name)
            if day and not there_is(day):
                yield place(f"{at}/{name}", day=day)


def malformed_implementation_code(subject: Subject) -> Iterator[Place]:
    for at, offering in _offerings(subject):
        if offering.implementation_code is not None and _code(offering.implementation_code, 31) is None:
            written = offering.implementation_code
            yield place(f"{at}/implementation_code", code=written, length=len(written))


def malformed_business_code(subject: Subject) -> Iterator[Place]:
    for at, offering in _offerings(subject):
        if offering.business_code is not None and _code(offering.business_code, 33) is None:
            yield place(f"{at}/business_code", code=offering.business_code, length=len(offering.business_code))


def codes_disagree(subject: Subject) -> Iterator[Place]:
    for at, offering in _offerings(subject):
        code, business = _code(offering.implementation_code, 31), _code(offering.business_code, 33)
        if code and business and not business.code.startswith(code.code):
            yield place(f"{at}/business_code", one=business.code, other=code.code)
        if code and subject.item.code and code.basic != subject.item.code:
            yield place(f"{at}/implementation_code", one=code.basic, other=subject.item.code)
        if code and offering.body_code and code.body != offering.body_code:
            yield place(f"{at}/body_code", one=offering.body_code, other=code.body)


def provisional_code(subject: Subject) -> Iterator[Place]:
    for at, offering in _offerings(subject):
        code = _code(offering.implementation_code, 31)
        if code and code.warning:
            yield place(f"{at}/implementation_code", code=code.body)
        elif code is None and offering.body_code is not None and not is_credit_code(offering.body_code):
            yield place(f"{at}/body_code", code=offering.body_code)


def local_asked_already(subject: Subject) -> Iterator[Place]:
    asked = {plain_name(document.name.zh): document.exempt for variant in subject.guide.variants for document in variant.documents}
    for at, offering in _offerings(subject):
        for index, document in enumerate(offering.documents):
            exempt = asked.get(plain_name(document.name.zh))
            if exempt is not None:
                told = both("免提交", "never asked for") if exempt else both("已经要", "asked for")
                yield place(f"{at}/documents/{index}/name", name=document.name, told=told)


RULES = [
    Rule("L-OFFER-01", WARNING, MODEL,
         both("没有办理点：看不到在哪里办、几点开门。", "No place handles the item: nobody sees where to go and when."),
         both("在<offerings>中写明地点、窗口、地址和时间。", "State places, windows, addresses and hours under <offerings>."),
         nowhere),
    Rule("L-OFFER-02", WARNING, SENSE,
         both("没有一个办理点承担“承办”，办件没有人决定。", "No place has the role “decides”: nobody decides a case."),
         both("给作出决定的办理点，在<offerings.roles>选“承办”。", "Give the place that decides the role “decides” in <offerings.roles>."),
         nobody_decides),
    Rule("L-OFFER-03", ERROR, FIELDS,
         both("办理点的区划代码“{code}”不是 12 位数字。", "The place's division code “{code}” is not 12 digits."),
         both("填写 12 位区划代码。", "Give its division code of 12 digits."),
         malformed_place),
    Rule("L-OFFER-04", ERROR, SENSE,
         both("办理点“{code}”写了两次。", "The place “{code}” stands twice."),
         both("合并为一项。", "Make it one."),
         place_twice),
    Rule("L-OFFER-05", WARNING, MODEL,
         both("窗口没有地址。", "A window has no address."),
         both("填写地址，写到楼层和窗口号。", "State it down to the floor and the window's number."),
         window_without_address),
    Rule("L-OFFER-06", WARNING, MODEL,
         both("窗口没有办公时间。", "A window has no hours."),
         both("填写<offerings.windows.hours>，或用文字写在<offerings.windows.hours_note>。", "State <offerings.windows.hours>, or put them in words in <offerings.windows.hours_note>."),
         window_without_hours),
    Rule("L-OFFER-07", ERROR, SENSE,
         both("办公时间 {opens}—{closes} 前后颠倒或与前一段重叠。", "The hours {opens} to {closes} run backwards or overlap those before."),
         both("改正时间，按先后排列。", "Correct them, in order."),
         closes_before_it_opens),
    Rule("L-OFFER-08", ERROR, ART_31,
         both("“{name}”在指南的材料中{told}，办理点不能再要。", "“{name}” is {told} in the guide already; a place cannot ask for it again."),
         both("删去这份材料。", "Take it out."),
         local_asked_already),
    Rule("L-OFFER-09", ERROR, SENSE,
         both("办公时间的季节写了“{day}”，没有这一天。", "A season's hours name “{day}”, a day that its month does not have."),
         both("改成那个月有的日子，如 02-29。", "Give one that it has, such as 02-29."),
         season_without_day),
    Rule("L-CODE-04", ERROR, FIELDS,
         both("实施编码“{code}”不合规则（31 位，现有 {length} 位）。",
              "The implementation code “{code}” is malformed (31 characters; it has {length})."),
         both("按主体代码 18 位、层级 1 位、基本编码 12 位核对。", "Compare: the body's 18, the tier's 1, the basic code's 12."),
         malformed_implementation_code),
    Rule("L-CODE-05", ERROR, FIELDS,
         both("业务办理项编码“{code}”不合规则（33 位，现有 {length} 位）。",
              "The business item's code “{code}” is malformed (33 characters; it has {length})."),
         both("应为实施编码 31 位加 2 位。", "It is the implementation code's 31 and 2 more."),
         malformed_business_code),
    Rule("L-CODE-06", ERROR, FIELDS,
         both("编码互相矛盾：“{one}”与“{other}”。", "Codes contradict each other: “{one}” and “{other}”."),
         both("实施编码含主体代码和基本编码，办理项编码以实施编码开头；请改正。",
              "An implementation code holds the body's and the basic code, and begins the business code; correct them."),
         codes_disagree),
    Rule("L-CODE-07", WARNING, CREDIT_CODE,
         both("主体代码“{code}”不是有效的统一社会信用代码，可能是临时代码。",
              "The body's code “{code}” is no valid credit code; it may be provisional."),
         both("取得正式代码后更换。", "Replace it once the real one is issued."),
         provisional_code),
]
