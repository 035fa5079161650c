"""forms: how a notice was told, or why not: the way, the day, the evidence. What stands against a way stands beside it."""
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from forms.base import Base, at_most
from forms.cases import LONGEST, Choices, chosen, written
from forms.items import a_day, day_of
from portal.rules.serving import EXPLAINED, Way

SERVED, FAILED = "served", "failed"


class Serve(Base):
    """One try to tell a notice. `ways` are all that there are; which are open, the action says."""

    result = RadioField(_l("结果"), validate_choice=False)
    way = RadioField(_l("怎样送的"), validate_choice=False)
    day = StringField(_l("哪一天"), description=_l("送到或者没有送到的那一天，写成 2026-12-01 的样子。公告送达的，写公告的那一天。"),
                      render_kw={"type": "date", "autocomplete": "off"})
    receiver = StringField(_l("谁签收的"), description=_l("申请人本人签收的不用填。"), render_kw={"autocomplete": "off"})
    consents = BooleanField(_l("申请人同意电子送达"))
    failure = SelectField(_l("为什么没有送到"), validate_choice=False)
    words = TextAreaField(_l("证据或者情况"), description=_l("邮寄的写邮件号，留置的写见证人和照片，公告的写登在哪里、贴在哪里；没有送到的写清经过。"),
                          render_kw={"rows": "3"})

    def __init__(self, formdata=None, *, ways: Choices, failures: Choices, today: date, consented: bool, **more):
        super().__init__(formdata, **more)
        self.result.choices = [(SERVED, _("已经送到")), (FAILED, _("没有送到"))]
        self.way.choices = list(ways)
        self.failure.choices = [("", _("请选择")), *failures]
        if formdata is None:
            self.result.data, self.day.data = SERVED, today.isoformat()
        if consented:
            del self.consents

    def validate(self, extra_validators=None):
        is_served = self.result.data == SERVED
        explained = is_served and self.way.data in EXPLAINED
        return super().validate({
            "result": [chosen(_("请选择送到了没有。"))],
            "way": [chosen(_("请选择怎样送的。"))],
            "day": [written(_("请写日期。")), a_day],
            "failure": [] if is_served else [chosen(_("请选择为什么没有送到。"))],
            "words": [*([written(_("请写明送达的证据。"))] if explained else []), at_most(LONGEST)],
            "receiver": [at_most(100)],
        })

    @property
    def read_way(self) -> Way:
        return Way(self.way.data)

    @property
    def read_day(self) -> date:
        return day_of(self.day.data)
