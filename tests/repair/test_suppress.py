"""Comments that silence rules: what they silence, what they do not, and what is said of them."""

from __future__ import annotations

import pytest

from wikimend.api import lint, mend
from wikimend.repair.finding import Finding
from wikimend.text.position import Lines

from .rulefile import cases

CASES = cases("suppress.txt")


@pytest.mark.parametrize(("name", "text", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_suppress(name: str, text: str, wanted: str) -> None:
    mended = mend(text)
    lines = Lines(text)

    def shown(finding: Finding, word: str) -> tuple[int, str]:
        line, column = lines.position(finding.start)
        return finding.start, f"{line}:{column} {finding.rule} {word}".rstrip()

    findings = [shown(f, "fixed" if f.fixed else "") for f in mended.findings]
    findings += [shown(f, "silent") for f in mended.suppressed]
    assert [words for _, words in sorted(findings)] == wanted.rstrip().split("\n")
    silent = [(f.start, f.end) for f in mended.suppressed]
    assert not any(
        edit.start < end and start < edit.end for edit in mended.edits for start, end in silent
    )


def test_a_comment_of_mdx() -> None:
    text = "{/* wikimend-disable WM106 */}\n\n--TEMP--"
    assert [f.rule for f in lint(text, "mdx").suppressed] == ["WM106"]
    assert [f.rule for f in lint(text).findings] == ["WM106"]


def test_a_selection_says_nothing_of_other_findings() -> None:
    text = "<!-- wikimend-disable WM106 -->\n\n--TEMP--"
    mended = lint(text, select=["WM2"])
    assert (mended.findings, mended.suppressed) == ((), ())
