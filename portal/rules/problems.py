"""rules: a refusal that a person can read.

Every failure that a caller may show carries a stable code, for the program, and a sentence in both
languages, for the person: what is wrong and what to do.
"""

from portal.rules.guide.text import Text


class Problem(ValueError):
    """Something was refused. `code` is a stable word, `text` the sentence to show."""

    def __init__(self, code: str, zh: str, en: str):
        super().__init__(f"{code}: {zh} / {en}")
        self.code = code
        self.text = Text(zh=zh, en=en)
