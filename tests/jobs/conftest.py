"""What the worker works with in a test: a settled database on each engine, keys, a folder for files and the site."""
import pytest

from portal import keys
from portal.config import load
from portal.jobs import Tools
from portal.storage import Storage


@pytest.fixture
def tools(database, ring, tmp_path):
    """A module that writes sites asks for one engine: `pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)`."""
    url = database.url.render_as_string(hide_password=False)
    config = load({"BANSHI_DEMO": "1", "BANSHI_DATA": str(tmp_path), "BANSHI_DATABASE": url})
    return Tools(config, database, keys.load(ring, demo=True), Storage(tmp_path / "files"))
