"""rules/importing: elements whose words need a look before they find their place."""
import re
from collections.abc import Callable
from typing import Any

from portal.rules.guide.codes import Audience, Way
from portal.rules.guide.offering import Window
from portal.rules.guide.text import Text
from portal.rules.importing import beside, hours, people, places, steps
from portal.rules.importing.characters import flat, pieces, same_letters, says_none
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import split
from portal.rules.importing.places import Place
from portal.rules.importing.rows import as_words
from portal.rules.importing.vocabularies import PEOPLE, WAYS

Put = Callable[[Draft, Any], None]


def simple(place: Place) -> Put:
    """A way to place what is said in words; a table in its stead has no place there."""
    def put(draft: Draft, value: Any) -> None:
        if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(row, (dict, list)) for row in value)):
            draft.refuse(f"{draft.element}：{as_words(value)}")
        else:
            place.put(draft, as_words(value))

    return put


def contacts(draft: Draft, value: Any) -> None:
    """A block of contacts: 咨询 and 监督 in one."""
    if not isinstance(value, dict):
        people.put("guide.enquiries")(draft, value)
        return
    for label, said in value.items():
        complaint = any(word in str(label) for word in ("监督", "投诉", "举报"))
        core = "监督投诉方式" if complaint else "咨询方式"
        draft.at(core, core)
        people.put("guide.complaints" if complaint else "guide.enquiries")(draft, said)


def both(draft: Draft, value: Any) -> None:
    """A telephone for enquiries and complaints alike; a line that names one of them is its alone."""
    if isinstance(value, dict):
        contacts(draft, value)
        return
    lines = [line for line in as_words(value).split("\n") if line.strip()]
    asks, complains = re.compile("咨询|联系"), re.compile("监督|投诉|举报")
    for core, path, mine, other in (("咨询方式", "guide.enquiries", asks, complains), ("监督投诉方式", "guide.complaints", complains, asks)):
        own = [line for line in lines if mine.search(line) or not other.search(line)]
        if own:
            draft.at(core, core)
            people.put(path)(draft, "\n".join(own))


def department(draft: Draft, value: Any) -> None:
    """实施主体; where it is known already, the second name is the section's that handles the item (承办机构)."""
    path = "item.department"
    if draft.get(path) and not says_none(as_words(value)) and draft.get(path) != as_words(value).strip():
        draft.at("责任科室", "责任科室")
        simple(places.text("item.unit"))(draft, value)
    else:
        simple(places.words(path))(draft, value)


def audiences(draft: Draft, value: Any) -> None:
    """服务对象: values of the list; a sentence says for whom the item is, which is its scope."""
    said = as_words(value)
    place = places.many("item.audiences", Audience, PEOPLE)
    sentence = not any(place.read(part) for part in pieces(said)) and len(flat(said)) > 6 and not says_none(said)
    if sentence and not draft.get("guide.scope"):
        draft.at("适用范围", "适用范围")
        simple(places.text("guide.scope"))(draft, said)
    else:
        place.put(draft, said)


def ways(draft: Draft, value: Any) -> None:
    """办理形式: ways of the list, or a list that begins each part with one: 线上办理：…"""
    said = as_words(value)
    place = places.many("access.ways", Way, WAYS)
    heads = [head_of(part) for part in split(said)]
    ways = [place.read(head) for head, _ in heads]
    if place.read(said) is not None or says_none(said) or None in ways or not any(rest for _, rest in heads):
        place.put(draft, said)
        return
    draft.put("access.ways", list(dict.fromkeys(way for found in ways for way in found)))
    for (head, rest), found in zip(heads, ways, strict=True):
        draft.claim(head, lambda file, found=found: "、".join(way for way in file.guide.access.ways if way in found),
                    lambda shown, _, found=found: set(shown.split("、")) == set(found))
        path = "guide.procedure_online" if found == [Way.ONLINE] else ""
        if path and not draft.get(path):
            draft.put(path, Text(zh=rest))
            draft.claim(rest, lambda file, path=path: held(file, path).zh)
        elif rest:
            draft.leave(f"{head}：{rest}")


def rights_and_duties(draft: Draft, value: Any) -> None:
    """权利和义务 in one text: each part says of which it speaks."""
    for part in split(as_words(value)):
        head, rest = head_of(part.replace("\n", "：", 1) if ":" not in part.partition("\n")[0].replace("：", ":") else part)
        label = "依法享有的权利" if "权利" in head else "依法履行的义务" if "义务" in head else ""
        if not label or ("权利" in head and "义务" in head) or not rest:
            draft.refuse(part)
            continue
        draft.at(label, label)
        simple(places.sentences("guide.rights" if "权利" in head else "guide.duties"))(draft, rest)


