"""pdfs: booklets of guides. Each chapter is printed alone, so that a change costs one chapter, all cores can print, and hundreds of
pages take the memory of the longest chapter; then cover, contents and chapters are joined, and the pages numbered.
"""
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from pdfs import engine, guides
from pdfs.pictures import qr

TO = "chapter:"
"""How the contents name the chapter that a line leads to, until the chapter has pages."""
FOOT, SIZE, DIGIT = 24, 9, 0.556
"""Where the number of a page stands, in points above its end; how large; how wide a digit is in Helvetica, in its own size."""


def chapter(page: Any) -> bytes:
    """A guide as a chapter: as in its own paper, without page numbers. `page` is `publishing.blocks.GuidePage`."""
    values = {"page": page, "qr": qr(page.address), "svg": guides.chart, "same": guides.told_before(page.sections)}
    return engine.pdf(engine.page("chapter.html", values), ("paper", "guide", "chapter"))


def joined(booklet: Mapping[str, Any], chapters: Sequence[Path]) -> bytes:
    """The booklet: cover, contents, chapters. `booklet` has the values of `templates/print/booklet.html`; its `groups` have a title
    and the titles of their chapters, in the order of `chapters`. Page one is the first of the first chapter.
    Raises NoGlyph where no font has a character of cover or contents."""
    read = [PdfReader(one) for one in chapters]
    lengths = [len(one.pages) for one in read]
    starts = [1 + sum(lengths[:at]) for at in range(len(lengths))]
    front = PdfReader(BytesIO(_front(booklet, starts)))
    writer = PdfWriter()
    writer.append(front, import_outline=False)
    before = len(writer.pages)
    writer.add_outline_item(booklet["contents"], 1)
    titles = [title for group in booklet["groups"] for title in group["chapters"]]
    font = writer._add_object(_font())
    for one, title in zip(read, titles, strict=True):
        first = len(writer.pages)
        writer.append(one, outline_item=title, import_outline=True)
        for at in range(first, len(writer.pages)):
            _number(writer, at, at - before + 1, font)
    _lead(writer, before, [before + start - 1 for start in starts])
    writer.set_page_label(0, before - 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(before, len(writer.pages) - 1, style=PageLabelStyle.DECIMAL)
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(booklet["lang"])
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    writer.add_metadata({"/Title": booklet["title"], "/Author": booklet["authority"], "/Subject": booklet["lead"]})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _front(booklet: Mapping[str, Any], starts: list[int]) -> bytes:
    numbers = iter(enumerate(starts))
    groups = [{"title": group["title"], "chapters": [(title, *next(numbers)) for title in group["chapters"]]} for group in booklet["groups"]]
    page = engine.page("booklet.html", {"booklet": booklet, "groups": groups, "qr": qr(booklet["address"]), "to": TO})
    return engine.pdf(page, ("paper", "booklet"), official=True)


def _number(writer: PdfWriter, at: int, number: int, font) -> None:
    """Writes the number of the page at its foot; the page's own drawing is closed off from it."""
    page, text = writer.pages[at], str(number)
    left = float(page.mediabox.width) / 2 - len(text) * SIZE * DIGIT / 2
    begin, end = DecodedStreamObject(), DecodedStreamObject()
    begin.set_data(b"q\n")
    end.set_data(f"\nQ q BT 0.33 g /PageNumber {SIZE} Tf {left:.1f} {FOOT} Td ({text}) Tj ET Q\n".encode())
    drawn = page["/Contents"] if isinstance(page["/Contents"], ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(begin), *drawn, writer._add_object(end)])
    resources = page["/Resources"].get_object()
    fonts = resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object()
    fonts[NameObject("/PageNumber")] = font


def _lead(writer: PdfWriter, before: int, pages: list[int]) -> None:
    """The lines of the contents lead to the pages of their chapters."""
    for at in range(before):
        for link in (one.get_object() for one in writer.pages[at].get("/Annots", ())):
            asked = link.get("/A", {}).get("/URI", "")
            if asked.startswith(TO):
                del link["/A"]
                link[NameObject("/Dest")] = ArrayObject([writer.pages[pages[int(asked.removeprefix(TO))]].indirect_reference, NameObject("/Fit")])


def _font() -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in (
        ("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica"), ("/Encoding", "/WinAnsiEncoding"))})
