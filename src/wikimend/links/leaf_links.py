"""The links of one leaf, on the tokens of the project's own lexer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wikimend.links import destination
from wikimend.links.attributes import attributes
from wikimend.links.definitions import Definition, normal
from wikimend.links.link import Link, LinkKind
from wikimend.text.leaf import Leaf
from wikimend.text.tokens import Tokens

_RELEVANT = re.compile(r"[\[\]AUH]")
_MAIL = re.compile(r"[^:/]+@[^:/]+")
_PIPE = re.compile(r"\\?\|")


@dataclass(slots=True)
class _Opener:
    """A bracket that may open a link."""

    index: int
    """The token."""
    image: bool
    """Whether it opens an image."""


@dataclass(slots=True)
class LeafLinks:
    """The links of a leaf, and the brackets that are left over."""

    leaf: Leaf
    """The leaf."""
    tokens: Tokens
    """Its tokens."""
    defined: Mapping[str, Definition]
    """The definitions of its page by their names."""
    openers: list[_Opener] = field(default_factory=list)
    """The brackets that are open; after `links`, those that nothing closes."""
    inactive: int = 0
    """How many of the outermost `openers` have a link inside, and open none any more."""
    done: int = 0
    """The token after the label of the last reference: its brackets are taken."""

    def links(self) -> list[Link]:
        """Return the links in order; a bare address in a label is part of it."""
        found = sorted(self._links(), key=lambda link: (link.start, -link.end))
        kept: list[Link] = []
        label_end = 0
        for link in found:
            if link.kind == "bare" and link.start < label_end:
                continue
            if link.kind in ("inline", "reference", "wiki"):
                label_end = max(label_end, link.end)
            kept.append(link)
        return kept

    @property
    def unclosed(self) -> list[int]:
        """The offsets in the leaf of the brackets that nothing closes, once `links` was called."""
        return [self.tokens.starts[o.index] for o in self.openers if not o.image]

    def _links(self) -> Iterator[Link]:
        kinds = self.tokens.kinds
        for token in _RELEVANT.finditer(kinds):
            index = token.start()
            if index < self.done:
                continue
            match kinds[index]:
                case "[":
                    image = kinds[index - 1 : index] == "!"
                    self.openers.append(_Opener(index, image))
                case "]":
                    yield from self._close(index)
                case "H":
                    yield from self._tag(index)
                case kind:
                    yield self._address("autolink" if kind == "A" else "bare", index)

    def _close(self, index: int) -> Iterator[Link]:
        if not self.openers:
            return
        opener = self.openers.pop()
        active = opener.image or len(self.openers) >= self.inactive
        self.inactive = min(self.inactive, len(self.openers))
        if not active:
            return
        link = self._inline(opener, index) or self._reference(opener, index)
        if link is not None:
            if not opener.image:
                self.inactive = len(self.openers)
            yield link
            return
        wiki = self._wiki(opener, index)
        if wiki is not None:
            yield wiki

    def _inline(self, opener: _Opener, close: int) -> Link | None:
        kinds, starts = self.tokens.kinds, self.tokens.starts
        kind: LinkKind = "image" if opener.image else "inline"
        if kinds.startswith("](D)", close):
            start = starts[close + 2]
            first, last = destination.span(self.tokens.slice(close + 2, close + 3))
            return self._link(kind, opener, close, close + 4, (start + first, start + last))
        if kinds.startswith("]()", close) and starts[close + 2] == starts[close + 1] + 1:
            start = starts[close + 2]
            return self._link(kind, opener, close, close + 3, (start, start))
        return None

    def _reference(self, opener: _Opener, close: int) -> Link | None:
        if not self.defined:
            return None
        kinds = self.tokens.kinds
        name, end = self._label(opener.index, close), close + 1
        if kinds.startswith("][", close):
            last = kinds.find("]", close + 2)
            if last > 0 and "[" not in kinds[close + 2 : last]:
                written = self._label(close + 1, last)
                name, end = (written or name), last + 1
        definition = self.defined.get(normal(name)) if name else None
        if definition is None:
            return None
        self.done = end
        starts = self.tokens.starts
        first = starts[opener.index - opener.image]
        return Link(
            "image-reference" if opener.image else "reference",
            self.leaf.offset(first),
            self.leaf.offset(starts[end] - 1) + 1,
            self.tokens.slice(opener.index + 1, close),
            definition.destination,
            definition.dest_start,
            definition.dest_end,
        )

    def _label(self, opening: int, closing: int) -> str:
        """Return what stands between two brackets; empty where brackets stand in between."""
        inside = self.tokens.kinds[opening + 1 : closing]
        nested = "[" in inside or "]" in inside
        return "" if nested else self.tokens.slice(opening + 1, closing)

    def _wiki(self, opener: _Opener, close: int) -> Link | None:
        kinds, starts = self.tokens.kinds, self.tokens.starts
        first = opener.index - 1
        doubled = first >= 0 and kinds[first] == "[" and kinds[close + 1 : close + 2] == "]"
        if not doubled or opener.image or kinds.startswith("](D)", close + 1):
            return None
        content = self.tokens.slice(opener.index + 1, close)
        target = _PIPE.split(content, maxsplit=1)[0]
        if not content.strip() or "[" in content or "]" in content or "\n" in target:
            return None
        embedded = kinds[first - 1 : first] == "!"
        start = starts[opener.index + 1]
        stop = start + len(content)
        return Link(
            "embed" if embedded else "wiki",
            self.leaf.offset(starts[first - embedded]),
            self.leaf.offset(starts[close + 2] - 1) + 1,
            content,
            target.strip(),
            self.leaf.offset(start),
            self.leaf.offset(stop - 1) + 1,
        )

    def _link(
        self, kind: LinkKind, opener: _Opener, close: int, end: int, dest: tuple[int, int]
    ) -> Link:
        starts, text = self.tokens.starts, self.tokens.text
        first, last = dest
        return Link(
            kind,
            self.leaf.offset(starts[opener.index - opener.image]),
            self.leaf.offset(starts[end] - 1) + 1,
            self.tokens.slice(opener.index + 1, close),
            destination.plain(text[first:last]),
            self.leaf.offset(first),
            self.leaf.offset(last - 1) + 1 if last > first else self.leaf.offset(first),
        )

    def _address(self, kind: LinkKind, index: int) -> Link:
        start, end = self.tokens.starts[index], self.tokens.starts[index + 1]
        cut = kind == "autolink"
        text = self.tokens.text[start + cut : end - cut]
        leads = f"mailto:{text}" if cut and _MAIL.fullmatch(text) else text
        first, last = self.leaf.offset(start), self.leaf.offset(end - 1) + 1
        return Link(kind, first, last, "", leads, first + cut, last - cut)

    def _tag(self, index: int) -> Iterator[Link]:
        start, end = self.tokens.starts[index : index + 2]
        for value, first, last in attributes(self.tokens.text[start:end]):
            place = self.leaf.offset(start + first)
            stop = self.leaf.offset(start + last - 1) + 1 if last > first else place
            yield Link("html", place, stop, "", value, place, stop, protected=True)
