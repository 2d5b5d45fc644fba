"""What became of a link that was followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal[
    "sound",
    "page-missing",
    "file-missing",
    "section-missing",
    "wrong-case",
    "stray",
    "redirected",
    "redirect-chain",
    "redirect-loop",
    "redirect-missing",
    "empty",
    "outside",
    "template",
    "other",
    "rootless",
    "beyond",
    "unseen-section",
    "skipped",
    "unused",
]

UNCHECKED: frozenset[Status] = frozenset(
    {"outside", "template", "rootless", "beyond", "unseen-section", "skipped"}
)
"""The outcomes of links that were not judged; what is neither here nor a finding (`mailto:`) is
not spoken of."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a link leads, and how that was found out."""

    status: Status
    """What to say of it."""
    path: str = ""
    """The page or file that answers, from the top; for a wrong case the one that would."""
    fragment: str = ""
    """The section asked for, as written."""
    tried: tuple[str, ...] = ()
    """The files that were looked for, in order."""
    via: tuple[str, ...] = ()
    """The redirects that were followed: the addresses they led to."""
    address: str = ""
    """The path asked for, counted from the top; empty for the page itself."""
