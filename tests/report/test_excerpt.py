"""A finding's line is cut to what fits, and the carets stand under the right cells."""

from __future__ import annotations

import pytest

from wikimend.report.excerpt import cells, excerpt
from wikimend.report.visible import visible
from wikimend.text.position import Lines

from .transcript import cases, marked


@pytest.mark.parametrize(("page", "wanted"), cases("excerpts.txt"))
def test_excerpt(page: str, wanted: str) -> None:
    text, (span,) = marked(page)
    _, column = Lines(text).position(span.start)
    shown = excerpt(text, span.start, span.end, column, 40)
    line = shown.before + shown.span + shown.after
    assert f"{line}\n{shown.carets}\n" == wanted
    assert cells(line) <= 40


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain [red]text[/red] :smile: café 語 \u200b", None),
        ("a\tb", None),
        ("שלום \u200f", None),
        ("a\nb\r\n", r"a\nb\r\n"),
        ("\0\x07\x08\x1b[2J\x7f", r"\x00\x07\x08\x1b[2J\x7f"),
        ("\x85\x9b31m", r"\x85\x9b31m"),
        ("\u2028\u202e\u2066", r"\u2028\u202e\u2066"),
        ("caf\udce9", r"caf\xe9"),
        ("\ud800", r"\ud800"),
    ],
)
def test_control_characters_are_escaped(text: str, wanted: str | None) -> None:
    assert visible(text) == (text if wanted is None else wanted)
