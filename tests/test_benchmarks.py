"""How the benchmark of repairs scores: what is exact, wrong and missed, and which file is which."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from wikimend.repair.finding import Finding
from wikimend.text.page import Page

sys.path.append(str(Path(__file__).parents[1]))

from benchmarks.repairs import main, results
from benchmarks.repairs_cases import Case, Choice, Reader, families, pairs, read, reader_of, traps
from benchmarks.repairs_score import Verdict, judge
from benchmarks.repairs_tables import listing, table
from benchmarks.repairs_tools import Peer, fixes, run

BAD, GOOD = "[pier] (/a)", "[pier](/a)"
WJ, ZWSP = "\u2060", "\u200b"
PAIR: dict[str, Any] = {
    "id": "p1",
    "class": "markup",
    "families": ["gap", "paren"],
    "path": "a.md",
    "derivable": True,
    "mixed": False,
    "before": BAD,
    "after": GOOD,
}
TRAP = {"category": "math", "path": "a.mediawiki", "line": "$a[i] (b)$"}
FAMILY = {
    "id": "gap",
    "dialect": "md",
    "safety": "safe",
    "examples": [{"damaged": BAD, "repaired": GOOD}, {"damaged": "[5]", "repaired": None}],
    "lookalikes": ["[a] (b)"],
}

STRICT: list[tuple[str, str, str, Verdict]] = [
    (BAD, GOOD, BAD, "missed"),
    (BAD, GOOD, f"{BAD}\n", "missed"),
    (BAD, GOOD, "[pier] (</a>)", "wrong"),
    (BAD, GOOD, f" {GOOD}", "wrong"),
    (BAD, GOOD, f"{GOOD} ", "wrong"),
    (BAD, GOOD, "", "wrong"),
    (BAD, GOOD, f"{GOOD}\n\n", "exact"),
    (BAD, GOOD, f"{GOOD}\r\n", "exact"),
    (f"{BAD}\n", GOOD, GOOD, "exact"),
    (f"{WJ}{BAD}", f"{WJ}{GOOD}", GOOD, "wrong"),
    (f"{WJ}{BAD}", f"{WJ}{GOOD}", BAD, "wrong"),
    (f"{WJ}{GOOD}", GOOD, f"{WJ}{GOOD}", "missed"),
    (GOOD, GOOD, GOOD, "exact"),
    (GOOD, GOOD, BAD, "wrong"),
]
LOOSE: list[tuple[str, str, str, Verdict]] = [
    # the edit is another one: the characters may stay or go
    (f"{WJ}{BAD}", f"{WJ}{GOOD}", GOOD, "exact"),
    (f"{WJ}{BAD}", f"{WJ}{GOOD}", f"{WJ}{GOOD}", "exact"),
    (f"{WJ}a {BAD}", f"a {GOOD}", f"{WJ}a {GOOD}", "exact"),
    (f"{WJ}{BAD}", f"{WJ}{GOOD}", BAD, "missed"),
    (f"{WJ}{ZWSP}{BAD}", f"{WJ}{ZWSP}{GOOD}", f"{ZWSP}{GOOD}", "exact"),
    # but a character of the edit must go with it, and none may come
    (f"[pier](/a {WJ})", GOOD, f"[pier](/a{WJ})", "wrong"),
    (BAD, GOOD, f"{WJ}{GOOD}", "wrong"),
    (BAD, GOOD, f"{WJ}{BAD}", "wrong"),
    # the edit is the character: it counts, and another one does not
    (f"[{WJ}pier](/a)", GOOD, f"[{WJ}pier](/a)", "missed"),
    (f"[{WJ}pier](/a)", GOOD, GOOD, "exact"),
    (f"[{WJ}pier](/a) {WJ}x", f"{GOOD} {WJ}x", f"{GOOD} x", "exact"),
    (f"[{WJ}pier](/a) {WJ}x", f"{GOOD} {WJ}x", f"[{WJ}pier](/a) x", "missed"),
    # a pattern's own characters are nothing special
    ("a.b* (c", "a.b* (c)", "a.b* (c)", "exact"),
    (f"{WJ}a.b* (c", f"{WJ}a.b* (c)", "axb* (c)", "wrong"),
]
KINDS: list[tuple[dict[str, Any], Reader | None]] = [
    ({}, None),
    ({"before": "a", "after": "b"}, None),
    ({"id": "a", "path": "a.md"}, None),
    (PAIR, pairs),
    (TRAP, traps),
    (FAMILY, families),
]


@pytest.mark.parametrize(("before", "after", "got", "wanted"), STRICT)
def test_judge(before: str, after: str, got: str, wanted: Verdict) -> None:
    assert judge(before, after, got) == wanted


@pytest.mark.parametrize(("before", "after", "got", "wanted"), LOOSE)
def test_judge_ignoring_invisible(before: str, after: str, got: str, wanted: Verdict) -> None:
    assert judge(before, after, got, ignore_invisible=True) == wanted


@pytest.mark.parametrize(("before", "after", "got", "wanted"), STRICT)
def test_invisible_characters_are_all_that_is_ignored(
    before: str, after: str, got: str, wanted: Verdict
) -> None:
    if WJ not in before:
        assert judge(before, after, got, ignore_invisible=True) == wanted


@pytest.mark.parametrize(("record", "wanted"), KINDS)
def test_kind_of_file(record: dict[str, Any], wanted: Reader | None) -> None:
    assert reader_of(record) is wanted


@pytest.mark.parametrize("records", [[], [{}], [PAIR, TRAP]])
def test_no_kind_of_file(records: list[dict[str, Any]], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no file of"):
        read(written(tmp_path, records), Choice())


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        (Choice(), ["p1"]),
        (Choice(["dest"]), []),
        (Choice(["markup", "dest"]), ["p1"]),
        (Choice(all_lines=True), ["p1", "p2", "p3", "p4"]),
        (Choice(["dest"], all_lines=True), ["p4"]),
    ],
)
def test_choice(choice: Choice, wanted: list[str], tmp_path: Path) -> None:
    records = [
        PAIR,
        {**PAIR, "id": "p2", "mixed": True},
        {**PAIR, "id": "p3", "derivable": False},
        {**PAIR, "id": "p4", "derivable": False, "class": "dest"},
    ]
    cases = read(written(tmp_path, records), choice)
    assert [case.title.split()[0] for case in cases if not case.is_sound] == wanted
    assert len(cases) == 2 * len(wanted)


def test_dialects() -> None:
    records = [{**TRAP, "path": path} for path in ("a.md", "a.wiki", "a.MEDIAWIKI", "a.md\t", "a")]
    found = [case.page.dialect for case in traps(records)]
    assert found == ["markdown", "mediawiki", "mediawiki", "markdown", "markdown"]


def test_families_of_wikitext_are_left_out() -> None:
    assert not [*families([{**FAMILY, "dialect": "wt"}])]
    assert len([*families([FAMILY, {**FAMILY, "dialect": "any"}])]) == 6


def test_table() -> None:
    cases = [*pairs([PAIR, {**PAIR, "families": ["gap"]}]), *families([FAMILY])]
    texts = [GOOD, GOOD, "x", "x", BAD, "[5]", "x"]
    rows = table({"it": results(cases, lambda _: texts)}).splitlines()
    assert [[cell.strip() for cell in row.strip("|").split("|")] for row in rows] == [
        ["exact / wrong / missed", "damaged", "it", "sound", "it changed"],
        ["---", "--:", "--:", "--:", "--:"],
        ["all", "3", "1 / 1 / 1", "3", "2"],
        ["exact", "", "33.3 %", "", ""],
        ["wrong, of the changed", "", "50.0 %", "", ""],
        ["report only", "0", "0 / 0 / 0", "1", "0"],
        ["class markup", "2", "1 / 1 / 0", "2", "1"],
        ["safety safe", "1", "0 / 0 / 1", "1", "1"],
        ["gap", "2", "1 / 1 / 0", "2", "1"],
        ["gap (safe)", "1", "0 / 0 / 1", "2", "1"],
        ["paren", "1", "1 / 0 / 0", "1", "0"],
    ]


def test_table_of_nothing_but_sound_lines() -> None:
    rows = table({"it": results([*traps([TRAP])], lambda _: ["x"])}).splitlines()
    assert rows[0] == "|  | sound | it changed |"
    assert rows[2:] == ["| all | 1 | 1 |", "| math | 1 | 1 |"]


def test_listing() -> None:
    long = "a" * 40
    texts = (f"{long}{BAD}{long}", f"{long}[pier](</a>){long}", f"{long}{GOOD}{long}")
    cases = [
        Case("one", ("all",), Page(BAD), GOOD),
        Case("two", ("all",), Page(texts[0]), texts[2]),
        Case("three", ("all",), Page(f"a{WJ}\nb\n"), f"a{WJ}\nb\n"),
        Case("four", ("all",), Page(BAD), GOOD),
    ]
    found = results(cases, lambda _: [BAD, f"{texts[1]}\n", "b", GOOD])
    assert listing(found).splitlines() == [
        "- changed: three",
        "  before: a\\u2060\\nb",
        "  got:    b",
        "- wrong: two",
        f"  before: …{'a' * 24}[pier] (/a){'a' * 29}…",
        f"  got:    …{'a' * 24}[pier](</a>){'a' * 29}…",
        f"  after:  …{'a' * 24}[pier](/a){'a' * 29}…",
        "- missed: one",
        "  before: [pier] (/a)",
        "  after:  [pier](/a)",
    ]


def test_findings_on_sound_lines() -> None:
    error = Finding("WM1", "gap", "error", "A gap.", 4, 5)
    warning = Finding("WM2", "number", "warning", "No source.", 0, 3)
    cases = [*traps([TRAP]), *families([FAMILY, FAMILY])]
    found = results(cases, lambda pages: [page.text for page in pages])
    said = [(error, warning), (warning,), (), (), (error,)]
    sound = iter(said)
    found = [
        replace(result, findings=next(sound)) if result.case.is_sound else result
        for result in found
    ]
    rows = {row.split(" | ")[0]: row.split(" | ") for row in table({"it": found}).splitlines()}
    assert rows["| exact / wrong / missed"][-3:] == ["with error", "with warning", "with info |"]
    assert rows["| math"][-3:] == ["1", "1", "0 |"]
    assert rows["| report only"][-3:] == ["0", "1", "0 |"]
    assert [line for line in listing(found).splitlines() if line.startswith("-")] == [
        "- missed: gap (safe)",
        "- missed: gap (safe)",
        "- silent: gap (safe), report only",
        "- error: math: WM1 A gap.",
        "- error: gap (safe), look-alike: WM1 A gap.",
        "- warning: math: WM2 No source.",
    ]


PROGRAM = """
import pathlib, sys
for file in sorted(pathlib.Path().iterdir()):
    text = file.read_text()
    if text == "storm":
        sys.exit(3)
    file.write_text(text.upper())
