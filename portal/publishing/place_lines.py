"""publishing: the places of a guide on paper, where each takes a line: those that do the same at the same hours stand
together, and their hours are told once."""
from portal.publishing.blocks import Entries, Entry, Section, facts, row, section
from portal.publishing.guide_variant import Reader, documents_table
from portal.publishing.offices import called, codes_and_note, opening, where
from portal.publishing.said import Said
from portal.rules.guide.codes import Role
from portal.rules.guide.offering import Offering


def places(reader: Reader, offerings: list[Offering]) -> Section:
    """All places, by what they do and when they are open, deciding and receiving ones first; then what only a place asks for."""
    t = reader.t
    order = list(Role)
    ordered = sorted(offerings, key=lambda one: min(order.index(role) for role in one.roles))
    together: dict[tuple[str, tuple[Said, ...]], list[Offering]] = {}
    for one in ordered:
        does = t("、", ", ").join(role.text.said(reader.locale) for role in sorted(one.roles, key=order.index))
        together.setdefault((does, opening(reader, one)), []).append(one)
    return section("places", t("办理地点和时间", "Places and hours"), sections=(
        *(_alike(reader, *alike, held) for alike, held in together.items()),
        *(section(f"place-{number}", t(f"{called(reader, one)}另需的材料", f"Also asked for at {called(reader, one)}"),
                  documents_table(reader, one.documents)) for number, one in enumerate(ordered, 1) if one.documents),
    ))


def _alike(reader: Reader, does: str, hours: tuple[Said, ...], held: list[Offering]) -> Section:
    number = reader.t(f"（{len(held)}处）", f" ({len(held)} places)") if len(held) > 1 else ""
    return section(f"places-{does}", f"{does}{number}", facts(row(reader.t("工作时间", "Hours"), *hours)),
                   Entries(tuple(Entry(called(reader, one), where(reader, one), codes_and_note(reader, one)) for one in held)))
