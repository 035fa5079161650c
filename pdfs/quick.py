"""pdfs: what WeasyPrint works out again and again for every line and box of a paper is worked out once.

Each function here stands in the place of one of WeasyPrint's own and comes to the same bytes; only the lines of a chart are
set in another way, to the same look. They reach into its inside, so they are used with the one version that they were held
against (`tests/pdfs/test_quick.py`); any other works as it comes, only slower.
"""
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from io import StringIO
from math import inf
from typing import Any
from xml.etree import ElementTree

VERSION = "70.0"
"""Of WeasyPrint."""
SIDES = ("top", "right", "bottom", "left")
SIZES = (*(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES), *(f"border_{side}_width" for side in SIDES),
         *(f"{limit}{axis}" for limit in ("", "min_", "max_") for axis in ("width", "height")))
"""What a box gets from its style once the size of what holds it is known."""
CORNERS = tuple(f"border_{side}_radius" for side in ("top_left", "top_right", "bottom_right", "bottom_left"))

FEATURES = ("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric", "font_variant_alternates",
            "font_variant_east_asian", "font_feature_settings", "font_variation_settings", "font_language_override")
"""What asks more of a font than its letters, where it is not "normal"."""

DOCTYPE = "<!doctype html>"
NEVER_CLOSED = re.compile(r"<((?:br|img|input|meta)\b[^>]*)>")

Change = tuple[object, str, Any, Any]
"""Where a function stands, its name there, what stood there, and what stands there now."""


_one_at_a_time = threading.Lock()  # what stood there is looked up once, before it is replaced


def use() -> None:
    """From now on in this process."""
    with _one_at_a_time:
        for holder, name, _, ours in _changes():
            _put(holder, name, ours)


@contextmanager
def as_it_comes() -> Iterator[None]:
    """WeasyPrint without any of this, to be compared with."""
    for holder, name, theirs, _ in _changes():
        _put(holder, name, theirs)
    try:
        yield
    finally:
        use()


def _put(holder: object, name: str, value: object) -> None:
    if isinstance(holder, dict):
        holder[name] = value
    else:
        setattr(holder, name, value)


@cache
def _changes() -> tuple[Change, ...]:
    import weasyprint

    if weasyprint.__version__ != VERSION:
        return ()
    return (*_parsed(), *_styles(), *_boxes(), *_lines(), *_labels(), *_written())


def _everywhere(theirs: Callable, ours: Callable) -> list[Change]:
    """A function is also known by its name in the modules that import it."""
    return [(module, name, theirs, ours) for key, module in list(sys.modules.items()) if key.startswith(("weasyprint", "pydyf"))
            for name, value in list(vars(module).items()) if value is theirs]


def _parsed() -> list[Change]:
    """The papers' templates are as strict as XML but for elements that are never closed; whatever is not goes WeasyPrint's way."""
    import tinyhtml5

    theirs = tinyhtml5.parse

    def parse(document, **options):
        if isinstance(document, StringIO):
            try:
                root = ElementTree.fromstring(NEVER_CLOSED.sub(r"<\1/>", document.getvalue().removeprefix(DOCTYPE)))
            except ElementTree.ParseError:
                return theirs(document, **options)
            if root.tag == "html" and [one.tag for one in root] == ["head", "body"]:
                return root
        return theirs(document, **options)

    return [(tinyhtml5, "parse", theirs, parse)]


def _styles() -> list[Change]:
    """A property that no rule names is its parent's, or the initial one; only the others need WeasyPrint's way."""
    from weasyprint.css import ComputedStyle
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    theirs = ComputedStyle.__missing__
    plain = {key for key in INITIAL_VALUES if key not in {"page", "position", "float", "display"} and not key.startswith("text_decoration_")}
    inherited = plain & INHERITED
    initial = {key: INITIAL_VALUES[key] for key in plain - INHERITED - set(INITIAL_NOT_COMPUTED)}
    logical = {(key, direction): function(block="ttb", inline=direction)
               for key, function in PHYSICAL_FUNCTIONS.items() for direction in ("ltr", "rtl")}

    def missing(self, key):
        if key in self.cascaded or (key in PHYSICAL_FUNCTIONS and logical[key, self["direction"]] in self.cascaded):
            return theirs(self, key)
        if key in initial:
            value = self[key] = initial[key]
            return value
        if key in inherited and self.parent_style is not None:
            value = self.parent_style[key]
            if isinstance(value, str | int | float) or not check_math(value):
                self[key] = value
                return value
        return theirs(self, key)

    return [(ComputedStyle, "__missing__", theirs, missing)]


