"""The proof that a repair loses nothing, touches no code and makes just the links it declares."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from wikimend.repair.candidate import Candidate
from wikimend.repair.words import glue
from wikimend.text.blocks import BlockKind, scan
from wikimend.text.definitions import definition_lines
from wikimend.text.edit import Origin
from wikimend.text.lexer import lex_alone
from wikimend.text.links import Link, links, paired_closers
from wikimend.text.moved import is_one_paragraph
from wikimend.text.page import Dialect
from wikimend.text.tokens import KINDS, OPAQUE, Tokens

Place = tuple[int, tuple[int, int]]
"""Where a link opens, and where its destination stands."""


def holds(
    repairs: Sequence[Candidate], before: Tokens, after: Tokens, origin: Origin, dialect: Dialect
) -> bool:
    """Return whether the leaf `after` the repairs is, outside of them, what it was `before`.

    No two of them glue words that neither glues by itself.
    Code, math, templates and tags are the same, byte for byte. The links outside the repairs are
    the same, their labels included; inside there are just those that the rules declare. The leaf
    is still one block of its kind: no repair has made a heading, a list, a fence or a definition.
    """
    was = _Stretches([(repair.start, repair.end) for repair in repairs])
    now = _Stretches(_moved(repairs))
    touched = [_touched(repair) for repair in repairs]
    return (
        not glue(repairs, before.text)
        and _opaque(before, was, touched) == _opaque(after, now, touched)
        and _links_hold(repairs, before, after, was, now, origin)
        and _same_frame(before.text, after.text, dialect)
    )


class _Stretches:
    """Disjoint stretches of a leaf, in order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = spans
        self._starts = [start for start, _ in spans]

    def at(self, offset: int) -> int | None:
        """Return the number of the stretch that holds the code point at `offset`, or None."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self.spans[index][1] else None


def _touched(repair: Candidate) -> str:
    """Return the opaque kinds that a repair may change: those its rule names or writes."""
    named = repair.rule.match.touched if repair.rule.match else ""
    template = repair.template
    return named + (KINDS["AUTOLINK"] if template and template.angled else "")


def _moved(repairs: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Return where the replacements stand after all repairs."""
    spans = []
    shift = 0
    for repair in repairs:
        size = len(repair.replacement or "")
        spans.append((repair.start + shift, repair.start + shift + size))
        shift += size - (repair.end - repair.start)
    return spans


def _opaque(tokens: Tokens, stretches: _Stretches, touched: list[str]) -> list[str]:
    """Return the opaque tokens, but for those that a rule was written for."""
    if OPAQUE.isdisjoint(tokens.kinds):
        return []
    found = []
    for index, kind in enumerate(tokens.kinds):
        if kind in OPAQUE:
            stretch = stretches.at(tokens.starts[index])
            if stretch is None or kind not in touched[stretch]:
                found.append(tokens.slice(index, index + 1))
    return found


def _links_hold(
    repairs: Sequence[Candidate],
    before: Tokens,
    after: Tokens,
    was: _Stretches,
    now: _Stretches,
    origin: Origin,
) -> bool:
    had = list(links(before))
    within: list[list[Link]] = [[] for _ in repairs]
    for link in had:
        stretch = was.at(link.destination[0])
        if stretch is not None:
            within[stretch].append(link)
    inside: list[set[Place]] = [set() for _ in repairs]
    outside: set[Place] = set()
    images: list[Place] = []
    for link in links(after):
        stretch = now.at(link.destination[0])
        if stretch is not None:
            inside[stretch].add(_place(link, -now.spans[stretch][0]))
        else:
            place = origin.span(link.start, link.start + 1)[0], origin.span(*link.destination)
            outside.add(place)
            if after.text[link.start - 1 : link.start] == "!":
                images.append(place)
    kept = [link for link in had if was.at(link.destination[0]) is None]
    found = {destination for _, destination in outside}
    lost = [link for link in kept if link.destination not in found]
    return (
        all(map(_declares, repairs, inside, within, [before] * len(repairs)))
        and all(_place(link) in outside for link in kept if was.at(link.start) is None)
        and found <= {link.destination for link in kept}
        and (not lost or {link.closer for link in lost} <= _closers(after, now, origin))
        and not _swallows(images, had, kept)
    )


def _swallows(images: Sequence[Place], had: Sequence[Link], kept: Sequence[Link]) -> bool:
    """Return whether an image that a repair gave another bracket has a sound link inside now."""
    began = {link.destination: link.start for link in had}
    starts = sorted(link.start for link in kept)
    for start, destination in images:
        before = began.get(destination)
        if before is None or before == start:
            continue
        inside = bisect_left(starts, destination[0]) - bisect_right(starts, start)
        if inside > (start < before < destination[0]):
            return True
    return False


def _closers(after: Tokens, now: _Stretches, origin: Origin) -> set[int]:
    """Return where the closing brackets outside the repairs stood that still have a partner.

    A link that a repair has given another opening bracket may be none any more, when it has a link
    inside now; its brackets still belong together.
    """
    closers = (at for at in paired_closers(after) if now.at(at) is None)
    return {origin.span(at, at + 1)[0] for at in closers}


def _place(link: Link, shift: int = 0) -> Place:
    start, end = link.destination
    return link.start + shift, (start + shift, end + shift)


def _declares(repair: Candidate, made: set[Place], had: list[Link], before: Tokens) -> bool:
    """Return whether the links `made` in a stretch that `had` others are what its rule declares.

    They are the links of the replacement by itself: as many as its template writes, and those that
    stand whole in a capture. A destination that is rewritten by itself is that of one link.
    """
    template = repair.template
    match = repair.match
    if before.kinds[match.first : match.last] == KINDS["DEST"]:
        whole = (0, len(repair.replacement or ""))
        return [destination for _, destination in made] == [whole]
    if not made and not (template and template.links):
        return True
    alone = lex_alone(repair.replacement or "")
    own = list(links(replace(alone, defined=before.defined) if before.defined else alone))
    captured = [
        (before.starts[first], before.starts[last])
        for places in repair.match.spans.values()
        for first, last in places
    ]
    inherited = sum(
        link.inline and any(a <= link.start and link.destination[1] < b for a, b in captured)
        for link in had
    )
    declared = inherited + (template.links if template else 0)
    return made == {_place(link) for link in own} and declared == sum(link.inline for link in own)


def _same_frame(before: str, after: str, dialect: Dialect) -> bool:
    """Return whether two texts, were each a page, have the same blocks around their text."""
    plain = dialect != "mediawiki" and is_one_paragraph(before) and is_one_paragraph(after)
    return plain or _frame(before, dialect) == _frame(after, dialect)


def _frame(text: str, dialect: Dialect) -> tuple[list[BlockKind], str]:
    """Return the kinds of a leaf's blocks, were it a page, and what stands outside of them.

    Link reference definitions stand outside, as do the marks of lists and quotes.
    """
    kinds: list[BlockKind] = []
    marks: list[str] = []
    done = 0
    for block in scan(text, dialect):
        kinds.append(block.kind)
        defined = definition_lines(block.text(text)) if block.kind == "paragraph" else 0
        for start, end in block.spans[defined:]:
            marks += text[done:start].split()
            done = end
    return kinds, "".join((*marks, *text[done:].split()))
