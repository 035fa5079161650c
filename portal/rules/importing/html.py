"""rules/importing: a bare HTML page as lines of text; a row of a table is one line, its cells between bars."""
import re
from html.parser import HTMLParser

_HIDDEN = {"script", "style", "noscript", "template", "svg", "select", "button"}
_BREAKING = {"p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header",
             "footer", "table", "tr", "hr", "pre", "blockquote", "title", "body", "main", "nav", "form", "fieldset", "legend"}
MAX_SPAN = 50


class _Reader(HTMLParser):
    """Collects lines; inside a cell, breaks become spaces, and a cell that spans rows is repeated in each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.title = ""
        self._text: list[str] = []
        self._hidden = 0
        self._in_title = False
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1
        self._above: dict[int, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "title":
            self._in_title = True
        elif tag == "table":
            self._end_row()
            self._above = {}
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
            span = dict(attrs).get("rowspan") or "1"
            self._span = min(int(span), MAX_SPAN) if span.isdecimal() and len(span) < 4 else 1
            self._cell = []
        if tag in _BREAKING:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "title":
            self._in_title = False
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()
        if tag in _BREAKING:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._hidden:
            (self._text if self._cell is None else self._cell).append(re.sub(r"[ \t\r\n]+", " ", data))

    def close(self) -> None:
        super().close()
        self._end_row()
        self._break()

    def _break(self) -> None:
        if self._cell is not None:
            self._cell.append("\n")
            return
        line = "".join(self._text).strip()
        self._text = []
        if line:
            self.lines.append(line)

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        self._fill()
        said = re.sub(r"\s*\n\s*", "\n", "".join(self._cell)).strip()
        if self._span > 1:
            self._above[len(self._row)] = (self._span, said)
        self._row.append(said)
        self._cell, self._span = None, 1

    def _fill(self) -> None:
        """Puts in the cells that reach down from the rows above."""
        while self._row is not None and self._above.get(len(self._row), (0, ""))[0] > 1:
            place = len(self._row)
            left, said = self._above[place]
            self._above[place] = (left - 1, said)
            self._row.append(said)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._fill()
            if any(self._row):
                self.lines += _line(self._row)
        self._row = None


def _line(cells: list[str]) -> list[str]:
    """A row as lines: a single cell as it is, label and a long value one below the other, else cells between bars."""
    if len(cells) == 1:
        return cells[0].split("\n")
    if len(cells) == 2 and "\n" in cells[1]:
        return [cells[0].replace("\n", ""), *cells[1].split("\n")]
    return [" | ".join(re.sub(r"[\n|]+", " ", cell) for cell in cells)]


def read(markup: str) -> tuple[str, str | None]:
    """The text of the page in lines, and its title."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return "\n".join(reader.lines), reader.title.strip() or None
