"""What each tool did with the cases: a Markdown table, and a list of the cases to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from benchmarks.repairs_cases import Case
from benchmarks.repairs_score import VERDICTS, Verdict

from wikimend.repair.finding import Finding
from wikimend.report.visible import visible
from wikimend.rules.model import SEVERITIES, Severity

CONTEXT = 30
"""How many code points beside a difference are shown."""

SHOWN: Mapping[str, tuple[str, ...]] = {
    "changed": ("before", "got"),
    "wrong": ("before", "got", "after"),
    "missed": ("before", "after"),
}
"""Which texts of a case are shown."""

LISTED = (*SHOWN, "silent", *SEVERITIES)
"""The order of the list: what is worst comes first."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a tool made of a case."""

    case: Case
    """The case."""
    got: str
    """What the tool made of it."""
    verdict: Verdict
    """What that is; for a sound case `exact` where it was left as it is, or else `wrong`."""
    findings: tuple[Finding, ...] | None = None
    """What wikimend reports of a sound case; None where it was not asked."""

    def has(self, severity: Severity) -> bool:
        """Return whether wikimend reports something as bad as this."""
        return any(finding.severity == severity for finding in self.findings or ())


def table(results: Mapping[str, Sequence[Result]]) -> str:
    """Return the table of what each tool did, with a row a group of cases."""
    every = next(iter(results.values()))
    has_damaged = any(not result.case.is_sound for result in every)
    header = ["exact / wrong / missed", "damaged", *results] if has_damaged else [""]
    header += ["sound", *(f"{tool} changed" for tool in results)]
    severities = SEVERITIES if any(result.findings is not None for result in every) else ()
    header += [f"with {severity}" for severity in severities]
    lines = [header, ["---", *["--:"] * (len(header) - 1)]]
    for group in _groups([result.case for result in every]):
        members = {
            tool: [result for result in found if group in result.case.groups]
            for tool, found in results.items()
        }
        lines.append([group, *_cells(members, has_damaged, severities)])
        if group == "all" and has_damaged:
            lines += _shares(members, len(header))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def listing(results: Sequence[Result]) -> str:
    """Return every case that a tool did not handle as wanted, the worst first."""
    items = [item for result in results for item in _items(result)]
    return "\n".join(text for label in LISTED for found, text in items if found == label)


def _groups(cases: Sequence[Case]) -> list[str]:
    """Return the groups in the order of their rows: large ones before small ones."""
    counts = Counter(group for case in cases for group in case.groups)
    ranks: dict[str, int] = {}
    for case in cases:
        for rank, group in enumerate(case.groups[:3]):
            ranks[group] = max(rank, ranks.get(group, 0))
    return sorted(counts, key=lambda group: (ranks.get(group, 2), -counts[group]))


def _cells(
    members: Mapping[str, Sequence[Result]], has_damaged: bool, severities: Sequence[Severity]
) -> Iterator[str]:
    """Yield the cells of a row."""
    first = next(iter(members.values()))
    sound = [result for result in first if result.case.is_sound]
    if has_damaged:
        yield str(len(first) - len(sound))
        for found in members.values():
            counts = _counts(found)
            yield " / ".join(str(counts[verdict]) for verdict in VERDICTS)
    yield str(len(sound))
    for found in members.values():
        yield str(sum(r.verdict != "exact" for r in found if r.case.is_sound))
    for severity in severities:
        yield str(sum(result.has(severity) for result in sound))


def _shares(members: Mapping[str, Sequence[Result]], width: int) -> Iterator[list[str]]:
    """Yield the rows that say how many of the damaged are exact, and how many changed wrong."""
    counts = [_counts(found) for found in members.values()]
    exact = (_percent(count["exact"], count.total()) for count in counts)
    wrong = (_percent(count["wrong"], count["exact"] + count["wrong"]) for count in counts)
    for name, cells in (("exact", exact), ("wrong, of the changed", wrong)):
        row = [name, "", *cells]
        yield row + [""] * (width - len(row))


def _counts(results: Sequence[Result]) -> Counter[Verdict]:
    return Counter(result.verdict for result in results if not result.case.is_sound)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _items(result: Result) -> Iterator[tuple[str, str]]:
    """Yield what is to be said of a case, each with its label."""
    case, text = result.case, result.case.page.text
    label: str = "changed" if case.is_sound and result.verdict == "wrong" else result.verdict
    if label != "exact":
        texts = {"before": text, "got": result.got, "after": case.wanted}
        shown = {name: texts[name].rstrip("\r\n") for name in SHOWN[label]}
        yield label, _item(f"{label}: {case.title}", shown, *_around([*shown.values()]))
    if case.is_reported and result.findings == ():
        yield "silent", _item(f"silent: {case.title}", {"line": text}, 0, 0)
    for finding in () if case.is_reported else result.findings or ():
        title = f"{finding.severity}: {case.title}: {finding.rule} {finding.message}"
        end = len(text) - finding.end
        yield finding.severity, _item(title, {"line": text}, finding.start, end)


def _item(title: str, texts: Mapping[str, str], start: int, end: int) -> str:
    """Return an item of a list with a line for each text.

    `start` and `end` are how many code points at its beginning and its end are of less interest.
    """
    lines = [f"- {title}"]
    for label, text in texts.items():
        first, last = max(0, start - CONTEXT), len(text) - max(0, end - CONTEXT)
        left, right = "…" * (first > 0), "…" * (last < len(text))
        shown = "".join(map(_seen, visible(text[first:last])))
        lines.append(f"  {label + ':':8}{left}{shown}{right}")
    return "\n".join(lines)


def _around(texts: Sequence[str]) -> tuple[int, int]:
    """Return how many code points different texts share at their beginning and at their end."""
    start = _shared(texts)
    return start, _shared([text[start:][::-1] for text in texts])


def _shared(texts: Sequence[str]) -> int:
    """Return how many code points different texts share at their beginning."""
    columns = enumerate(zip_longest(*texts))
    return next((place for place, chars in columns if len({*chars}) > 1), 0)


def _seen(char: str) -> str:
    """Return the character, or its escape where it cannot be seen."""
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
