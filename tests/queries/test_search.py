"""What a query finds, and in which order: names before other words, the shorter name first."""
from portal.actions import guides
from portal.queries import search
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.guide.limits import Limit
from portal.sample.county import guide_files
from tests.conftest import NOW


def test_a_name_goes_before_a_mention(db):
    for file in guide_files():
        if file.name in ("food-business-licence.yaml", "open-restaurant.yaml"):
            revision, _ = guides.draft(db, yaml.load(file.read_text("utf-8")), file.name.removesuffix(".yaml"), NOW)
            guides.publish(db, revision, NOW)
    found = [hit.slug for hit in search.find(db, "食品经营许可")]
    assert found[0] == "food-business-licence"
    assert search.find(db, "食品经营许可", limit=1)[0].slug == found[0]


def test_a_line_says_what_is_promised_also_where_only_the_results_say_it(db):
    plain = yaml.plain(next(yaml.load(file.read_text("utf-8")) for file in guide_files() if file.name == "food-business-licence.yaml"))
    for variant in plain["guide"]["variants"]:
        promised = variant.pop("promised")
        variant["results"][0]["limit"] = promised
    revision, _ = guides.draft(db, GuideFile.model_validate(plain), "food", NOW)
    guides.publish(db, revision, NOW)
    assert search.find(db, "食品经营许可")[0].promise == Limit.model_validate(plain["guide"]["variants"][0]["results"][0]["limit"])
