"""The folder of caches is the one that the library for such folders names."""

from __future__ import annotations

import pytest
from platformdirs import user_cache_path

from wikimend.caches import cache_folder


@pytest.mark.parametrize(
    "wanted", [None, "", " ", "/srv/cache", " /srv/cache ", "cache", "~/cache"]
)
def test_the_folder(wanted: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIKIMEND_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if wanted is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", wanted)
    assert cache_folder() == user_cache_path("wikimend", appauthor=False)


def test_the_folder_that_a_user_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIKIMEND_CACHE_DIR", "/srv/wikimend")
    assert str(cache_folder()) == "/srv/wikimend"
