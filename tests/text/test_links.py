"""The links of a leaf are those that markdown-it-py finds, and the labels of a page too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token
from tests.conftest import SpecExample

from wikimend.text.blocks import scan
from wikimend.text.definitions import defined_labels, definition_lines
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.links import links

MARKDOWN = MarkdownIt("commonmark")
DEFINITIONS = "\n\n[a]: /1\n[b c]: /2 'title'\n[^1]: /3\n"
PIECES = ["[", "]", ")", "][", "[]", "!", "a", "B  c", "^1", "x", " ", "\n", "\\", "`", "/u",
          "[a]", "[b\nc]", "(/u)", "(</v w> 't')", "<b>", "*"]  # fmt: skip


def theirs(source: str) -> tuple[Counter[str], Mapping[str, Any]]:
    """Return the destinations that markdown-it-py finds, and the labels that it knows."""
    known: dict[str, Any] = {}
    tokens = MARKDOWN.parse(source, known)
    return Counter(_destinations(tokens)), known.get("references", {})


def _destinations(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "link_open" and token.info != "auto":
            yield str(token.attrs["href"])
        elif token.type == "image":
            yield str(token.attrs["src"])
        yield from _destinations(token.children or ())


def ours(source: str, known: Mapping[str, Any]) -> Counter[str]:
    """Return the destinations that we find, those of references as markdown-it-py knows them."""
    found: Counter[str] = Counter()
    blocks = scan(source)
    labels = defined_labels(source, blocks)
    for block in blocks:
        if not block.is_leaf:
            continue
        lines = Leaf.of(block, source).text.split("\n")
        if block.kind == "paragraph":
            del lines[: definition_lines("\n".join(lines))]
        tokens = lex("\n".join(lines), defined=labels)
        for link in links(tokens):
            text = tokens.text[slice(*link.destination)]
            if link.inline:
                found += theirs(f"[x]({text})")[0]
            else:
                found[known[normalizeReference(text)]["href"]] += 1
    return found


def test_every_example_of_the_specification(commonmark_examples: tuple[SpecExample, ...]) -> None:
    different = []
    for example in commonmark_examples:
        destinations, known = theirs(example.markdown)
        if ours(example.markdown, known) != destinations:
            different.append(example.number)
    assert different == []


def test_every_label_of_the_specification(commonmark_examples: tuple[SpecExample, ...]) -> None:
    for example in commonmark_examples:
        labels = defined_labels(example.markdown, scan(example.markdown))
        known = theirs(example.markdown)[1]
        assert {normalizeReference(label) for label in labels} == set(known), example.number


# No `](x` that is no link: behind it markdown-it-py looks for a label in the wrong place. Nor
# brackets within brackets, which it takes for a label and section 4.7 forbids, or brackets around
# nothing but spaces, which that section forbids as well.
@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_any_paragraph(text: str) -> None:
    assume(not re.search(r"\]\[([^\]]*\[|\s+\])", text))
    page = "x" + " ".join(text.split(" ")).rstrip("\n").replace("\n\n", "\n") + DEFINITIONS
    destinations, known = theirs(page)
    assert ours(page, known) == destinations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[c] [a b] a", []),
        (r"\[a] [a\] `[a]`", []),
        ("[a ] [A]", [("[a ]", "a ", False), ("[A]", "A", False)]),
        ("[x][a] y", [("[x][a]", "a", False)]),
        ("[x] [a]", [("[a]", "a", False)]),
        ("[a][x]", []),
        ("[a][ ]", [("[a]", "a", False)]),
        ("[a][[x]", [("[a]", "a", False)]),
        ("[a][]", [("[a]", "a", False)]),
        ("[a]()", [("[a](", "", True)]),
        ("[![x](/i)][a]", [("[x](/i", "/i", True), ("[![x](/i)][a]", "a", False)]),
        ("[x [y](/u)][a]", [("[y](/u", "/u", True), ("[a]", "a", False)]),
        ("[x [a] y](/u)", [("[a]", "a", False)]),
        ("[x ![a] y](/u)", [("[a]", "a", False), ("[x ![a] y](/u", "/u", True)]),
    ],
)
def test_where_they_stand(text: str, found: list[tuple[str, str, bool]]) -> None:
    def shown(start: int, stop: int, inline: bool) -> str:
        return text[start : stop if inline else stop + 1]

    assert [
        (shown(link.start, link.destination[1], link.inline), text[slice(*link.destination)],
         link.inline)
        for link in links(lex(text, defined=frozenset({"a"})))
    ] == found  # fmt: skip


@pytest.mark.parametrize(
    ("page", "labels"),
    [
        pytest.param("[a]", set(), id="a reference"),
        pytest.param("[a]:", set(), id="no destination"),
        pytest.param("x\n[a]: /b", set(), id="inside a paragraph"),
        pytest.param("# [a]: /b", set(), id="a heading"),
        pytest.param("```\n[a]: /b\n```", set(), id="code"),
        pytest.param("| [a]: /b |\n|---|", set(), id="a cell"),
        pytest.param("[ ]: /b", set(), id="a blank label"),
        pytest.param("[a]: /b\n[C\n  d]: /e\nx", {"a", "c d"}, id="several"),
        pytest.param(r"[a\]: b]: /c", {r"a\]: b"}, id="an escaped bracket"),
        pytest.param("> - [a]: /b", {"a"}, id="in a list in a quote"),
        pytest.param("[a]: /b\nx\n===", {"a"}, id="before a heading"),
        pytest.param("[^1]: One note.\n[^2]: Another.", {"^1", "^2"}, id="footnotes"),
        pytest.param("x\n[^Big one]: a\n[^n]: A note.", {"^n"}, id="a footnote below a line"),
        pytest.param("[^1]:\n    A note.", {"^1"}, id="a footnote on the next line"),
    ],
)  # fmt: skip
def test_defined_labels(page: str, labels: set[str]) -> None:
    assert defined_labels(page, scan(page)) == labels
