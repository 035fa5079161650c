"""cli/bench: our pages as Markdown, so that the yardstick builds the same content the usual way."""
from html.parser import HTMLParser

BLOCKS = {"p": "", "dt": "", "dd": ": ", "li": "- ", "summary": "", "caption": "", "h1": "# ", "h2": "## ", "h3": "### ",
          "h4": "#### ", "h5": "##### ", "h6": "###### "}


class _Reader(HTMLParser):
    """Blocks become lines, tables become pipes, links keep their address, pictures stand as they are."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.text, self.mark, self.cells, self.link = "", "", None, None
        self.picture = 0

    def handle_starttag(self, tag, attrs):
        if self.picture or tag == "svg":
            self.picture += tag == "svg"
            self.text += self.get_starttag_text()
        elif tag in BLOCKS:
            self._end()
            self.mark = BLOCKS[tag]
        elif tag == "tr":
            self._end()
            self.cells = []
        elif tag == "a":
            self.link = dict(attrs).get("href")
            self.text += "["

    def handle_endtag(self, tag):
        if self.picture:
            self.text += f"</{tag}>"
            self.picture -= tag == "svg"
            if not self.picture:
                self._end()
        elif tag in BLOCKS and self.cells is None:
            self._end()
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append(" ".join(self.text.split()).replace("|", "/"))
            self.text = ""
        elif tag == "tr":
            self._row()
        elif tag == "a":
            self.text += f"]({self.link})"

    def handle_startendtag(self, tag, attrs):
        self.text += self.get_starttag_text() if self.picture else ""

    def handle_data(self, data):
        self.text += data

    def _end(self):
        if self.cells is None and self.text.strip():
            self.lines += [self.mark + " ".join(self.text.split()), ""]
            self.text, self.mark = "", ""

    def _row(self):
        first = not self.lines or not self.lines[-1].startswith("|")
        self.lines += ([""] if first else []) + ["| " + " | ".join(self.cells) + " |"]
        if first:
            self.lines.append("|" + "---|" * len(self.cells))
        self.cells = None


def of(html: str) -> str:
    """The body of one of our pages as Markdown."""
    reader = _Reader()
    reader.feed(html.partition('<div id="main"')[2].partition(">")[2].partition("<footer")[0])
    reader._end()
    return "\n".join(reader.lines) + "\n"
