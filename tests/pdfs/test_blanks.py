"""Blank forms are filled in on screen: every question is a field that readers of PDF know, named, told and in its order, in a
small file that needs no font of its own."""
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from pdfs import blanks
from portal.publishing import paper_forms
from portal.rules.guide.codes import FieldType
from tests.publishing.editions import edition, published, sample_edition


def blank(name: str) -> bytes:
    around = sample_edition(name)
    return blanks.render(paper_forms.form(around.guides[0], around, filled=False))


@pytest.mark.parametrize("name", ["food-business-licence", "senior-allowance", "labour-dispatch-licence"])
def test_every_question_is_a_field_in_its_order(name):
    document = sample_edition(name).guides[0].file.guide
    asked = [*document.situations, *(field for section in document.form for field in section.fields)]
    reader = PdfReader(BytesIO(blank(name)))
    expected = []
    for field in asked:
        if field.type is FieldType.CHOICES:
            expected += [f"{field.key}-{option.value}" for option in field.options]
        elif field.type is FieldType.DATE:
            expected += [f"{field.key}-{part}" for part in ("year", "month", "day")]
        else:
            expected.append(field.key)
    found = reader.get_fields()
    assert set(found) == set(expected)
    order = [kid.get_object() for page in reader.pages for kid in page.get("/Annots", []) if kid.get_object()["/Subtype"] == "/Widget"]
    names = [one.get("/T") or one["/Parent"]["/T"] for one in order]
    assert list(dict.fromkeys(names)) == expected, "the tabulator goes from question to question"
    assert all(page["/Tabs"] == "/S" for page in reader.pages)
    for field in asked:
        if field.key in found:
            assert field.label.zh in found[field.key]["/TU"]


def test_kinds_conditions_and_what_is_required():
    found = PdfReader(BytesIO(blank("food-business-licence"))).get_fields()
    assert found["matter"]["/_States_"] == ["/new", "/change", "/renewal"]
    assert found["org_name"]["/Ff"] & 2 and not found["credit_code"]["/Ff"] & 2
    assert found["legal_id"]["/Ff"] & 1 << 24, "a box a character"
    assert "时填写" in found["platform"]["/TU"] and "/Ff" not in found["platform"], "asked in one case only: no reader insists on it"


def test_a_long_text_has_lines_and_a_filled_sample_no_fields():
    good = PdfReader(BytesIO(blanks.render(paper_forms.form(published(), edition(), filled=False)))).get_fields()
    long = [field.key for section in published().file.guide.form for field in section.fields if field.type is FieldType.LONG_TEXT]
    assert all(good[key]["/Ff"] & 1 << 12 for key in long)
    assert not PdfReader(BytesIO(blanks.render(paper_forms.form(published(), edition(), filled=True)))).get_fields()


def test_it_is_small_tagged_and_the_same_each_time():
    pdf = blank("food-business-licence")
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert len(pdf) <= 200 * 1024 and pdf == blank("food-business-licence")
    assert root["/MarkInfo"]["/Marked"] and root["/AcroForm"]["/NeedAppearances"] and root["/Lang"] == "zh-Hans"


def test_what_is_typed_is_kept_a_rare_name_too():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(blank("food-business-licence"))))
    for field in (one.get_object() for one in writer.root_object["/AcroForm"]["/Fields"]):
        if field["/T"] == "legal_name":
            field[NameObject("/V")] = TextStringObject("王𬶮㙍")
        if field["/T"] == "matter":
            field[NameObject("/V")] = NameObject("/change")
    out = BytesIO()
    writer.write(out)
    found = PdfReader(out).get_fields()
    assert (found["legal_name"]["/V"], found["matter"]["/V"]) == ("王𬶮㙍", "/change")
