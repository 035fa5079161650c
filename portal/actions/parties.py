"""actions: the party that an application names, sealed under a key of its own."""
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal import keys
from portal.models.people import Party, PartyKind
from portal.rules.guide.codes import FieldType
from portal.rules.guide.document import Guide

ROLES = {
    FieldType.ORGANISATION_NAME: "name", FieldType.CREDIT_CODE: "number", FieldType.NAME: "name",
    FieldType.RESIDENT_ID: "number", FieldType.TELEPHONE: "telephone",
}
ORGANISATIONS = {FieldType.ORGANISATION_NAME, FieldType.CREDIT_CODE}


def named(guide: Guide, answers: dict[str, Any]) -> dict[str, str]:
    """Name, number and telephone of the applicant: the first answered question of each type. Who names an organisation
    applies for it, and its name and credit code go before those of the person who signs."""
    found: dict[str, str] = {"kind": PartyKind.PERSON}
    for field in sorted(guide.all_fields(), key=lambda field: field.type not in ORGANISATIONS):
        role, answer = ROLES.get(field.type), answers.get(field.key)
        if field.type in ORGANISATIONS and answer:
            found["kind"] = PartyKind.ORGANISATION
        of_a_person = field.type is FieldType.RESIDENT_ID and found["kind"] is PartyKind.ORGANISATION
        if role and answer and role not in found and not of_a_person:
            found[role] = str(answer)
    return found


def add(db: Session, facts: dict[str, str], ring: keys.KeyRing, now: datetime) -> Party:
    """A new party with what `named` found. Its key is its own, so that the column alone has to be bound to what is sealed."""
    party = Party(wrapped_key=ring.wrap(keys.new_data_key()), created_at=now)
    correct(party, facts, ring)
    db.add(party)
    return party


def correct(party: Party, facts: dict[str, str], ring: keys.KeyRing) -> None:
    """The party is what `named` found in the answers that count now; what is not among them is forgotten."""
    key = ring.unwrap(party.wrapped_key)
    party.kind = facts.get("kind", PartyKind.PERSON)
    for column in ("name", "number", "telephone"):
        setattr(party, f"{column}_sealed", keys.seal(key, facts[column], f"party.{column}") if column in facts else None)
    party.number_blind = ring.blind(facts["number"].upper(), "party.number") if "number" in facts else None
    party.telephone_blind = ring.blind(facts["telephone"], "party.telephone") if "telephone" in facts else None


def name_of(party: Party, ring: keys.KeyRing) -> str:
    """The name, for papers and the desk; empty where none was given or the party is erased."""
    if party.wrapped_key is None or party.name_sealed is None:
        return ""
    return keys.open_text(ring.unwrap(party.wrapped_key), party.name_sealed, "party.name")
