"""forms: a year of the calendar as an administrator keeps it: its days, a second source, where they are from, and why."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import StopValidation

from forms.base import Base, at_most, required
from portal import languages
from portal.actions.calendars import LONGEST
from portal.rules.calendar import CalendarProblem
from portal.rules.calendar_year import read

MAX_BYTES = 200_000
EACH = 20_000
"""Characters of the days as lines: a year of 366 lines has fewer."""


class Year(Base):
    """`seen` is the digest of the year that she had before her, `checked` that of the days whose differences she saw. A file
    that is handed in takes the place of the days. `found` and `second_found` are what was read."""

    seen, checked = HiddenField(), HiddenField()
    days = TextAreaField(_l("放假和调休"), render_kw={"rows": "14", "spellcheck": "false"})
    file = FileField(_l("或者选一个文件"), description=_l("同样写法的文本，或者节假日 JSON，最大 200 KB；选了文件就不看上面写的。"),
                     render_kw={"accept": ".txt,.csv,.json"})
    second = TextAreaField(_l("第二来源"), render_kw={"rows": "4", "spellcheck": "false"},
                           description=_l("同一年从另一处抄来的，写法一样，只用来核对；留空则用随程序的日历核对。"))
    official = RadioField(_l("国务院的放假通知"), choices=[("yes", _l("已公布，照通知写")), ("no", _l("还没有公布，日期仍算暂定"))])
    source = StringField(_l("来源"), description=_l("通知的名称和文号。"))
    reason = StringField(_l("为什么改"))

    def __init__(self, formdata=None, files=None, *, year: int, **more):
        super().__init__(formdata, **more)
        self.year, self.found, self.second_found = year, {}, {}
        self.days.description = _("一行一天：日期、休或班、名称，如 %(year)d-10-01 休 国庆节。周末本来就休，可以不写。", year=year)
        sent = files.get("file") if files else None
        content = sent.stream.read(MAX_BYTES + 1) if sent and sent.filename else None
        self.too_large = bool(content and len(content) > MAX_BYTES)
        if content and not self.too_large:
            self.days.data = content.decode("utf-8-sig", "replace")

    def validate(self, extra_validators=None):
        return super().validate({"days": [self._days], "second": [self._second, at_most(EACH)], "official": [required(_("请选择通知是否已公布。"))],
                                 "source": [required(_("请写明来源。")), at_most(LONGEST)], "reason": [required(_("请写明理由。")), at_most(LONGEST)]})

    def _days(self, form, field) -> None:
        if self.too_large:
            raise StopValidation(_("文件超过 200 KB，没有收下。"))
        self.found = self._read(field.data)

    def _second(self, form, field) -> None:
        self.second_found = self._read(field.data)

    def _read(self, text: str | None):
        try:
            return read(text or "", self.year)
        except CalendarProblem as problem:
            raise StopValidation(problem.text.said(languages.current())) from problem
