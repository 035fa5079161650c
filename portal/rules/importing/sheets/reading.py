"""rules/importing/sheets: the sheets of a workbook become drafts with their reports, whichever layout they are in."""
from collections.abc import Iterable, Iterator

from portal.rules.guide.text import Text
from portal.rules.importing import sources
from portal.rules.importing.sheets import own, wide
from portal.rules.importing.sheets.cells import Sheet, Spot, Told, told_first
from portal.rules.importing.sheets.taking import EXAMPLES
from portal.rules.importing.sources import Imported

ENDINGS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv"}
MAX_BYTES = 10_000_000
WORKBOOKS = ENDINGS - {".csv", ".tsv"}


def accepted() -> str:
    """The endings, as a field for files names them."""
    return ",".join(sorted(ENDINGS))


def is_table(name: str) -> bool:
    """Whether a file of that name is a workbook or CSV."""
    return name[name.rfind("."):].lower() in ENDINGS if "." in name else False


def is_workbook(name: str) -> bool:
    return name[name.rfind("."):].lower() in WORKBOOKS if "." in name else False


def read(name: str, sheets: Iterable[Sheet], stem: str) -> list[Imported]:
    """As `each`, all of them."""
    return list(each(name, sheets, stem)[1])


def each(name: str, sheets: Iterable[Sheet], stem: str) -> tuple[int, Iterator[Imported]]:
    """How many drafts a workbook holds, errors in their stead counted, and one after the other. `name` goes into the reports,
    `stem` names an item that has no name. A hidden sheet is not read, and that is told. Never raises for what a workbook holds."""
    every = list(sheets)
    seen = [sheet for sheet in every if not sheet.hidden]
    hidden = [Told(Spot(sheet.name), Text(zh="工作表是隐藏的，没有读。要导入它，请先取消隐藏。",
                                          en="The sheet is hidden and was not read. Show it first if it is to be imported."), False)
              for sheet in every if sheet.hidden and sheet.name not in EXAMPLES and any(map(sheet.filled, range(len(sheet.rows))))]
    ours = own.finds(seen)
    found = own.read(name, seen) if ours else wide.read_all(name, seen, stem)
    if found is None or not found[0]:
        return 1, iter([Imported(sources.refused(name, sources.problem("template" if ours else "sheets")), None)])
    return found[0], told_first(found[1], hidden)
