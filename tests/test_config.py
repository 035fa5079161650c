"""config: settings stand or are refused with a sentence that names them."""

from pathlib import Path

import pytest

from portal.config import ROOT, Config, ConfigProblem, is_local, load, settings

REAL = {"BANSHI_PUBLIC_URL": "https://banshi.example.cn"}


def test_the_demo_needs_no_setting_but_its_own():
    config = load({"BANSHI_DEMO": "1"})
    data = ROOT / "instance/demo"
    assert config == Config(
        data=data,
        database=f"sqlite:///{data}/banshi.sqlite",
        files=f"{data}/files",
        keys=f"{data}/keys.json",
        public_url="http://localhost:8000",
        authority="",
        proxies=0,
        demo=True,
    )
    assert not config.secure


def test_every_setting_can_be_set():
    config = load(
        {
            "BANSHI_DATA": "/srv/banshi",
            "BANSHI_DATABASE": "postgres://banshi:secret@db/banshi",
            "BANSHI_FILES": "s3://bucket/files",
            "BANSHI_KEYS": "/etc/banshi/keys.json",
            "BANSHI_PUBLIC_URL": "https://banshi.example.cn:8443/",
            "BANSHI_AUTHORITY": "青禾县人民政府",
            "BANSHI_PROXIES": "1",
            "BANSHI_DEMO": "",
        }
    )
    assert config.database == "postgresql+psycopg://banshi:secret@db/banshi"
    assert (config.public_url, config.secure) == ("https://banshi.example.cn:8443", True)
    assert (config.data, config.keys, config.files) == (
        Path("/srv/banshi"),
        "/etc/banshi/keys.json",
        "s3://bucket/files",
    )
    assert "secret" not in repr(config)
    assert (config.authority, config.proxies, config.demo) == ("青禾县人民政府", 1, False)


def test_every_setting_is_documented_in_both_languages():
    for one in settings():
        assert one.metadata["name"].startswith("BANSHI_") and one.metadata["text"].en


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "x.localhost", "127.0.0.1", "127.9.9.9", "0.0.0.0", "[::1]", "localhost."]
)
def test_localhost_is_refused_outside_the_demo(host):
    with pytest.raises(ConfigProblem) as caught:
        load({"BANSHI_PUBLIC_URL": f"http://{host}:8000"})
    assert caught.value.code == "BANSHI_PUBLIC_URL" and "演示" in caught.value.text.zh
    assert load({"BANSHI_PUBLIC_URL": f"http://{host}:8000", "BANSHI_DEMO": "1"}).demo


def test_not_set_is_localhost_and_so_refused():
    with pytest.raises(ConfigProblem):
        load({})


def test_other_hosts_are_not_local():
    assert not any(map(is_local, ("localhost.cn", "notlocalhost", "10.0.0.1", "banshi.example.cn")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BANSHI_PUBLIC_URL", "banshi.example.cn"),
        ("BANSHI_PUBLIC_URL", "ftp://banshi.example.cn"),
        ("BANSHI_PUBLIC_URL", "https://banshi.example.cn/portal"),
        ("BANSHI_PUBLIC_URL", "https://u:p@banshi.example.cn"),
        ("BANSHI_PUBLIC_URL", "https://banshi.example.cn:99999"),
        ("BANSHI_PUBLIC_URL", "https://[banshi"),
        ("BANSHI_PUBLIC_URL", "https://ban shi.cn"),
        ("BANSHI_DATABASE", "mysql://x"),
        ("BANSHI_DATABASE", "sqlite://"),
        ("BANSHI_DATABASE", "sqlite:///:memory:"),
        ("BANSHI_PROXIES", "-1"),
        ("BANSHI_PROXIES", "一"),
        ("BANSHI_DEMO", "perhaps"),
    ],
)
def test_what_cannot_stand_is_refused_by_name(name, value):
    with pytest.raises(ConfigProblem) as caught:
        load({**REAL, name: value})
    assert caught.value.code == name and name in caught.value.text.zh and name in caught.value.text.en


def test_a_password_is_not_repeated():
    with pytest.raises(ConfigProblem) as caught:
        load({**REAL, "BANSHI_DATABASE": "mysql://banshi:secret@db"})
    assert "secret" not in str(caught.value)


def test_the_demonstration_has_a_folder_of_its_own():
    assert load({"BANSHI_DEMO": "1"}).data == ROOT / "instance/demo"
    assert load({"BANSHI_DEMO": "1", "BANSHI_DATA": "/var/x"}).data == Path("/var/x")
