"""publishing: the sections of a guide that all variants share, each from the elements that stand in its name."""
from collections.abc import Mapping

from portal.publishing.blocks import Entries, Entry, Row, Section, facts, row, section, texts
from portal.publishing.guide_variant import Reader
from portal.publishing.offices import telephone
from portal.publishing.said import Said, code, day, english
from portal.publishing.themes import named
from portal.rules.guide.codes import Checked
from portal.rules.guide.contacts import Contact, Remedy
from portal.rules.guide.forms import Field
from portal.rules.guide.item import Basis


def conditions_section(reader: Reader) -> Section:
    guide, t, s = reader.guide, reader.t, reader.s
    return section(
        "conditions", t("适用范围和条件", "Scope and conditions"),
        facts(row(t("适用范围", "Scope"), s(guide.scope)), row(t("数量限制", "Limit of number"), s(guide.item.quantity_limit))),
        sections=(
            section("must", t("申请条件", "Conditions"), texts((s(one) for one in guide.conditions), listed=True)),
            section("never", t("禁止性要求", "Prohibitions"), texts((s(one) for one in guide.prohibitions), listed=True)),
        ),
    )


def form_section(reader: Reader, links: dict[str, Said]) -> Section:
    t, s = reader.t, reader.s
    papers = [links[name] for name in ("form", "filled") if name in links]
    parts = [
        section(f"form-{one.key}", str(s(one.title)), texts([s(one.help)]),
                Entries(tuple(question(reader, field) for field in one.fields)))
        for one in reader.guide.form
    ]
    parts = [Section(part.key, s(one.title), part.blocks) for part, one in zip(parts, reader.guide.form, strict=True)]
    return section("form", t("申请表要填的内容", "What the form asks"), texts(papers, listed=True) if parts else None,
                   sections=parts)


def question(reader: Reader, field: Field, links: Mapping[str, str] = {}) -> Entry:
    """A question of the form; `links` says of options, by their value, where they lead."""
    t, s = reader.t, reader.s
    numbers = [f"≥ {field.minimum}"] if field.minimum is not None else []
    numbers += [f"≤ {field.maximum}"] if field.maximum is not None else []
    rows = (
        row(t("选项", "Options"), *(s(option.label, links.get(option.value)) for option in field.options)),
        row(t("何时填写", "Asked when"), reader.condition(field.when)),
        row(t("范围", "Range"), Said(t("，", ", ").join(numbers)) if numbers else None),
        row(t("填写示例", "Example"), s(field.example)),
    )
    needed = t("必填", "required") if field.required else t("选填", "optional")
    kind = Said(f"{s(field.type.text)}{t('，', ', ')}{needed}")
    return Entry(s(field.label), tuple(x for x in (s(field.help),) if x), tuple(x for x in rows if x), (kind,))


def how_section(reader: Reader) -> Section:
    guide, access, t, s = reader.guide, reader.guide.access, reader.t, reader.s
    visits = access.visits
    times = None if visits is None else Said(
        t(f"{visits.times}次", f"{visits.times} visit" + "s" * (visits.times != 1)) if visits.times
        else t("不用到现场", "No visit needed"))
    rows = facts(
        row(t("办理方式", "Ways to apply"), *(s(way.text) for way in access.ways)),
        row(t("到现场次数", "Visits"), times, s(visits.reason) if visits else None),
        row(t("网上办理深度", "Online depth"), s(access.online_depth.text) if access.online_depth else None),
        row(t("可否网上办", "Online"), reader.yes(access.online), _link(access.online_url)),
        row(t("移动端", "By phone app"), _link(access.mobile_url)),
        row(t("可否预约", "Appointments"), reader.yes(access.appointment), s(access.appointment_note),
            _link(access.appointment_url)),
        row(t("可否快递", "By express mail"), reader.yes(access.express)),
        row(t("可否网上支付", "Online payment"), reader.yes(access.pay_online)),
        row(t("可否自助终端办", "Self-service terminal"), reader.yes(access.terminal)),
        row(t("审批服务形式", "Form of service"), s(access.approval_form)),
        row(t("办理系统", "System"), s(access.business_system)),
        row(t("告知承诺制", "Notify-and-commit"), reader.yes(guide.commitment_offered), s(guide.commitment_text)),
        row(t("中介服务", "Intermediary services"), s(guide.intermediary)),
        row(t("结果送达", "Delivery of the result"), *(s(way.text) for way in guide.delivery), s(guide.delivery_note)),
        row(t("办理进度查询", "How to follow the case"), s(guide.follow_up)),
        *(row(s(cross.kind.text).text, *(s(region) for region in cross.regions), s(cross.form))
          or row(t("通办范围", "Cross-region"), s(cross.kind.text)) for cross in access.cross_region),
    )
    return section("how", t("怎么办", "How to apply"), rows, sections=(
        section("offline", t("窗口办理流程", "At a window"), texts([s(guide.procedure_offline)])),
        section("online", t("网上办理流程", "Online"), texts([s(guide.procedure_online)])),
    ))


