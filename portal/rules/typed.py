"""rules: what people type, brought to one form before it is read.

Phones type full-width digits, several kinds of dash, and spaces where a number was grouped; none of
that is the person's mistake.
"""

import re
import unicodedata

# Every Unicode dash, and the long vowel mark that a Chinese keyboard gives for one.
_SEPARATORS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\-\u2010-\u2015\u2212\u30fc\ufe58\uff0d_.·]+")


def folded(typed: str) -> str:
    """Half-width, upper case, without spaces, dashes, dots or invisible characters."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).upper()