def head_of(part: str) -> tuple[str, str]:
    """What stands before the first colon, and behind it."""
    head, _, rest = part.replace("：", ":", 1).partition(":")
    return head.strip(), rest.strip()


def themes(path: str) -> Put:
    """Local themes, which stand beside the national ones."""
    def put(draft: Draft, value: Any) -> None:
        said = as_words(value)
        if says_none(said):
            draft.claim(said, lambda file: "无")
            return
        words = [Text(zh=word) for word in pieces(said)]
        root, _, name = path.partition(".")
        draft.values.setdefault(root, {})[name] = [*draft.get(path, []), *(word for word in words if word not in draft.get(path, []))]
        draft.claim(said, lambda file: "、".join(word.zh for word in held(file, path) if word in words), same_letters)

    return put


def address(draft: Draft, value: Any) -> None:
    """办理地点; a second address is another window's."""
    said = as_words(value).strip()
    if draft.get("window.address") and not says_none(said):
        index = draft.add("offering.windows", Window(address=Text(zh=said)))
        draft.claim(said, lambda file: held(file, "offering.windows")[index].address.zh)
    else:
        simple(places.text("window.address"))(draft, said)


def code(draft: Draft, value: Any) -> None:
    """A code without a name of its kind: its length tells it (12 basic, 31 and 33 of the offering), else it is local."""
    said = as_words(value)
    paths = {12: "item.code", 31: "offering.implementation_code", 33: "offering.business_code"}
    places.code(paths.get(len(flat(said)), "item.local_code")).put(draft, said)


def place_and_time(draft: Draft, value: Any) -> None:
    """办理地点与时间: hall / hours / address, or an address with hours on lines of their own."""
    said = as_words(value)
    parts = [part.strip() for part in said.split(" / ")]
    if len(parts) == 3 and hours.timed(parts[1]):
        places.text("window.name").put(draft, parts[0])
        hours.put(draft, parts[1])
        places.text("window.address").put(draft, parts[2])
        return
    lines = [line.strip() for line in said.split("\n") if line.strip()]
    rows = [[part.strip() for part in line.split(" / ")] for line in lines]
    if len(rows) > 1 and all(len(row) == 3 and hours.timed(row[1]) for row in rows):
        beside.put_windows(draft, [dict(zip(("办理窗口", "办公时间", "办理地点"), row, strict=True)) for row in rows])
        return
    timed = [line for line in lines if hours.timed(line)]
    if timed:
        hours.put(draft, "\n".join(timed))
    if len(timed) < len(lines):
        places.text("window.address").put(draft, "\n".join(line for line in lines if line not in timed))


def explanation(path: str) -> Put:
    """A way to place the words beside a limit (法定办结时限说明)."""
    def put(draft: Draft, value: Any) -> None:
        said, limit = as_words(value).strip(), draft.get(path)
        if says_none(said):
            draft.claim(said, lambda file: None if limit and held(file, path).explanation else "无")
        elif limit is None or limit.explanation is not None:
            draft.refuse(f"{draft.element}：{said}")
        else:
            root, _, name = path.partition(".")
            draft.values[root][name] = limit.model_copy(update={"explanation": Text(zh=said)})
            draft.claim(said, lambda file: held(file, path).explanation.zh)

    return put


def window(draft: Draft, value: Any) -> None:
    if isinstance(value, (list, dict)):
        beside.put_windows(draft, value)
    else:
        simple(places.text("window.name"))(draft, value)


def delivery(draft: Draft, value: Any) -> None:
    """The ways to get the result, where the words are nothing but ways; else the words, and the ways that they name."""
    said = as_words(value).strip()
    ways = steps.DELIVERY.read(said)
    if ways is not None and draft.put("guide.delivery", ways):
        draft.claim(said, lambda file: steps.DELIVERY.say(held(file, "guide.delivery")), steps.DELIVERY.same)
        return
    simple(places.text("guide.delivery_note"))(draft, said)
    named = (("窗口领取", "自取"), ("现场领取", "自取"), ("自取", "自取"), ("邮寄", "邮寄"), ("快递", "快递"), ("电子送达", "电子送达"), ("网上下载", "电子送达"))
    found = [way for word, known in named if word in said for way in steps.DELIVERY.read(known) or []]
    draft.put("guide.delivery", list(dict.fromkeys(found)))
