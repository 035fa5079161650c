"""Vouchers on paper: the layout that offices use, tagged, in Chinese, from nothing but their facts."""
from io import BytesIO

import pytest
from pypdf import PdfReader

from pdfs import engine, vouchers

FACTS = {
    "kind": "receipt", "title": "申请材料接收凭证", "case_number": "1" * 43, "tracking_code": "23456-789CD",
    "item": "食品经营许可", "addressee": "欧阳禾", "paragraphs": ["材料已经收到。"], "rows": [["最迟答复", "2026年3月9日"]],
    "listed": {"heading": "已提交的材料", "lines": ["身份证"]}, "basis": ["《食品安全法》第三十五条"], "remedies": ["可以申请行政复议"],
    "issuing_body": "青禾县市场监督管理局", "date": "2026-03-02", "date_words": "2026年3月2日",
    "qr": "https://x.example/track/23456-789CD", "sample": True, "voucher_number": "01收字〔2026〕第0001号",
}


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def test_every_fact_stands_on_the_paper():
    said = text_of(vouchers.render(FACTS))
    for part in ("欧阳禾", "01收字〔2026〕第0001号", "23456-789CD", "最迟答复", "已提交的材料", "第三十五条", "行政复议", "印章处", "示例文书"):
        assert part in said, part


def test_it_is_tagged_and_small_and_the_same_each_time():
    pdf = vouchers.render(FACTS)
    reader = PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "zh-Hans"
    assert FACTS["title"] in reader.metadata.title
    assert len(pdf) < 100_000
    assert vouchers.render(FACTS) == pdf


def test_a_missing_fact_is_an_error_and_markup_is_text():
    with pytest.raises(Exception, match="issuing_body"):
        vouchers.render({key: value for key, value in FACTS.items() if key != "issuing_body"})
    assert "<b>x</b>" in text_of(vouchers.render(FACTS | {"addressee": "<b>x</b>"}))


def test_papers_fetch_nothing():
    html = '<html lang="zh"><title>x</title><p>办<img alt="x" src="file:///etc/hostname"><img alt="y" src="http://127.0.0.1:9/x">'
    with pytest.raises(engine.PressProblem, match="Error fetching"):
        engine.pdf(html)


def test_no_voucher_goes_out_with_a_box_in_a_name():
    with pytest.raises(engine.NoGlyph, match="U\\+323AF") as told:
        vouchers.render(FACTS | {"addressee": "张\U000323af禾"})
    assert told.value.characters == "\U000323af" and "apt-get install" in str(told.value)
    vouchers.render(FACTS)
