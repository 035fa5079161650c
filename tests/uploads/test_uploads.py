"""uploads: what is taken is drawn anew, what could act or burst is refused, each with its own sentence."""

import io
import os
import struct
import tempfile
import zlib
from pathlib import Path

import pillow_heif
import pypdf
import pytest
from PIL import Image, ImageCms, PngImagePlugin
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject

from portal import uploads
from portal.uploads import Cleaned, UploadProblem

ROOM = Path(tempfile.mkdtemp(prefix="banshi-room-"))


def clean(data):
    return uploads.clean(data, ROOM)


def refused(data):
    with pytest.raises(UploadProblem) as caught:
        clean(data)
    assert caught.value.text.zh.endswith("没有丢失。") and caught.value.text.en.endswith("is lost.")
    return caught.value.code.removeprefix("upload.")


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(cleaned: Cleaned):
    image = Image.open(io.BytesIO(cleaned.data))
    assert image.size == (cleaned.width, cleaned.height)
    return image


def corners(width=64, height=32):
    """Red at the upper left, green at the upper right, blue at the lower left."""
    image = Image.new("RGB", (width, height), "white")
    for box, colour in (((0, 0), "red"), ((width - 16, 0), "green"), ((0, height - 16), "blue")):
        image.paste(colour, (*box, box[0] + 16, box[1] + 16))
    return image


def exif(orientation):
    held = Image.Exif()
    held[0x0112] = orientation
    held[0x010E] = "secret-description"
    held.get_ifd(0x8825)[2] = (29.0, 32.0, 1.0)
    return held


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright_and_says_nothing_of_its_place(orientation):
    # What a camera held this way would have stored, so that turning it upright gives the corners back.
    stored = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    photo = corners() if stored is None else corners().transpose(stored)
    cleaned = clean(saved(photo, "JPEG", exif=exif(orientation), quality=95, comment=b"secret-comment"))
    image = opened(cleaned)
    assert (cleaned.media_type, cleaned.extension, image.format, image.size) == ("image/jpeg", "jpg", "JPEG", (64, 32))
    near = [image.getpixel(at).index(max(image.getpixel(at))) for at in ((8, 8), (56, 8), (8, 24))]
    assert near == [0, 1, 2]
    assert not image.getexif() and b"secret" not in cleaned.data and b"Exif" not in cleaned.data


