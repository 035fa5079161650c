"""rules/importing: other words for the values of the closed lists, a line a value."""
from portal.rules.guide.codes import (
    Audience,
    BodyNature,
    HandlingKind,
    ItemKind,
    Listed,
    OnlineDepth,
    PowerSource,
    Tier,
    Way,
)


def _words(listed: dict[Listed, str]) -> dict[str, Listed]:
    return {word: value for value, words in listed.items() for word in words.split()}


KINDS = _words({
    ItemKind.PAYMENT: "行政给付类",
    ItemKind.LICENCE: "许可 行政许可事项",
    ItemKind.OTHER: "其他权力 其他类 其他行政权力事项 其它行政权力 其他",
    ItemKind.PUBLIC_SERVICE: "公共服务事项 依申请公共服务 公共服务类 便民服务",
    ItemKind.RULING: "行政裁决类",
})
TIERS = _words({
    Tier.STATE: "国家",
    Tier.PROVINCE: "省",
    Tier.CITY: "设区的市级 地市级 市",
    Tier.COUNTY: "区县级 县区级 区级 县 县(市、区)级 县(区)级 区(县)级 县(市)级",
    Tier.TOWNSHIP: "乡镇级 镇级 乡级 街道级 乡镇(街道)级 乡(镇、街道)级 镇街级 镇(街道)级 "
        "乡镇街道级 乡镇",
    Tier.VILLAGE: "村级 社区级 村社区级 村居级 村(居)级",
})
PEOPLE = _words({
    Audience.PERSON: "个人 公民",
    Audience.COMPANY: "企业 企业单位",
    Audience.PUBLIC_INSTITUTION: "事业单位",
    Audience.SOCIAL_ORGANISATION: "社会组织 社会团体",
    Audience.AUTHORITY: "机关",
    Audience.OTHER: "其他 其它组织",
    Audience.UNINCORPORATED: "非法人组织",
})
WAYS = _words({
    Way.WINDOW: "窗口 线下 现场 现场申请 窗口办 大厅现场办理 政务大厅办理 现场办理 线下办理 窗口受理 窗口申请 大厅办理",
    Way.ONLINE: "网上 线上 网上办 线上申请 在线申请 网上申请 网上受理 线上办理 网络办理 在线办理 网办",
    Way.MAIL: "快递 邮寄 信函 信函办理 邮寄申请 邮寄办理",
    Way.TERMINAL: "自助办理 自助办 自助终端 终端办理 自助机办理 一体机自助办",
    Way.PHONE_APP: "移动端 掌上办 手机端办理 手机办理 掌上办理 掌办",
    Way.VISIT: "上门服务",
    Way.HELPER: "帮办 代办",
})
DEPTHS = _words({
    OnlineDepth.I: "I级 一级 互联网咨询 网上发布 网上发布(I级) 互联网咨询(I级) I级(互联网咨询)",
    OnlineDepth.II: "II级 二级 互联网预审 网上预审 网上预审(II级) 互联网预审(II级) II级(互联网预审)",
    OnlineDepth.III: "III级 三级 互联网受理 网上受理 网上受理(III级) 互联网受理(III级) III级(互联网受理)",
    OnlineDepth.IV: "IV级 四级 互联网办理 全程网办 全程网办(IV级) 互联网办理(IV级) IV级(互联网办理)",
})
POWERS = _words({
    PowerSource.BY_LAW: "法定本级 法定行使",
    PowerSource.HANDED_DOWN: "下放",
    PowerSource.AUTHORISED: "授权",
    PowerSource.ENTRUSTED: "委托",
})
BODIES = _words({
    BodyNature.ENTRUSTED: "受委托机关",
    BodyNature.AUTHORISED: "授权机关 法律法规授权组织 法律法规授权的组织",
    BodyNature.STATUTORY: "行政机关",
})
HANDLINGS = _words({
    HandlingKind.INSTANT: "即办 即时办结",
    HandlingKind.COMMITTED: "承诺 承诺办结",
})
