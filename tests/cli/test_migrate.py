"""cli/migrate: what an earlier release indexed, or what was lost of the index, is found by the words of this release."""
from click.testing import CliRunner
from sqlalchemy import delete

from portal.actions import places
from portal.cli.migrate import migrate
from portal.db import Database
from portal.models.search import SearchTerm
from portal.queries import search
from portal.sample.county import county
from tests.actions.cases import sample
from tests.conftest import publish_file

SLUG = "senior-allowance"


def test_the_search_index_is_made_anew(tmp_path):
    env = {"BANSHI_DATA": str(tmp_path), "BANSHI_PUBLIC_URL": "https://banshi.example.cn", "BANSHI_DATABASE": None}
    assert CliRunner().invoke(migrate, env=env).exit_code == 0
    database = Database(f"sqlite:///{tmp_path}/banshi.sqlite")
    with database.writing() as db:
        places.settle(db, county())
        publish_file(db, sample(SLUG), SLUG)
        db.execute(delete(SearchTerm))
        db.commit()
        assert not search.find(db, "高龄")
    answer = CliRunner().invoke(migrate, env=env)
    assert answer.exit_code == 0 and "重建搜索索引" in answer.output and "search index" in answer.output
    with database.reading() as db:
        assert [one.slug for one in search.find(db, "高龄")] == [SLUG]
    database.dispose()
