"""rules/guide: the closed lists of the document, each value with its words in both languages.

Numbers beside values are the national ones of the item exchange tables (GB/T 39046-2020 and the
`up_task_*` tables), so that import and export speak them.
"""
from enum import StrEnum

from portal.rules.guide.text import Text


class Listed(StrEnum):
    """A value with a national code ('' where there is none) and its words."""

    def __new__(cls, value: str, code: str, zh: str, en: str):
        member = str.__new__(cls, value)
        member._value_ = value
        member.code = code
        member.text = Text(zh=zh, en=en)
        return member


class ItemKind(Listed):
    LICENCE = "licence", "01", "行政许可", "Administrative licence"
    PENALTY = "penalty", "02", "行政处罚", "Administrative penalty"
    COERCION = "coercion", "03", "行政强制", "Administrative coercion"
    LEVY = "levy", "04", "行政征收", "Administrative levy"
    PAYMENT = "payment", "05", "行政给付", "Administrative benefit"
    INSPECTION = "inspection", "06", "行政检查", "Administrative inspection"
    CONFIRMATION = "confirmation", "07", "行政确认", "Administrative confirmation"
    REWARD = "reward", "08", "行政奖励", "Administrative reward"
    RULING = "ruling", "09", "行政裁决", "Administrative ruling"
    OTHER = "other", "10", "其他行政权力", "Other administrative power"
    PUBLIC_SERVICE = "public_service", "20", "公共服务", "Public service"


class Tier(Listed):
    STATE = "state", "1", "国家级", "State"
    PROVINCE = "province", "2", "省级", "Province"
    CITY = "city", "3", "市级", "City"
    COUNTY = "county", "4", "县级", "County"
    TOWNSHIP = "township", "5", "镇（乡、街道）级", "Township"
    VILLAGE = "village", "6", "村（社区）级", "Village"


class HandlingKind(Listed):
    INSTANT = "instant", "1", "即办件", "Instant item"
    COMMITTED = "committed", "2", "承诺件", "Committed item"


class ReviewMode(Listed):
    AT_ONCE = "at_once", "1", "即审即办", "Reviewed at once"
    REVIEW_FIRST = "review_first", "2", "前审后批", "Reviewed, then decided"


class BodyNature(Listed):
    STATUTORY = "statutory", "1", "法定机关", "Statutory body"
    AUTHORISED = "authorised", "2", "授权组织", "Authorised organisation"
    ENTRUSTED = "entrusted", "3", "受委托组织", "Entrusted organisation"


class PowerSource(Listed):
    BY_LAW = "by_law", "1", "法定本级行使", "By law at this tier"
    HANDED_DOWN = "handed_down", "2", "上级下放", "Handed down from above"
    AUTHORISED = "authorised", "3", "上级授权", "Authorised from above"
    ENTRUSTED = "entrusted", "4", "同级委托", "Entrusted at the same tier"
    ENTRUSTED_FROM_ABOVE = "entrusted_from_above", "5", "上级委托", "Entrusted from above"


class Audience(Listed):
    PERSON = "person", "1", "自然人", "Individuals"
    COMPANY = "company", "2", "企业法人", "Companies"
    PUBLIC_INSTITUTION = "public_institution", "3", "事业法人", "Public institutions"
    SOCIAL_ORGANISATION = "social_organisation", "4", "社会组织法人", "Social organisations"
    UNINCORPORATED = "unincorporated", "5", "非法人企业", "Unincorporated businesses"
    AUTHORITY = "authority", "6", "行政机关", "Authorities"
    OTHER = "other", "9", "其他组织", "Other organisations"
    ORGANISATION = "organisation", "", "法人", "Legal persons"
    FOR_PROFIT = "for_profit", "", "营利法人", "For-profit legal persons"
    NON_PROFIT = "non_profit", "", "非营利法人", "Non-profit legal persons"
    SPECIAL = "special", "", "特别法人", "Special legal persons"


class Medium(Listed):
    PAPER = "paper", "1", "纸质", "On paper"
    ELECTRONIC = "electronic", "2", "电子化", "Electronic"
    EITHER = "either", "3", "纸质/电子化", "On paper or electronic"


class DocumentKind(Listed):
    CERTIFICATE = "certificate", "1", "证件证书证明", "Certificate or proof"
    FORM = "form", "2", "申请表格文书", "Application form"
    OTHER = "other", "3", "其他", "Other"


class Necessity(Listed):
    REQUIRED = "required", "1", "必要", "Required"
    OPTIONAL = "optional", "2", "非必要", "Not required"
    LATER = "later", "3", "容缺后补", "May follow later"


class Source(Listed):
    APPLICANT = "applicant", "10", "申请人自备", "Provided by the applicant"
    GOVERNMENT = "government", "20", "政府部门核发", "Issued by an authority"
    OTHER = "other", "99", "其他", "Other source"


class Trust(Listed):
    A = "A", "A", "机关自有数据", "Made by the office itself"
    B = "B", "B", "窗口核验原件", "Original checked at a window"
    C = "C", "C", "上传待核对", "Uploaded, to be compared with the original"
    D = "D", "D", "告知承诺", "A signed commitment"


class StageKind(Listed):
    RECEIVE = "receive", "addressee", "收件", "Receive papers"
    ACCEPT = "accept", "acceptance", "受理", "Accept"
    EXAMINE = "examine", "investigate", "审查", "Examine"
    SITE_CHECK = "site_check", "", "现场核查", "Check on site"
    SPECIAL = "special", "special", "特别程序", "Special procedure"
    PUBLICISE = "publicise", "", "公示", "Publicise"
    PAY = "pay", "", "缴费", "Pay"
    DECIDE = "decide", "decide", "决定", "Decide"
    CERTIFY = "certify", "accreditation", "制证", "Make the certificate"
    DELIVER = "deliver", "service", "送达", "Deliver"
    HELP_FIRST = "help_first", "", "先行救助", "Help first"
    OTHER = "other", "", "其他", "Other"


