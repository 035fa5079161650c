"""rules/importing: which element a heading means, be it written in any of its ways, numbered, or with a slip in it."""
import itertools
import re

from portal.rules.importing.characters import flat, folded
from portal.rules.importing.elements import ELEMENTS
from portal.rules.importing.names import NAMES
from portal.rules.importing.numbering import without_number

PAGE = "页面信息"
"""What a page says about itself, and what is no element: it closes the section before it."""
_PAGE = ["发布时间", "发布日期", "来源", "资料来源", "信息来源", "文章来源", "责任编辑", "浏览次数", "阅读次数", "字号", "字体", "索引号", "发布机构", "发文日期", "主题分类", "文号", "关键词", "内容概述", "公开日期", "成文日期", "生成日期", "发布单位", "作者", "上一篇", "下一篇", "打印", "打印本页", "关闭", "关闭窗口", "分享", "分享到", "版权所有", "网站地图", "扫一扫", "相关链接", "相关附件", "附件", "附件下载", "备注", "注意事项", "温馨提示", "发文机关", "信息分类", "公开方式", "有效性", "补助标准", "信息索引号", "发布人", "点击数", "标题", "友情链接", "技术支持", "网站标识码", "更新时间", "更新日期", "公开形式", "公开时限", "办理须知", "其他事项", "主办", "主管", "ICP备案号", "备案号", "网站备案号", "公安备案号", "备案编号", "维护单位"]
NOTES = {"备注", "注意事项", "温馨提示", "其他事项", "办理须知", "补助标准"}
"""The ones among them under which lines follow."""
KNOWN: dict[str, str] = {}
for _label in ELEMENTS:
    for _name in (_label, *NAMES.get(_label, ())):
        KNOWN.setdefault(flat(_name).lower(), _label)
        if _name.isascii():
            KNOWN.setdefault(_name.lower().replace("_", ""), _label)
for _name in _PAGE:
    KNOWN.setdefault(flat(_name).lower(), PAGE)
_JOINTS = re.compile(r"[、及和与或]")
_JOINED: dict[str, str] = {}
"""Headings of several words, without what joins them: 收费标准及依据 and 收费标准、依据 are one."""
for _name, _label in KNOWN.items():
    if _JOINTS.search(_name) and _label != PAGE:
        _JOINED.setdefault(_JOINTS.sub("", _name), _label)
_BY_LENGTH: dict[int, list[str]] = {}
for _name in KNOWN:
    _BY_LENGTH.setdefault(len(_name), []).append(_name)
_SHAPES = [(re.compile(shape), label) for shape, label in (
    (r"咨询.*(?:监督|投诉|举报)|(?:监督|投诉|举报).*咨询", "咨询投诉"),
    (r"(?:监督|投诉|举报)", "监督投诉方式"),
    (r"(?:咨询|联系|服务|办公).*(?:电话|方式|热线|渠道)$|电话$", "咨询方式"),
    (r"收费|费用$", "收费"),
    (r"法定.*(?:时限|期限)", "法定办结时限"),
    (r"承诺.*(?:时限|期限)", "承诺办结时限"),
    (r"(?:时限|期限)$", "办理时限"),
    (r"(?:材料|资料|要件|证件|手续)(?:清单|目录|及要求|要求|名称)?$", "申请材料"),
    (r"(?:流程|程序|步骤)(?:图)?$", "办理流程"),
    (r"依据(?:和条款|及条款)?$", "设定依据"),
    (r"(?:条件|对象)$", "受理条件"),
    (r"(?:地点|地址)$", "办理地点"),
    (r"(?:办公|受理|工作|服务|办理)时间$", "办理时间"),
    (r"(?:送达|领取|获取).*方式$", "结果送达方式"),
    (r"(?:办理|审批|办结)结果", "审批结果"),
    (r"适用.*(?:范围|对象|情形)$", "适用范围"),
    (r"(?:办理|实施|承办|责任|主管|经办)(?:部门|单位|机构|机关)$", "实施主体"),
    (r"常见问题|问题解答$", "常见问题"),
)]
_ENDS = re.compile(r"(?:申请|申报|受理|办理|提交|所需|报送)(?:材料|资料)(?:清单|目录)?$|(?:办理|办事|审批|工作|申请|服务)(?:流程|程序)$")
LONGEST = 24
# Telephones, hours and limits share a line: 联系电话：…，监督电话：…
SHARING = {"咨询方式", "监督投诉方式", "办理地点", "办理时间", "法定办结时限", "承诺办结时限", "收费", "办公电话"}


def exact(text: str) -> str | None:
    """The element that the words name, or PAGE; brackets behind them say nothing. None where they name none."""
    if len(text) > 4 * LONGEST:
        return None
    plain = flat(text.strip().strip("【】[]〖〗<>《》*#=-·◆■●★▲")).lower()
    bare = re.sub(r"\([^()]*\)", "", plain)
    for form in (plain, bare, plain.replace("(", "").replace(")", ""), bare.removeprefix("事项")):
        if form in KNOWN:
            return KNOWN[form]
    if _JOINTS.search(bare) and (joined := _JOINED.get(_JOINTS.sub("", bare))):
        return joined
    # 受理机构名称 is 受理机构; but 申请材料名称 heads a column.
    whose = bare.removesuffix("名称")
    return KNOWN.get(whose) if len(whose) >= 4 and "材料" not in whose else None


