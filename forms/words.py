"""forms: a row of the county's list of words: what people say, and what guides say for it."""
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField

from forms.base import Base
from portal.languages import current
from portal.rules import synonyms


class Word(Base):
    """`word` and `means` as typed; `people` and `offices` as they are kept, once it was validated. `version` is that of the
    row that she had before her, empty for a new one."""

    word = StringField(_l("群众怎么说"), description=_l("一个词，比如俗称、简称、旧名称。"), render_kw={"autocomplete": "off"})
    means = TextAreaField(_l("指南里怎么说"), description=_l("指南名称或俗称里有的词，一行一个。搜左边的词时，这些也一并查找。"), render_kw={"rows": "3"})
    version = HiddenField()

    people: str = ""
    offices: list[str] = []

    def validate(self, extra_validators=None):
        super().validate()
        self.people, self.offices = synonyms.word(self.word.data or ""), synonyms.meanings(self.means.data or "")
        for name, said in synonyms.faults(self.people, self.offices).items():
            self[name].errors = [said.said(current())]
        return not self.errors_at()
