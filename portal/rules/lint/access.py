"""rules/lint: ways to apply, visits and delivery: they agree with each other, and the staffed window stays."""
from collections.abc import Iterator

from portal.rules.guide.codes import DeliveryWay, OnlineDepth, Way
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.sources import MODEL, SENSE, WINDOW_STAYS, city

ONLINE = {Way.ONLINE, Way.PHONE_APP}
TO_THE_DOOR = {Way.MAIL, Way.VISIT}
STAFFED = {Way.WINDOW, Way.VISIT, Way.HELPER}
NO_REASON = {"无", "无。", "/", "-", "—", "不需要", "无需到场"}
ACCEPTED_ONLINE = {OnlineDepth.III, OnlineDepth.IV}


def no_way(subject: Subject) -> Iterator[Place]:
    if not subject.guide.access.ways:
        yield place("/guide/access/ways")


def visits_untold(subject: Subject) -> Iterator[Place]:
    if subject.guide.access.visits is None:
        yield place("/guide/access/visits")


def visit_without_reason(subject: Subject) -> Iterator[Place]:
    visits = subject.guide.access.visits
    if visits and visits.times and (visits.reason is None or visits.reason.zh in NO_REASON):
        yield place("/guide/access/visits/reason", times=visits.times)


def reason_without_visit(subject: Subject) -> Iterator[Place]:
    visits = subject.guide.access.visits
    if visits and not visits.times and visits.reason and visits.reason.zh not in NO_REASON:
        yield place("/guide/access/visits/reason")


def no_visit_no_mail(subject: Subject) -> Iterator[Place]:
    access = subject.guide.access
    if access.visits and not access.visits.times and not {*access.ways} & (ONLINE | TO_THE_DOOR):
        yield place("/guide/access/ways")


def fully_online_with_visit(subject: Subject) -> Iterator[Place]:
    access = subject.guide.access
    if access.online_depth is OnlineDepth.IV and access.visits and access.visits.times:
        yield place("/guide/access/visits/times", times=access.visits.times)


def online_depth_without_way(subject: Subject) -> Iterator[Place]:
    access = subject.guide.access
    if access.online_depth in ACCEPTED_ONLINE and access.ways and not {*access.ways} & ONLINE:
        yield place("/guide/access/online_depth", depth=access.online_depth)


def online_denied(subject: Subject) -> Iterator[Place]:
    access = subject.guide.access
    if access.online is False and (Way.ONLINE in access.ways or access.online_depth in ACCEPTED_ONLINE):
        yield place("/guide/access/online")


def nobody_at_the_window(subject: Subject) -> Iterator[Place]:
    ways = subject.guide.access.ways
    if ways and not {*ways} & STAFFED:
        yield place("/guide/access/ways")


def no_delivery(subject: Subject) -> Iterator[Place]:
    if not subject.guide.delivery:
        yield place("/guide/delivery")


def pick_up_without_visit(subject: Subject) -> Iterator[Place]:
    visits = subject.guide.access.visits
    if visits and not visits.times and set(subject.guide.delivery) == {DeliveryWay.PICK_UP}:
        yield place("/guide/delivery")


def express_denied(subject: Subject) -> Iterator[Place]:
    if subject.guide.access.express is False and DeliveryWay.MAIL in subject.guide.delivery:
        yield place("/guide/access/express")


def express_without_mail(subject: Subject) -> Iterator[Place]:
    mailed = DeliveryWay.MAIL in subject.guide.delivery or Way.MAIL in subject.guide.access.ways
    if subject.guide.access.express and not mailed:
        yield place("/guide/access/express")


RULES = [
    Rule("L-ACCESS-01", ERROR, MODEL,
         both("没有写办理形式。", "No way to apply is given."),
         both("填写<access.ways>，如窗口办理、网上办理。", "State <access.ways>, such as window and online."),
         no_way),
    Rule("L-ACCESS-02", ERROR, city(4),
         both("没有写到办事现场次数。", "The number of visits is not stated."),
         both("填写<access.visits.times>；不用到场写 0。", "State <access.visits.times>; 0 where nobody has to come."),
         visits_untold),
    Rule("L-ACCESS-03", ERROR, city(4),
         both("要到现场{times}次，却没有写必须到场的原因。", "{times} visit(s) are asked for without a reason."),
         both("写明<access.visits.reason>，或把次数改为 0。", "State the <access.visits.reason>, or make it 0."),
         visit_without_reason),
    Rule("L-ACCESS-04", ERROR, city(5),
         both("到现场次数为 0，却写了必须到场的原因。", "No visit is needed, yet a reason for visiting is given."),
         both("删去原因，或改正次数。", "Take the reason out, or correct the number."),
         reason_without_visit),
    Rule("L-ACCESS-05", ERROR, city(6),
         both("到现场次数为 0，又不能网上办，办理形式里却没有邮寄。",
              "No visit and not online, yet the ways to apply offer no mail."),
         both("办理形式加上快递申请或网上办理，或改正次数。", "Offer mail or online, or correct the number of visits."),
         no_visit_no_mail),
    Rule("L-ACCESS-06", ERROR, city(7),
         both("全程网办（IV级），却要到现场{times}次。", "Entirely online (IV), yet {times} visit(s) are asked for."),
         both("把次数改为 0，或降低网办深度。", "Make the visits 0, or lower the online depth."),
         fully_online_with_visit),
    Rule("L-ACCESS-07", ERROR, SENSE,
         both("网办深度为{depth}，办理形式里却没有网上办理。", "The online depth is {depth}, yet no online way to apply is offered."),
         both("办理形式加上网上办理，或改正网办深度。", "Offer the online way, or correct the depth."),
         online_depth_without_way),
    Rule("L-ACCESS-08", ERROR, SENSE,
         both("写了不能网上办，办理形式或网办深度却说可以。",
              "It is called not available online, yet the ways or the depth say otherwise."),
         both("改正<access.online>，或改办理形式和网办深度。", "Correct <access.online>, or the ways and the depth."),
         online_denied),
    Rule("L-ACCESS-09", WARNING, WINDOW_STAYS,
         both("办理形式里没有窗口、上门或帮办，不会用手机的人办不了。",
              "No window, home visit or helper is offered: who uses no phone is left out."),
         both("保留窗口办理。", "Keep the window."),
         nobody_at_the_window),
    Rule("L-ACCESS-10", ERROR, MODEL,
         both("没有写结果怎样送达。", "Nothing says how the result is delivered."),
         both("填写<delivery>，如窗口领取、邮寄送达。", "State <delivery>, such as pick-up or mail."),
         no_delivery),
    Rule("L-ACCESS-11", ERROR, SENSE,
         both("到现场次数为 0，结果却只能到窗口领取。", "No visit is needed, yet the result can only be picked up."),
         both("加上邮寄或电子送达，或改正次数。", "Offer mail or electronic delivery, or correct the visits."),
         pick_up_without_visit),
    Rule("L-ACCESS-12", ERROR, SENSE,
         both("写了不支持物流快递，送达方式却有邮寄。", "Express is denied, yet results are delivered by mail."),
         both("改正<access.express>或送达方式。", "Correct <access.express> or the delivery."),
         express_denied),
    Rule("L-ACCESS-13", WARNING, SENSE,
         both("支持物流快递，申请和送达方式里却都没有邮寄。", "Express is offered, yet neither applying nor delivery goes by mail."),
         both("在<delivery>或<access.ways>中加上邮寄。", "Add mail to <delivery> or <access.ways>."),
         express_without_mail),
]
