"""The pages of a run: what was found, in its order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wikimend.errors import PageError, Place
from wikimend.store.pages import Found, Pages
from wikimend.store.tree import Source
from wikimend.text.page import Page

ERROR = PageError("no such file or folder", Place("x.md"))
CASES: dict[str, list[Found]] = {
    "nothing": [],
    "an error": [ERROR],
    "a page that is there": [Page("a", "<stdin>")],
    "one page": [Source.called("a/b.mdx")],
    "names that need care": [
        Source.called(name) for name in ("a\nb.md", "\u00e4.md", "-", "a\\b.md")
    ],
    "errors among them": [ERROR, Source.called("a.md"), ERROR, Source.called("b.wiki"), ERROR],
    "many": [Source.called(f"part-{number % 7}/{number}.md") for number in range(1234)],
}


@pytest.mark.parametrize("found", CASES.values(), ids=CASES)
def test_what_was_found(found: list[Found]) -> None:
    pages = Pages(found)
    assert list(pages) == list(pages) == found
    assert len(pages) == len(found)
    assert all(page in pages for page in found[:9])
    assert Source(Path("c.md"), "c.md", "markdown") not in pages


def test_a_name_that_is_not_utf8() -> None:
    name = os.fsdecode(b"caf\xe9.md")
    assert [page.name for page in Pages([Source.called(name)]) if isinstance(page, Source)] == [
        name
    ]