def similar(text: str) -> str | None:
    """The element of a heading with one wrong character, where only one element is as near."""
    plain = re.sub(r"\([^()]*\)", "", flat(text)).lower() if len(text) <= 4 * LONGEST else ""
    if len(plain) < 4:
        return None
    near = {KNOWN[name] for name in _BY_LENGTH.get(len(plain), ()) if sum(a != b for a, b in zip(name, plain, strict=True)) == 1}
    near.discard(PAGE)
    return near.pop() if len(near) == 1 else None


def by_shape(text: str) -> str | None:
    """The element of an unknown heading by the words at its end: 城乡低保所需提交的材料清单."""
    plain = re.sub(r"\([^()]*\)", "", flat(text))
    if not 3 <= len(plain) <= LONGEST or re.search(r"[,;。!?]|^(?:是否|有无|能否)", plain):
        return None
    label = next((label for shape, label in _SHAPES if shape.search(plain)), None)
    # 身份证、户口簿等证件 is a list of papers; 办理单位、地址及联系电话 is a heading.
    return None if "、" in plain and label not in SHARING else label


_FILLING = re.compile(r"本?事项|申请人|提供|提交|办理|需要?|应当?|所|的|及|和|要求|清单|目录|名称|以下")


def remark(text: str, name: str) -> str | None:
    """What a heading says beyond naming its element and the item: 结果领取方式(可选择); None where it says no more."""
    plain = flat(text.strip().strip("【】[]"))
    if plain.lower() in KNOWN or _JOINTS.sub("", plain) in _JOINED or (exact(text) is None and similar(text) is not None):
        return None
    inside = max((known for known in KNOWN if len(known) > 1 and known in plain), key=len, default="")
    rest = _FILLING.sub("", plain.replace(inside, "", 1).replace(flat(name), ""))
    return text if len(re.sub(r"\W", "", rest)) > 1 else None


def alone(text: str) -> str | None:
    """The element of an unnumbered line that ends like a heading and carries the item's name before: …事项受理材料清单."""
    plain = flat(text)
    return by_shape(plain) if len(plain) <= LONGEST and _ENDS.search(plain) and not re.search(r"[,:;。、]", plain) else None


_PERSON = re.compile(r"联\s*系\s*人\s*[:：]\s*[\u4e00-\u9fff]{1,6}[\s,，]*")
_INSIDE = re.compile(r"(?:^|(?<=[\s,，;；。]))(" + "|".join(
    sorted((re.escape(name) for name, label in KNOWN.items() if label in SHARING and len(name) >= 4 and "(" not in name),
           key=len, reverse=True)) + r")\s*[:：]+")


def divided(line: str) -> list[str]:
    """The line, divided before each heading that shares it with another."""
    # What stands before the first of them is a part only if it says something: "8. 监督电话：…" is one line.
    starts = [match.start() for match in _INSIDE.finditer(line) if without_number(line[: match.start()])]
    # 联系人：赵某 联系电话：… is one contact.
    if starts and _PERSON.fullmatch(without_number(line[: starts[0]])):
        del starts[0]
    cuts = [0, *(start for start in starts if start), len(line)]
    if len(cuts) == 2:
        return [line]
    return [part.strip(" ,，;；\t") for part in (line[a:b] for a, b in itertools.pairwise(cuts)) if part.strip(" ,，;；\t")]


def pairs(line: str) -> list[tuple[str, str, str]] | None:
    """Label and value in turns, divided by spaces: 事项名称 X 事项类型 Y, as (element, label, value); a value may be missing."""
    tokens = line.split()
    found: list[tuple[str, str, list[str]]] = []
    for token in tokens:
        label = exact(token) if len(flat(token)) >= 4 and token[-1] not in ":：" else None
        if label is not None and label != PAGE:
            found.append((label, token, []))
        elif not found:
            return None
        else:
            found[-1][2].append(token)
    if len(tokens) < 2 or not found:
        return None
    return [(label, token, " ".join(values)) for label, token, values in found]


def head_and_value(line: str) -> tuple[str, str] | None:
    """The words before the first colon, and what follows the colons; None where there is no colon near the start."""
    match = re.match(r"^\s*([^:：\n]{1,30}?)\s*[:：]+\s*(.*)$", line, re.DOTALL)
    return (match[1], match[2]) if match else None


def head_and_sentence(text: str) -> tuple[str, str] | None:
    """The few words before the first full stop, and what follows it."""
    match = re.match(r"^\s*([^。，,；;:：\n]{2,12})。\s*(\S.*)$", text, re.DOTALL)
    return (match[1], match[2]) if match else None


# Longest first, so that 承诺办结时限 is not taken for a shorter heading.
_GLUED = re.compile("(" + "|".join(sorted((re.escape(name) for name, label in KNOWN.items() if label != PAGE and len(name) >= 4
                                           and "(" not in name), key=len, reverse=True)) + r")(?=[^\s:：、，,。；;及和与或的齐])(\S.*)$")


def glued(line: str) -> tuple[str, str] | None:
    """A heading with its value behind it and no mark between: 联系电话5550011. Only a page that writes so is read so."""
    text = line.strip()
    match = None if not text or exact(text.split()[0]) else _GLUED.match(text)
    return (match[1], match[2]) if match else None


def bare(line: str) -> str:
    """The words of a heading without number and mark."""
    return folded(without_number(line)).strip(" :：。")