def basis_section(reader: Reader) -> Section:
    t, s = reader.t, reader.s

    def entry(basis: Basis) -> Entry:
        dated = {"issued": basis.issued_on, "effective": basis.effective_on, "checked": basis.checked_on}
        said = {key: Said(day(value, reader.locale)) if value else None for key, value in dated.items()}
        return Entry(s(basis.law), tuple(x for x in (s(basis.content),) if x), _held(
            row(t("条款", "Articles"), s(basis.articles)),
            row(t("文号", "Number"), s(basis.number)),
            row(t("制定机关", "Issued by"), s(basis.issued_by)),
            row(t("公布日期", "Issued on"), said["issued"]),
            row(t("施行日期", "In force since"), said["effective"]),
            row(t("原文", "Text"), _link(basis.url)),
            row(t("核对", "Check"), said["checked"], s(basis.source)),
        ), (s(basis.state.text),) if basis.state is not Checked.NOT_CHECKED else (Said(t("未核对原文", "Not checked")),))

    entries = tuple(entry(one) for one in reader.guide.legal_basis)
    return section("basis", t("设定依据", "Legal basis"), Entries(entries) if entries else None)


def rights_section(reader: Reader) -> Section:
    guide, t, s = reader.guide, reader.t, reader.s

    def remedy(one: Remedy) -> Entry:
        return Entry(s(one.body), tuple(x for x in (s(one.note),) if x), _held(
            row(t("地址", "Address"), s(one.address)),
            row(t("电话", "Telephone"), telephone(one.telephone)),
            row(t("网址", "Web"), _link(one.url)),
        ), (s(one.kind.text),))

    remedies = tuple(remedy(one) for one in guide.remedies)
    return section("rights", t("权利和义务", "Rights and duties"), sections=(
        section("your-rights", t("您的权利", "Your rights"), texts((s(one) for one in guide.rights), listed=True)),
        section("your-duties", t("您的义务", "Your duties"), texts((s(one) for one in guide.duties), listed=True)),
        section("remedies", t("不服怎么办", "If you disagree"), Entries(remedies) if remedies else None),
    ))


def contact_section(reader: Reader) -> Section:
    guide, t, s = reader.guide, reader.t, reader.s

    def contact(one: Contact, word: str) -> Entry:
        return Entry(s(one.name) or Said(word), tuple(x for x in (s(one.note),) if x), _held(
            row(t("电话", "Telephone"), telephone(one.telephone)),
            row(t("地址", "Address"), s(one.address)),
            row(t("网址", "Web"), _link(one.url)),
            row(t("电子邮箱", "E-mail"), code(one.email) if one.email else None),
            row(t("公众号", "Official account"), s(one.official_account)),
        ))

    enquiries = tuple(contact(one, t("咨询", "Enquiries")) for one in guide.enquiries)
    complaints = tuple(contact(one, t("投诉", "Complaints")) for one in guide.complaints)
    return section("contact", t("咨询和投诉", "Enquiries and complaints"), sections=(
        section("enquiries", t("咨询", "Enquiries"), Entries(enquiries) if enquiries else None),
        section("complaints", t("监督投诉", "Complaints"), Entries(complaints) if complaints else None),
    ))


