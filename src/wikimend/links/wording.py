"""What is said of a link that leads nowhere, and of what it may have meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wikimend.links.link import Link
from wikimend.links.outcome import Outcome, Status
from wikimend.links.suggestion import BECAUSE_GUESSED, BECAUSE_RENAMED, Suggestion
from wikimend.repair.finding import Finding, Reading
from wikimend.rules.model import Safety

BECAUSE_HTML = "It stands in HTML, which is left alone."


def message(link: Link, outcome: Outcome, suggestions: Sequence[Suggestion]) -> str:
    """Return the sentence of a finding, with up to three guesses and the reason of each."""
    said = _MESSAGES[outcome.status](link, outcome)
    if outcome.status in ("redirected", "redirect-chain"):
        return said
    meant = "; ".join(f"{named(s)} ({s.reason})" for s in suggestions)
    return f"{said} Did you mean {meant}?" if meant else said


def named(suggestion: Suggestion) -> str:
    """Return a suggestion as the reader is shown it."""
    return f"{suggestion.path}#{suggestion.fragment}" if suggestion.fragment else suggestion.path


def repairable(
    finding: Finding,
    offers: Sequence[tuple[str, Suggestion]],
    safety: Safety,
    *,
    protected: bool,
) -> Finding:
    """Return a finding with its repair, the first of `offers`, and why that is not made if not.

    Where a person must choose among several texts, they are its readings.
    """
    if protected:
        safety, because = "suggest", BECAUSE_HTML
    else:
        because = _because(offers[0][1])
    texts: dict[str, str] = {}
    for text, meant in offers:
        texts.setdefault(text, _because(meant))
    several = safety != "safe" and len(texts) > 1
    return finding._replace(
        safety=safety,
        replacement=offers[0][0],
        because=None if safety == "safe" else because,
        readings=tuple(Reading(*text) for text in texts.items()) if several else (),
    )


def _because(meant: Suggestion) -> str:
    if meant.reason == "renamed in git":
        return BECAUSE_RENAMED
    return BECAUSE_GUESSED.format(reason=meant.reason)


def _shown(link: Link) -> str:
    return link.destination if len(link.destination) <= 120 else f"{link.destination[:117]}..."


def _place(outcome: Outcome) -> str:
    return f"{outcome.path}#{outcome.fragment}" if outcome.fragment else outcome.path


def _section(link: Link, outcome: Outcome) -> str:
    return f'{outcome.path} has no section "{outcome.fragment}".'


def _gone(link: Link, outcome: Outcome) -> str:
    lost = "section" if outcome.path else "target"
    return f'"{_shown(link)}" is redirected to {outcome.via[-1]}, whose {lost} is missing.'


_MESSAGES: Mapping[Status, Callable[[Link, Outcome], str]] = {
    "page-missing": lambda link, outcome: f'The page "{_shown(link)}" does not exist.',
    "file-missing": lambda link, outcome: f'The file "{_shown(link)}" does not exist.',
    "section-missing": _section,
    "stray": lambda link, outcome: f'"{_shown(link)}" is an address of an empty tab.',
    "wrong-case": lambda link, outcome: f'"{_shown(link)}" has other letter case than the file.',
    "redirected": lambda link, outcome: f'"{_shown(link)}" is redirected to {_place(outcome)}.',
    "redirect-chain": lambda link, outcome: (
        f'"{_shown(link)}" leads to {_place(outcome)} over {len(outcome.via)} redirects.'
    ),
    "redirect-loop": lambda link, outcome: f'"{_shown(link)}" is redirected in a circle.',
    "redirect-missing": _gone,
    "empty": lambda link, outcome: "The link leads nowhere: it has no destination.",
}
