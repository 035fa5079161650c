"""Rare characters in names print on posters, vouchers, booklets and guides wherever a font of the machine has them; where none has,
no paper goes out with a box in a name."""
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from pdfs import engine
from pdfs import posters as printing
from portal.publishing import lists, posters
from tests.printed import words
from tests.publishing.editions import sample_edition

RARE = "𬶮㙍䶮𠅤"
"""U+2CDAE and U+4DAE of the state's list of 2013 and of names, U+364D of villages, U+20164 of extension B."""
VILLAGE = "990421105202"
SCRIPT = """
import sys
from pathlib import Path
from pdfs import booklets, engine, posters, vouchers
from tests.pdfs.test_rare_characters import RARE, poster
from tests.pdfs.test_vouchers import FACTS
out = Path(sys.argv[1])
(out / "poster.pdf").write_bytes(posters.render(poster()))
(out / "voucher.pdf").write_bytes(vouchers.render({**FACTS, "addressee": f"王{RARE}"}))
front = {"lang": "zh-Hans", "authority": "测县", "title": f"{RARE}村办事指南", "parts": [f"{RARE}村", "办事指南"], "lead": "共0项", "lines": [], "sample": None, "address": "https://x.example",
         "qr_alt": "扫码", "day": "今天", "contents": "目录", "groups": [{"title": "", "chapters": [f"{RARE}登记"]}]}
(out / "booklet.pdf").write_bytes(booklets.joined(front, [out / "poster.pdf"]))
"""


def poster() -> dict:
    around = sample_edition("senior-allowance")
    return {**posters.poster(around, VILLAGE, lists.at_places(around)[VILLAGE], "zh-Hans"), "title": f"{RARE}村便民服务站"}


@pytest.fixture
def fonts(tmp_path) -> Path:
    """The machine's fonts with one more that has the rare characters, for a process that is started with this file."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    names = [".notdef", *(f"u{ord(one):X}" for one in RARE)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, RARE), names[1:], strict=True)))
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Rare Names", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    (tmp_path / "more").mkdir()
    builder.save(tmp_path / "more/rare.ttf")
    told = tmp_path / "fonts.conf"
    told.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
                    f"<dir>{tmp_path}/more</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>")
    return told


def test_with_a_font_that_has_them_they_print(fonts, tmp_path):
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", SCRIPT, tmp_path], cwd=root, capture_output=True, text=True,
                          env={**os.environ, "FONTCONFIG_FILE": str(fonts), "PYTHONPATH": str(root)})
    assert done.returncode == 0, done.stderr[-2000:]
    for name in ("poster", "voucher", "booklet"):
        assert RARE in words((tmp_path / f"{name}.pdf").read_bytes()), name


def test_without_one_no_poster_goes_to_a_wall_with_a_box_in_its_name():
    values = {**poster(), "title": "\U000323af村便民服务站"}
    with pytest.raises(engine.NoGlyph, match="323AF"):
        printing.render(values)
