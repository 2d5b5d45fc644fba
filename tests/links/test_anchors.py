"""Anchors are those that each platform documents."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import slugify, unique

from wikimend.links.anchors import ALGORITHMS, AnchorStyle, anchors
from wikimend.links.heading import heading
from wikimend.text.page import Dialect

_, *PIECES = re.split(
    "^%%% (.+)\n", Path(__file__).with_name("anchors.txt").read_text("utf-8"), flags=re.M
)
CASES = list(zip(PIECES[::2], PIECES[1::2], strict=True))


@pytest.mark.parametrize(("name", "text"), CASES, ids=[name for name, _ in CASES])
def test_documented(name: str, text: str) -> None:
    style = cast(AnchorStyle, name.partition(":")[0])
    dialect: Dialect = "mediawiki" if style == "mediawiki" else "markdown"
    rows = [line.split(" -> ") for line in text.splitlines()]
    headings = [heading(source, 0, dialect) for source, _ in rows]
    assert anchors(style, [(h.text, h.id) for h in headings]) == [anchor for _, anchor in rows]


def test_every_style_is_documented() -> None:
    assert {name.partition(":")[0] for name, _ in CASES} == set(ALGORITHMS)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(alphabet="ab 1_-.é潮!", max_size=6), max_size=6))
def test_python_markdown_itself_agrees(texts: list[str]) -> None:
    ids: set[str] = set()
    theirs = [unique(slugify(text, "-"), ids) for text in texts]
    assert anchors("python-markdown", [(text, "") for text in texts]) == theirs
