"""The blocks that a pattern takes whole are those that the scan by lines comes to."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.text import markdown
from wikimend.text.block import Block
from wikimend.text.blocks import scan
from wikimend.text.page import Dialect

LINES = (
    *("", "  ", "text", "  text of it", "    four", "\ttab", "[a]: /b", "*em* it", "**bold**"),
    *("# A", "## B ##", "#", "#nothing", " ### C #", "####### D", "---", "===", "- - -", "* * *"),
    *("- item", "-  item", "-     code", "-", "- ", "* item", "+ item", "1. one", "2) two", "1."),
    *("- [ ] task", "- # heading", "- > quote", "- - nested", "  - nested", "   text", "-text"),
    *("> - item", ">    three", ">     code", "> # A", ">text", "> ---", "> ", ">>", "> a | b"),
    *(
        "> quote",
        ">",
        "```",
        "~~~",
        "```py",
        "````",
        "```~~~",
        "``` a`b",
        "~~~ `x`",
        "  ```",
        "    ```",
        "`code`",
        "| a | b |",
        "|---|---|",
        "a | b",
        "--- | ---",
        ":-",
    ),
    *("<div>", "<!-- c", "-->", "$$", "\\[", "import x", "export y", "{x}", "{", "12 things"),
)


def by_lines(text: str, dialect: Dialect) -> list[Block]:
    """Return the blocks of a text of which the pattern took none."""

    def nothing(text: str, start: int, *rest: object, **more: object) -> int:
        return start

    with mock.patch.object(markdown, "take_plain", nothing):
        return scan(text, dialect)


@given(
    st.lists(st.sampled_from(LINES), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n", "\n\n"]),
    st.sampled_from(["markdown", "mdx"]),
)
def test_the_same_blocks(lines: list[str], end: str, last: str, dialect: Dialect) -> None:
    text = end.join(lines) + last
    assert scan(text, dialect) == by_lines(text, dialect)


@pytest.mark.parametrize(
    "text",
    [
        "- a\r\n-b\r\n",
        "- a\r\nlazy\r\n",
        "- a\n\n  b\n",
        "- a\n\n\n    b\n",
        "a\n- b\n",
        "a\n2. b\n",
        "a\n| - |\n",
        "text\n" * 501 + "---\n",
        "- a\n- - -\n",
        "- a\n\n- b\n\nc\n",
        "> a\n\nb\nc\n",
        "> a\nlazy\n",
        "> a\n>\n>     code\n",
        "> a\n>\n    code\n",
        "> a\n> ---\n",
        "> a\n> b\n>\n> c\n# D\n",
        "- a\n  b\n lazy\n      deep\n- c\n",
        "- a\n  ---\n",
        "1. a\n   b\n2. c\n",
        "- a\n" + "  b\n" * 501 + "  ---\n",
    ],
)
def test_the_same_blocks_at_edges(text: str) -> None:
    assert scan(text) == by_lines(text, "markdown")
