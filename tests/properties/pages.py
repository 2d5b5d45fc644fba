"""Pages made of known parts: what they should be, and how they stand there, damaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from .damage import WORDS, Piece, citations, glued, hopeless, inner_wrecks, same, wrecks

WRECK = "[gull[/birds/[gull--TEMP--/birds)--FIX-- [[1]https://example.org/a)"
"""Damage that stands where nothing may change."""

_BALANCED = ("[tide](/coast/tide)", "![pier](/img/pier.png)", "[low][tide]", "[[Tide pools]]",
             "a[1]", "[ ]", "[x]", "[^1]", r"\[not a link\]", "(see above)", "(see [above])",
             "https://example.org/wiki/Ebb_(tide)", "<https://example.org/a>", "[5]", "x[i][j]",
             "[[3]](https://example.org/a)", "[see [1](https://example.org/a), p. 4]",
             "[**deep** `c]`](</a b> \"title (1)\")", "[1] https://example.org/b",
             "`[gull[/birds/[gull--TEMP--/birds)--FIX--`", "$a[0] + b]$", "{{cite [[1]https://x)}}",
             "<a href=\"[[1]https://example.org/a)\">x</a>", "c <!-- [[1]https://x.org/) --> d",
             "__wide__", "~~gone~~", "&amp;", "[a](b(c)d)", "-- TEMP --", "--FIX",
             "TEMP--")  # fmt: skip
"""Look-alikes with all their brackets."""

_UNBALANCED = ("the range [a, b) is half open", "the range (a, b] too", "1) one and 2) two",
               "a sad :-( face", "b] and c)", r"keys \[Enter and `[Esc`", "[a, [b] c",
               "so ) [x](/y)", "[1]: https://example.org/w", "[tide]: <https://e.org/a> 'title'",
               "[a](b c) and [d](e", "if (x[0] > 1 {", "](/a)", "[a]] and [[c")  # fmt: skip
"""Look-alikes that stand in paragraphs of their own, as their brackets do not pair up."""

_PROTECTED = ("```\n{}\n```", "~~~ md\n\n{}\n\n~~~", "gull\n\n    {}\n\n    x", "<div>\n{}\n</div>",
              "<!-- {} -->", "<!--\n\n{}\n\n-->", "$$\n{}\n$$", "<pre>\n\n{}\n</pre>",
              "- gull\n\n  ```\n  {}\n  ```", "> ```\n> {}\n> ```",
              "> gull\n>\n>     {}")  # fmt: skip

_SIDES = (("", ""), ("", ""), ("", "."), ("**", "**"), ("(see ", ")"), ("„", "“"), ("_", "_"))

_FRONT_MATTER = ("---\ntitle: '{}'\n---\n", "+++\ntitle = '{}'\n+++\n")

NASTY = ("[", "]", "(", ")", "!", "/d/", "--TEMP--", "--FIX--", "https://e.org/a", "`", "\\", "\n",
         "\n> ", "\n- ", "|", "<!--", "-->", "$", " ", "gull", "Möwe", "1", "[[1]", "[/d/[s", "*",
         "--TEMP--/d)--FIX--", "\n\n", "<b>", "{{", "}}", "\r", "\n    ", "\n```\n", "#", "\ufeff",
         "\udc80", "](", "\n|---|\n", "---", "[a]: /b", "[a](/d)",
         "<https://e.org/b>", "_")  # fmt: skip
"""Pieces that make trouble when they meet."""


def joined(pieces: Sequence[Piece], gaps: Sequence[str]) -> Piece:
    """Return pieces with a gap between each two."""
    total = pieces[0]
    for gap, piece in zip(gaps, pieces[1:], strict=True):
        total = Piece(
            total.clean + gap + piece.clean,
            total.damaged + gap + piece.damaged,
            total.fixed + piece.fixed,
            total.left + piece.left,
        )
    return total


@st.composite
def spots(draw: st.DrawFn, lines: bool, damage: bool) -> Piece:
    """Draw a piece of running text that is more than a word."""
    sound = st.sampled_from(_BALANCED).map(same)
    if damage:
        sound = st.one_of(wrecks(lines), citations(), inner_wrecks(lines), hopeless(), sound)
    piece = draw(sound)
    before, after = draw(st.sampled_from(_SIDES))
    return piece if before and _gap(same(before), piece) else glued(before, piece, after)


@st.composite
def prose(draw: st.DrawFn, lines: bool, damage: bool) -> Piece:
    """Draw running text, on one line or several; it begins with a word."""
    word = st.sampled_from(WORDS).map(same)
    rest = draw(st.lists(st.one_of(word, spots(lines, damage), spots(lines, damage)), max_size=6))
    gaps = st.sampled_from((" ", " ", "", "\n", "  \n") if lines else (" ", " ", ""))
    pieces = [draw(word), *rest]
    return joined(pieces, [draw(gaps) or _gap(*pair) for pair in pairwise(pieces)])


def _gap(left: Piece, right: Piece) -> str:
    """Return what must stand between two pieces, lest they make a marker or a repair glues them."""
    loses_bracket = right.clean[0].isalpha() and right.damaged[0] == "["
    glues = loses_bracket and (left.clean[-1].isalnum() or left.clean[-1] == "_")
    return " " * (glues or "-" in (left.clean[-1], right.clean[0]))


@st.composite
def tables(draw: st.DrawFn, damage: bool) -> Piece:
    """Draw a table of two columns."""
    cells = draw(st.lists(prose(False, damage), min_size=2, max_size=2))
    row = glued("| ", joined(cells, [" | "]), " |")
    return glued("| one | two |\n|---|:-:|\n", row, "")


@st.composite
def blocks(draw: st.DrawFn, damage: bool, depth: int = 2) -> Piece:
    """Draw a block, perhaps in quotes and lists."""
    kind = draw(st.integers(0, 8 if depth else 5))
    if kind == 0:
        return same(draw(st.sampled_from(_PROTECTED)).replace("{}", WRECK))
    if kind == 1:
        return same(draw(st.sampled_from(_UNBALANCED)))
    if kind == 2:
        return draw(tables(damage))
    if kind == 3:
        return glued(draw(st.sampled_from(("# ", "### "))), draw(prose(False, damage)), "")
    if kind == 4:
        return glued("", draw(prose(True, damage)), draw(st.sampled_from(("\n===", "\n---"))))
    if kind == 5:
        return draw(prose(True, damage))
    mark = draw(st.sampled_from(("> ", ">", "- ", "1. ", "*   ")))
    indent = mark if mark[0] == ">" else " " * len(mark)
    child = prose(True, damage) if mark == ">" else blocks(damage, depth - 1)
    inside = draw(st.lists(child, min_size=1, max_size=2))
    whole = joined(inside, ["\n\n"] * (len(inside) - 1))
    return replace(
        whole,
        clean=mark + whole.clean.replace("\n", f"\n{indent}"),
        damaged=mark + whole.damaged.replace("\n", f"\n{indent}"),
    )


@st.composite
def pages(draw: st.DrawFn, damage: bool = True) -> Piece:
    """Draw a page."""
    inside = draw(st.lists(blocks(damage), min_size=1, max_size=4))
    gaps = draw(st.sampled_from(("\n\n", "\n\n\n", "\n \n")))
    whole = joined(inside, [gaps] * (len(inside) - 1))
    head = draw(st.sampled_from(("", "", "", *_FRONT_MATTER))).replace("{}", WRECK)
    mark = draw(st.sampled_from(("", "", "\ufeff")))
    end = draw(st.sampled_from(("\n", "\n", "\r\n", "\r")))
    whole = glued(head, whole, draw(st.sampled_from(("\n", "", "\n\n"))))
    return replace(
        whole,
        clean=mark + whole.clean.replace("\n", end),
        damaged=mark + whole.damaged.replace("\n", end),
    )


_WRECKS = (
    "[a[/d/[s--TEMP--/d)--FIX--",
    "[a[/d/s[/d/s--TEMP--/d/s)--FIX--",
    "![a\n",
    "[so [",
    "[a[/d/s--TEMP--/d/s)--FIX--",
    "[b [a[/d/[s[/d/[s--TEMP--/d)--FIX--",
    "[long",
    "[b [a[/d/s--TEMP--/d/s)--FIX--",
    "[[1]https://e.org/a)",
    "[[2]]]https://e.org/b)",
    "[[3])]https://e.org/c)",
    "[4]https://e.org/d)",
    "[[5](https://e.org/e)",
    "[[6]]https://e.org/f_(g))",
    "[a `b` (c)[/d/[s_(t)[/d/[s_(t)--TEMP--/d)--FIX--",
)
"""Damage of links and citations, and what it is made of."""

_SLIPS = (
    "[a] (https://e.org/a)", "[a](https://e.org/a", "[a]https://e.org/a)", "[a(https://e.org/a)",
    "(a)[https://e.org/a]", "[a]((https://e.org/a)", "[a]](https://e.org/a)", "[[a](/b)", "a](/b)",
    "[a](/b))", "[a](/b)]", "[a](/b)(", "[a)](/b)", "[a (b](/c)", "[a][/b)", "[a](/b]", "[a]()",
    "https://e.org/a", "] (#b)", "](https://e.org/a", "[a b: https://e.org/a", "[a][[b]",
    "[a](hhttps://e.org/a)", "[a](https://https://e.org/a)", "[a](https:/e.org/a)",
    "[a](<https://e.org/a)", "[a] (<https://e.org/a>)", "[a](https://e.org/a>)",
    "[a](\"https://e.org/a\")", "[a]((https://e.org/a))", "[a]([https://e.org/a])",
    "[a]([https://e.org/a](https://e.org/a))", "[a](*https://e.org/a)", "[a](mdc:https://e.org/a)",
    "[a](https://e.org/?b=1&amp;amp;c=2)", "[a](https://e.org/\u200bb)", "[a](https:// e.org/b)",
    "[a](https://e.org/b c/d)", "[a](https://e.org/b-\nc)", "[a](/b “c”)", "https://e.org/a\\_b",
    "[https://e.org/a b]", "[a|https://e.org/b]", "<https://e.org/a|b>", "[[https://e.org/a][b]]",
    "[url=https://e.org/a]b[/url]", "\\href{https://e.org/a}{b}", '[a](b "wikilink")',
    "[[[a]] b](/c)",
    "[a|b](b.md)", "[[9\\]](/a)", "[[[[a]]]]", "[[a\\|b]]", "[[a]]]", "[[a(b]].c)",
    "[a](/b)[ c](/b)", "[**a](/b)**", "**[a**](/b)", "［a］（https://e.org/b）", "[[a](/b)](/b)",
    '<a href="[https://e.org/a](https://e.org/a)">', "<a href=“https://e.org/a”>",
    ":contentReference[oaicite:0]{index=0}", "【1†source】", "【1:2†a.pdf】", "citeturn0search1",
    "[cite_start]", "[cite: 1, 2]", "[oai_citation:0‡a](https://e.org/b)", "[web:1]",
    '[1]({"attribution":{"a":"b"}})', "__LINK_0__", "[a](https://e.org/b?utm_source=c)",
    "[ a ]( /b )", "[a](/b){.c}",
)  # fmt: skip
"""Other damage that wikis have."""

_trouble = st.one_of(st.sampled_from(NASTY), st.sampled_from(_WRECKS), st.sampled_from(_SLIPS))


@st.composite
def _marred(draw: st.DrawFn) -> str:
    """Draw a page that was torn and sewn up again."""
    text = draw(pages()).damaged
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        text = text[:start] + draw(st.one_of(st.just(""), _trouble)) + text[end:]
    return text


nasty: st.SearchStrategy[str] = st.one_of(
    st.lists(_trouble, max_size=40).map("".join), st.lists(_trouble, max_size=12).map("".join),
    _marred(),
)  # fmt: skip
"""Arbitrary text over the pieces that make trouble."""
