"""What a run came to: counts, the lines that say them, and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from wikimend.errors import WikimendError
from wikimend.repair.finding import Finding, Mended
from wikimend.rules.model import SAFETIES, SEVERITIES, Safety, Severity

FailOn = Literal["error", "warning", "info", "never"]
FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)

Way = Safety | Literal["none"]
"""How an open finding can be repaired; `none` when it cannot."""


WAYS: tuple[Way, ...] = (*SAFETIES, "none")


def way(finding: Finding) -> Way:
    """Return how `finding` can be repaired, whether or not it was."""
    if finding.safety is None or finding.replacement is None:
        return "none"
    return finding.safety


class Summary:
    """The counts of a run, added up page by page."""

    def __init__(self) -> None:
        self.pages = 0
        """Pages read."""
        self.changed = 0
        """Pages that mending changes."""
        self.errors = 0
        """Errors reported, such as pages that cannot be read."""
        self.suppressed = 0
        """Findings that a comment in a page silenced."""
        self.skipped = 0
        """Findings that a person was asked about and left."""
        self.unread = 0
        """Pages not looked at, because the person had enough."""
        self.unchecked: Counter[str] = Counter()
        """Links that were not judged, by the reason."""
        self.dropped = 0
        """Pieces of debris that the repairs removed."""
        self.names: dict[str, str] = {}
        """The name of each rule that found something, by id."""
        self.fixed: Counter[str] = Counter()
        """Repairs made, by rule id."""
        self.left: Counter[str] = Counter()
        """Open findings, by rule id."""
        self.fixable: Counter[str] = Counter()
        """Findings that a safe repair mended or would mend, by rule id."""
        self.severities: Counter[Severity] = Counter()
        """Open findings, by severity."""
        self.ways: Counter[Way] = Counter()
        """Open findings, by how they can be repaired."""

    def page(self, mended: Mended) -> None:
        """Count a page."""
        self.pages += 1
        self.changed += mended.changed
        self.suppressed += len(mended.suppressed)
        if mended.unchecked:
            self.unchecked.update(mended.unchecked)
        for finding in mended.findings:
            self.names[finding.rule] = finding.name
            self.fixable[finding.rule] += finding.fixed or way(finding) == "safe"
            if finding.fixed:
                self.fixed[finding.rule] += 1
                self.dropped += len(finding.dropped)
            else:
                self.left[finding.rule] += 1
                self.severities[finding.severity] += 1
                self.ways[way(finding)] += 1

    def error(self, error: WikimendError) -> None:
        """Count an error."""
        self.errors += 1

    def add(self, other: Summary) -> None:
        """Count all that `other` counted as well."""
        for name, count in vars(other).items():
            if isinstance(count, int):
                setattr(self, name, getattr(self, name) + count)
            else:
                getattr(self, name).update(count)

    def counts(self) -> dict[str, Any]:
        """Return all counts by name, as JSON can hold them."""
        return {
            name: count if isinstance(count, int) else dict(count)
            for name, count in vars(self).items()
        }

    @classmethod
    def of(cls, counts: Mapping[str, Any]) -> Summary:
        """Return the summary with these counts."""
        summary = cls()
        for name, count in counts.items():
            if isinstance(count, int):
                setattr(summary, name, count)
            else:
                getattr(summary, name).update(count)
        return summary

    @property
    def worst(self) -> Severity | None:
        """The worst severity among the open findings; None when there are none."""
        return next((severity for severity in SEVERITIES if self.severities[severity]), None)

    def exit_code(
        self,
        fail_on: FailOn = "error",
        *,
        diff: bool = False,
        exit_zero: bool = False,
        exit_non_zero_on_fix: bool = False,
    ) -> int:
        """Return 2 after an error, 1 when something is left or to be seen, else 0.

        Something is left when an open finding is at or above `fail_on`, and something may be on
        pages that were not looked at, unless nothing fails the run; something is to be seen
        when `diff` printed changes, or pages changed with `exit_non_zero_on_fix`. `exit_zero`
        makes 0 of 1, never of 2.
        """
        if self.errors:
            return 2
        failing = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        left = self.worst in failing or (self.unread > 0 and failing != ())
        seen = self.changed > 0 and (diff or exit_non_zero_on_fix)
        return int((left or seen) and not exit_zero)

    def lines(self, *, diff: bool = False, whole: bool = True) -> list[str]:
        """Return up to seven lines of plain text.

        With `diff` nothing was written; a run that is not `whole` ended before its last page.
        """
        return [line for line in self._lines(diff, whole) if line]

    def _lines(self, diff: bool, whole: bool) -> tuple[str, ...]:
        change, repaired = ("would change", "Would repair") if diff else ("changed", "Repaired")
        ways = (
            (self.ways["safe"], "with `wikimend fix`"),
            (self.ways["unsafe"], "more with --unsafe-fixes"),
            (_many(self.ways["suggest"], "suggestion"), "to judge"),
            (self.ways["none"], "without a repair"),
        )
        asked = (
            (_many(self.skipped, "finding"), "skipped"),
            (_many(self.unread, "page"), "not looked at"),
        )
        quiet = (
            (_many(self.dropped, "piece"), "of debris dropped"),
            (_many(self.suppressed, "finding"), "suppressed"),
        )
        levels = ((self.severities[severity], severity) for severity in SEVERITIES)
        left = ", ".join(_many(count, severity) for count, severity in levels if count)
        nothing = "Nothing is left to repair." if self.pages and whole and not self.unread else ""
        return (
            f"{_many(self.pages, 'page') or 'No page'} read, {self.changed or 'none'} {change}.",
            f"{repaired}: {_by_rule(self.fixed)}." if self.fixed else "",
            f"Left: {_by_rule(self.left)} ({left})." if self.left else nothing,
            _sentence("Of these ", ways),
            _sentence("", asked),
            _sentence("", quiet),
            " ".join(_unchecked(self.unchecked)),
            f"{_many(self.errors, 'error')}: not everything was done." if self.errors else "",
        )


def _many(count: int, noun: str) -> str:
    """Return the counted noun; empty when there is none."""
    if not count:
        return ""
    plural = "" if count == 1 or noun == "info" else "s"
    return f"{count} {noun}{plural}"


def _by_rule(counts: Counter[str]) -> str:
    """Return the counts of the rules, by id."""
    return ", ".join(f"{count} {rule}" for rule, count in sorted(counts.items()))


UNCHECKED: Mapping[str, tuple[str, str]] = {
    "outside": ("outside link", "not checked"),
    "rootless": ("internal link", "not checked: no root"),
    "beyond": ("link", "out of the wiki not checked"),
    "template": ("link", "with a template in it not checked"),
    "unseen-section": ("section", "not checked: included pages may have them"),
    "skipped": ("link", "skipped by the configuration"),
}
"""What is said of links that were not judged, by the reason."""


def _unchecked(counts: Counter[str]) -> Iterator[str]:
    for reason, (noun, why) in UNCHECKED.items():
        if counts[reason]:
            yield f"{_many(counts[reason], noun)} {why}."


def _sentence(opening: str, parts: tuple[tuple[int | str, str], ...]) -> str:
    """Return one sentence about the parts whose count is not nothing."""
    said = ", ".join(f"{count} {what}" for count, what in parts if count)
    return f"{opening}{said}." if said else ""
