"""Sections of a guide: every element has its page, a part is taken out and put back whole, a place leads to its page."""
import pytest

from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import ELEMENTS
from portal.rules.guide.sections import DERIVED, SECTIONS, digest, part, part_at, parts, pointer, put, section_of, taken
from portal.rules.lint import lint
from tests.rules.guides import good_file, good_guide


@pytest.mark.parametrize("path", [row.path for row in ELEMENTS])
def test_every_element_has_one_section_or_a_reason(path):
    holding = [section.key for section in SECTIONS for one in section.paths
               if (path == one or path.startswith(f"{one}."))
               and (not dict(section.only).get(one) or path.removeprefix(f"{one}.").partition(".")[0] in dict(section.only)[one])]
    assert len(holding) == (0 if path in ("schema_version", "provenance.imported_from") else 1)
    assert (section_of(path) is None) == (path in DERIVED)


def test_what_nobody_types_is_an_element_and_says_why():
    assert set(DERIVED) <= {row.path for row in ELEMENTS}
    assert all(reason.zh and reason.en for reason in DERIVED.values())


def test_a_situation_has_parts_of_its_own_and_says_whose_they_are():
    found = parts(good_file())
    assert [one.key for one in found][:6] == ["item", "who", "basis", "situations", "documents.extend", "documents.first"]
    assert part(good_file(), "stages.first").variant.zh == "首次申请"
    assert part(good_file(), "stages.nobody") is None and part(good_file(), "nothing") is None


def test_a_part_is_taken_out_and_put_back():
    file = good_file()
    document = file.model_dump(mode="json")
    for one in parts(file):
        held = taken(document, one)
        again = GuideFile.model_validate(put(document, one, held))
        assert again == file
        assert digest(held) == digest(taken(again.model_dump(mode="json"), one))


def test_situations_keep_what_other_sections_hold():
    document = good_file().model_dump(mode="json")
    one = part(good_file(), "situations")
    held = taken(document, one)
    held["variants"] = [held["variants"][1], {"key": "new", "name": "新情形"}]
    file = GuideFile.model_validate(put(document, one, held))
    assert [variant.key for variant in file.guide.variants] == ["first", "new"]
    assert file.guide.variants[0] == good_file().guide.variants[1] and file.guide.variants[1].documents == []


@pytest.mark.parametrize(("at", "key"), [
    ("/guide/item/name", "item"), ("/guide/item/audiences", "who"), ("/guide/variants/1/documents/2/name", "documents.first"),
    ("/guide/variants/0/promised", "limits.extend"), ("/guide/variants/0", "situations"), ("/guide/variants/1/when/all/0", "situations"),
    ("/guide/form/0/fields/1/label", "form"), ("/offerings/0/windows", "offerings"), ("/unplaced/0", "provenance"), ("/guide", "item"),
    ("/guide/access", "ways"), ("/guide/item", "item"), ("/guide/variants/0/stages/0/limit/amount", "stages.extend"),
])
def test_a_place_leads_to_its_page(at, key):
    assert part_at(good_file(), at).key == key


def test_every_finding_leads_to_a_page():
    plain = good_guide()
    for name in ("legal_basis", "enquiries", "complaints", "remedies", "summary"):
        plain["guide"].pop(name)
    plain["guide"]["variants"][0].pop("statutory")
    plain["guide"]["variants"][1].pop("promised")
    plain["offerings"] = []
    file = GuideFile.model_validate(plain)
    found = lint(file)
    assert len(found) > 5 and all(part_at(file, finding.at) for finding in found)


def test_a_place_of_a_part_is_a_pointer():
    assert pointer(part(good_file(), "fees.first"), "variants.fees") == "/guide/variants/1/fees"
    assert pointer(part(good_file(), "offerings"), "offerings") == "/offerings"
    assert pointer(part(good_file(), "item"), "item.name") == "/guide/item/name"
