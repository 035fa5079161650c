"""cli/bench: the yardstick of the tracker: a bare Flask route, the page's own bytes from one template, two keyed SELECTs
by a plain SQLAlchemy session. No header, language, session, throttle or policy of ours."""
import os

from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from portal.models.cases import Case
from portal.models.guides import GuideRevision

PAGE, DATABASE = "BANSHI_BENCH_PAGE", "BANSHI_BENCH_DATABASE"


def create() -> Flask:
    """The application; page and database are named in the environment."""
    app, engine = Flask(__name__), create_engine(f"sqlite:///{os.environ[DATABASE]}")
    with open(os.environ[PAGE], encoding="utf-8") as file:
        template = app.jinja_env.from_string("{% raw %}" + file.read() + "{% endraw %}<!-- {{ name }} -->")

    @app.get("/track/<code>")
    def show(code: str):
        with Session(engine) as db:
            case = db.execute(select(Case.id, Case.state, Case.guide_revision_id)
                              .where(Case.tracking_code == code.replace("-", ""))).one()
            guide = db.execute(select(GuideRevision.id, GuideRevision.digest)
                               .where(GuideRevision.id == case.guide_revision_id)).one()
        return template.render(name=guide.digest)

    return app
