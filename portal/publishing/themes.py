"""publishing: the themes under which people look for services, with their English names.

The national list of themes has none in English, and guides name themes in Chinese only.
"""
from portal.rules.guide.text import Text

ENGLISH = {
    "生育收养": "Birth and adoption", "户籍办理": "Household registration", "民族宗教": "Ethnic and religious affairs",
    "教育科研": "Education and research", "入伍服役": "Military service", "就业创业": "Work and starting a business",
    "设立变更": "Founding and changing", "准营准办": "Licences to operate", "职业资格": "Professional qualifications",
    "婚姻登记": "Marriage", "优待抚恤": "Preferential treatment and pensions", "规划建设": "Planning and building",
    "住房保障": "Housing", "社会保障": "Social security", "证件办理": "Identity papers", "交通出行": "Traffic and travel",
    "旅游观光": "Tourism", "出境入境": "Leaving and entering the country", "消费维权": "Consumer rights",
    "公共安全": "Public safety", "司法公证": "Justice and notaries", "知识产权": "Intellectual property",
    "环保绿化": "Environment and greening", "文化体育": "Culture and sport", "公用事业": "Public utilities",
    "医疗卫生": "Medical care and health", "离职退休": "Leaving work and retirement", "死亡殡葬": "Death and funerals",
    "其他": "Other", "资质认证": "Qualifications of enterprises", "年检年审": "Annual checks", "税收财务": "Taxes and accounts",
    "人力资源": "Staff", "投资审批": "Investment approval", "融资信贷": "Finance and credit", "抵押质押": "Mortgage and pledge",
    "商务贸易": "Commerce and trade", "招标拍卖": "Tenders and auctions", "海关口岸": "Customs and ports",
    "涉外服务": "Services with a foreign side", "农林牧渔": "Farming, forestry, livestock and fishing",
    "国土和规划建设": "Land, planning and building", "交通运输": "Transport", "应急管理": "Emergency management",
    "水务气象": "Water and weather", "科技创新": "Science and innovation", "文体教育": "Culture, sport and education",
    "质量技术": "Quality and technology", "检验检疫": "Inspection and quarantine", "安全生产": "Safety at work",
    "公安消防": "Police and fire service", "法人注销": "Closing an organisation", "档案文物": "Archives and heritage",
}


def named(theme: Text) -> Text:
    """The theme with an English name, its own or that of the list, where there is one."""
    return theme if theme.en else Text(zh=theme.zh, en=ENGLISH.get(theme.zh))
