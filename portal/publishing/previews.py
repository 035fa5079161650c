"""publishing: a revision as it will look, by the same functions that publish it, and marked so that nobody takes it for public."""
from dataclasses import replace

from markupsafe import Markup

from portal.publishing import guide_page, pages, paper_forms
from portal.publishing.blocks import Flow, GuidePage, Section
from portal.publishing.edition import Edition, PublishedGuide
from portal.rules.guide.text import Text

GUIDE, FORM, FILLED = "guide", "form", "filled"
PAPERS = (GUIDE, FORM, FILLED)


def mark(number: int, state: Text, *, in_force: bool) -> Text:
    """What stands on every preview: which revision it is, in which state, and that nobody may go by it."""
    if in_force:
        return Text(zh=f"预览：第{number}版（{state.zh}）。办事请以公众网站为准。",
                    en=f"Preview: revision {number} ({state.said('en')}). What counts is the public site.")
    return Text(zh=f"预览：第{number}版（{state.zh}），不是现行指南，不能作为办事依据。",
                en=f"Preview: revision {number} ({state.said('en')}). This is not the guide in force; nobody may rely on it.")


def held(number: int, since: str, since_en: str, until: str = "", until_en: str = "") -> Text:
    """What stands on a revision that was published: the days from and, where it ended, to which it held."""
    if not until:
        return Text(zh=f"第{number}版，{since}起生效。", en=f"Revision {number}, in force since {since_en}.")
    return Text(zh=f"第{number}版，{since}至{until}有效，现已失效，不能作为办事依据。",
                en=f"Revision {number}, in force from {since_en} to {until_en}. It holds no more; nobody may rely on it.")


def page(edition: Edition, guide: PublishedGuide, locale: str, mark: Text) -> Markup:
    """The body of the guide's page, all places on it, without the buttons that lead on."""
    return pages.guide_body(_marked(edition, guide, locale, mark), preview=True)


def charts(edition: Edition, guide: PublishedGuide, locale: str) -> list[tuple[Section, GuidePage]]:
    """The sections that hold the charts, one a variant, each with nothing but its chart."""
    view = guide_page.facts(guide, edition, locale, whole=True)
    return [(section, view) for part in view.sections for section in _flows(part)]


def paper(edition: Edition, guide: PublishedGuide, locale: str, kind: str, mark: Text) -> bytes:
    """The bytes of a paper of that kind. Raises `pdfs.engine.PressProblem`."""
    from pdfs import blanks, guides  # loads a layout engine, which no page needs

    if kind == GUIDE:
        return guides.render(_marked(edition, guide, locale, mark))
    form = paper_forms.form(guide, edition, filled=kind == FILLED)
    return blanks.render(form | {"sample": "　".join(filter(None, (mark.zh, form["sample"])))})


def _marked(edition: Edition, guide: PublishedGuide, locale: str, mark: Text) -> GuidePage:
    view = guide_page.facts(guide, edition, locale, whole=True)
    return replace(view, sample="　".join(filter(None, (mark.said(locale), view.sample))))


def _flows(section: Section) -> list[Section]:
    flows = tuple(block for block in section.blocks if isinstance(block, Flow))
    own = [replace(section, blocks=flows, sections=(), folds=False)] if flows else []
    return own + [found for inner in section.sections for found in _flows(inner)]
