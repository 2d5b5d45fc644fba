"""The skeleton of a text: no leaf with a bracket that lacks its partner is missed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wikimend.text.blocks import scan
from wikimend.text.brackets import Balance
from wikimend.text.imbalance import unbalanced_stretches
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.outline import Span
from wikimend.text.page import DIALECTS, Dialect
from wikimend.text.skeleton import may_be_unbalanced, suspicious_lines

PIECES = ["[", "]", "(", ")", "a", " ", "\n", "`", "``", "\\", "<", ">", "<b>", "{", "}", "{{",
          "}}", "{%", "%}", "$", "$$", "|", '"', "'", "=", "<!--", "-->", "<?", "?>", "<a b=",
          "](", "](/u ", "https://e.org/", "> ", "- ", "\r\n", "\r", "~~~", "\\(", "\\)",
          "|-|\n", "<a:", "5", "```", "\n```\n", "\n\n", "    ", "  ", "# ", "1. ", "---\n",
          "<div>", "<pre>", "</pre>", "[a]: ", "import ", "x <!-- a --> y"]  # fmt: skip

BALANCED = [
    "", "a", "[a](b) (c `d`)", "([a] (b))", "a < b > c", "x -> y (z)", "costs $5 (or 6)",
    '<a href="b">(c)</a>', "{{a}} (b) {%c%} [d]", "> (a)\n> [b]", '[a](b "c")', "`a` and (`b`)",
    "- [ ] (a)", "`[` (`)`) `(`", "it's (a) 'b'", '(she said "(a)" twice)',
]  # fmt: skip
HIDDEN = [
    "(", ")", "[", "]", r"(a\)", r"(\(a)", "(`)`", "(``)``", "`(` ``)``", "(<a b=')'>",
    "(<a b='>)'>", '(<a b=">)">', "(<a b='> )\n'>", "<a b='(<'>)>", "<a b = '(<'>)>",
    "(<!-- > ) -->", "(<!-- > )\n-->", "(<? > ) ?>", "(<![CDATA[>)]]>", "($)$", "$a($ $b)",
    "$a($ $b) $c", "$$ ( $$ )", r"\((\) )", "({{)}}", "({% } ) %}", "({%)%}",
    "{|\n! (a !! b)\n|}", '([a](b ")")', "([a](b ')')", '([a](b(c) ")")', '([a](b[c] ")")',
    '([a](b "))\n(")', '[a](b "(") )', '[a](b "\\"(") )', '([a](<b c> ")")', "([a](<b)>)",
    "<a:(> )", "(" * 40 + ")" * 39,
]  # fmt: skip


def unbalanced_leaves(page: str, dialect: Dialect) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield the leaves of a page in which some bracket has no partner, with their lines.

    Not those of wikitext that a template or the like cuts out of a line: brackets around it are
    in two leaves and pair up all the same.
    """
    blocks = scan(page, dialect)
    cuts = [block for block in blocks if block.is_protected and dialect == "mediawiki"]
    for block in blocks:
        if not block.is_leaf:
            continue
        lines = [page_line(page, *span) for span in block.spans]
        if any(cut.start <= end and start <= cut.end for cut in cuts for start, end in lines):
            continue
        text = Leaf.of(block, page).text
        if Balance.of(lex(text, (), dialect).kinds).unpaired:
            yield text, block.spans


def leaves(page: str) -> Iterator[str]:
    """Yield the text of each leaf of a page."""
    return (Leaf.of(block, page).text for block in scan(page) if block.is_leaf)


def page_line(page: str, start: int, end: int) -> Span:
    """Return the line of a page that a stretch stands in."""
    return page.rfind("\n", 0, start) + 1, page.find("\n", end) % (len(page) + 1)


SETTLED = [
    "(a\nb)", "- (a\n  b)\n- [c\n  d](e)", "> (a\n> b)", "`[` and `)`", "```\n[\n```\n",
    "~~~\n(\n~~~", "a\n\n```x\n(\n\n(\n```\nb", "```\n(\n", "---\na: (\n---\n", "[a\nb]<!-- c -->",
    "(a\nb)<!-- c --> d",
    "    - (a\n      b)\n", "[`a` ``b``\n](c)", "| a | (b) |\n|--|--|\n| `(` | b |",
]  # fmt: skip
OPEN = [
    "(a\n\nb)", "- (a\n- b)", "# (a\nb)", "(a\n# b)", "> (a\n\nb)", "    (a\nb)", "(a\n<div>\nb)",
    "<!--\n```\n-->\n(", "<div>\n```\n</div>\n\n(\n\n```\n```", "  ```\n```\n(\n```\n```",
    "- ```\n  ```\n\n(\n```\n```", "<!-- a\n\n(b -->\nc)", "(a\n<!-- b --> c\nd)",
    "|(a|\n|-|\n|b)|",
    "- x\n\n  a (\n     # b )", "$$\n\n(a\n$$\nb)", "(a\n===\nb)", "---\na: (\n---\nb)",
    "~~~\n```\n~~~\n(\n```\n```", "````\n```\n````\n(\n```\n```", "``` `\n(\n\n```",
]  # fmt: skip


