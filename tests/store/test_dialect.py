"""The markup language of a page by its name."""

from __future__ import annotations

import pytest

from wikimend.store.dialect import dialect_of


@pytest.mark.parametrize(
    ("name", "dialect"),
    [
        ("notes.txt", "markdown"),
        ("README", "markdown"),
        ("wiki", "markdown"),
        (".wiki", "markdown"),
        ("wiki.d/page", "markdown"),
        ("page.mdx.md", "markdown"),
        ("", "markdown"),
        ("page.md", "markdown"),
        ("page.markdown", "markdown"),
        ("page.mdx", "mdx"),
        ("PAGE.MDX", "mdx"),
        ("a/b/Main_Page.wiki", "mediawiki"),
        ("page.mediawiki", "mediawiki"),
    ],
)
def test_dialect_by_name(name: str, dialect: str) -> None:
    assert dialect_of(name) == dialect
