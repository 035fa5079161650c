"""Who comes from the page of a situation finds it chosen: before applying, and in the form."""
from tests.views import walks

SLUG = "water-abstraction-permit"


def test_a_situation_chosen_on_the_site_is_not_asked_again(client, published):
    published(SLUG)
    page = client.get(f"/apply/{SLUG}?a-matter=renewal")
    assert "延续取水申请书" in page.text and "取水许可证变更申请书" not in page.text and "办理类型 延续" in page.text
    begun = client.submit(page.form("开始填写"))
    number = walks.number_of(begun)
    assert not begun.url.endswith("/your-situation"), "the question is answered"
    chosen = client.get(f"/applications/{number}/fill/your-situation").form("a-matter")
    assert chosen.data["a-matter"] == "renewal"


def test_what_the_address_invents_is_left_out(client, published):
    published(SLUG)
    page = client.get(f"/apply/{SLUG}?a-matter=nothing&a-other=1")
    assert "取水许可证变更申请书" in page.text and "a-matter" not in page.form("开始填写").names
    begun = client.submit(page.form("开始填写"))
    assert client.get(f"/applications/{walks.number_of(begun)}/fill/your-situation").form("a-matter").data.get("a-matter") is None
