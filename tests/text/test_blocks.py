"""The block scan: what is a leaf, what is protected, and what is neither."""

from __future__ import annotations

import pytest

from wikimend.text.block import LEAVES
from wikimend.text.blocks import Block, scan
from wikimend.text.page import Dialect
from wikimend.text.state import MAX_CONTAINERS

Case = tuple[str, list[tuple[str, str]]]
"""A page, and the kind and text of each of its blocks."""

NOT_PROTECTED: list[Case] = [
    ("", []),
    (" \n\t\n\r\n", []),
    ("***", []),
    ("#", []),
    ("- \n-", []),
    ("a\n    b", [("paragraph", "a\nb")]),
    ("a <!-- b\nc -->", [("paragraph", "a <!-- b\nc -->")]),
    ("a\n<b>\nc", [("paragraph", "a\n<b>\nc")]),
    ("`` `a` ``", [("paragraph", "`` `a` ``")]),
    ("```a``` b", [("paragraph", "```a``` b")]),
    ("a\n---\n---", [("heading", "a")]),
    ("---\na: b", [("paragraph", "a: b")]),
    ("\n---\na: b\n---", [("heading", "a: b")]),
    ("+++\na = 1", [("paragraph", "+++\na = 1")]),
    (" ---\na\n---", [("heading", "a")]),
    ("$$ a", [("paragraph", "$$ a")]),
    ("$$", [("paragraph", "$$")]),
    ("$$ a\n\nb $$", [("paragraph", "$$ a"), ("paragraph", "b $$")]),
    ("$$ a $$ is b", [("paragraph", "$$ a $$ is b")]),
    ("$$a$$ and $$b$$", [("paragraph", "$$a$$ and $$b$$")]),
    ("\\[a\\]", [("paragraph", "\\[a\\]")]),
    ("\\[ a\n\nb", [("paragraph", "\\[ a"), ("paragraph", "b")]),
    ("import a\n{b}", [("paragraph", "import a\n{b}")]),
]
LEAF_CASES: list[Case] = [
    ("a\nb\n\nc", [("paragraph", "a\nb"), ("paragraph", "c")]),
    ("  a  \n  b", [("paragraph", "a  \nb")]),
    ("> a\n> b\nc", [("paragraph", "a\nb\nc")]),
    (">> a\n> > b\n>c", [("paragraph", "a\nb\nc")]),
    ("1. a\n   b\n2. c", [("paragraph", "a\nb"), ("paragraph", "c")]),
    ("a\n2. b", [("paragraph", "a\n2. b")]),
    ("a\n1. b", [("paragraph", "a"), ("paragraph", "b")]),
    ("- a\n\n  b\n\nc", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
    ("- > 1. a\n  >    b", [("paragraph", "a\nb")]),
    ("# a #\n## b#\n### ###", [("heading", "a"), ("heading", "b#")]),
    ("a\nb\n===\nc", [("heading", "a\nb"), ("paragraph", "c")]),
    ("[a]: /b\nc\n===", [("paragraph", "[a]: /b"), ("heading", "c")]),
    ("[a]: /b\n===\nc", [("paragraph", "[a]: /b\n===\nc")]),
    ("[a]: /b\n---\n    c", [("paragraph", "[a]: /b"), ("code", "    c")]),
    ("[a]: /b\n'c\nd'\n---\n    e", [("paragraph", "[a]: /b\n'c\nd'"), ("code", "    e")]),
    ("[a]: /(b\n---", [("heading", "[a]: /(b")]),
    ("a\x00b\n\x00", [("paragraph", "a\x00b\n\x00")]),
    ("a\x0bb\n\x0c\nc", [("paragraph", "a\x0bb\n\x0c\nc")]),
]
TABLE_CASES: list[Case] = [
    ("a\n|--|--|", [("paragraph", "a\n|--|--|")]),
    ("|a|\n|-|\n||", [("cell", "a")]),
    (
        "a\n| b | c |\n|---|:-:|\n| d\\|e | `f | g` |\n\nh",
        [
            ("paragraph", "a"),
            ("cell", "b"),
            ("cell", "c"),
            ("cell", "d\\|e"),
            ("cell", "`f"),
            ("cell", "g`"),
            ("paragraph", "h"),
        ],
    ),
    (
        "- a | b\n  --|--\n  c\n- d",
        [*(("cell", letter) for letter in "abc"), ("paragraph", "d")],
    ),
    ("a|b\n-|-\nc|d|e", [("cell", letter) for letter in "abcde"]),
    ("a|b\n-|-\n<c>", [("cell", "a"), ("cell", "b"), ("html", "<c>")]),
]
PROTECTED: list[Case] = [
    ("---\na: [b\n---\nc", [("front_matter", "---\na: [b\n---"), ("paragraph", "c")]),
    ("---\na: b\n...\nc", [("front_matter", "---\na: b\n..."), ("paragraph", "c")]),
    ("+++\na = 1\n+++", [("front_matter", "+++\na = 1\n+++")]),
    ("---\n---", [("front_matter", "---\n---")]),
    ("```\na\n\nb", [("code", "```\na\n\nb")]),
    ("a\n~~~ b\nc\n~~~~\nd", [("paragraph", "a"), ("code", "~~~ b\nc\n~~~~"), ("paragraph", "d")]),
    ("> ```\n> a\nb", [("code", "> ```\n> a"), ("paragraph", "b")]),
    ("- ```\n  a\n  ```\n- b", [("code", "- ```\n  a\n  ```"), ("paragraph", "b")]),
    ("    a\n\n    b\n\nc", [("code", "    a\n\n    b"), ("paragraph", "c")]),
    ("- a\n\n      b", [("paragraph", "a"), ("code", "      b")]),
    (">\t\ta", [("code", ">\t\ta")]),
    ("-\n\n  a\n\n      b", [("paragraph", "a"), ("code", "      b")]),
    ("<!-- a\n\nb --> c\nd", [("comment", "<!-- a\n\nb --> c"), ("paragraph", "d")]),
    ("<!-- a\n\nb", [("comment", "<!-- a\n\nb")]),
    ("<div>\na\n\nb", [("html", "<div>\na"), ("paragraph", "b")]),
    ("<b>\na\n\nb", [("html", "<b>\na"), ("paragraph", "b")]),
    ("<PRE>\n\na</pre> b\nc", [("html", "<PRE>\n\na</pre> b"), ("paragraph", "c")]),
    (
        "<? a\n\n?>\n<!A\n>\n<![CDATA[\n\n]]>",
        [("html", "<? a\n\n?>"), ("html", "<!A\n>"), ("html", "<![CDATA[\n\n]]>")],
    ),
    ("a\n$$\nb\n\nc\n$$\nd", [("paragraph", "a"), ("math", "$$\nb\n\nc\n$$"), ("paragraph", "d")]),
    ("$$ a $$\nb", [("math", "$$ a $$"), ("paragraph", "b")]),
    ("$$ a\nb $$", [("math", "$$ a\nb $$")]),
    ("> $$\n> a\n> $$", [("math", "> $$\n> a\n> $$")]),
    ("\\[\na\n\\]\n\\[ b \\]", [("math", "\\[\na\n\\]"), ("math", "\\[ b \\]")]),
]
MDX: list[Case] = [
    ("a\nimport b", [("paragraph", "a\nimport b")]),
    ("important\n\nexporter", [("paragraph", "important"), ("paragraph", "exporter")]),
    ("- import a", [("paragraph", "import a")]),
    ("{a} b", [("paragraph", "{a} b")]),
    ("{a\n\nb", [("paragraph", "{a"), ("paragraph", "b")]),
    ("    a\n\n        # b", [("paragraph", "a"), ("heading", "b")]),
    (
        "import a from 'b'\nimport c\n\nd",
        [("esm", "import a from 'b'\nimport c"), ("paragraph", "d")],
    ),
    (
        "export const a = {\n\n  b\n}\n\nc",
        [("esm", "export const a = {\n\n  b\n}"), ("paragraph", "c")],
    ),
    ("{/* a\n\n[b */}\nc", [("expression", "{/* a\n\n[b */}"), ("paragraph", "c")]),
    ("a\n{b}\nc", [("paragraph", "a"), ("expression", "{b}"), ("paragraph", "c")]),
    ("- {a\n  b}\n- c", [("expression", "- {a\n  b}"), ("paragraph", "c")]),
    ("<Tabs>\n  a\n</Tabs>\n\nb", [("html", "<Tabs>\n  a\n</Tabs>"), ("paragraph", "b")]),
]
MEDIAWIKI: list[Case] = [
    ("- a\n> b\n```", [("paragraph", "- a\n> b\n```")]),
    ("{|\n|-\n|}\n=", []),
    ("a <nowiki/> b", [("paragraph", "a <nowiki/> b")]),
    ("a <nowiki> b", [("paragraph", "a <nowiki> b")]),
    ("a }} b", [("paragraph", "a }} b")]),
    ("a\nb\n\nc", [("paragraph", "a\nb"), ("paragraph", "c")]),
    ("* a\n*# b\n; c : d\ne", [("paragraph", text) for text in ("a", "b", "c : d", "e")]),
    ("== a ==\nb", [("heading", "a"), ("paragraph", "b")]),
    (
        '{| class="x"\n|+ a\n! b !! c\n|-\n| style="d" | e || [[f|g]]\n|}\nh',
        [*(("cell", cell) for cell in ("a", "b", "c", "e", "[[f|g]]")), ("paragraph", "h")],
    ),
    ("a\n b\n c\nd", [("paragraph", "a"), ("code", " b\n c"), ("paragraph", "d")]),
    ("a <!-- b --> c", [("paragraph", "a "), ("comment", "<!-- b -->"), ("paragraph", " c")]),
    ("<!-- a\n\nb", [("comment", "<!-- a\n\nb")]),
    ("<pre>\n\n* a</pre>b", [("code", "<pre>\n\n* a</pre>"), ("paragraph", "b")]),
    (
        "<Math>a</math><source lang=b>\n</source>",
        [("math", "<Math>a</math>"), ("code", "<source lang=b>\n</source>")],
    ),
    ("{{a\n\n|b={{c}}\n}}\n[[d]]", [("template", "{{a\n\n|b={{c}}\n}}"), ("paragraph", "[[d]]")]),
    ("a {{{b}}} c", [("paragraph", "a "), ("template", "{{{b}}}"), ("paragraph", " c")]),
    ("{{a|<nowiki>}}</nowiki>}}b", [("template", "{{a|<nowiki>}}</nowiki>}}"), ("paragraph", "b")]),
    ("a {{b\nc\n\nd", [("paragraph", "a "), ("template", "{{b\nc"), ("paragraph", "d")]),
    ("| a {{b}} || c", [("cell", "a"), ("template", "{{b}}"), ("cell", "c")]),
    ("== a {{b}} c ==", [("heading", "a"), ("template", "{{b}}"), ("heading", "c")]),
    (" a {{b}} c", [("code", " a "), ("template", "{{b}}"), ("code", " c")]),
    ("{{a}} * b", [("template", "{{a}}"), ("paragraph", " * b")]),
    ("* a {{b}}\n* c", [("paragraph", "a"), ("template", "{{b}}"), ("paragraph", "c")]),
]


def found(page: str, dialect: Dialect = "markdown") -> list[tuple[str, str]]:
    """Return the kind and text of each block of `page`."""
    return [(block.kind, block.text(page)) for block in scan(page, dialect)]


@pytest.mark.parametrize(("page", "blocks"), NOT_PROTECTED + LEAF_CASES + TABLE_CASES + PROTECTED)
def test_markdown(page: str, blocks: list[tuple[str, str]]) -> None:
    assert found(page) == blocks


@pytest.mark.parametrize(("page", "blocks"), MDX)
def test_mdx(page: str, blocks: list[tuple[str, str]]) -> None:
    assert found(page, "mdx") == blocks


@pytest.mark.parametrize(("page", "blocks"), MEDIAWIKI)
def test_mediawiki(page: str, blocks: list[tuple[str, str]]) -> None:
    assert found(page, "mediawiki") == blocks


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize(("page", "blocks"), NOT_PROTECTED + LEAF_CASES + TABLE_CASES + PROTECTED)
def test_every_line_end_is_one(page: str, blocks: list[tuple[str, str]], line_end: str) -> None:
    texts = [
        (kind, text.replace(line_end, "\n")) for kind, text in found(page.replace("\n", line_end))
    ]
    assert texts == blocks


@pytest.mark.parametrize("page", ["---\na: b\n---\nc", "a", "    a"])
def test_a_byte_order_mark_is_part_of_no_block(page: str) -> None:
    assert found("\ufeff" + page) == found(page)
    assert scan("\ufeff" + page)[0].start == 1


def test_a_leaf_is_repaired_and_all_else_is_protected() -> None:
    blocks = scan("# a\n\n```\nb\n```\nc")
    assert [block.is_leaf for block in blocks] == [True, False, True]
    assert [block.is_protected for block in blocks] == [False, True, False]
    assert {"paragraph", "heading", "cell"} == LEAVES


def test_spans_leave_out_quote_marks_list_marks_and_indents() -> None:
    assert scan("- > a\n  > b") == [Block("paragraph", ((4, 5), (10, 11)))]


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", ">"])
@pytest.mark.parametrize("depth", [MAX_CONTAINERS - 1, MAX_CONTAINERS])
def test_marks_nest_up_to_a_limit(mark: str, depth: int) -> None:
    assert found(mark * depth + "a") == [("paragraph", "a")]


def test_marks_beyond_the_limit_are_text() -> None:
    assert found("> " * (MAX_CONTAINERS + 2) + "a") == [("paragraph", "> > a")]
