"""The block scan: where a page may be repaired, and where it must stay as it is."""

from __future__ import annotations

from wikimend.text.block import Block, BlockKind
from wikimend.text.frontmatter import front_matter_end
from wikimend.text.markdown import scan_markdown
from wikimend.text.mediawiki import scan_mediawiki
from wikimend.text.page import Dialect

__all__ = ["Block", "BlockKind", "scan"]

_BYTE_ORDER_MARK = "\ufeff"


def scan(text: str, dialect: Dialect = "markdown", *, linked: bool = False) -> list[Block]:
    r"""Return the blocks of a page in order; they are disjoint.

    Code, HTML, quotes and lists are found as CommonMark 0.31 says, tables as GFM does; front
    matter and displayed math are protected too. Twice the text takes twice the time. With `linked`
    paragraphs, cells and code in which no link can be (see `may_hold_links`) may be left out, and
    lines without indent may be one span; that takes half the time.

    >>> [(block.kind, block.spans) for block in scan("# A\n\n    code\n> b\nc")]
    [('heading', ((2, 3),)), ('code', ((5, 13),)), ('paragraph', ((16, 17), (18, 19)))]
    """
    start = 1 if text.startswith(_BYTE_ORDER_MARK) else 0
    if dialect == "mediawiki":
        return scan_mediawiki(text, start)
    end = front_matter_end(text, start)
    blocks = [Block("front_matter", ((start, end),))] if end > start else []
    return blocks + scan_markdown(text, end, dialect, linked=linked)
