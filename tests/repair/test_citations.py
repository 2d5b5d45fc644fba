"""The table of a page's numbered citations, and what rules about the page find in it."""

from __future__ import annotations

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wikimend.repair.citations import citations, matches, may_conflict
from wikimend.repair.need import CITED, Need
from wikimend.rules.model import PageTest
from wikimend.text.blocks import scan
from wikimend.text.page import Page
from wikimend.text.reader import Reader

READER = Reader((), "markdown")

NONE = ["tide", "[tide](/a)", "[1", "[1234]", "[a1]", r"\[1]", "`[1]`", "![1](/a)", "[1][2]",
        "[1](a b", "x[1]", "x_[1]", "[[1]]", "[see [1], p. 4](/a)", "[1]: /a", "[^1]",
        "    [1](/a)", "<!-- [1](/a) -->", "[b][1]"]  # fmt: skip
SOME = [
    ("[1](/a)", [("1", "/a", 0, 7)]),
    ("x [12] y", [("12", "", 2, 6)]),
    ("[1](<>)", [("1", "", 0, 7)]),
    ("[[3]](/a)", [("3", "/a", 0, 9)]),
    ("[1]( )", [("1", "", 0, 6)]),
    ("[1]( /a 'x')", [("1", "/a", 0, 12)]),
    ("[1](</a b> 'x')", [("1", "/a b", 0, 15)]),
    ("[1](/a) [1](/b)", [("1", "/a", 0, 7), ("1", "/b", 8, 15)]),
    ("[see [1](/a), p. 4]", [("1", "/a", 5, 12)]),
    ("> a\n> [2](/b)", [("2", "/b", 6, 13)]),
    ("| a |\n|---|\n| [2](/b) |", [("2", "/b", 14, 21)]),
    ("[2]\n\n[2]: /b", [("2", "/b", 0, 3)]),
    ("[2]\n\n[2]: </b> 'x'", [("2", "/b", 0, 3)]),
]
TABLE = "[1](/a) [2](/b) [1](/a) [3] [1](/c) [2](/d) [4](/a) [5](/a) [1](/e)"


@pytest.mark.parametrize("text", NONE)
def test_no_citation(text: str) -> None:
    assert citations(Page(text), scan(text), READER) == []


@pytest.mark.parametrize(("text", "wanted"), SOME)
def test_citations(text: str, wanted: list[tuple[str, str, int, int]]) -> None:
    found = citations(Page(text), scan(text), READER)
    assert [(c.number, c.url, c.start, c.end) for c in found] == wanted
    assert text in Need.of(CITED)


@pytest.mark.parametrize(
    ("test", "wanted"),
    [
        (PageTest(missing="url"), [("3", "", "1")]),
        (PageTest("number", "url"), [("1", "/c", "1"), ("2", "/d", "2"), ("1", "/e", "1")]),
        (PageTest("url", "number"), [("4", "/a", "1"), ("5", "/a", "1")]),
    ],
)
def test_matches(test: PageTest, wanted: list[tuple[str, str, str]]) -> None:
    found = matches(test, citations(Page(TABLE), scan(TABLE), READER))
    assert [(c.number, c.url, other.number) for c, other in found] == wanted


@pytest.mark.parametrize("text", ["[1] [2]", "tide", "[1](/a) [2](/b)"])
def test_nothing_to_say(text: str) -> None:
    table = citations(Page(text), scan(text), READER)
    tests = (PageTest(missing="url"), PageTest("number", "url"), PageTest("url", "number"))
    assert not [found for test in tests for found in matches(test, table)]


TESTS = [PageTest(group="number", differ="url"), PageTest(group="url", differ="number"),
         PageTest(missing="url")]  # fmt: skip
PIECES = ["[1]", "[2]", "[[1]]", "[1](/a)", "[2](/a)", "[1](/b)", "[[2]](/b)", "[1](</a>)",
          "[2]( /a 'x')", "[1](/a(b))", "[1](/a(b(c)))", "[1](/a(b(c(d))))", "[1]: /a\n", "[a](/b)",
          "\\[1]", "\\)", ")", "]", "!", "`", "`[1]`", " ", "\n", "\n\n", "a", "{", "}", ":", "(",
          "```\n", "x_", "https://e.org/(a)", "<b c=')'>"]  # fmt: skip


@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "500")), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("\\)[1] [1](/a)")
@example("\\)[1]}[1](/a)")
@example("[1](/a)[[1]]([1]")
@example("https://e.org/(a)[1] [1](/a)")
def test_what_raw_text_does_not_show_is_not_there(text: str) -> None:
    blocks = scan(text)
    for test in TESTS:
        if not may_conflict(text, [test]):
            assert not list(matches(test, citations(Page(text), blocks, READER)))
