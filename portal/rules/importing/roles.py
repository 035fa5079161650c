"""rules/importing: who does what at which tier, where a page says it: the county decides, the township advises, the village hands out."""
import re

from portal.rules.guide.codes import Role
from portal.rules.guide.offering import Offering
from portal.rules.guide.text import Text
from portal.rules.importing.characters import folded
from portal.rules.importing.draft import Draft

_ADVISES = re.compile(r"(?P<place>[\u4e00-\u9fff]{1,10}?(?:乡镇|乡|镇|街道|村|社区))(?:便民服务中心)?(?:仅|只)(?:可以?|能|提供|接受|限)?咨询")
_DECIDES = re.compile(r"由(?P<place>(?:市|县|区|县区|乡镇|乡|镇|街道)级?)(?:负责)?(?:承办|办理|审批)")
_VILLAGE = re.compile(r"(?:发至|发到|送至|送到|转交)(?P<place>村(?:\(社区\)|、社区|居委会)?|社区)[^。；;]{0,30}领取")


def read(draft: Draft) -> None:
    """Adds an offering for each tier that the page's own words give another role; the first offering is the one that decides."""
    where = draft.get("window.address")
    steps = draft.get("guide.procedure_offline")
    words = folded(where.zh if where else "")
    advises = _ADVISES.search(words)
    decides = _DECIDES.search(words)
    village = _VILLAGE.search(folded(steps.zh if steps else ""))
    if decides:
        draft.put("offering.place_name", Text(zh=decides["place"]))
        draft.put("offering.roles", [Role.DECIDES])
    if advises:
        draft.add("others.offerings", Offering(place_name=Text(zh=advises["place"]), roles=[Role.ADVISES]))
    if village:
        draft.add("others.offerings", Offering(place_name=Text(zh=village["place"]), roles=[Role.HANDS_OUT]))