@pytest.mark.parametrize("text", BALANCED)
def test_a_clean_text_is_passed_by(text: str) -> None:
    assert not may_be_unbalanced(text)
    assert suspicious_lines(text) == [] or "`[`" in text
    assert unbalanced_stretches(text) == ()


@pytest.mark.parametrize("text", HIDDEN)
def test_a_hidden_bracket_is_not(text: str) -> None:
    assert may_be_unbalanced(text)
    assert suspicious_lines(text)


@pytest.mark.parametrize("page", SETTLED)
def test_a_closer_look_settles(page: str) -> None:
    assert suspicious_lines(page)
    assert unbalanced_stretches(page) == ()


@pytest.mark.parametrize("page", OPEN)
def test_a_closer_look_does_not(page: str) -> None:
    assert any(Balance.of(lex(text).kinds).unpaired for text in leaves(page))
    assert unbalanced_stretches(page)


WRAPS = ["({})", "[{}]", "`{}`", "<a b='{}'>", '<a b="{}">', "<a b={}>", "<a:{}>", "<{}>",
         "<!--{}-->", "{{{{{}}}}}", "{{%{}%}}", "{{{}}}", "${}$", "$${}$$", "\\({}\\)", "{}\n{}",
         '[a](/u "{}")', "[a](/u '{}')", "[a](/u ({}))", "[a](<{}>)", "[a]({})", "{} {}",
         "| {} | {} |", "> {}"]  # fmt: skip
nested = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.builds(str.format, st.sampled_from(WRAPS), inner, inner),
    max_leaves=8,
)
MARGINS = ["", "", "", " ", "  ", "    ", "      ", "> ", "> > ", "- ", "  - ", "    - ", "1. ",
           "2. ", "# ", "\t"]  # fmt: skip
CONTENTS = ["", "", "(a", "a (", "b)", "[a", "b](c)", "`(`", "` (", "a `b", "a", "```", "~~~",
            "---", "===", "<!-- a -->", "(<!-- a -->", "<!--", "-->", "<div>", "</div>",
            "<pre>", "</pre>",
            "$$", "\\[", "\\]", "{", "}", "import a", "|(a|", "|-|", "|b)|", "[a]: b", "[a]:",
            "'b", "``` `", "````", "+++", "a)", "1) b", "<!-->",
            "<?>", "<?", "?>", "<pre-x>", "<![CDATA[", "]]>", "<!A",
            "<script>", "</script>"]  # fmt: skip
rows = st.lists(st.builds(str.__add__, st.sampled_from(MARGINS), st.sampled_from(CONTENTS)))
pages = (
    (st.lists(st.sampled_from(PIECES), max_size=25) | st.lists(nested, max_size=4)).map("".join)
) | rows.map("\n".join)


@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "1000")), deadline=None)
@given(pages, st.sampled_from(DIALECTS))
@example("| a | (b |\n|---|---|\n| `c|`) | d |\n", "markdown")
@example("> (`a\n> )` b", "markdown")
def test_no_unbalanced_leaf_is_missed(page: str, dialect: Dialect) -> None:
    stretches = unbalanced_stretches(page, dialect)
    for text, lines in unbalanced_leaves(page, dialect):
        assert may_be_unbalanced(text)
        assert any(a <= end and start <= b for start, end in lines for a, b in stretches)


@pytest.mark.parametrize(
    ("page", "starts"),
    [
        ("", []),
        ("(a\n\n[b]\n", [0]),
        ("a\n\n[b]\n(c\n`d` ``e``\n", [7, 10]),
        ("a\r\n(b\r\n[c]\r\n", [3]),
        ("[a\nb]", [0, 3]),
    ],
)
def test_suspicious_lines(page: str, starts: list[int]) -> None:
    assert suspicious_lines(page) == starts


def test_stretches_are_lines() -> None:
    assert unbalanced_stretches("[a\n\n(b)\n\nc)\n") == ((0, 2), (9, 11))
