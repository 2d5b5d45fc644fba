"""How well the brackets of a stretch of tokens pair up, in a form that adds up."""

from __future__ import annotations

from dataclasses import dataclass

PAIRS = {"[": "]", "(": ")"}
CLOSERS = {closer: opener for opener, closer in PAIRS.items()}


@dataclass(frozen=True, slots=True)
class Balance:
    """The brackets of a stretch that have no partner within it, square and round apart."""

    squares: tuple[int, int] = (0, 0)
    """`]` without a `[` before them, and `[` without a `]` after them."""
    rounds: tuple[int, int] = (0, 0)
    """The same for parentheses."""

    def __add__(self, other: Balance) -> Balance:
        """Return the balance of this stretch followed by the other.

        >>> Balance.of("[(") + Balance.of(")]]")
        Balance(squares=(1, 0), rounds=(0, 0))
        """
        return Balance(_join(self.squares, other.squares), _join(self.rounds, other.rounds))

    @property
    def unpaired(self) -> int:
        """The number of brackets without a partner."""
        return sum(self.squares) + sum(self.rounds)

    def closers(self, bracket: str) -> int:
        """Return how many closers of the bracket's kind have no opener before them."""
        return (self.squares if bracket in "[]" else self.rounds)[0]

    def openers(self, bracket: str) -> int:
        """Return how many openers of the bracket's kind have no closer after them."""
        return (self.squares if bracket in "[]" else self.rounds)[1]

    @classmethod
    def of(cls, kinds: str) -> Balance:
        """Return the balance of a stretch of token kinds."""
        return cls(_unpaired(kinds, "[", "]"), _unpaired(kinds, "(", ")"))


def _unpaired(kinds: str, opener: str, closer: str) -> tuple[int, int]:
    closers = kinds.count(closer)
    openers = kinds.count(opener)
    if not closers or not openers:
        return closers, openers
    closers = openers = 0
    for kind in kinds:
        if kind == opener:
            openers += 1
        elif kind == closer:
            if openers:
                openers -= 1
            else:
                closers += 1
    return closers, openers


def _join(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    paired = min(left[1], right[0])
    return left[0] + right[0] - paired, left[1] + right[1] - paired
