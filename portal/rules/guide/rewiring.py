"""rules/guide: what is said when a stage goes and others were tied to it, and what a copied row is called."""
from portal.rules.guide.text import Text

NAMELESS = Text(zh="没有名称的环节", en="a stage without a name")

COPY = Text(zh="（新）", en=" (new)")
"""What the name of a copied situation has at its end, until somebody gives it one of its own."""


def waits(who: Text, gone: Text, now: list[Text]) -> Text:
    """Whom a stage waits for now that the one it waited for is gone."""
    if not now:
        return Text(zh=f"“{who.zh}”原来等“{gone.zh}”，现在不等任何环节。", en=f"“{who.said('en')}” waited for “{gone.said('en')}”; now it waits for none.")
    zh, en = "、".join(f"“{one.zh}”" for one in now), ", ".join(f"“{one.said('en')}”" for one in now)
    return Text(zh=f"“{who.zh}”原来等“{gone.zh}”，现在等{zh}。", en=f"“{who.said('en')}” waited for “{gone.said('en')}”; now it waits for {en}.")


def leads(who: Text, gone: Text, to: Text | None) -> Text:
    """Where an outcome leads back to now that its stage is gone; None: it is to be chosen anew."""
    if to is None:
        return Text(zh=f"“{who.zh}”有一种结果退回到“{gone.zh}”，退到哪里请另选。",
                    en=f"An outcome of “{who.said('en')}” led back to “{gone.said('en')}”; choose where it leads now.")
    return Text(zh=f"“{who.zh}”有一种结果退回到“{gone.zh}”，现在退回到“{to.zh}”。",
                en=f"An outcome of “{who.said('en')}” led back to “{gone.said('en')}”; now it leads back to “{to.said('en')}”.")
