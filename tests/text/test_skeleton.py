"""The skeleton of a text: no leaf with a bracket that lacks its partner is missed."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wikimend.text.blocks import scan
from wikimend.text.brackets import Balance
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import DIALECTS, Dialect
from wikimend.text.skeleton import may_be_unbalanced, unbalanced_stretches

PIECES = ["[", "]", "(", ")", "a", " ", "\n", "`", "``", "\\", "<", ">", "<b>", "{", "}", "{{",
          "}}", "{%", "%}", "$", "$$", "|", '"', "'", "=", "<!--", "-->", "<?", "?>", "<a b=",
          "](", "](/u ", "https://e.org/", "> ", "- ", "\r\n", "\r", "~~~", "\\(", "\\)",
          "|-|\n", "<a:", "5"]  # fmt: skip

BALANCED = [
    "", "a", "[a](b) (c `d`)", "([a] (b))", "a < b > c", "x -> y (z)", "costs $5 (or 6)",
    '<a href="b">(c)</a>', "{{a}} (b) {%c%} [d]", "> (a)\n> [b]", '[a](b "c")', "`a` and (`b`)",
    "- [ ] (a)", "it's (a) 'b'", '(she said "(a)" twice)',
]  # fmt: skip
HIDDEN = [
    "(", ")", "[", "]", "(a\nb)", r"(a\)", r"(\(a)", "(`)`", "(``)``", "`(` ``)``", "(<a b=')'>",
    "(<a b='>)'>", '(<a b=">)">', "(<a b='> )\n'>", "<a b='(<'>)>", "<a b = '(<'>)>",
    "(<!-- > ) -->", "(<!-- > )\n-->", "(<? > ) ?>", "(<![CDATA[>)]]>", "($)$", "$a($ $b)",
    "$a($ $b) $c", "$$ ( $$ )", r"\((\) )", "({{)}}", "({% } ) %}", "({%)%}",
    "{|\n! (a !! b)\n|}", '([a](b ")")', "([a](b ')')", '([a](b(c) ")")', '([a](b[c] ")")',
    '([a](b "))\n(")', '[a](b "(") )', '[a](b "\\"(") )', '([a](<b c> ")")', "([a](<b)>)",
    "<a:(> )", "(" * 40 + ")" * 39,
]  # fmt: skip


def unbalanced_leaves(page: str, dialect: Dialect) -> list[tuple[str, list[tuple[int, int]]]]:
    """Return the leaves of a page in which some bracket has no partner, with their lines."""
    found = []
    for block in scan(page, dialect):
        if block.is_leaf:
            text = Leaf.of(block, page).text
            if Balance.of(lex(text, (), dialect).kinds).unpaired:
                found.append((text, list(block.spans)))
    return found


@pytest.mark.parametrize("text", BALANCED)
def test_a_clean_text_is_passed_by(text: str) -> None:
    assert not may_be_unbalanced(text)
    assert unbalanced_stretches(text) == ()


@pytest.mark.parametrize("text", HIDDEN)
def test_a_hidden_bracket_is_not(text: str) -> None:
    assert may_be_unbalanced(text)
    assert unbalanced_stretches(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(DIALECTS))
@example("| a | (b |\n|---|---|\n| `c|`) | d |\n", "markdown")
@example("> (`a\n> )` b", "markdown")
def test_no_unbalanced_leaf_is_missed(page: str, dialect: Dialect) -> None:
    stretches = unbalanced_stretches(page)
    for text, lines in unbalanced_leaves(page, dialect):
        assert may_be_unbalanced(text)
        assert any(a <= end and start <= b for start, end in lines for a, b in stretches)


@pytest.mark.parametrize(
    ("page", "stretches"),
    [
        ("", []),
        ("(a\n\n[b]\n", [(0, 2)]),
        ("a\n\n[b]\n(c\n`d` ``e``\n", [(7, 9), (10, 19)]),
        ("a\r\n(b\r\n[c]\r\n", [(3, 6)]),
        ("[a\nb]", [(0, 2), (3, 5)]),
    ],
)
def test_stretches_are_lines(page: str, stretches: list[tuple[int, int]]) -> None:
    assert list(unbalanced_stretches(page)) == stretches
