"""The user's own folders are where the system keeps such things."""

import subprocess
import sys

import platformdirs
import pytest

from handouts import paths

FOLDERS = {"CACHE": (paths.cache_folder, platformdirs.user_cache_path, ""),
           "DATA": (paths.records_folder, platformdirs.user_data_path, "given")}


@pytest.mark.parametrize("kind", FOLDERS)
@pytest.mark.parametrize("own", [None, "", "/srv/of mine", "relative", " "])
@pytest.mark.parametrize("home", ["/home/ana", "/home/ana/"])
def test_folders_are_those_of_the_system(monkeypatch, kind, own, home):
    for name in ("HANDOUTS_CACHE", "HANDOUTS_RECORDS", f"XDG_{kind}_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", home)
    if own is not None:
        monkeypatch.setenv(f"XDG_{kind}_HOME", own)
    ours, theirs, inside = FOLDERS[kind]

    assert ours() == theirs("handouts") / inside


def test_a_brand_in_the_users_folder_is_found(monkeypatch, tmp_path):
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts" / "brand.toml").write_text("")

    assert paths.brand_path(None) == tmp_path / "handouts" / "brand.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
def test_the_library_that_knows_them_is_not_imported_where_they_are_plain():
    script = ("import sys; from handouts import paths; paths.cache_folder(); "
              "paths.brand_path(None); print('platformdirs' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          check=True, env={"HOME": "/nowhere"})

    assert done.stdout == "False\n"
