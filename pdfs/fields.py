"""pdfs: forms that are filled in on screen. WeasyPrint lays the fields out; here they are made fit for use.

WeasyPrint embeds the whole font of every field, four megabytes of Chinese. A field gets a font of nothing instead, and then
names one that every reader of PDF knows by itself: what is typed, a rare character too, is shown in a font of the reader's.
"""
from base64 import b64encode
from functools import cache
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

FAMILY = "Banshi Field"
REQUIRED, COMB = 1 << 1, 1 << 24
INK = "/Helv 10 Tf 0.04 0.24 0.57 rg"
"""How what is typed looks; the blue of the filled sample."""


@cache
def sheet() -> str:
    """The style sheet with the font of nothing, as CSS."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space"])
    builder.setupCharacterMap({32: "space"})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "space")})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "space": (500, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 3_000_000_000  # any day: the same bytes each time
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    data = b64encode(out.getvalue()).decode()
    return f'@font-face{{font-family:"{FAMILY}";src:url(data:font/ttf;base64,{data})}}input,textarea{{font-family:"{FAMILY}"}}'


def finished(pdf: bytes, required: set[str], boxes: set[str]) -> bytes:
    """The form with its fields in order: each has a font that readers know, those that are `required` say so, one of `boxes`
    has a box a character, and the answers of a choice are called by their values."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    form = writer.root_object["/AcroForm"]
    fields = [reference.get_object() for reference in form["/Fields"]]
    for field in fields:
        if field.get("/FT") == "/Tx":
            field[NameObject("/DA")] = TextStringObject(INK)
        if field.get("/T") in required and "/Parent" not in field:
            field[NameObject("/Ff")] = NumberObject(field.get("/Ff", 0) | REQUIRED)
        if field.get("/T") in boxes:
            field[NameObject("/Ff")] = NumberObject(field.get("/Ff", 0) | COMB)
        if "/Kids" in field:
            _name_answers(field)
    form[NameObject("/Fields")] = ArrayObject(one for one in form["/Fields"] if "/Parent" not in one.get_object())
    form[NameObject("/DA")] = TextStringObject(INK)
    form[NameObject("/DR")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/Helv"): writer._add_object(_plain_font())})})
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _name_answers(group: DictionaryObject) -> None:
    """A choice's buttons are called by their values instead of by their numbers, and have no name of their own."""
    for kid, value in zip(group["/Kids"], group.pop("/Opt"), strict=True):
        button, drawn = kid.get_object(), kid.get_object()["/AP"]["/N"]
        drawn[NameObject(f"/{value}")] = drawn.pop(next(iter(drawn)))
        button.pop("/T", None)
        button.pop("/TU", None)
        button.pop("/V", None)
        button[NameObject("/AS")] = NameObject("/Off")


def _plain_font() -> DictionaryObject:
    """Helvetica, which every reader of PDF has, and which none embeds (ISO 32000-1, 9.6.2.2)."""
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in (
        ("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica"), ("/Encoding", "/WinAnsiEncoding"))})
