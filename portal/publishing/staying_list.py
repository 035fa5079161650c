"""publishing: what has to be looked at so that guides stay right, as a workbook."""
from collections.abc import Iterable

from portal.publishing.lists import Listing
from portal.publishing.tables import as_xlsx
from portal.rules.guide.text import Text

COLUMNS = (("kind", ("原因", "Reason")), ("slug", ("地址名", "Slug")), ("name", ("事项名称", "Name")), ("department", ("部门", "Department")),
           ("element", ("位置", "Element")), ("words", ("说明", "Explanation")))


def workbook(rows: Iterable[tuple[Text, str, str, Text | None, str, Text]]) -> bytes:
    """Reason, address name, item, department, JSON Pointer and explanation of each row."""
    told = tuple((_pair(kind), slug, name, _pair(department) if department else "", element, _pair(words))
                 for kind, slug, name, department, element, words in rows)
    return as_xlsx(Listing("staying", ("保持准确", "Staying right"), COLUMNS, told))


def _pair(text: Text) -> tuple[str, str]:
    return text.zh, text.said("en")
