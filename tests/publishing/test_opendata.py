"""Open data: every guide and list, in the form that the schema describes, and a feed of what changed."""
import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from portal.publishing import changes, opendata
from portal.publishing.beside import Beside
from portal.publishing.edition import Change, ChangeKind
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from portal.rules.guide.yaml import plain
from tests.publishing.editions import DAY, URL, edition, published, sample_edition
from tests.rules.guides import good_guide

ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    county = sample_edition()
    return {file.name: file.make() for file in Beside(county).files()} | dict(
        made for guide in county.guides for made in opendata.of_guide(county, guide))


def test_every_guide_is_there_as_its_document_with_revision_day_and_address(files):
    form = Draft202012Validator(json.loads(files["schema.json"]))
    for guide in sample_edition().guides:
        told = json.loads(files[f"guides/{guide.slug}.json"])
        assert told["document"] == plain(guide.file) and GuideFile.model_validate(told["document"]) == guide.file
        assert (told["revision"], told["published"]) == (1, DAY.isoformat())
        assert told["address"] == {"zh": f"{URL}/guides/{guide.slug}/", "en": f"{URL}/en/guides/{guide.slug}/"}
        assert told["schema"] == f"{URL}/data/schema.json"
        assert not list(form.iter_errors(told["document"]))


def test_text_that_an_import_could_not_place_is_nobody_elses():
    file = GuideFile.model_validate({**good_guide(), "unplaced": ["内部电话 123"]})
    assert "内部电话" not in json.dumps(opendata.document(edition(), published(file)), ensure_ascii=False)


def test_the_list_of_guides_has_a_row_a_guide_in_each_shape(files):
    slugs = [guide.slug for guide in sample_edition().guides]
    assert [row["slug"] for row in json.loads(files["guides.json"])["rows"]] == slugs
    for name, column in (("guides.csv", "基本编码"), ("guides.en.csv", "Basic code")):
        rows = list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"), newline="")))
        assert len(rows) == len(slugs) and all(row[column] for row in rows)


def test_every_offering_stands_in_the_list_of_its_place(files):
    told = {(code, guide.file.guide.item.name.zh) for guide in sample_edition().guides
            for code in (offering.place for offering in guide.file.offerings)}
    found = set()
    for code in sample_edition().places:
        found |= {(code, row["name"]["zh"]) for row in json.loads(files[f"places/{code}.json"])["rows"]}
    assert found == told


def test_every_fee_has_its_basis_and_every_document_its_list(files):
    fees = json.loads(files["fees.json"])["rows"]
    named = {fee.name.zh for guide in sample_edition().guides for variant in guide.file.guide.variants for fee in variant.fees}
    assert {row["fee"]["zh"] for row in fees} == named and all(row["basis"]["zh"] for row in fees)
    documents = [(guide.file.guide.item.name.zh, one) for guide in sample_edition().guides for variant in guide.file.guide.variants for one in variant.documents]
    for name, wanted in (("documents-not-asked", {(item, one.name.zh) for item, one in documents if one.exempt}),
                         ("documents-may-follow", {(item, one.name.zh) for item, one in documents if one.necessity == "later" and not one.exempt})):
        assert wanted and {(row["name"]["zh"], row["document"]["zh"]) for row in json.loads(files[f"{name}.json"])["rows"]} == wanted


def test_a_service_is_described_for_search_engines(files):
    guide = sample_edition().guides[0]
    told = json.loads(files[f"guides/{guide.slug}.jsonld"])
    assert told["@context"] == "https://schema.org" and told["@type"] == "GovernmentService"
    assert {"@value": guide.file.guide.item.name.zh, "@language": "zh-Hans"} in told["name"] and told["provider"]["@type"] == "GovernmentOrganization"


def test_a_feed_tells_what_is_new_changed_and_withdrawn():
    told = (Change("gone", Text(zh="旧<事项>"), 4, ChangeKind.WITHDRAWN, AT), Change("green", Text(zh="旧名"), 3, ChangeKind.CHANGED, AT.replace(hour=1)),
            Change("green", Text(zh="旧名"), 1, ChangeKind.NEW, AT.replace(day=1)))
    county = replace(edition(), changes=told)
    feed = ElementTree.fromstring(changes.feed(county, "zh-Hans"))
    assert feed.find(f"{ATOM}updated").text == "2026-03-02T18:30:00Z" and feed.find(f"{ATOM}id").text == f"{URL}/data/changes.xml"
    entries = feed.findall(f"{ATOM}entry")
    name = published().file.guide.item.name
    assert [one.find(f"{ATOM}title").text for one in entries] == ["已撤下：旧<事项>", f"有改动：{name.zh}", f"新公布：{name.zh}"]
    assert len({one.find(f"{ATOM}id").text for one in entries}) == 3
    assert entries[0].find(f"{ATOM}link") is None, "there is no page any more"
    assert entries[1].find(f"{ATOM}link").get("href") == f"{URL}/guides/green/"
    assert "2026年3月3日" in entries[0].find(f"{ATOM}content").text, "the legal day"
    english = changes.feed(county, "en").decode()
    assert f"Changed: {name.said('en')}" in english and changes.feed(county, "en").decode() == english


def test_a_character_that_xml_forbids_breaks_no_feed():
    county = replace(edition(), changes=(Change("x", Text(zh="前\x0b后\x00\ufffe"), 1, ChangeKind.NEW, AT),))
    assert "前后" in ElementTree.fromstring(changes.feed(county, "zh-Hans")).find(f"{ATOM}entry/{ATOM}title").text


def test_a_feed_without_changes_is_a_feed():
    assert ElementTree.fromstring(changes.feed(edition(), "en")).findall(f"{ATOM}entry") == []