class Unit(Listed):
    WORKDAY = "workday", "1", "个工作日", "working days"
    DAY = "day", "2", "天", "calendar days"
    MONTH = "month", "3", "个月", "months"
    HOUR = "hour", "4", "小时", "hours"
    ON_THE_SPOT = "on_the_spot", "0", "当场办结", "on the spot"


class StopReason(Listed):
    """What does not count, by article 45 of the Administrative Licensing Law; *rule* cites another law."""

    HEARING = "hearing", "", "听证", "hearing"
    TENDER = "tender", "", "招标", "tender"
    AUCTION = "auction", "", "拍卖", "auction"
    INSPECTION = "inspection", "", "检验", "inspection"
    TEST = "test", "", "检测", "test"
    QUARANTINE = "quarantine", "", "检疫", "quarantine"
    APPRAISAL = "appraisal", "", "鉴定", "expert appraisal"
    EXPERT_REVIEW = "expert_review", "", "专家评审", "expert review"
    RULE = "rule", "", "依照其他规定不计入", "not counted under another rule"
    OTHER = "other", "", "其他（来源未写明依据）", "other, the source names no rule"


class Leads(Listed):
    ON = "on", "", "进入下一环节", "leads on"
    BACK = "back", "", "退回", "leads back"
    END = "end", "", "办结", "ends the case"


class End(Listed):
    GRANTED = "granted", "", "准予", "granted"
    REFUSED = "refused", "", "不予许可（不予批准）", "refused"
    NOT_ACCEPTED = "not_accepted", "", "不予受理", "not accepted"
    NOT_NEEDED = "not_needed", "", "无需办理", "no permit needed"
    WITHDRAWN = "withdrawn", "", "申请人撤回", "withdrawn"


class ResultKind(Listed):
    CERTIFICATE = "certificate", "10", "证照", "Certificate or licence"
    APPROVAL = "approval", "20", "批文", "Written approval"
    DOCUMENT = "document", "30", "文书", "Written document"
    OTHER = "other", "99", "其他", "Other"


class Way(Listed):
    WINDOW = "window", "1", "窗口办理", "At a window"
    ONLINE = "online", "2", "网上办理", "Online"
    MAIL = "mail", "3", "快递申请", "By mail"
    TERMINAL = "terminal", "4", "自助终端办理", "At a self-service terminal"
    PHONE_APP = "phone_app", "5", "移动端办理", "By phone app"
    VISIT = "visit", "6", "上门办理", "Home visit"
    HELPER = "helper", "7", "帮办代办", "Through a helper"


class OnlineDepth(Listed):
    I = "I", "1", "I级（网上发布）", "I: published online"  # noqa: E741 the national name of the level
    II = "II", "2", "II级（网上预审）", "II: checked online beforehand"
    III = "III", "3", "III级（网上受理）", "III: accepted online"
    IV = "IV", "4", "IV级（全程网办）", "IV: entirely online"


class DeliveryWay(Listed):
    PICK_UP = "pick_up", "1", "窗口领取", "Pick-up at a window"
    MAIL = "mail", "2", "邮寄送达", "By mail"
    ELECTRONIC = "electronic", "3", "电子送达", "Electronic"
    ON_THE_SPOT = "on_the_spot", "4", "当场送达", "Handed over on the spot"
    VILLAGE = "village", "5", "村（社区）代发", "Handed out in the village"


class FieldType(Listed):
    TEXT = "text", "", "单行文字", "Text"
    LONG_TEXT = "long_text", "", "多行文字", "Long text"
    NUMBER = "number", "", "数字", "Number"
    MONEY = "money", "", "金额（元）", "Amount (yuan)"
    DATE = "date", "", "日期", "Date"
    CHOICE = "choice", "", "单选", "One choice"
    CHOICES = "choices", "", "多选", "Several choices"
    YES_NO = "yes_no", "", "是/否", "Yes or no"
    NAME = "name", "", "姓名", "Name"
    ORGANISATION_NAME = "organisation_name", "", "单位名称", "Name of an organisation"
    RESIDENT_ID = "resident_id", "", "居民身份证号", "Resident ID number"
    CREDIT_CODE = "credit_code", "", "统一社会信用代码", "Unified social credit code"
    TELEPHONE = "telephone", "", "电话", "Telephone"
    ADDRESS = "address", "", "地址", "Address"
    DIVISION = "division", "", "乡镇（村）", "Township or village"


class Role(Listed):
    DECIDES = "decides", "", "承办", "Decides"
    RECEIVES = "receives", "", "受理", "Receives"
    HANDS_OUT = "hands_out", "", "代发", "Hands out"
    ADVISES = "advises", "", "咨询", "Advises"
    FILES_FOR_PEOPLE = "files_for_people", "", "帮办代办", "Files for people"


class RemedyKind(Listed):
    REVIEW = "review", "", "行政复议", "Administrative review"
    LAWSUIT = "lawsuit", "", "行政诉讼", "Administrative lawsuit"


class Checked(Listed):
    CHECKED = "checked", "", "已核对原文", "checked against the text"
    NOT_CHECKED = "not_checked", "", "未核对", "not checked"
    REPEALED = "repealed", "", "已废止", "repealed"


class CrossKind(Listed):
    PROVINCES = "provinces", "1", "跨省通办", "Across provinces"
    PROVINCE = "province", "2", "全省通办", "Within the province"
    CITY = "city", "3", "市内通办", "Within the city"
    COUNTY = "county", "4", "全县通办", "Within the county"
    ABROAD = "abroad", "5", "跨境通办", "Across the border"
