"""jobs: what is due by the clock. huey keeps the timetable; each task can be missed or done twice without harm."""
from datetime import UTC, datetime

from huey import SqliteHuey, crontab

from portal.actions import record
from portal.jobs import Tools, intake, leftovers, links, staying


def timetable(tools: Tools) -> SqliteHuey:
    """A huey with the tasks of this installation. Its times are UTC: 18:10 is ten past two at night in Shanghai.

    What the law counts in days is looked at when the worker starts and every hour, the first of them just after midnight
    in Shanghai: it is found from the facts, so that hours slept through are caught up with.
    """
    huey = SqliteHuey("banshi", filename=str(tools.config.data / "jobs.sqlite"), utc=True)
    huey.on_startup(name="deem")(lambda: intake.deem(tools, datetime.now(UTC)))
    huey.periodic_task(crontab(minute="5"), name="deem")(lambda: intake.deem(tools, datetime.now(UTC)))
    huey.periodic_task(crontab(minute="10", hour="18"), name="seal")(lambda: seal(tools))
    huey.periodic_task(crontab(minute="20", hour="18"), name="erase")(lambda: leftovers.erase(tools, datetime.now(UTC)))
    huey.periodic_task(crontab(minute="30", hour="18"), name="erase_reports")(lambda: leftovers.erase_reports(tools, datetime.now(UTC)))
    huey.periodic_task(crontab(minute="50", hour="18"), name="look")(lambda: staying.look(tools, datetime.now(UTC)))
    huey.periodic_task(crontab(minute="0", hour="19"), name="links")(lambda: links.ask(tools, datetime.now(UTC)))
    huey.periodic_task(crontab(minute="40", hour="18"), name="sweep")(lambda: leftovers.sweep(tools, datetime.now(UTC)))
    return huey


def seal(tools: Tools) -> None:
    """Seals the chains of all cases, so that a forged record would have to forge every seal since."""
    with tools.database.writing() as db:
        record.seal(db, datetime.now(UTC))
        db.commit()
