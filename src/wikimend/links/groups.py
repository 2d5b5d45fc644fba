"""Pages by something that several may have in common, in little memory.

Of what they have in common no more is kept than a hash: the first page that it leads to is asked.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable

from wikimend.links.names import Names, Texts

_NUMBER = (1 << 32) - 1


class Groups:
    """The members of groups by the names of these, sorted, each once."""

    def __init__(
        self,
        members: Texts,
        names_of: Callable[[str], Iterable[str]],
        some: Iterable[int] | None = None,
    ) -> None:
        """Take all `members`, or those with `some` numbers, into the groups that they are in."""
        self._members = members
        self._names_of = names_of
        names = Names()
        # The number of a group, and behind it that of a member of it.
        pairs = array("Q")
        for number in range(len(members)) if some is None else some:
            pairs.extend(names.add(name) << 32 | number for name in names_of(members[number]))
        self._pairs = array("Q", sorted(pairs))
        hashes = array("Q", map(_hash, names))
        self._groups = array("I", sorted(range(len(names)), key=hashes.__getitem__))
        self._hashes = array("Q", map(hashes.__getitem__, self._groups))

    def get(self, name: str) -> tuple[str, ...]:
        """Return the members of a group; none where there is no such group."""
        hashed = _hash(name)
        place = bisect_left(self._hashes, hashed)
        while place < len(self._hashes) and self._hashes[place] == hashed:
            group = self._groups[place]
            start = bisect_left(self._pairs, group << 32)
            if name in self._names_of(self._members[self._pairs[start] & _NUMBER]):
                end = bisect_left(self._pairs, group + 1 << 32)
                numbers = {pair & _NUMBER for pair in self._pairs[start:end]}
                return tuple(sorted(map(self._members.__getitem__, numbers)))
            place += 1
        return ()

    def __contains__(self, name: str) -> bool:
        return bool(self.get(name))


def _hash(name: str) -> int:
    return hash(name) & (1 << 64) - 1
