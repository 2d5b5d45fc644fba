"""Links are those that markdown-it-py finds, and nothing in code is one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.conftest import SpecExample
from tests.text.test_plain_blocks import LINES

from wikimend.links import extract as extraction
from wikimend.links.destination import plain
from wikimend.links.extract import extract
from wikimend.links.facts import facts
from wikimend.links.link import Link
from wikimend.links.plain_page import plain_page
from wikimend.text.blocks import scan
from wikimend.text.page import Dialect, Page

from .gfm import gfm_examples, links_of_html

FIXTURES = Path(__file__).parents[2] / "fixtures"
_, *PIECES = re.split(
    "^%%% (.+)\n", Path(__file__).with_name("extract.txt").read_text("utf-8"), flags=re.M
)
CASES = list(zip(PIECES[::2], PIECES[1::2], strict=True))

Seen = tuple[str, str]

KINDS = {
    "inline": "link",
    "reference": "link",
    "image": "image",
    "image-reference": "image",
    "autolink": "autolink",
}
"""What markdown-it-py calls each kind that it knows."""

GFM_DIFFERENT = {
    528: "a link in the label of an image, of which HTML shows only the text",
    582: "the same",
    583: "the same",
    610: "HTML of the example is without the extension for bare addresses",
    616: "the same",
    619: "the same",
    621: "an address that begins with www. and has no scheme is text here",
    622: "the same",
    623: "the same",
    624: "the same",
    625: "the same",
    626: "the same",
    627: "the same",
    629: "a bare address of mail is text here",
    630: "the same",
    631: "the same",
}
"""The examples of the GFM specification with other links, by number, and why."""

DEFINED = ("", "[a]: /d", "[ ]: /d", "> [B]: </d e> 't'", "[a]: /b [c](/d e)")

LINKED = (
    *("[a](/b)", "text [a](/b) [a][b]", "  two [a](/b)", "\t[a](/b) [[c]]", "- [a](/b)", "- x `[`"),
    *("> [!NOTE]", "> [a](/b c)", "# [a](/b)", "## A {#b}", "| [a](/b) | <b id=c> |", "[a]: /b"),
    *("https://a.org", "<a href='/b' id=c>", "text [a", "b](/c)", "  `[a", "b](/c)` ^id", "x <b"),
)

PLAIN = (
    *(
        "",
        "text",
        "  text",
        "x [a](/b) ![i](c.png)",
        "- [a](/b)",
        "1. [[a]] x",
        "> ![[a]]",
        "a ^b",
    ),
    *("# A", " ## [a](/b) ##", "- # B", "> # C", "#", "#tag", "####### D", "  # E", "1. - # F"),
    *(
        "---",
        "===",
        "--",
        "> --",
        "- ==",
        "-",
        "* * *",
        "12",
        "2. ",
        "  ",
        "+++",
        "    four",
        "-\ttab",
    ),
    *("[a", "b](/c)", "[[a", "b]]", "[a][b]", "[ ]", "x [a](b c)", "[[[a]]]", "]", "https://a.org"),
    *("[a](https://a.org)", "~~~", "[b]: /d", "[^1]", "[!INCLUDE [a](/b)]", ":::code", "\ufeff"),
)
"""Lines of which most make a page plain."""

NASTY = ["[", "]", "](", ")", "(", "!", "a", " ", "/b", "<", ">", "`", "\\", "\n", "[a]", "[c]",
         '"t"', "*", "https://a.org", "<https://b.org>", "[a](/b)", "![a](/b)",
         "[[", "]]", "[[a|b]]", "``", "`[`", "\x01", "{{", "$", "\\[", "[a][c]",
         "[](/&amp;)"]  # fmt: skip


def theirs(source: str) -> list[Seen]:
    """Return the links and images that markdown-it-py sees, in order."""
    return list(_of_tokens(MarkdownIt("commonmark").parse(source)))


def _of_tokens(tokens: Iterable[Token]) -> Iterable[Seen]:
    for token in tokens:
        if token.type == "link_open":
            yield ("autolink" if token.info == "auto" else "link"), str(token.attrs["href"])
        elif token.type == "image":
            yield "image", str(token.attrs["src"])
        yield from _of_tokens(token.children or ())


def ours(source: str) -> list[Seen]:
    """Return the same of the links that this program sees."""
    encoded = MarkdownIt().normalizeLink
    links = extract(Page(source)).links
    return [(KINDS[x.kind], encoded(x.destination)) for x in links if x.kind in KINDS]


def test_specification(commonmark_examples: tuple[SpecExample, ...]) -> None:
    different = [e.number for e in commonmark_examples if theirs(e.markdown) != ours(e.markdown)]
    assert not different


def test_gfm_specification() -> None:
    examples = gfm_examples()
    assert len(examples) > 600
    encoded = MarkdownIt().normalizeLink
    different = set()
    for number, (markdown, html) in examples.items():
        links = extract(Page(markdown)).links
        kinds = {*KINDS, "bare", "html"}
        found = sorted(encoded(x.destination) for x in links if x.kind in kinds)
        if found != sorted(map(encoded, links_of_html(html))):
            different.add(number)
    assert different == set(GFM_DIFFERENT)


@pytest.mark.parametrize("page", sorted(FIXTURES.rglob("*.md")), ids=lambda page: page.name)
def test_fixtures(page: Path) -> None:
    text = page.read_text("utf-8")
    assert theirs(text) == ours(text)


@pytest.mark.parametrize(("name", "text"), CASES, ids=[name for name, _ in CASES])
def test_case(name: str, text: str) -> None:
    _, _, wanted = name.partition(" @ ")
    links = extract(Page(text)).links
    assert [f"{x.kind}={x.destination.replace(' ', '␣')}" for x in links] == wanted.split()
    for link in links:
        written = text[link.dest_start : link.dest_end]
        assert plain(written).strip().startswith(link.destination.removeprefix("mailto:"))


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(NASTY), max_size=25).map("".join), st.sampled_from(DEFINED))
def test_flat_leaves_have_the_links_that_the_lexer_finds(text: str, defined: str) -> None:
    page = Page(f"x{text}\n\n{defined}\n")
    quick = facts(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "flat_links", lambda *leaf, **more: None)
        thorough = facts(page)
    assert quick == thorough


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from((*LINES, *LINKED)), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["markdown", "mdx"]),
)
def test_a_scan_for_links_misses_none(lines: list[str], end: str, dialect: Dialect) -> None:
    page = Page(end.join(lines), dialect=dialect)
    assert facts(page) == facts(page, scan(page.text, dialect))


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PLAIN), max_size=8).map("\n".join))
def test_a_plain_page_is_what_a_scan_makes_of_it(text: str) -> None:
    page = Page(text)
    assert facts(page) == facts(page, scan(text))


@pytest.mark.parametrize("line", PLAIN[:10])
def test_a_page_is_plain(line: str) -> None:
    assert plain_page(f"{line}\n\n{line}\ntext") is not None


@pytest.mark.parametrize("sign", ["`", "<", "$", "\\", "{", "|", "\t", "\r", "]:", "~~~", "    "])
def test_a_page_is_not_plain(sign: str) -> None:
    assert plain_page(f"text {sign} text") is None


def test_offsets_are_those_of_the_page() -> None:
    text = "> a [b\n> c](/d) e\n"
    link = extract(Page(text)).links[0]
    assert (text[link.start : link.end], link.label) == ("[b\n> c](/d)", "b\nc")
    assert isinstance(link, Link)
