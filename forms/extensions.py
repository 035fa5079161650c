"""forms: an extension of a case: asked for with days and reason, approved, or refused with reasons (article 42)."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import StopValidation

from forms.base import at_most
from forms.cases import LONGEST, Act, written
from portal.rules.extensions import cites


class Ask(Act):
    """`most` working days at most; `licence` tells whether article 42 itself allows it."""

    days = StringField(_l("延长几个工作日"), render_kw={"inputmode": "numeric", "maxlength": "2", "autocomplete": "off"})
    basis = StringField(_l("延长的依据"), description=_l("这个事项不是行政许可，写明允许延长的规定和条款，如《某某办法》第几条。"))
    reason = TextAreaField(_l("理由"), description=_l("会写进延长办理期限告知书，送给申请人。"))

    def __init__(self, formdata=None, *, most: int, licence: bool, **more):
        super().__init__(formdata, **more)
        self.most = most
        self.days.description = _("1 到 %(n)d 个工作日，只能延长一次。", n=most)
        if licence:
            del self.basis

    def validate(self, extra_validators=None):
        return super().validate({"days": [self._in_bounds], "basis": [_cited, at_most(200)], "reason": [written(_("请写明理由。")), at_most(LONGEST)]})

    def _in_bounds(self, form, field) -> None:
        typed = (field.data or "").strip()
        if not typed.isascii() or not typed.isdigit() or not 0 < int(typed) <= self.most:
            raise StopValidation(_("请写 1 到 %(n)d 之间的整数。", n=self.most))


class Approve(Act):
    """`joint`: the head of the government approves it too (article 42)."""

    government = StringField(_l("本级人民政府负责人的批准"), description=_l("多个部门联合办理的，写明批准人的姓名、职务和文号，会写进告知书。"))

    def __init__(self, formdata=None, *, joint: bool, **more):
        super().__init__(formdata, **more)
        if not joint:
            del self.government

    def validate(self, extra_validators=None):
        return super().validate({"government": [written(_("请写明本级人民政府负责人批准的情况。")), at_most(200)]})


class Refuse(Act):
    why = TextAreaField(_l("不批准的理由"))

    def validate(self, extra_validators=None):
        return super().validate({"why": [written(_("请写明理由。")), at_most(LONGEST)]})


def _cited(form, field) -> None:
    if not cites(field.data or ""):
        raise StopValidation(_("请写明规定的名称和条款，如《某某办法》第十条。"))
