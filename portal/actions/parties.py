"""actions: the party that an application names, sealed under a key of its own."""
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal import keys
from portal.models.people import Party, PartyKind
from portal.rules.guide.codes import FieldType
from portal.rules.guide.document import Guide

ROLES = {
    FieldType.NAME: "name", FieldType.RESIDENT_ID: "number", FieldType.CREDIT_CODE: "number", FieldType.TELEPHONE: "telephone",
}


def named(guide: Guide, answers: dict[str, Any]) -> dict[str, str]:
    """Name, number and telephone of the applicant: the first answered question of each type. A credit code goes
    before a resident ID, because who names an organisation applies for it."""
    found: dict[str, str] = {}
    for field in sorted(guide.all_fields(), key=lambda field: field.type is not FieldType.CREDIT_CODE):
        role, answer = ROLES.get(field.type), answers.get(field.key)
        if role and answer and role not in found:
            found[role] = str(answer)
            if role == "number":
                found["kind"] = PartyKind.ORGANISATION if field.type is FieldType.CREDIT_CODE else PartyKind.PERSON
    return found


def add(db: Session, facts: dict[str, str], ring: keys.KeyRing, now: datetime) -> Party:
    """A new party with what `named` found."""
    key = keys.new_data_key()
    party = Party(kind=facts.get("kind", PartyKind.PERSON), wrapped_key=ring.wrap(key), created_at=now)
    db.add(party)
    db.flush()
    for column in ("name", "number", "telephone"):
        if column in facts:
            setattr(party, f"{column}_sealed", keys.seal(key, facts[column], f"party.{column}:{party.id}"))
    if "number" in facts:
        party.number_blind = ring.blind(facts["number"].upper(), "party.number")
    if "telephone" in facts:
        party.telephone_blind = ring.blind(facts["telephone"], "party.telephone")
    return party


def name_of(party: Party, ring: keys.KeyRing) -> str:
    """The name, for papers and the desk; empty where none was given or the party is erased."""
    if party.wrapped_key is None or party.name_sealed is None:
        return ""
    return keys.open_text(ring.unwrap(party.wrapped_key), party.name_sealed, f"party.name:{party.id}")
