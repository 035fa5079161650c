"""What a query finds, and in which order: names before other words, the shorter name first."""
from portal.actions import guides
from portal.queries import search
from portal.rules.guide import yaml
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
