"""Comments in a page that silence rules: `<!-- wikimend-disable WM101 -- reason -->`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wikimend.rules.selection import names
from wikimend.text.block import Block
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import Page
from wikimend.text.position import Lines
from wikimend.text.tokens import KINDS

_COMMENT = re.compile(
    r"<!--\s*wikimend-(?P<verb>disable|enable)(?P<scope>-next-line|-file)?(?P<rest>(?:\s(?:(?!<!--).)*?)?)-->"
    r"|\{/\*\s*wikimend-(?P<verb2>disable|enable)(?P<scope2>-next-line|-file)?"
    r"(?P<rest2>(?:\s(?:(?!\{/\*).)*?)?)\*/\}",
    re.DOTALL,
)
_REASON = re.compile(r"(?:^|\s)--(?:\s|$)")
_COMMENTED = frozenset(("comment", "html", "expression"))
_OPAQUE = frozenset({KINDS["COMMENT"], KINDS["TEMPLATE"]})


@dataclass(frozen=True, slots=True)
class Suppression:
    """One rule, or all of them, silenced over a stretch of a page."""

    selector: str
    """An id, a family, a name or `ALL`."""
    start: int
    """Offset in the page where the silence begins."""
    end: int
    """Offset after its end."""
    comment: tuple[int, int]
    """Where the comment stands."""

    def covers(self, rule_id: str, name: str, offset: int) -> bool:
        """Return whether a finding of this rule at `offset` is silenced."""
        return self.start <= offset < self.end and names(self.selector, rule_id, name)


def suppressions(page: Page, blocks: Sequence[Block]) -> list[Suppression]:
    """Return the suppressions that the comments of a page ask for, in order.

    A comment counts where the markup language sees one: not in code, not in front matter.
    """
    if "wikimend-" not in page.text:
        return []
    size = len(page.text)
    lines = Lines(page.text)
    found: list[Suppression] = []
    open_since: dict[str, tuple[int, tuple[int, int]]] = {}
    for comment in _comments(page, blocks):
        verb = comment["verb"] or comment["verb2"]
        scope = comment["scope"] or comment["scope2"]
        rest = comment["rest"] if comment["verb"] else comment["rest2"]
        place = comment.span()
        wanted = _REASON.split(rest, maxsplit=1)[0].replace(",", " ").split()
        for selector in wanted or ["ALL"]:
            if verb == "enable":
                since = [selector] if selector != "ALL" else list(open_since)
                for name in since:
                    if name in open_since:
                        start, opened = open_since.pop(name)
                        found.append(Suppression(name, start, place[0], opened))
            elif scope == "-file":
                found.append(Suppression(selector, 0, size + 1, place))
            elif scope == "-next-line":
                line = lines.position(place[1])[0] + 1
                found.append(Suppression(selector, *lines.span(line), place))
            else:
                open_since.setdefault(selector, (place[1], place))
    found += (Suppression(n, start, size + 1, place) for n, (start, place) in open_since.items())
    return sorted(found, key=lambda suppression: suppression.comment)


def _comments(page: Page, blocks: Sequence[Block]) -> Iterator[re.Match[str]]:
    index = 0
    lexed: tuple[Block | None, set[int]] = (None, set())
    for comment in _COMMENT.finditer(page.text):
        while index < len(blocks) and blocks[index].end <= comment.start():
            index += 1
        block = blocks[index] if index < len(blocks) else None
        if block is None or block.start > comment.start() or block.kind in _COMMENTED:
            yield comment
        elif block.is_leaf:
            if lexed[0] is not block:
                lexed = (block, _inline_comments(block, page))
            if comment.start() in lexed[1]:
                yield comment


def _inline_comments(block: Block, page: Page) -> set[int]:
    """Return the offsets in the page of the comments inside a leaf."""
    leaf = Leaf.of(block, page.text)
    tokens = lex(leaf.text, (), page.dialect)
    kinds = zip(tokens.starts, tokens.kinds, strict=False)
    return {leaf.offset(start) for start, kind in kinds if kind in _OPAQUE}


def unknown(found: Iterable[Suppression], known: Iterable[tuple[str, str]]) -> list[Suppression]:
    """Return the suppressions whose selector no rule (id, name) answers to."""
    rules = list(known)
    return [s for s in found if not any(names(s.selector, *rule) for rule in rules)]
