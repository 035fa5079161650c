"""rules/importing: the characters of a source, made clean, and what counts as the same text."""
import html
import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u2060\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"[ \u00a0\u3000]")
_NONE = re.compile(r"^(?:无|暂无|没有|不涉及|/+|-+|—+|无要求|无此项|空)$")
_EDGE = "。;.,、: "
_TRADITIONAL = (
    "項稱許認審務辦業實權構關單責碼類層級來對題資質諾時間條規請報須領證書執結現場網絡電話聯係繫諮詢監舉熱線點處廳費標準據設訂"
    "適範圍環節論記載樣與義復複議訟問錯誤個內從屬應該當備會別動號頁簽發給頒帶遞傳補貼獎勵優撫農鄉鎮縣區階戶員說圖試預約郵繳納"
    "啟經濟總體無暫狀態計劃終進駐種為製專門數額後過還這國華產車長開視醫療藥衛險養殘親兒歸檔遷遺損換變銷冊錄統編寫檢驗測評價聽"
    "賣訊兩決負組織團獲達選營庫顯紅綠僅導協續屆滿賠償機貧慮隊"
)
_SIMPLIFIED = (
    "项称许认审务办业实权构关单责码类层级来对题资质诺时间条规请报须领证书执结现场网络电话联系系咨询监举热线点处厅费标准据设订"
    "适范围环节论记载样与义复复议讼问错误个内从属应该当备会别动号页签发给颁带递传补贴奖励优抚农乡镇县区阶户员说图试预约邮缴纳"
    "启经济总体无暂状态计划终进驻种为制专门数额后过还这国华产车长开视医疗药卫险养残亲儿归档迁遗损换变销册录统编写检验测评价听"
    "卖讯两决负组织团获达选营库显红绿仅导协续届满赔偿机贫虑队"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def clean(text: str) -> str:
    """The text without control characters, with plain spaces and line ends, and entities read (they may be encoded twice)."""
    for _ in range(3):
        if "&" not in text or (read := html.unescape(text)) == text:
            break
        text = read
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SPACES.sub(" ", _CONTROL.sub("", text))


def folded(text: str) -> str:
    """The text with half-width letters, digits and marks (NFKC), for matching."""
    return unicodedata.normalize("NFKC", text)


def simplified(text: str) -> str:
    """The text with the traditional characters that headings and set phrases have made simple, one for one; for matching."""
    return text.translate(_TO_SIMPLIFIED)


def flat(text: str) -> str:
    """The text as it is compared: folded and simplified, without spaces, without a mark at its ends."""
    return simplified(re.sub(r"\s+", "", folded(text)).strip(_EDGE))


def same(one: str, other: str) -> bool:
    """Whether two texts say the same but for spaces, width and the mark at the end."""
    return flat(one) == flat(other)


def letters(text: str) -> str:
    """The text without spaces, brackets and marks: what must remain when a sentence was taken apart."""
    return re.sub(r"[\s:()\[\],、;。.《》“”\"'|/<>·—\-]+", "", folded(text))


def same_letters(one: str, other: str) -> bool:
    """Whether two texts consist of the same letters and digits in the same order."""
    return letters(one) == letters(other)


def says_none(text: str) -> bool:
    """Whether the source says in so many words that there is none (无)."""
    return bool(_NONE.match(flat(text)))


def trivial(text: str) -> bool:
    """Whether a line holds nothing that could be lost: no letter and no digit."""
    return not letters(text)


def pieces(text: str, marks: str = ",、;，；\n") -> list[str]:
    """The parts of an enumeration; marks inside brackets do not divide."""
    parts, depth, start = [], 0, 0
    for place, mark in enumerate(text):
        if mark in "（([【":
            depth += 1
        elif mark in "）)]】":
            depth = max(0, depth - 1)
        elif mark in marks and not depth:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
