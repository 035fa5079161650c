"""The manuals' way into the code: the tables that a page asks for are made when it is built."""
from portal.cli.manual_parts import filled


def on_page_markdown(markdown, page, config, files):
    return filled(markdown)
