"""Paths that are joined lead where they lead on a disk."""

from __future__ import annotations

import posixpath

from hypothesis import given
from hypothesis import strategies as st

from wikimend.links.routes import joined

PARTS = ("a", "b.md", "c d", "x.", "...", "..", ".", "")


@given(
    st.lists(st.sampled_from(("a", "b.c", "..d")), max_size=3).map("/".join),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=5)
    .map("/".join)
    .filter(lambda path: not path.startswith("/")),
)
def test_a_path_leads_where_it_would_on_a_disk(folder: str, path: str) -> None:
    there = posixpath.normpath(f"/top/{folder}/{path}")
    outside = posixpath.relpath(there, "/top").startswith("../") or there == "/"
    found = joined(folder, path)
    assert (found is None) is outside
    if found is not None:
        assert posixpath.normpath(f"/top/{found}") == there
        assert found.endswith("/") is (path.endswith(("/", "/.", "/..")) and there != "/top")


def test_a_slash_at_the_end_stays() -> None:
    assert joined("sea", "deep/") == "sea/deep/"
    assert joined("sea", "..") == ""
    assert joined("", "../x") is None
