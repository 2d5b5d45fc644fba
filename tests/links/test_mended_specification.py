"""The examples of the specifications, mended: they look as they did, but for those listed here."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it import MarkdownIt
from tests.conftest import SpecExample

from wikimend.api import mend

from .gfm import gfm_examples

CROSSED = "emphasis that closes inside a label is shown closing behind the link, as was meant"
COMMONMARK = {473: CROSSED, 521: CROSSED}
GFM = {482: CROSSED, 529: CROSSED}

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown_otherwise(examples: Iterable[tuple[int, str]]) -> set[int]:
    """Return the numbers of the examples whose HTML is another one once they are mended."""
    mended = ((number, text, mend(text).text) for number, text in examples)
    return {
        number
        for number, text, after in mended
        if text != after and _PARSER.render(text) != _PARSER.render(after)
    }


def test_commonmark(commonmark_examples: tuple[SpecExample, ...]) -> None:
    assert shown_otherwise((e.number, e.markdown) for e in commonmark_examples) == set(COMMONMARK)


def test_gfm() -> None:
    examples = gfm_examples()
    assert len(examples) > 600
    assert shown_otherwise((n, text) for n, (text, _) in examples.items()) == set(GFM)
