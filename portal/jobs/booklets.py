"""jobs: the booklets that were asked for. A wish outlives the worker, and what is printed of it is kept."""
from dataclasses import replace
from datetime import UTC, datetime

from portal import logs
from portal.jobs import Tools
from portal.publishing import booklet_orders, booklets, journals, papers, publications
from portal.publishing.booklet_kinds import LARGEST
from portal.publishing.booklet_orders import Order
from portal.queries import editions
from portal.rules.calendar import legal_day

TURNS = 3
"""So often a booklet is looked at again because something was published meanwhile; then whoever asks next orders it anew."""
log = logs.get()


def make_ordered(tools: Tools) -> int:
    """Makes every booklet that is ordered, and shows it; gives how many orders there were. Raises what the database raises."""
    kept = papers.folder_of(tools.config.data / "site")
    orders = list(booklet_orders.open_orders(kept))
    for order in orders:
        try:
            refusal = _made(tools, order)
        except Exception as error:
            log.error("worker.booklet", problem=type(error).__name__.lower(), exc_info=error)
            refusal = ("这一册没有装订成，请过些时候再试，或者告诉窗口人员。已经公布的网页和 PDF 不受影响。",
                       "This booklet could not be made. Please try again later, or tell the staff; pages and other papers are as they were.")
        if refusal:
            booklet_orders.write(replace(order, failed=refusal), kept)
        else:
            booklet_orders.cross_out(order, kept)
    return len(orders)


def _made(tools: Tools, order: Order) -> tuple[str, str] | None:
    """Makes the booklet and shows it; gives why not, in both languages, where it is not to be made."""
    root = tools.config.data / "site"
    kept = papers.folder_of(root)
    for _ in range(TURNS):
        seen = journals.number(root)
        with tools.database.reading() as db:
            edition = editions.edition(db, tools.config)
        wanted = booklets.booklet(edition, order.kind, order.name, order.locale)
        if wanted is None:
            return "这里现在没有办事指南，没有可装订的内容。", "There is no guide here at present, so there is nothing to bind."
        if len(wanted.chapters) > LARGEST:
            return (f"这里有{len(wanted.chapters)}项办事指南，装成一册太厚。请按部门下载。",
                    f"There are {len(wanted.chapters)} guides here, too many for one booklet. Please take those of the departments.")
        file = booklets.make(edition, wanted, kept, legal_day(datetime.now(UTC)),
                             lambda done, number: booklet_orders.write(replace(order, done=done, number=number), kept))
        if publications.held(root) or publications.show_made(root, order.path, file, seen):
            return None
    return None
