"""uploads/sandbox: PDFs. They are kept byte for byte, for a signature in them must stay whole, so what could
act, hide or burst is refused instead of removed.

Every object that a reader can reach is looked at; page content is unpacked only to see how large it grows.
"""

import logging
import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject
from refusal import Refused

MAX_OBJECTS, MAX_PAGES = 20_000, 300
MAX_SIDE = 7200
"""Points: 2.5 m, three times an A0 drawing's long side."""
MAX_PIXELS = 150_000_000
"""Of one picture: an A0 drawing at 300 dpi has 140 million."""
MAX_UNPACKED, MAX_ALL_UNPACKED = 64 << 20, 256 << 20
MAX_SLOW = 2 << 20
"""Bytes of one file that may be packed in the old ways (LZW, run lengths, as text): each takes 1.5 µs to unpack."""
IMAGE_CODECS = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
PACKERS = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"}
SHORT = {"/Fl": "/FlateDecode", "/LZW": "/LZWDecode", "/RL": "/RunLengthDecode"}

ACTIVE = {
    "/JS", "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/RichMedia", "/Rendition",
    "/Movie", "/Sound", "/3D", "/XFA",
}  # fmt: skip
ATTACHED = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment"}
# As bytes, for readers that rebuild a damaged table by searching: long enough never to arise by chance.
RAW = re.compile(rb"/(JavaScript|SubmitForm|ImportData|RichMedia|EmbeddedFile)s?[\s/<\[(]")


def pdf(data: bytes) -> dict[str, object]:
    """The number of pages, if nothing in the file is to be refused."""
    logging.disable()
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Refused("encrypted")
        if found := RAW.search(data):
            raise Refused("attached" if found[1] == b"EmbeddedFile" else "active")
        pages = _inspect(reader)
        if not pages or "/Pages" not in reader.trailer["/Root"]:
            raise Refused("broken")
        return {"type": "application/pdf", "pages": pages}
    except Refused:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError, zlib.error) as error:
        raise Refused("broken") from error


def _inspect(reader: PdfReader) -> int:
    """Look at every object in the table, and count the pages."""
    numbers = [(number, generation) for generation, rows in reader.xref.items() for number in rows]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MAX_OBJECTS:
        raise Refused("too_heavy")
    pages = unpacked = slow = 0
    for number, generation in numbers:
        for one in _dictionaries(reader.get_object(IndirectObject(number, generation, reader))):
            _refuse_active(one)
            _refuse_huge(one)
            pages += _value(one, "/Type") == "/Page"
            if isinstance(one, StreamObject):
                names = _packers(one)
                slow += len(one._data) if _is_slow(names) else 0
                if slow > MAX_SLOW:
                    raise Refused("too_heavy")
                unpacked += _unpacked(one, names)
            if pages > MAX_PAGES or unpacked > MAX_ALL_UNPACKED:
                raise Refused("too_heavy")
    return pages


def _dictionaries(root: object) -> Iterator[DictionaryObject]:
    """Every dictionary written within one object, itself included; references are followed by the table."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [value for value in one.values() if isinstance(value, (DictionaryObject, ArrayObject))]
        elif isinstance(one, ArrayObject):
            waiting += [value for value in one if isinstance(value, (DictionaryObject, ArrayObject))]


def _refuse_active(one: DictionaryObject) -> None:
    kinds = {value for key in ("/S", "/Type", "/Subtype") if isinstance(value := _value(one, key), NameObject)}
    if (one.keys() | kinds) & ACTIVE:
        raise Refused("active")
    if (one.keys() | kinds) & ATTACHED:
        raise Refused("attached")


def _refuse_huge(one: DictionaryObject) -> None:
    for name in ("/MediaBox", "/CropBox"):
        if isinstance(box := _value(one, name), ArrayObject):
            left, bottom, right, top = (float(side.get_object()) for side in box)
            scale = float(_value(one, "/UserUnit", 1))
            if not max(abs(right - left), abs(top - bottom)) * scale <= MAX_SIDE:
                raise Refused("huge_page")
    if _is_image(one) and int(_value(one, "/Width", 0)) * int(_value(one, "/Height", 0)) > MAX_PIXELS:
        raise Refused("too_many_pixels")


def _value(one: DictionaryObject, key: str, otherwise: object = None) -> object:
    """A value with its reference followed; `get` alone would return the reference."""
    return one[key] if key in one else otherwise  # noqa: SIM401 for that reason


def _is_image(one: DictionaryObject) -> bool:
    return _value(one, "/Subtype") == "/Image"


def _packers(stream: StreamObject) -> list[str]:
    """The names of a stream's filters, in full."""
    filters = _value(stream, "/Filter", ArrayObject())
    given = [one.get_object() for one in filters] if isinstance(filters, ArrayObject) else [filters]
    return [SHORT.get(str(name), str(name)) for name in given]


def _is_slow(names: list[str]) -> bool:
    """Whether the library has to unpack it, byte after byte."""
    return bool(PACKERS.intersection(names)) and names != ["/FlateDecode"] and not IMAGE_CODECS.intersection(names)


def _unpacked(stream: StreamObject, names: list[str]) -> int:
    """How many bytes a stream grows to where it is packed by a general packer; pictures' own codecs are bounded by
    the size that they declare, and have no business in page content."""
    raw = stream._data
    if IMAGE_CODECS.intersection(names) and not _is_image(stream):
        raise Refused("too_heavy")
    if "/JBIG2Decode" in names and _jbig2_pixels(raw) > MAX_PIXELS:
        raise Refused("too_many_pixels")
    if sum(name in PACKERS for name in names) > 1:
        raise Refused("too_heavy")
    if names == ["/FlateDecode"]:
        return _inflated(raw, MAX_PIXELS if _is_image(stream) else MAX_UNPACKED)
    # Rare combinations are left to the library, which has limits of its own.
    return len(stream.get_data()) if _is_slow(names) else len(raw)


def _inflated(raw: bytes, limit: int) -> int:
    size, unpacker = 0, zlib.decompressobj()
    while raw and not unpacker.eof:
        try:
            size += len(unpacker.decompress(raw, 1 << 20))
        except zlib.error:
            break
        if size > limit:
            raise Refused("too_heavy")
        raw = unpacker.unconsumed_tail
    return size


def _jbig2_pixels(raw: bytes) -> int:
    """The size that the page information segment (type 48) declares; 0 where there is none among the first ones."""
    at = 0
    for _ in range(64):
        if len(raw) < at + 11:
            return 0
        kind, count = raw[at + 4] & 63, raw[at + 5] >> 5
        long_count = count == 7
        if long_count:
            count = int.from_bytes(raw[at + 5 : at + 9]) & 0x1FFFFFFF
        number = int.from_bytes(raw[at : at + 4])
        width = 1 if number <= 256 else 2 if number <= 65536 else 4
        head = at + 5 + (4 + (count + 8) // 8 if long_count else 1) + count * width + (4 if raw[at + 4] & 64 else 1)
        if kind == 48:
            return int.from_bytes(raw[head + 4 : head + 8]) * int.from_bytes(raw[head + 8 : head + 12])
        at = head + 4 + int.from_bytes(raw[head : head + 4])
    return 0
