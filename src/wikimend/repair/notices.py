"""Findings that no rule file makes: about suppressions and about mending itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wikimend.repair.finding import Finding
from wikimend.rules.model import Severity


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of finding that is part of the program."""

    id: str
    """Permanent id, `WM9` and two digits."""
    name: str
    """Short kebab-case name."""
    severity: Severity
    """How bad it is."""
    about: str
    """What it means, for a wiki editor."""

    def finding(self, message: str, start: int, end: int) -> Finding:
        """Return a finding of this kind at a stretch of the original page."""
        return Finding(self.id, self.name, self.severity, message, start, end)


UNKNOWN = Notice(
    "WM901",
    "unknown-suppression",
    "warning",
    "A wikimend comment in the page names a rule that does not exist, so it silences nothing.",
)
UNUSED = Notice(
    "WM902",
    "unused-suppression",
    "warning",
    "A wikimend comment in the page silences nothing: the damage it was for is gone.",
)
UNSETTLED = Notice(
    "WM903",
    "unsettled",
    "error",
    "Repairs of a paragraph kept undoing each other, or would have changed what surrounds it, so"
    " it was left as it was.",
)
TIMEOUT = Notice(
    "WM904",
    "rule-timeout",
    "error",
    "A rule took so long on this page that the page was left as it was.",
)

NOTICES: Mapping[str, Notice] = {n.id: n for n in (UNKNOWN, UNUSED, UNSETTLED, TIMEOUT)}
"""All of them by id."""