def questions_section(reader: Reader) -> Section:
    guide, t, s = reader.guide, reader.t, reader.s
    asked = tuple(Entry(s(one.question), (s(one.answer),)) for one in guide.questions)
    return section("questions", t("常见问题和常见错误", "Questions and frequent errors"), Entries(asked) if asked else None,
                   sections=(section("errors", t("常见错误", "Frequent errors"),
                                     texts((s(one) for one in guide.frequent_errors), listed=True)),))


def item_section(reader: Reader, revision: str, published: str) -> Section:
    item, came, t, s = reader.guide.item, reader.guide.provenance, reader.t, reader.s
    made_by = facts(
        row(t("实施主体", "Responsible department"), reader.department(item.department),
            code(item.department_code) if item.department_code else None),
        row(t("承办机构", "Unit"), s(item.unit)),
        row(t("实施主体性质", "Nature of the body"), s(item.body_nature.text) if item.body_nature else None),
        row(t("受理机构", "Accepting body"), s(item.accepting_body)),
        row(t("决定机构", "Deciding body"), s(item.deciding_body)),
        row(t("联办机构", "Joint bodies"), *(reader.department(one) for one in item.joint_bodies)),
        row(t("权力来源", "Source of power"), s(item.power_source.text) if item.power_source else None),
        row(t("委托（下放）机关", "Delegated by"), s(item.delegated_by)),
        row(t("基本编码", "Basic code"), code(item.code) if item.code else None),
        row(t("本地编码", "Local code"), code(item.local_code) if item.local_code else None),
        row(t("事项类型", "Kind"), s(item.kind.text) if item.kind else None),
        row(t("行使层级", "Tiers"), *(s(tier.text) for tier in item.tiers)),
        row(t("办件类型", "Handling"), s(item.handling.text) if item.handling else None),
        row(t("审批方式", "Way of review"), s(item.review_mode.text) if item.review_mode else None),
        row(t("服务对象", "Audience"), *(s(one.text) for one in item.audiences)),
        row(t("个人主题", "Themes for people"), *(s(named(one)) for one in item.person_themes)),
        row(t("法人主题", "Themes for organisations"), *(s(named(one)) for one in item.organisation_themes)),
        row(t("一件事", "Life events"), *(s(one) for one in item.life_events)),
        row(t("投资项目审批", "Investment project"), reader.yes(item.investment_project)),
        row(t("年检", "Annual check"), reader.yes(item.annual_check)),
        row(t("信用监管", "Credit supervision"), reader.yes(item.credit_supervised)),
        row(t("生效日期", "Takes effect"), _dated(item.takes_effect, reader)),
        row(t("取消日期", "Cancelled on"), _dated(item.cancelled_on, reader)),
        *(Row(one.name, (Said(one.value, None if not english(reader.locale) else "zh-Hans"),))
          for one in reader.guide.extras),
    )
    about = facts(
        row(t("版本", "Revision"), Said(revision)),
        row(t("发布日期", "Published"), Said(published)),
        row(t("内容来源", "Source of the content"), s(came.source), _link(came.url)),
        row(t("内容核对", "Checked"), _dated(came.checked_on, reader), s(came.checked_by)),
        row(t("下次核对", "Next check due"), _dated(came.review_due, reader)),
    )
    return section("item", t("事项信息", "About the item"), made_by,
                   sections=(section("version", t("本指南的版本", "This edition of the guide"), about),))


def _dated(value, reader: Reader) -> Said | None:
    return Said(day(value, reader.locale)) if value else None


def _link(address: str | None) -> Said | None:
    """An address of the web as a link; anything else stays a text."""
    if not address:
        return None
    return code(address, address if address.startswith(("https://", "http://")) else None)


def _held(*values) -> tuple:
    return tuple(value for value in values if value is not None)