"""


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        ([], []),
        (["storm"], ["storm"]),
        (["tide", "buoy"], ["TIDE", "BUOY"]),
        (["a", "b", "storm", "c", "storm"], ["A", "B", "storm", "C", "storm"]),
    ],
)
def test_a_text_that_stops_a_tool_stops_it_alone(texts: Sequence[str], wanted: list[str]) -> None:
    assert run(Peer((sys.executable, "-c", PROGRAM), frozenset({0})), texts) == wanted


def test_a_tool_that_is_not_there_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    assert [*fixes(["rumdl", "wikimend"])] == ["wikimend"]
    assert capsys.readouterr().err == "rumdl is not installed, or does not run\n"


def test_command(tmp_path: Path) -> None:
    wreck = "[tides[/sea/[tides--TEMP--/sea)--FIX--"
    pair = {**PAIR, "before": wreck, "after": "[tides](/sea/tides)"}
    file = written(tmp_path, [pair])
    ran = CliRunner().invoke(main, ["--tools", "wikimend", "--misses", str(file)])
    assert "| all | 1 | 1 / 0 / 0 | 1 | 0 |" in ran.output
    assert ran.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--tools", "mdlint"], "unknown tool: mdlint"),
        (["--tools", "wikimend", "--class", "dest"], "nothing is left to measure"),
    ],
)
def test_command_fails(arguments: list[str], message: str, tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, [*arguments, str(written(tmp_path, [PAIR]))])
    assert ran.exit_code != 0
    assert message in ran.output


def written(folder: Path, records: Sequence[dict[str, Any]]) -> Path:
    """Return a new file with these records."""
    file = folder / "cases.jsonl"
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return file
