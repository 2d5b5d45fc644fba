"""Suggestions: what a link may have meant, why, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from wikimend.rules.model import Safety

Reason = Literal[
    "redirect",
    "alias",
    "letter case",
    "spelling of the address",
    "swapped halves",
    "renamed in git",
    "id of the old wiki",
    "part of the path twice",
    "same name elsewhere",
    "title of the page",
    "heading of the page",
    "other style of anchor",
    "section of another page",
    "similar name",
]

CONFIDENCE: Mapping[Reason, int] = {
    "redirect": 100,
    "alias": 100,
    "letter case": 100,
    "spelling of the address": 100,
    "id of the old wiki": 98,
    "swapped halves": 97,
    "renamed in git": 96,
    "part of the path twice": 95,
    "other style of anchor": 95,
    "same name elsewhere": 90,
    "title of the page": 88,
    "heading of the page": 86,
    "section of another page": 80,
    "similar name": 79,
}
"""How sure each reason is, of 100; a similar name is as sure as it is similar, up to this."""

CERTAIN: frozenset[Reason] = frozenset(
    {"redirect", "alias", "letter case", "spelling of the address"}
)
"""The reasons that prove what was meant, where they name one page."""

BECAUSE_RENAMED = "A rename in the history says so; a shallow clone does not have it."
BECAUSE_GUESSED = "It is a guess: {reason}."
LEAST_SIMILAR = 72.0
"""How alike two names must be, of 100, to be suggested."""
MOST = 3
"""How many suggestions are made."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page, a file or a section that a link may have meant."""

    path: str
    """The page or file, composed, from the top."""
    fragment: str
    """The section; empty for none."""
    reason: Reason
    """Why it is suggested."""
    confidence: int
    """How sure that is, of 100."""


def safety_of(suggestions: list[Suggestion]) -> Safety:
    """Return how far the first suggestion may be trusted beside the others.

    Safe when one certain reason, or several that agree, prove it; unsafe when a single rename in
    git does.
    """
    certain = {(s.path, s.fragment) for s in suggestions if s.reason in CERTAIN}
    if len(certain) == 1 and suggestions[0].reason in CERTAIN:
        return "safe"
    renamed = [s for s in suggestions if s.reason == "renamed in git"]
    return "unsafe" if len(renamed) == 1 and suggestions[0] is renamed[0] else "suggest"


def similar(word: str, known: Iterable[str]) -> list[tuple[str, int]]:
    """Return the folded names most like `word`, and how sure that is."""
    names = list(known)
    ranked = likest(word.casefold(), names, MOST) if word else []
    return [(names[place], confidence(score)) for place, score in ranked]


def likest(word: str, names: Sequence[str], most: int | None) -> list[tuple[int, float]]:
    """Return the places of the names most like `word`, and how like they are, of 1.

    That is told by their optimal string alignment; of names that are equally like it the first
    ones come first. There are `most` of them at most.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    ranked = process.extract(
        word,
        names,
        scorer=OSA.normalized_similarity,
        score_cutoff=LEAST_SIMILAR / 100,
        limit=most,
    )
    return [(place, score) for _, score, place in ranked]


def confidence(score: float) -> int:
    """Return how sure a likeness is: from 50 for the least to that of the best."""
    least = LEAST_SIMILAR / 100
    return round(50 + (score - least) / (1 - least) * (CONFIDENCE["similar name"] - 50))


def made(path: str, fragment: str, reason: Reason) -> Suggestion:
    """Return a suggestion that is as sure as its reason."""
    return Suggestion(path, fragment, reason, CONFIDENCE[reason])
