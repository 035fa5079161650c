"""views: answers to htmx: what is wrong with a form takes the place of the old form, and nothing else of the page moves."""
from portal import web


def in_place(html: str, status: int, target: str):
    """A page with what is wrong in it; where htmx sent the form, only the part of that id takes the old one's place."""
    headers = {"HX-Retarget": f"#{target}", "HX-Reselect": f"#{target}", "HX-Reswap": "outerHTML show:top"}
    return html, status, headers if web.wants_piece() else {}
