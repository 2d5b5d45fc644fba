"""The gate: which rules can find anything in a text, told from its raw characters alone."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from wikimend.repair.need import Family, Need, families
from wikimend.rules.model import Rule
from wikimend.rules.vocabulary import UNBALANCED
from wikimend.text import limits
from wikimend.text.block import Block, BlockKind
from wikimend.text.brackets import Balance
from wikimend.text.tokens import Tokens

if TYPE_CHECKING:
    from wikimend.repair.swift import Swift

_TELLING = 8
"""How many characters of a mark tell enough."""
_REMEMBERED = 1000
"""For how many sets of needs it is known which rules they open."""
_MANY = 256
"""After how many texts hyperscan is loaded, where it is installed: sooner it would not pay."""


class Gate:
    """The rules of a run for one dialect, by what they need."""

    __slots__ = ("_asking", "_families", "_known", "_needs", "_others", "_rules", "_swift",
                 "_texts", "_ticked", "telling")  # fmt: skip

    def __init__(self, rules: Iterable[tuple[int, Rule]]) -> None:
        self._rules = tuple(rules)
        self._asking: dict[str, list[int]] = {}
        for index, (_, rule) in enumerate(self._rules):
            for source in rule.needs:
                self._asking.setdefault(source, []).append(index)
        self._needs = {source: Need.of(source) for source in self._asking}
        self._families = tuple(families(self._needs.values()))
        self._others = tuple(need for need in self._needs.values() if not need.opening)
        self.telling = frozenset(
            need.source for need in self._needs.values() if len(need.literal or "") >= _TELLING
        )
        """The needs that hardly any sound page meets: marks that some program has left."""
        self._known: dict[tuple[frozenset[str], BlockKind], list[tuple[int, Rule]]] = {}
        self._texts = 0
        self._swift: Swift | None = None
        self._ticked = tuple(need for need in self._needs.values() if need.ticked)

    def __bool__(self) -> bool:
        """Return whether there is any rule."""
        return bool(self._rules)

    def met(self, text: str, raw: str | None = None) -> frozenset[str]:
        """Return the needs that are met somewhere on a page.

        Where `text` is a page without the samples in its code spans, `raw` is the page as it is,
        in which needs with a backtick are sought.
        """
        asked = [*self._others, *self._may_meet(text)]
        found = {need.source for need in asked if need.meets(text)}
        if raw is not None:
            found.update(need.source for need in self._ticked if need.meets(raw))
        return frozenset(found)

    def _may_meet(self, text: str) -> Iterable[Need]:
        """Return needs with a known beginning, among them those that a text meets."""
        self._texts += 1
        if self._texts == _MANY:
            self._swift = _swift(self._families)
        if self._swift is not None:
            return self._swift.may_meet(text)
        met = (family for family in self._families if family.met(text))
        return [need for family in met for need in family.needs]

    def open_for(
        self, text: str, kind: BlockKind = "paragraph", among: Collection[str] | None = None
    ) -> list[tuple[int, Rule]]:
        """Return the rules that may find something in a leaf, with their priorities.

        `among` are those of its page's needs that it may meet; None when that is not known.
        """
        if among is None:
            found = self.met(text)
            # All but this one are asked in the same way of a leaf and of a page.
            if UNBALANCED in found and text not in self._needs[UNBALANCED]:
                found -= {UNBALANCED}
        else:
            found = frozenset(source for source in among if text in self._needs[source])
        return self._opened(found, kind) if found else []

    def _opened(self, met: frozenset[str], kind: BlockKind) -> list[tuple[int, Rule]]:
        """Return the rules that ask for one of some needs; damage repeats itself."""
        opened = self._known.get((met, kind))
        if opened is None:
            indexes = {index for source in met for index in self._asking[source]}
            rules = (self._rules[index] for index in sorted(indexes))
            opened = [entry for entry in rules if kind in entry[1].blocks]
            if len(self._known) == _REMEMBERED:
                self._known.clear()
            self._known[met, kind] = opened
        return opened

    def leaves(
        self, text: str, blocks: Sequence[Block], among: frozenset[str] | None = None
    ) -> list[tuple[Block, list[str]]]:
        """Return the leaves of a page that may meet a need, in order, each with these needs.

        `among` are the needs that the page meets; None when that is not known.
        """
        starts = [block.start for block in blocks]
        ends = [*starts, len(text) + 1]
        hit: defaultdict[int, list[str]] = defaultdict(list)
        for source in self._needs if among is None else among:
            need = self._needs[source]
            # One place is enough for a block, and a paragraph may be a megabyte of them.
            place = need.next(text)
            while place is not None:
                first = bisect_right(starts, place[0])
                last = max(first, bisect_right(starts, place[1] - 1))
                for index in range(first - 1, last):
                    hit[index].append(source)
                place = need.next(text, ends[last])
        return [(blocks[i], hit[i]) for i in sorted(hit) if i >= 0 and blocks[i].is_leaf]

    def places(
        self, text: str, among: Iterable[str], raw: str | None = None
    ) -> Iterator[tuple[int, int]]:
        """Yield where a text meets some of its needs, of each need one place a line.

        `raw` is the text with the samples in its code spans, where `text` is without.
        """
        quiet = text
        for source in among:
            need = self._needs[source]
            text = raw if raw is not None and need.ticked else quiet
            place = need.next(text)
            while place is not None:
                yield place
                end = text.find("\n", place[1])
                place = need.next(text, end) if end >= 0 else None


def able(rules: Sequence[tuple[int, Rule]], tokens: Tokens) -> Sequence[tuple[int, Rule]]:
    """Return `rules` without those that need a bracket without a partner, where all have one.

    The gate tells from raw characters that one may lack its partner; the tokens of a leaf know.
    What only a repair would leave alone is looked at when the repair is made, and proved. Raises
    Crowded where more than `limits.BRACKETS` lack one.
    """
    unpaired = Balance.of(tokens.kinds).unpaired
    if unpaired > limits.BRACKETS:
        raise limits.Crowded
    if unpaired:
        return rules
    return [entry for entry in rules if entry[1].needs != (UNBALANCED,)]


def _swift(families: Iterable[Family]) -> Swift | None:
    """Return a search for the needs of families at once; None where there is no hyperscan."""
    try:
        from wikimend.repair.swift import Swift

        return Swift([need for family in families for need in family.needs])
    except ImportError:
        return None
