"""The glance: no page is taken for sound that is not, and most that are sound are seen to be."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wikimend.repair.gate import Gate
from wikimend.repair.glance import is_sound
from wikimend.repair.sight import Sight
from wikimend.rules.reader import load
from wikimend.text.blocks import scan
from wikimend.text.brackets import Balance
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import Dialect, Page
from wikimend.text.reader import Reader

from .rulefile import ruleset

BRACKETS = Gate(
    enumerate(ruleset(*(f"match: \"any:'{b}'\"\ngate: UNBALANCED" for b in "[]()")).rules)
)
SHIPPED = Gate((i, r) for i, r in enumerate(load().ruleset.rules) if r.match and r.enabled)

SOUND = [
    "(a\nb)", "- (a\n  b)\n- [c\n  d](e)", "> (a\n> b)", "`[` and `)`", "```\n[\n```\n",
    "~~~\n(\n~~~", "a\n\n```x\n(\n\n(\n```\nb", "```\n(\n", "---\na: (\n---\n", "[a\nb]<!-- c -->",
    "(a\nb)<!-- c --> d",
    "    - (a\n      b)\n", "[`a` ``b``\n](c)", "| a | (b) |\n|--|--|\n| `(` | b |",
    "- a\n\nb\n\n    (c",
]  # fmt: skip
DAMAGED = [
    "> *   a\n>     \n>         b\n>     \n>     (c", "*   a\n\n  \n    (b",
    "(a\n\nb)", "- (a\n- b)", "# (a\nb)", "(a\n# b)", "> (a\n\nb)", "    (a\nb)", "(a\n<div>\nb)",
    "<!--\n```\n-->\n(", "<div>\n```\n</div>\n\n(\n\n```\n```", "  ```\n```\n(\n```\n```",
    "- ```\n  ```\n\n(\n```\n```", "<!-- a\n\n(b -->\nc)", "(a\n<!-- b --> c\nd)",
    "|(a|\n|-|\n|b)|",
    "- x\n\n  a (\n     # b )", "$$\n\n(a\n$$\nb)", "(a\n===\nb)", "---\na: (\n---\nb)",
    "~~~\n```\n~~~\n(\n```\n```", "````\n```\n````\n(\n```\n```", "``` `\n(\n\n```",
    "- a\n\n- b\n\n    (c", "- a\n\n  b\n\n    (c", "a\n- b\n\n    (c",
]  # fmt: skip


MARGINS = ["", "", "", " ", "  ", "    ", "      ", "> ", "> > ", "- ", "  - ", "    - ", "1. ",
           "2. ", "# ", "\t", ">     ", "> *   ", ">   - ", "*   ", ">"]  # fmt: skip
CONTENTS = ["", "", "(a", "a (", "b)", "[a", "b](c)", "`(`", "` (", "a `b", "a", "```", "~~~",
            "---", "===", "<!-- a -->", "(<!-- a -->", "<!--", "-->", "<div>", "</div>",
            "<pre>", "</pre>",
            "$$", "\\[", "\\]", "{", "}", "import a", "|(a|", "|-|", "|b)|", "[a]: b", "[a]:",
            "'b", "``` `", "````", "+++", "a)", "1) b", "<!-->",
            "<?>", "<?", "?>", "<pre-x>", "<![CDATA[", "]]>", "<!A",
            "<script>", "</script>"]  # fmt: skip
rows = st.lists(st.builds(str.__add__, st.sampled_from(MARGINS), st.sampled_from(CONTENTS)))


def sound(text: str, dialect: Dialect = "markdown", gate: Gate = BRACKETS) -> bool:
    """Return whether a glance sees that no rule of a gate finds anything in a page."""
    page = Page(text, dialect=dialect)
    sight = Sight.of(page)
    return is_sound(page, sight, gate, gate.met(sight.text, text), Reader((), dialect))


def unbalanced(text: str, dialect: Dialect = "markdown") -> bool:
    """Return whether some leaf of a page has a bracket without a partner."""
    leaves = (Leaf.of(block, text).text for block in scan(text, dialect) if block.is_leaf)
    return any(Balance.of(lex(leaf, (), dialect).kinds).unpaired for leaf in leaves)


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_page_is_seen(text: str) -> None:
    assert BRACKETS.met(text)
    assert sound(text)


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_page_is_not_taken_for_sound(text: str) -> None:
    assert unbalanced(text)
    assert not sound(text)


@settings(max_examples=int(os.environ.get("WIKIMEND_EXAMPLES", "1000")), deadline=None)
@given(rows.map("\n".join), st.sampled_from(("markdown", "mdx", "mediawiki")))
def test_no_page_with_a_bracket_alone_is_sound(text: str, dialect: Dialect) -> None:
    assert not (sound(text, dialect) and unbalanced(text, dialect))


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("[abc][b]\n\n[b]: /c\n" + "d\n\n" * 9, True),
        ("[abc][B b]\n\n" + "d\n\n" * 9 + "[x]: /y\n[b  b]: /c\n", True),
        ("[abc][b]\n\n[c]: /c\n" + "d\n\n" * 9, False),
        ("[abc][b]\n\nx\n[b]: /c\n" + "d\n\n" * 9, False),
        ("[abc][b]\n\n<!-- x -->\n[b]: /c\n" + "d\n\n" * 9, True),
        ("[abc][b]\n\n<b>\n<!-- x -->\n[b]: /c\n" + "d\n\n" * 9, False),
        ("[abc][b]\n\n<!-- x\n[b]: /c -->\n" + "d\n\n" * 9, False),
        ("[abc][2]\n\n[2]: /c\n" + "d\n\n" * 9, True),
        ("a [^b]\n\n[^b]: c d\n\n" + "d\n\n" * 9, True),
        ("a [^b]\n\n[^c]: d\n[^b]: c d\n\n" + "d\n\n" * 9, True),
        ("a [^b]\n\n[^c]: d\n\n[^b]: c d\n\n" + "d\n\n" * 9, True),
        ("[abc][b]\n\n[c]: /c\n\n[b]: /c\n" + "d\n\n" * 9, True),
        ("a [^b]\n\n[^b]: c\n===\n\n" + "d\n\n" * 9, False),
        ("a [^b]\n\n[^b]: c | d\n--|--\n\n" + "d\n\n" * 9, False),
        ("a [^b]\n\n    [^b]: c\n\n" + "d\n\n" * 9, False),
        ("a [^b]\n\n[^c]: c\n\n" + "d\n\n" * 9, False),
        ("[1][2]\n\n[1]: /b\n[2]: /c\n" + "d\n\n" * 9, False),
        ("[a, b) and (c)\n\n" + "d\n\n" * 9, True),
        ("[abc][b]\n\n```\n\n[b]: /c\n\n```\n" + "d\n\n" * 9, False),
        ("[abc][b]\n\n<!--\n\n[b]: /c\n\n-->\n" + "d\n\n" * 9, False),
        ("[abc][b]\n\n<b><!--\n\n[b]: /c\n\n-->\n" + "d\n\n" * 9, True),
        ("`[a][b]`\n\n" + "d\n\n" * 9, True),
        ("[a] (https://example.org)\n\n" + "d\n\n" * 9, False),
        ("~~~\n[a] (https://example.org)\n~~~\n\n" + "d\n\n" * 9, True),
        ("a @@ b\n\n" * 9, True),
    ],
)
def test_definitions_and_damage(text: str, is_it: bool) -> None:
    assert sound(text, gate=SHIPPED) is is_it


@pytest.mark.parametrize(
    "piece",
    [
        "```\n```\n",
        "~~~\n(\n~~~\n",
        "<pre>\n</pre>\n",
        "$$\na\n$$\n",
        "> ```\n> (\n> ```\n",
        "x $$ ",
    ],
)
def test_a_page_of_nothing_else_is_seen_to_be_sound(piece: str) -> None:
    """Were the lines above looked at anew for each line, fences would take minutes."""
    assert sound("(a\n\n" + "b\n\n" + piece * 40_000, gate=SHIPPED)
