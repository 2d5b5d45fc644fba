"""The numbered citations of a page as a table, for the rules that look at a page as a whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from wikimend.repair.need import CITED
from wikimend.rules.model import PageTest
from wikimend.text.block import Block
from wikimend.text.leaf import Leaf
from wikimend.text.page import Page
from wikimend.text.reader import Reader
from wikimend.text.tokens import Tokens

_NUMBER = re.compile(r"[0-9]{1,3}")
_DEFINITION = re.compile(r"(?m)^\[([0-9]{1,3})\]:[ \t]*<?([^\s<>]+)")
_ADDRESS = re.compile(r"\s*(?:<([^<>]*)>|(\S*))")
_SOURCE = re.compile(r"\[([0-9]{1,3})\]:")
_ADDRESSED = r"(?>(?:[^\s()<>]++|\((?>(?:[^\s()]++|\([^\s()]*+\))*)\))*)"
_RAW = re.compile(
    r"\[(?<![\w{]\[)(?<![^\\][\])!]\[)([0-9]{1,3})\]"  # the bracket first: it is soon found
    rf"(?:(?=\]?\(\s*(?:<([^<>]*)>|({_ADDRESSED})(?=[\s)]|(.)?)))|(?![\[\](:}}]))"
)
"""A citation in raw text: its number, its address in angle brackets or without, and what stands
behind an address that ends in an odd way."""
_CITATION = re.compile(r"(?<![\[\])`!])\[(?:T\](?![\[\](])|T\]\(D\)|\[T\]\]\(D\))")


@dataclass(frozen=True, slots=True)
class Citation:
    """A number in brackets that stands for a source."""

    number: str
    """The number as written."""
    url: str
    """Where it leads; empty when it has no source."""
    start: int
    """Offset in the page of its first bracket."""
    end: int
    """Offset after its last bracket or parenthesis."""

    @property
    def columns(self) -> dict[str, str]:
        """The values that rules compare."""
        return {"number": self.number, "url": self.url}


def may_conflict(text: str, tests: Iterable[PageTest]) -> bool:
    """Return whether a rule about the page may find anything, told from its raw characters.

    All citations of the page are among those of its raw text, code and all, so that what none of
    these shows, none of those does.
    """
    sources = frozenset(_SOURCE.findall(text))
    found: list[tuple[str, str]] = []
    for match in _RAW.finditer(text):
        number, angled, url, odd = match.groups("")
        if odd or number in sources:
            return True
        found.append((number, url or angled))
    pairs = set(found)
    numbers, urls = {number for number, _ in pairs}, {url for _, url in pairs}
    if urls <= {""} or (len(numbers) == len(urls) == len(pairs) and "" not in urls):
        return False
    table = [Citation(number, url, 0, 0) for number, url in found]
    return any(True for test in tests for _ in matches(test, table))


def citations(page: Page, blocks: Iterable[Block], reader: Reader) -> list[Citation]:
    """Return the numbered citations `[n](url)`, `[[n]](url)` and `[n]` of a page, in order.

    A reference definition `[n]: url` anywhere on the page is the source of every bare `[n]`. A
    bare number inside other brackets is part of a label and no citation.
    """
    gate = re.compile(CITED)
    leaves = [Leaf.of(block, page.text) for block in blocks if block.is_leaf]
    leaves = [leaf for leaf in leaves if gate.search(leaf.text)]
    defined = {n: url for leaf in leaves for n, url in _DEFINITION.findall(leaf.text)}
    return [c for leaf in leaves for c in _of_leaf(leaf, defined, reader)]


def _of_leaf(leaf: Leaf, defined: dict[str, str], reader: Reader) -> Iterator[Citation]:
    tokens = reader.read(leaf.text)
    depths = _depths(tokens.kinds)
    for found in _CITATION.finditer(tokens.kinds):
        first, last = found.span()
        label = first + found.group().index("T")
        number = tokens.slice(label, label + 1)
        if not _NUMBER.fullmatch(number) or _is_part(tokens, first, last):
            continue
        url = ""
        if "D" in found.group():
            url = _url(tokens.slice(last - 2, last - 1))
        elif number in defined:
            url = defined[number]
        elif depths[first]:
            continue
        start, end = tokens.starts[first], tokens.starts[last]
        yield Citation(number, url, leaf.offset(start), leaf.offset(end))


def _url(destination: str) -> str:
    """Return the address in what stands between the parentheses of a link."""
    found = _ADDRESS.match(destination)
    return (found[1] or found[2] or "") if found else ""


def _depths(kinds: str) -> list[int]:
    """Return for each token how many pairs of square brackets stand around it."""
    steps = [0] * (len(kinds) + 1)
    openers = []
    for index, kind in enumerate(kinds):
        if kind == "[":
            openers.append(index)
        elif kind == "]" and openers:
            steps[openers.pop() + 1] += 1
            steps[index] -= 1
    return list(accumulate(steps))


def _is_part(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether `[n]` is an index (`a[1]`, `f(x)[0]`, `x_{[1]}`) or a definition (`[1]:`)."""
    start, end = tokens.starts[first], tokens.starts[last]
    before, after = tokens.text[start - 1 : start], tokens.text[end : end + 1]
    if after in (":", "}"):
        return True
    escaped = before in (")", "]", "!") and tokens.kinds[first - 1] == "E"
    return not escaped and (before.isalnum() or before in ("_", "{", ")", "]", "!"))


def matches(test: PageTest, table: list[Citation]) -> Iterator[tuple[Citation, Citation]]:
    """Yield the citations that a rule about the page speaks of, each with the one it is beside.

    A number without a source counts only on a page where some number has one.
    """
    if test.missing:
        others = [citation for citation in table if citation.url]
        if others:
            yield from ((c, others[0]) for c in table if not c.columns[test.missing])
        return
    groups: defaultdict[str, dict[str, Citation]] = defaultdict(dict)
    for citation in table:
        if not citation.url:
            continue
        group = groups[citation.columns[test.group or "number"]]
        value = citation.columns[test.differ or "url"]
        if value not in group:
            group[value] = citation
            if len(group) > 1:
                yield citation, next(iter(group.values()))
