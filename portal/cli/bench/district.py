"""cli/bench: a district as large as a real one: 1,391 guides with 13,519 offerings at its hall and 168 townships and stations,
made of the sample county's guides with names, codes, departments and places of its own. The same dice give the same district.
"""
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from portal.actions import guides, places
from portal.cli.bench.scratch import PASSWORD, installation
from portal.config import Config
from portal.db import Database
from portal.rules.county import County
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.sample.county import county, guide_files

GUIDES, LOWER, STATIONS = 1391, 12128, 168
"""Guides, each offered in the hall; offerings at townships and stations; townships and stations."""
EVERYWHERE, SOME_PLACES = 40, 27
"""So many guides are offered at every station; most of the other offerings are of guides with about so many."""
FIELDS = (
    ("渔业", "Fisheries"), ("茶叶", "Tea"), ("林下", "Forest farming"), ("畜牧", "Livestock"), ("建材", "Building materials"), ("物流", "Logistics"),
    ("文旅", "Culture and tourism"), ("仓储", "Storage"), ("养老", "Elderly care"), ("托育", "Childcare"), ("园艺", "Gardening"), ("水利", "Waterworks"),
    ("能源", "Energy"), ("纺织", "Textiles"), ("木作", "Woodwork"), ("印刷", "Printing"), ("家政", "Home help"), ("果业", "Orchards"),
    ("粮油", "Grain and oil"), ("矿产", "Minerals"), ("环卫", "Street cleaning"),
)
"""What a guide made of another is about."""
SYLLABLES = "云青禾石竹白梅松枫柳金桃荷兰桂莲杏榆槐柏银玉清长平安丰和永新"
ENDS = ("岭", "溪", "塘", "坪", "湾", "冲", "坡", "洲", "桥", "田", "湖", "垄")
LOT = 40


@contextmanager
def district(number: int = GUIDES, say: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Config]:
    """Settings of an installation with the district, or one with fewer guides and as many offerings a guide; `say` hears how
    many guides are there."""
    with installation(frozenset()) as settings:
        database, now = Database(settings.database), datetime.now(UTC)
        larger = _county()
        with database.writing() as db:
            places.settle(db, larger)
            places.hire(db, larger, lambda: PASSWORD)
            db.commit()
        done = 0
        for lot in _lots(larger, number):
            with database.writing() as db:
                for slug, file in lot:
                    revision, _ = guides.draft(db, file, slug, now)
                    guides.publish(db, revision, now)
                db.commit()
            done += len(lot)
            say(done, number)
        database.dispose()
        yield settings


def everywhere(number: int = GUIDES) -> list[str]:
    """The addresses of the guides that are offered at every station."""
    return [_slug(at) for at in range(number) if at in _wide(number)]


def alone(number: int = GUIDES) -> list[str]:
    """The addresses of the guides that are offered in the hall alone."""
    elsewhere = _wide(number) | _some(number).keys()
    return [_slug(at) for at in range(number) if at not in elsewhere]


def _lots(larger: County, number: int) -> Iterator[list[tuple[str, GuideFile]]]:
    lot: list[tuple[str, GuideFile]] = []
    for one in _guides(larger, number):
        lot.append(one)
        if len(lot) == LOT:
            yield lot
            lot = []
    if lot:
        yield lot


def _guides(larger: County, number: int) -> Iterator[tuple[str, GuideFile]]:
    dice = random.Random(29)
    samples = [yaml.load(file.read_text("utf-8")).model_dump(mode="json", by_alias=True, exclude_none=True) for file in guide_files()]
    stations = [place.division for place in larger.places if place.kind != "hall"]
    departments = [one.name.zh for one in larger.departments if one.role == "handles"]
    wide, some = _wide(number), _some(number)
    for at in range(number):
        turn, of = divmod(at, len(samples))
        plain = yaml_copy(samples[of])
        held = stations if at in wide else sorted(dice.sample(stations, some[at])) if at in some else []
        yield _slug(at), _varied(plain, at, FIELDS[turn % len(FIELDS)] if turn else None, held, dice.choice(departments))


def yaml_copy(plain: dict) -> dict:
    """A copy of plain values, none shared."""
    return {name: _copied(value) for name, value in plain.items()}


def _copied(value: object) -> object:
    if isinstance(value, dict):
        return {name: _copied(one) for name, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _varied(plain: dict, at: int, field: tuple[str, str] | None, stations: list[str], department: str) -> GuideFile:
    """The guide under a name, code and department of its own, offered in the hall and at these stations."""
    guide = plain["guide"]
    item = guide["item"]
    name = item["name"] if isinstance(item["name"], dict) else {"zh": item["name"]}
    if field:
        name = {"zh": f"{field[0]}{name['zh']}"} | ({"en": f"{field[1]}: {name['en']}"} if name.get("en") else {})
        item["department"] = department
    item |= {"name": name, "code": f"99{at:04d}000000", "aliases": item.get("aliases", [])[:1] if field else item.get("aliases", [])}
    hall = next((one for one in plain["offerings"] if one.get("place", "").endswith("000000")), plain["offerings"][0])
    hall = {name: value for name, value in hall.items() if name not in ("implementation_code", "business_code", "local_code")}
    lower = [{"place": code, "roles": ["receives", "advises"] if code.endswith("000") else ["advises", "files_for_people"]} for code in stations]
    return GuideFile.model_validate(plain | {"offerings": [hall, *lower], "unplaced": []})


def _wide(number: int) -> set[int]:
    return set(range(3, number, max(1, number // max(1, EVERYWHERE * number // GUIDES))))


def _some(number: int) -> dict[int, int]:
    """The guides that are offered at some stations, and at how many, so that all offerings together are as many as they are."""
    left = LOWER * number // GUIDES - len(_wide(number)) * STATIONS
    found: dict[int, int] = {}
    for at in range(1, number, 5):
        if left <= 0:
            break
        if at not in _wide(number):
            found[at] = min(SOME_PLACES, left)
            left -= found[at]
    return found


def _slug(at: int) -> str:
    return f"99{at:04d}000000"


def _county() -> County:
    """The sample county with as many townships and stations as the district has."""
    plain, dice = county().model_dump(mode="json", by_alias=True), random.Random(17)
    towns = [one for one in plain["divisions"] if one["tier"] == "township"]
    there = len(plain["divisions"]) - 1
    taken = {one["name"] if isinstance(one["name"], str) else one["name"]["zh"] for one in plain["divisions"]}
    for at in range(STATIONS - there):
        name = ""
        while not name or name in taken:
            name = f"{dice.choice(SYLLABLES)}{dice.choice(SYLLABLES)}{dice.choice(ENDS)}村"
        taken.add(name)
        town = towns[at % len(towns)]["code"]
        code = f"{town[:9]}{300 + at // len(towns):03d}"
        plain["divisions"].append({"code": code, "name": name, "tier": "village", "parent": town})
        plain["places"].append({"division": code, "name": f"{name}便民服务站", "kind": "station", "address": f"{name}村委会院内",
                                "telephone": f"0680-556{at:04d}", "hours": "station"})
    return County.model_validate(plain)
