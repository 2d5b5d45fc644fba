"""Pages by something that several may have in common, in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping

from wikimend.links.names import Names


class Groups(Mapping[str, tuple[str, ...]]):
    """The members of groups by the names of these, sorted, each once."""

    def __init__(self, pairs: Iterable[tuple[str, str]], members: Names) -> None:
        """Take pairs of a group and a member; `members` are those of other groups too."""
        self._members = members
        self._names = Names()
        self._last = array("I")
        self._member = array("I")
        self._before = array("I")
        last, number = None, 0
        for name, member in pairs:
            group = self._names.add(name)
            if member != last:  # pairs of a member mostly follow each other
                last, number = member, members.add(member)
            if group == len(self._last):
                self._last.append(0)
            self._member.append(number)
            self._before.append(self._last[group])  # 0 for none: pairs are counted from 1
            self._last[group] = len(self._member)

    def __getitem__(self, name: str) -> tuple[str, ...]:
        group = self._names.find(name)
        if group is None:
            raise KeyError(name)
        found = set()
        pair = self._last[group]
        while pair:
            found.add(self._members[self._member[pair - 1]])
            pair = self._before[pair - 1]
        return tuple(sorted(found))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
