"""What the index finds is as bad, and repaired as readily, as the wiki's configuration says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.program import wikimend

PAGE = "# Coast\n\n[a](/nowhere/at/all) [b](Coast.md)\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("coast.md").write_text(PAGE)


def lint(overrides: str, *arguments: str) -> tuple[int, str]:
    """Return the exit code of `lint` and its summary, with these overrides."""
    settings = f"schema: 1\nlinks: {{root: .}}\noverrides: {{{overrides}}}\n"
    Path(".wikimend.yaml").write_text(settings)
    done = wikimend("lint", "--select", "WM8", *arguments)
    return done.code, done.out + done.err


@pytest.mark.parametrize(
    ("overrides", "code", "told"),
    [
        ("", 1, "Left: 1 WM801, 1 WM803 (2 errors)."),
        ("WM801: {severity: warning}", 1, "Left: 1 WM801, 1 WM803 (1 error, 1 warning)."),
        ("page-missing: {severity: info}", 1, "(1 error, 1 info)"),
        ("WM803: {safety: suggest, because: Ours are so.}", 1, "Of these 1 suggestion to judge"),
    ],
)
def test_severity_and_safety(overrides: str, code: int, told: str) -> None:
    ended, shown = lint(overrides)
    assert (ended, told in shown) == (code, True), shown


def test_off_is_off_until_selected_by_name() -> None:
    Path(".wikimend.yaml").write_text("schema: 1\nlinks: {root: .}\noverrides: {WM803: off}\n")
    assert "WM803" not in wikimend("lint").out
    assert "WM803" in wikimend("lint", "--select", "WM803").out


def test_a_lower_safety_is_not_repaired() -> None:
    lint("WM803: {safety: unsafe, because: Ours are so.}")
    wikimend("fix", "-q")
    assert Path("coast.md").read_text() == PAGE
    wikimend("fix", "-q", "--unsafe-fixes")
    assert "[b](coast.md)" in Path("coast.md").read_text()


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        ("WM899: {severity: info}", "no inherited rule is called 'WM899'"),
        ("WM807: {safety: safe}", "WM807 is suggest; an override can only lower that"),
        ("WM806: {safety: suggest}", "WM806 repairs nothing, so that it has no safety"),
        ("WM801: off, page-missing: on", "WM801 is overridden twice"),
    ],
)
def test_mistakes(overrides: str, told: str) -> None:
    code, shown = lint(overrides)
    assert (code, told in shown) == (2, True), shown