def test_a_png_keeps_its_transparency_and_loses_its_words():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "secret-author")
    image = corners().convert("RGBA")
    image.putpixel((0, 0), (0, 0, 0, 0))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    cleaned = clean(saved(image, "PNG", pnginfo=words, icc_profile=profile))
    assert opened(cleaned).getpixel((0, 0))[3] == 0 and cleaned.extension == "png"
    assert b"secret" not in cleaned.data and b"iCCP" not in cleaned.data


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_taken(mode):
    image = corners().convert("1", dither=Image.Dither.NONE) if mode == "1" else corners()
    image = image.convert("L").convert("I").point(lambda v: v * 257) if mode == "I;16" else image
    image = image.convert(mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    found = opened(clean(saved(image, kind))).convert("L")
    assert found.getpixel((40, 20)) > 240 and found.getpixel((8, 8)) < 160


def test_a_heic_becomes_a_jpeg():
    out = io.BytesIO()
    pillow_heif.from_pillow(corners(128, 64)).save(out, exif=exif(6).tobytes())
    cleaned = clean(out.getvalue())
    assert opened(cleaned).format == "JPEG" and b"secret" not in cleaned.data


def test_what_hides_behind_a_picture_is_gone():
    hidden = b"<script>alert(1)</script>PK\x03\x04%PDF-1.4"
    for kind in ("JPEG", "PNG"):
        assert b"script" not in clean(saved(corners(), kind) + hidden).data


def test_a_large_photo_is_made_smaller():
    cleaned = clean(saved(Image.new("RGB", (6000, 3000), "gray"), "JPEG"))
    assert (cleaned.width, cleaned.height) == (4000, 2000)


def png_of(width, height):
    """A PNG of any size from few bytes: one bit a pixel, all zero."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_pixel_bomb_is_refused_and_the_largest_camera_s_picture_is_not():
    assert refused(png_of(20000, 20000)) == "too_many_pixels"
    assert clean(png_of(8064, 6048)).width == 4000


def test_a_damaged_or_foreign_file_is_told_apart():
    good = saved(corners(640, 640), "JPEG")
    assert refused(good[: len(good) // 2]) == "broken"
    assert refused(saved(corners(), "PNG")[:60]) == "broken"
    assert refused(saved(corners(), "GIF")) == "kind"
    assert refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>") == "kind"
    assert refused("你好".encode()) == "kind"
    assert refused(b"") == "empty"


def test_a_file_over_the_limit_is_refused_unread():
    stream = io.BytesIO(b"x" * (uploads.MAX_BYTES + 5))
    with pytest.raises(UploadProblem) as caught:
        uploads.read(stream)
    assert caught.value.code == "upload.too_large" and stream.tell() == uploads.MAX_BYTES + 1
    assert refused(b"x" * (uploads.MAX_BYTES + 1)) == "too_large"
    assert uploads.read(io.BytesIO(b"abc")) == b"abc"


def pdf_with(change=None, encrypt=None, box=(595, 842)):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(*box)
    if change:
        change(writer)
    if encrypt is not None:
        writer.encrypt(*encrypt, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_plain_pdf_is_kept_byte_for_byte():
    data = pdf_with(lambda writer: writer.add_blank_page(595, 842))
    assert clean(data) == Cleaned("application/pdf", "pdf", data, pages=2)


def content(data, **more):
    def change(writer):
        stream = StreamObject()
        stream._data = data
        stream.update({NameObject(f"/{key}"): value for key, value in more.items()})
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return change


def action(kind):
    def change(writer):
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): NameObject(kind)})

    return change


FLATE = NameObject("/FlateDecode")


@pytest.mark.parametrize(
    ("word", "made"),
    [
        ("encrypted", {"encrypt": ("open sesame",)}),
        ("encrypted", {"encrypt": ("", "owner")}),
        ("active", {"change": action("/JavaScript")}),
        ("active", {"change": action("/Launch")}),
        ("active", {"change": action("/SubmitForm")}),
        ("attached", {"change": lambda writer: writer.add_attachment("x.exe", b"MZ")}),
        ("huge_page", {"box": (20000, 842)}),
        ("huge_page", {"change": lambda w: w.pages[0].update({NameObject("/UserUnit"): FloatObject(75)})}),
        ("too_heavy", {"change": content(zlib.compress(b"\0" * (70 << 20)), Filter=FLATE)}),
        ("too_heavy", {"change": content(b"x", Filter=ArrayObject([FLATE, FLATE]))}),
        ("too_heavy", {"change": content(b"x", Filter=NameObject("/JBIG2Decode"))}),
        (
            "too_many_pixels",
            {
                "change": content(
                    b"x", Subtype=NameObject("/Image"), Width=NumberObject(10**6), Height=NumberObject(10**6)
                )
            },
        ),
    ],
)
def test_a_pdf_that_could_act_hide_or_burst_is_refused(word, made):
    assert refused(pdf_with(**made)) == word


def test_a_name_written_in_another_way_is_still_found():
    data = pdf_with(action("/Launch")).replace(b"/Launch", b"/#4caunch")
    assert refused(data) == "active"


def test_a_pdf_that_cannot_be_read_is_refused():
    good = pdf_with()
    assert refused(b"%PDF-1.7\n" + b"garbage " * 50) == "broken"
    assert refused(good[:40]) == "broken"
    assert refused(b"junk\n" + good) == "kind"


MATERIAL = {
    "bad_exif.jpg": None,
    "broken_80bytes.png": "broken",
    "cmyk.jpg": None,
    "corrupted.heic": "broken",
    "decompression_bomb.gif": "kind",
    "empty_0bytes.heic": "empty",
    "exif_gps_tiny.jpg": None,
    "exif_orientation6_portrait.jpg": None,
    "iphone_IMG_5195.HEIC": None,
    "jpg_small_invalid_105bytes.jpg": "broken",
    "pdf_bomb_giant.pdf": "too_heavy",
    "pdf_encrypted_r6_userpw.pdf": "encrypted",
    "pdf_evaljs.pdf": "active",
    "polyglot_mp3_jpg.mp3": None,
    "zip_unicode_names.zip": "kind",
}


@pytest.mark.parametrize(("name", "word"), MATERIAL.items())
def test_files_that_broke_other_programs(name, word):
    folder = os.environ.get("BANSHI_MATERIAL")
    if not folder:
        pytest.skip("BANSHI_MATERIAL names no folder of real material")
    data = Path(folder, "badfiles", name).read_bytes()
    if word:
        assert refused(data) == word
        return
    image = opened(clean(data))
    assert not image.getexif() and not image.info.get("icc_profile")
    if name == "exif_orientation6_portrait.jpg":
        assert image.height > image.width


def lzw(size):
    """About so many bytes of valid LZW: the table is cleared, then the longest strings of one letter follow."""
    bits = count = 0
    for _ in range(8):
        for code in [256] + [65] * 200:
            bits, count = (bits << 9) | code, count + 9
    block = bits.to_bytes(count // 8)
    return block * (size // len(block))


def test_page_content_that_takes_long_to_unpack_is_refused():
    assert refused(pdf_with(content(lzw(9 << 20), Filter=NameObject("/LZWDecode")))) == "too_heavy"
    clean(pdf_with(content(lzw(1 << 18), Filter=NameObject("/LZWDecode"))))


@pytest.mark.parametrize("mode", ["RGBA", "I;16"])
def test_a_picture_of_few_bytes_that_would_take_much_memory_is_refused_undecoded(mode):
    assert refused(saved(Image.new(mode, (7000, 7000)), "PNG")) == "too_many_pixels"


def test_the_largest_camera_s_photo_is_taken():
    cleaned = clean(saved(Image.new("RGB", (8064, 6048), "gray"), "JPEG", progressive=True))
    assert (cleaned.width, cleaned.height) == (4000, 3000)