def _boxes() -> list[Change]:
    """Sizes of boxes of one style in one place are the same. What stands for a box in its place is none."""
    from weasyprint.formatting_structure.boxes import Box, PageBox
    from weasyprint.layout import percent

    sizes, radii = percent.resolve_percentages, percent.resolve_radii_percentages
    square, no_radii = ((0, "px"), (0, "px")), dict.fromkeys(CORNERS, (0, 0))

    def resolve_percentages(box, containing_block):
        style = box.style
        if style["border_collapse"] == "collapse" or isinstance(box, PageBox) or not isinstance(box, Box):
            return sizes(box, containing_block)
        held = (containing_block.width, containing_block.height) if isinstance(containing_block, Box) else tuple(containing_block)
        known = style.__dict__.setdefault("known_sizes", {})
        found = known.get(held)
        if found is None:
            sizes(box, containing_block)
            known[held] = {name: getattr(box, name) for name in SIZES}
        else:
            box.__dict__.update(found)

    def resolve_radii_percentages(box):
        style = box.style
        known = style.__dict__.get("known_square")
        if known is None:
            known = style.known_square = all(style[corner] == square for corner in CORNERS)
        if known and isinstance(box, Box):
            box.__dict__.update(no_radii)
        else:
            radii(box)

    def is_in_normal_flow(self):
        position = self.style["position"]
        return self.style["float"] == "none" and isinstance(position, str) and position not in ("absolute", "fixed")

    return [*_everywhere(sizes, resolve_percentages), *_everywhere(radii, resolve_radii_percentages),
            (Box, "is_in_normal_flow", Box.is_in_normal_flow, is_in_normal_flow)]


def _lines() -> list[Change]:
    """A style's font is described once, and kept with the font configuration that it is looked up in; each thread keeps its own,
    for what Pango is asked with is not made for two at a time."""
    from weasyprint.text import line_break
    from weasyprint.text.constants import PANGO_DIRECTION
    from weasyprint.text.ffi import ffi, gobject, pango

    name, setup, strut = line_break._font_style_cache_key, line_break.Layout.setup, line_break.strut

    def high(style):
        known = style.__dict__.get("known_strut")
        if known is None:
            known = style.known_strut = strut(style)
        return known

    def named(style, include_size=False):
        known = style.__dict__.setdefault("known_names", {})
        if include_size not in known:
            known[include_size] = name(style, include_size)
        return known[include_size]

    def described(style, language):
        context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
        if style["lang"]:
            pango.pango_context_set_language(context, language)
        return context, line_break.get_font_description(style), language

    def set_up(self, style):
        known = style.__dict__.get("known_font")
        if known is None:
            if style["text_decoration_line"] != "none" or style["font_kerning"] != "auto" or any(style[one] != "normal" for one in FEATURES):
                return setup(self, style)
            kept = style.font_config.__dict__.setdefault("known_fonts", {})
            key = named(style), style["font_size"], style["direction"], threading.get_ident()
            if key not in kept:
                setup(self, style)
                kept[key] = described(style, self.language)
            known = style.known_font = kept[key]
        context, description, self.language = known
        self.style, self.first_line_direction = style, 0
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, description)

    return [*_everywhere(name, named), *_everywhere(strut, high), (line_break.Layout, "setup", setup, set_up)]


def _labels() -> list[Change]:
    """A line of text in a chart (`portal/publishing/drawing.py`), each with its place, is laid out whole and moved to the
    middle by its width: not letter by letter, each line as a picture of its own within the picture."""
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.svg import TAGS
    from weasyprint.svg.text import Style, TextBox
    from weasyprint.svg.utils import color
    from weasyprint.text.line_break import split_first_line

    def styled(fonts, families, size):
        kept = fonts.__dict__.setdefault("known_labels", {})
        key = families, size, threading.get_ident()
        if key not in kept:
            style = kept[key] = Style(INITIAL_VALUES)
            style.update(font_family=[one.strip() for one in families.split(",")], font_size=size)
            style.font_config = fonts
        return kept[key]

    def label(svg, node, size):
        if not node.text:
            return
        style = styled(svg.font_config, node.get("font-family", "sans-serif"), size)
        layout, _, _, width, *_ = split_first_line(node.text, style, svg.context, inf, 0)
        x, y = svg.point(node.get("x"), node.get("y"), size)
        x -= width * {"middle": 0.5, "end": 1}.get(node.get("text-anchor"), 0)
        svg.stream.set_color(color(node.get("fill", "black")))
        layout.reactivate(style)
        svg.stream.begin_text()
        draw_first_line(svg.stream, TextBox(layout, style), "none", "none", Matrix(d=-1, e=x, f=y))
        svg.stream.end_text()
        layout.deactivate()

    return [(TAGS, tag, TAGS[tag], label) for tag in ("text", "tspan")]


def _written() -> list[Change]:
    """Most of a PDF is bytes, whole numbers and short words."""
    import pydyf

    theirs = pydyf._to_bytes

    def to_bytes(item):
        kind = type(item)
        if kind is bytes:
            return item
        if kind is str or kind is int:
            return str(item).encode("ascii")
        return theirs(item)

    return _everywhere(theirs, to_bytes)
