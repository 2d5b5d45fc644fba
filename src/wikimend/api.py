"""The Python interface: what `import wikimend` gives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from wikimend.repair.finding import Mended
from wikimend.repair.mender import Mender
from wikimend.rules.model import RuleSet
from wikimend.rules.reader import load
from wikimend.rules.selection import Selection
from wikimend.text.page import Dialect, Page


def mend(
    text: str,
    dialect: Dialect = "markdown",
    unsafe_fixes: bool = False,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    rules: RuleSet | None = None,
) -> Mended:
    """Return `text` mended: its `.text`, `.findings`, `.edits`, and whether it `.changed`.

    `select` and `ignore` take rule ids (`WM101`), families (`WM1`), names or `ALL`; `rules` are
    the shipped ones, or what `load_rules` returns. Offsets are code points. Raises UsageError for
    a selector that names no rule; damaged text is never an error.

    >>> mend("[tides[/sea/[tides--TEMP--/sea)--FIX--").text
    '[tides](/sea/tides)'
    """
    chosen = Selection(None if select is None else tuple(select), tuple(ignore))
    return _mender(rules, chosen, unsafe_fixes).mend(Page(text, dialect=dialect))


def lint(
    text: str,
    dialect: Dialect = "markdown",
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    rules: RuleSet | None = None,
) -> Mended:
    """Return the findings of `text`, none of them fixed; arguments and errors are those of `mend`.

    >>> [finding.rule for finding in lint("[1]https://example.org/a)").findings]
    ['WM203']
    """
    return mend(text, dialect, False, select, ignore, rules).unapplied()


def load_rules(path: str | Path | None = None) -> RuleSet:
    """Return the rules of the file at `path`, or the shipped ones.

    Raises RuleFileError with every mistake of the file.
    """
    return load(None if path is None else Path(path)).ruleset


@lru_cache(maxsize=8)
def _mender(rules: RuleSet | None, selection: Selection, unsafe_fixes: bool) -> Mender:
    return Mender(load_rules() if rules is None else rules, selection, unsafe_fixes=unsafe_fixes)
