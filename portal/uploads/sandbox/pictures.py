"""uploads/sandbox: pictures. The pixels are drawn anew, and nothing else of the file survives."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError
from refusal import Refused

MAX_PIXELS = 50_000_000
"""A little more than the largest telephone camera (48 million)."""
HELD = 256 << 20
"""Bytes that the pixels may take while they are worked on, of the memory that `__main__` allows."""
BYTES_A_PIXEL = {"1": 2, "L": 1, "P": 5, "RGB": 4, "I;16": 11, "I": 9}
"""What a pixel of a mode takes at the most, with the copies that are made on the way; 9 where there is transparency."""
MAX_EDGE = 4000
"""Pixels; A4 at 300 dpi has 3508, which keeps the small print legible."""
JPEG_QUALITY, PNG_EFFORT = 85, 3
"""Of PNG's nine: a large picture at the usual six takes more processor time than a sandbox has."""
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def picture(data: bytes) -> tuple[dict[str, object], bytes]:
    """A new file of the same picture: turned upright, at most MAX_EDGE pixels long, without anything that was
    beside the pixels (EXIF, position, colour profile, thumbnails, further frames, other formats' bytes).

    A PNG stays one where it is not made smaller or has transparency; as a PNG a scan would grow where it shrinks.
    """
    image = _opened(data)
    if image.width * image.height > MAX_PIXELS:
        raise Refused("too_many_pixels")
    if image.width < 2 or image.height < 2:
        raise Refused("broken")
    transparent = image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info
    keep_png = image.format == "PNG" and (transparent or max(image.size) <= MAX_EDGE)
    turn = _orientation(image)
    try:
        times = max(image.size) // MAX_EDGE
        if times > 1:  # a JPEG is decoded at half or a quarter of its size already
            image.draft(None, (image.width // times, image.height // times))
        if image.width * image.height * (9 if transparent else BYTES_A_PIXEL.get(image.mode, 9)) > HELD:
            raise Refused("too_many_pixels")
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("broken") from error
    image = _plain(image, keep_png)
    image.thumbnail((MAX_EDGE, MAX_EDGE))
    if turn is not None:
        image = image.transpose(turn)
    fresh = Image.new(image.mode, image.size)
    fresh.paste(image)
    out = BytesIO()
    if keep_png:
        fresh.save(out, "PNG", compress_level=PNG_EFFORT)
    else:
        fresh.save(out, "JPEG", quality=JPEG_QUALITY)
    facts = {"type": "image/png" if keep_png else "image/jpeg", "width": fresh.width, "height": fresh.height}
    return facts, out.getvalue()


def _opened(data: bytes):
    """The picture, its header read and nothing decoded."""
    try:
        if data[4:8] == b"ftyp":
            import pillow_heif

            heif = pillow_heif.open_heif(data)
            if heif.size[0] * heif.size[1] > MAX_PIXELS:
                raise Refused("too_many_pixels")
            # libheif has turned it upright already; what is left of the metadata would turn it twice.
            image = heif.to_pillow()
            image.info.clear()
            return image
        return Image.open(BytesIO(data), formats=["JPEG", "PNG"])
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, RuntimeError, EOFError) as error:
        raise Refused("broken") from error


def _orientation(image):
    """How to turn the picture upright, from its EXIF; damaged EXIF turns nothing."""
    if image.format is None:
        return None
    try:
        return TURNS.get(image.getexif().get(ORIENTATION))
    except Exception:  # what is not pixels is not worth a refusal, and EXIF breaks in many ways
        return None


def _plain(image, keep_png: bool):
    """In a mode that the new file can hold; transparency of a PNG stays, a JPEG has none."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        # Sixteen bits a pixel; plain conversion would cut off instead of scaling.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if keep_png and ("transparency" in image.info or image.mode in ("PA", "La", "RGBa")):
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")  # black and white alone would shrink to dots
    held = ("L", "LA", "RGB", "RGBA") if keep_png else ("L", "RGB")
    return image if image.mode in held else image.convert("RGB")
