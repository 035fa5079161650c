"""An installation of the sample county for commands that are typed in a test."""
import shutil

import pytest
from click.testing import CliRunner


@pytest.fixture
def call(request, tmp_path, settled):
    """Types the module's `COMMAND` with these words, in an installation of this test alone at `tmp_path`."""
    shutil.copy(settled, tmp_path / "banshi.sqlite")
    env = {"BANSHI_DATA": str(tmp_path), "BANSHI_PUBLIC_URL": "https://banshi.example.cn", "BANSHI_DATABASE": None}
    return lambda *words: CliRunner().invoke(request.module.COMMAND, [*map(str, words)], env=env)
