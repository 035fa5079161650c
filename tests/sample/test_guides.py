"""The guides of the sample county: enough of them, none with an error, and every kind of matter among them."""
import pytest
from stdnum.cn import uscc

from portal.rules.guide import yaml
from portal.rules.guide.codes import HandlingKind, ItemKind, Necessity, Role, StageKind, Tier, Unit
from portal.rules.guide.documents import Document
from portal.rules.lint import ERROR, lint
from portal.sample.county import county
from tests.samples import samples

GUIDES = {f"{slug}.yaml": sample for slug, sample in samples().items()}


@pytest.fixture(scope="module")
def qinghe():
    return county()


def variants():
    return [(file.guide, variant) for file in GUIDES.values() for variant in file.guide.variants]


def documents() -> list[Document]:
    return [document for _, variant in variants() for document in variant.documents]


def stages():
    return [stage for _, variant in variants() for stage in variant.stages]


def test_there_are_at_least_forty_eight_with_codes_of_their_own():
    codes = [file.guide.item.code for file in GUIDES.values()]
    assert len(codes) >= 48
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 12 and code.startswith("99") for code in codes)


@pytest.mark.parametrize("name", GUIDES)
def test_lint_finds_no_error(name):
    assert [(found.rule, found.at, found.message.zh) for found in lint(GUIDES[name]) if found.level == ERROR] == []


@pytest.mark.parametrize("name", GUIDES)
def test_names_only_what_the_county_has(name, qinghe):
    departments = {department.name.zh: department.credit_code for department in qinghe.departments}
    places = {place.division for place in qinghe.places}
    file = GUIDES[name]
    item = file.guide.item
    assert item.department in departments
    assert set(item.joint_bodies) <= set(departments)
    assert {stage.department for variant in file.guide.variants for stage in variant.stages} <= {None, *departments}
    assert file.offerings and all(offering.place in places for offering in file.offerings)


@pytest.mark.parametrize("name", GUIDES)
def test_a_place_of_the_body_has_the_official_codes(name):
    code = GUIDES[name].guide.item.code
    coded = [offering for offering in GUIDES[name].offerings if offering.implementation_code]
    assert coded
    for offering in coded:
        body = offering.implementation_code[:18]
        assert uscc.is_valid(body) and body == offering.body_code
        assert offering.implementation_code[18] in "456" and offering.implementation_code[19:] == code
        assert offering.business_code == offering.implementation_code + "01"


@pytest.mark.parametrize("name", GUIDES)
def test_says_that_it_is_a_sample_in_both_languages(name):
    guide = GUIDES[name].guide
    assert guide.provenance.sample and guide.provenance.checked_on
    assert guide.item.name.en and guide.summary.en
    assert all(variant.name.en for variant in guide.variants)
    telephones = [contact.telephone for contact in (*guide.enquiries, *guide.complaints)]
    assert all(number.startswith("0680-") for number in telephones if number)


@pytest.mark.parametrize("name", GUIDES)
def test_goes_out_and_in_again_without_loss(name):
    assert yaml.load(yaml.dump(GUIDES[name])) == GUIDES[name]


def test_each_basis_that_counts_as_checked_names_where_it_was_found():
    for file in GUIDES.values():
        for basis in file.guide.legal_basis:
            assert basis.state != "checked" or (basis.source and basis.checked_on), basis.law.zh


def test_instant_and_committed_items_of_several_kinds():
    assert {guide.item.handling for guide, _ in variants()} == set(HandlingKind)
    assert {ItemKind.LICENCE, ItemKind.PAYMENT, ItemKind.CONFIRMATION, ItemKind.PUBLIC_SERVICE} <= {
        guide.item.kind for guide, _ in variants()
    }
    assert {Unit.WORKDAY, Unit.MONTH, Unit.ON_THE_SPOT} <= {variant.promised.unit for _, variant in variants()}


def test_departments_work_side_by_side_and_join():
    joins = [
        (guide, variant, stage) for guide, variant in variants() for stage in variant.stages if len(stage.waits_for) > 1
    ]
    assert any(
        len({variant.stage(key).department or guide.item.department for key in join.waits_for}) > 1
        for guide, variant, join in joins
    )


def test_situations_and_conditions_choose_what_is_asked_for():
    assert sum(bool(file.guide.situations) for file in GUIDES.values()) >= 10
    assert any(document.when for document in documents())
    assert any(stage.when for stage in stages())
    assert any(field.when for file in GUIDES.values() for field in file.guide.all_fields())


def test_documents_of_every_way():
    assert any(document.exempt for document in documents())
    assert any(document.commitment for document in documents())
    assert {document.necessity for document in documents()} >= set(Necessity)


def test_fees_and_special_procedures():
    assert any(variant.fees for _, variant in variants())
    assert any(stage.kind is StageKind.SPECIAL and not stage.counted for stage in stages())
    assert any(variant.not_counted for _, variant in variants())
    assert {StageKind.SITE_CHECK, StageKind.PUBLICISE, StageKind.HELP_FIRST, StageKind.PAY} <= {
        stage.kind for stage in stages()
    }


def test_every_tier_and_every_role_of_a_place(qinghe):
    tiers = {division.code: division.tier for division in qinghe.divisions}
    offerings = [offering for file in GUIDES.values() for offering in file.offerings]
    assert {tiers[offering.place] for offering in offerings} == {Tier.COUNTY, Tier.TOWNSHIP, Tier.VILLAGE}
    assert {role for offering in offerings for role in offering.roles} == set(Role)
    assert {tier for file in GUIDES.values() for tier in file.guide.item.tiers} >= {Tier.COUNTY, Tier.TOWNSHIP, Tier.VILLAGE}
