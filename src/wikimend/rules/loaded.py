"""A rule file once it is read, with all that it inherits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wikimend.errors import Place
from wikimend.rules.model import RuleSet, Severity
from wikimend.rules.node import Node
from wikimend.rules.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class FileSettings:
    """The settings that a rule file carries beside its rules; None where it says nothing."""

    select: tuple[str, ...] | None = None
    """Ids, names or families of the rules to run."""
    ignore: tuple[str, ...] | None = None
    """Ids, names or families of the rules not to run."""
    exclude: tuple[str, ...] | None = None
    """Patterns of pages to leave out, as in a .gitignore in the folder of `place`."""
    fail_on: Severity | Literal["never"] | None = None
    """The lowest severity that fails the run."""
    unsafe_fixes: bool | None = None
    """Whether unsafe repairs are made."""
    links: Node | None = None
    """What it says about links, a mapping as `rules.links.LINKS` has it."""
    place: Place | None = None
    """The file that was read; None for the shipped rules."""


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """A rule file with all that it inherits, checked."""

    ruleset: RuleSet
    """The rules: those of the file first, so that a wiki's own rule wins, then the inherited."""
    settings: FileSettings
    """The settings; what the file leaves open it inherits."""
    vocabulary: Vocabulary
    """The tokens and sets that its patterns may use."""
