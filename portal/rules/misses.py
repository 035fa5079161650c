"""rules: which words of a search that found nothing are kept for the editors: words, and nothing that names a person."""
import re

from portal.rules import search

SHORTEST, LONGEST = 2, 30
_NUMBER = re.compile(r"\d{4,}")
_WORDS = re.compile(r"[㐀-鿿\U00020000-\U0003ffffa-z]")
_PERSON = re.compile(r"@|https?:|[<>{}]|(?:先生|女士|同志|身份证号|手机号|电话号码|我叫|名叫|姓名)")


def kept(query: str) -> str | None:
    """The words to be counted, folded and with one space between them; None where nothing of the query is kept.

    Who types a number of four digits or more, as of a telephone, an identity card or a case, may have typed a name with it:
    then nothing is kept, not only the number left out (Personal Information Protection Law, article 6: no more than needed).
    """
    folded = " ".join(search.fold(query).split())
    if not SHORTEST <= len(folded) <= LONGEST or _NUMBER.search(folded.replace(" ", "").replace("-", "")) or _PERSON.search(folded):
        return None
    if not all(sign.isprintable() for sign in folded) or len(_WORDS.findall(folded)) < SHORTEST:
        return None
    return folded
