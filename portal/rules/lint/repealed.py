"""rules/lint: laws and regulations that guides still cite although they are repealed, and what took their place.

Facts of public law; the list is short on purpose and names only what a county's items stand on.
"""
import re
from datetime import date
from typing import NamedTuple


class Repealed(NamedTuple):
    law: str
    since: date
    successor: str
    """What holds now."""


_CIVIL_CODE = date(2021, 1, 1)
_MARKET = date(2022, 3, 1)
TABLE = (
    *(
        Repealed(law, _CIVIL_CODE, "民法典")
        for law in ("婚姻法", "继承法", "收养法", "民法通则", "民法总则", "合同法", "担保法", "物权法", "侵权责任法")
    ),
    *(
        Repealed(law, _MARKET, "市场主体登记管理条例")
        for law in (
            "公司登记管理条例", "企业法人登记管理条例", "合伙企业登记管理办法", "农民专业合作社登记管理条例",
            "企业法人法定代表人登记管理规定",
        )
    ),
    Repealed("个体工商户条例", date(2022, 11, 1), "促进个体工商户发展条例"),
    Repealed("食品卫生法", date(2009, 6, 1), "食品安全法"),
    Repealed("食品经营许可管理办法", date(2023, 12, 1), "食品经营许可和备案管理办法"),
    Repealed("婚姻登记管理条例", date(2003, 10, 1), "婚姻登记条例"),
    Repealed("城市房屋拆迁管理条例", date(2011, 1, 21), "国有土地上房屋征收与补偿条例"),
    Repealed("治安管理处罚条例", date(2006, 3, 1), "治安管理处罚法"),
    Repealed("社会力量办学条例", date(2003, 9, 1), "民办教育促进法"),
    Repealed("营业税暂行条例", date(2017, 11, 19), "增值税法"),
    Repealed("增值税暂行条例", date(2026, 1, 1), "增值税法"),
    Repealed("排污费征收使用管理条例", date(2018, 1, 1), "环境保护税法"),
    Repealed("学位条例", date(2025, 1, 1), "学位法"),
)
_BY_NAME = {row.law: row for row in TABLE}
_CITED = re.compile(r"《([^《》]{3,40})》(?![^《》]{0,12}(?:废止|失效))")


_ARTICLES = re.compile(r"第[一二三四五六七八九十百千零〇○两\d、,，至到和及—–~-]+(?:编|章|节|条|款|项).*")


def bare(name: str) -> str:
    """The law's name without state, brackets, articles, and remarks such as the year of its text."""
    name = re.sub(r"[（(].*?[)）]|[《》\s]", "", name)
    name = _ARTICLES.sub("", name)
    return name.removeprefix("中华人民共和国")


def repealed(name: str) -> Repealed | None:
    """The row of a law by its name as written, with or without 《》, 中华人民共和国 and articles."""
    return _BY_NAME.get(bare(name))


def cited(text: str) -> list[Repealed]:
    """The repealed laws that a text cites in 《》 without calling them repealed."""
    return [row for name in _CITED.findall(text) if (row := repealed(name))]
