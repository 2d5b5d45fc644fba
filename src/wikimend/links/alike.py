"""Names that are much like a word, found among very many that take little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from wikimend.links.names import Names
from wikimend.links.suggestion import LEAST_SIMILAR, MOST, confidence, likest

AMONG = 4 * MOST
"""Of so many the best are taken, those that are equally good in the order in which they came."""


class Alike:
    """Names that stand for members, by their length: those of one length are one text.

    No name much shorter or longer than a word is like it, so that others are not even looked at.
    """

    def __init__(self, named: Iterable[tuple[str, str]], members: Names) -> None:
        """Take names with what they stand for; of those that are the same the last one counts."""
        self._members = members
        self._meant = array("I")
        names = Names()
        for name, member in named:
            meant = members.find(member)
            if meant is None:
                continue
            number = names.add(name)
            if number == len(self._meant):
                self._meant.append(meant)
            self._meant[number] = meant
        self._numbers: dict[int, array[int]] = {}
        parts: dict[int, list[str]] = {}
        for number, name in enumerate(names):
            self._numbers.setdefault(len(name), array("I")).append(number)
            parts.setdefault(len(name), []).append(name)
        self._texts = {length: "".join(parts.pop(length)) for length in self._numbers}

    def __len__(self) -> int:
        return len(self._meant)

    def like(self, word: str) -> list[tuple[str, int]]:
        """Return the members whose names are most like a folded word, and how sure that is."""
        names: list[str] = []
        numbers: list[int] = []
        for length, text in self._texts.items():
            lengths = length, len(word)
            if 100 * min(lengths) > (LEAST_SIMILAR - 1) * max(lengths):
                names += [text[start : start + length] for start in range(0, len(text), length)]
                numbers += self._numbers[length]
        found = likest(word, names, AMONG)
        if len(found) == AMONG and found[-1][1] == found[MOST - 1][1]:  # there may be more of these
            found = likest(word, names, None)
        ranked = sorted((-score, numbers[place]) for place, score in found)
        return [
            (self._members[self._meant[number]], confidence(-score))
            for score, number in ranked[:MOST]
        ]
