"""The benchmark beside other tools: its pages, its truth, and how it judges and measures."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.append(str(Path(__file__).parents[1]))

from benchmarks.peers import main
from benchmarks.peers_corpus import CLEAN, DENSE, SPARSE, Tree, write
from benchmarks.peers_measuring import measure
from benchmarks.peers_pieces import Leaf, Piece, decoy, leaf, link, text
from benchmarks.peers_plain import mend as plain
from benchmarks.peers_tools import Tool, environment, installed, listed
from benchmarks.peers_truth import Fixed, Reported, judge_lines, judge_pages

import wikimend

PAGES = 40
LEAVES = [*DENSE.leaves(PAGES)]

WRECK = Piece("[quay](/works/quay)", "[quay[/works/[quay--TEMP--/works)--FIX--", "wreck")
WRAPPED = Piece("[a b](/c/d)", "[a\nb[/c/[d--TEMP--/c)--FIX--", "wreck")
SAMPLE = "[a[/sample/[b--TEMP--/sample)--FIX--"
SMALL = leaf(
    "small.md",
    [
        *(text("The "), link("[pier](/works/pier)"), text(" and the "), WRECK, text(".\n\n")),
        *(text("A "), WRAPPED, text(", seen.\n\n`"), decoy(SAMPLE), text("` is code.\n")),
    ],
)

DIGEST = """
import hashlib, sys
sys.path.append(sys.argv[1])
from benchmarks.peers_corpus import DENSE
pages = [page for page in DENSE.leaves(40)]
print(hashlib.sha256(repr(pages).encode()).hexdigest())
"""


def test_pages_are_the_same_each_time() -> None:
    assert [*DENSE.leaves(PAGES)] == LEAVES


def test_pages_are_the_same_in_every_process() -> None:
    command = [sys.executable, "-c", DIGEST, str(Path(__file__).parents[1])]
    digests = {
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


@pytest.mark.parametrize("page", LEAVES, ids=[page.path for page in LEAVES])
def test_clean_pages_have_no_finding(page: Leaf) -> None:
    assert wikimend.lint(page.clean).findings == ()


@pytest.mark.parametrize("page", LEAVES, ids=[page.path for page in LEAVES])
def test_damaged_pages_are_mended_to_the_clean_ones(page: Leaf) -> None:
    assert wikimend.mend(page.damaged).text == page.clean


def test_pages_hold_what_they_must() -> None:
    rules = {finding.rule for page in LEAVES for finding in wikimend.lint(page.damaged).findings}
    wanted = {"WM101", "WM102", "WM103", "WM201", "WM202", "WM203", "WM204"}
    assert rules == wanted
    roles = {mark.role for page in LEAVES for mark in page.marks}
    assert roles == {"link", "wreck", "decoy"}
    assert any(len(mark.lines) > 1 for page in LEAVES for mark in page.of_role("wreck"))


def test_a_page_is_damaged_where_it_has_wrecks() -> None:
    assert all((page.clean != page.damaged) == bool(page.of_role("wreck")) for page in LEAVES)


@pytest.mark.parametrize(
    ("tree", "least", "most"), [(CLEAN, 0, 0), (SPARSE, 1, 10), (DENSE, 140, 160)]
)
def test_share_of_damaged_pages(tree: Tree, least: int, most: int) -> None:
    damaged = sum(bool(page.of_role("wreck")) for page in tree.leaves(200))
    assert least <= damaged <= most


def test_lines_of_marks() -> None:
    for page in [SMALL, *LEAVES]:
        lines = page.damaged.split("\n")
        for mark in page.marks:
            there = "\n".join(lines[mark.lines.start - 1 : mark.lines.stop - 1])
            if mark.role == "wreck":
                assert "--FIX--" in there or "](http" in there or "]http" in there
            else:
                assert mark.wanted.strip("\n") in there


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (SMALL.clean, Fixed(2, 2, 0, 0, 0)),
        (SMALL.damaged, Fixed(2, 0, 0, 0, 1)),
        ("", Fixed(2, 0, 1, 1, 1)),
        (SMALL.clean.replace("](/works/pier)", "]"), Fixed(2, 2, 1, 0, 1)),
        (SMALL.clean.replace(SAMPLE, "[a](/sample/b)"), Fixed(2, 2, 0, 1, 1)),
        (SMALL.clean.replace("[quay]", "[[quay]"), Fixed(2, 1, 0, 0, 1)),
        (f"{SMALL.clean}\n", Fixed(2, 2, 0, 0, 1)),
    ],
)
def test_judging_of_fixed_pages(got: str, wanted: Fixed, tmp_path: Path) -> None:
    (tmp_path / "small.md").write_text(got)
    assert judge_pages([SMALL], tmp_path) == wanted
    assert wanted.is_right == (got == SMALL.clean)


@pytest.mark.parametrize(
    ("lines", "wanted", "is_right"),
    [
        ({}, Reported(2, 0, 0, 0), False),
        ({"other.md": {1, 3}}, Reported(2, 0, 0, 0), False),
        ({"small.md": {1}}, Reported(2, 1, 0, 0), False),
        ({"small.md": {1, 3}}, Reported(2, 2, 0, 0), True),
        ({"small.md": {1, 4}}, Reported(2, 2, 0, 0), True),
        ({"small.md": {1, 3, 4, 6}}, Reported(2, 2, 1, 0), False),
        ({"small.md": {1, 2, 3}}, Reported(2, 2, 0, 1), False),
    ],
)
def test_judging_of_reports(
    lines: Mapping[str, set[int]], wanted: Reported, is_right: bool
) -> None:
    assert judge_lines([SMALL], lines) == wanted
    assert wanted.is_right == is_right


@pytest.mark.parametrize(
    ("output", "wanted"),
    [
        ("", {}),
        ("Found 3 issues in 2 files: all.\n", {}),
        ("a.md:3:1: WM101 a\na.md:12:4: WM102 b: c.md:7\n", {"a.md": {3, 12}}),
        ("./a/b c.md:3:text\n", {"a/b c.md": {3}}),
        ("a.md:21 error MD012\n", {"a.md": {21}}),
    ],
)
def test_lines_of_a_list(output: str, wanted: Mapping[str, set[int]]) -> None:
    assert listed(output) == wanted


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("[pier](/works/pier) and [1](https://e.org/a)", "[pier](/works/pier) and [1](https://e.org/a)"),
        ("a[[1]] https://e.org)", "a[[1]] https://e.org)"),
        (WRECK.damaged, WRECK.clean),
        ("[é é[/c/d/[e-1[/c/d/[e-1--TEMP--/c/d)--FIX--", "[é é](/c/d/e-1)"),
        ("[a[/c/d[/c/d--TEMP--/c/d)--FIX--", "[a](/c/d)"),
        ("[[3]]]https://e.org/a_(b)) [4]https://e.org/c)", "[3](https://e.org/a_(b)) [4](https://e.org/c)"),
        ("[[3])]https://e.org/a) [[4]https://e.org/c)", "[3](https://e.org/a) [4](https://e.org/c)"),
        (WRAPPED.damaged, WRAPPED.damaged),
    ],
)  # fmt: skip
def test_two_expressions(damaged: str, clean: str) -> None:
    assert plain(damaged) == clean


def test_a_tool_that_is_not_there_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    here = Tool("here", (sys.executable,), needs=("import yaml",))
    others = [
        Tool("no program", ("no-such-program",)),
        Tool("no module", ("sh",), needs=("import no_such",)),
    ]
    assert [*installed([*others, here])] == [here]
    assert capsys.readouterr().err.splitlines() == [
        "no program is left out: no-such-program is not installed",
        "no module is left out: import no_such is not installed",
    ]


def test_memory_is_that_of_all_processes(tmp_path: Path) -> None:
    grow = "held = b'x' * 50_000_000; import time; time.sleep(0.3)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grow!r}]); sys.exit(3)"
    command = (sys.executable, "-c", start)
    run = measure(command, tmp_path, environment(tmp_path), tmp_path / "out", is_watched=True)
    assert 55_000_000 < run.memory < 200_000_000
    assert run.code == 3


def test_a_tree_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    write(DENSE, 5, folder)
    assert {page.path: page.damaged for page in DENSE.leaves(5)} == {
        str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*.md")
    }


def test_command(tmp_path: Path) -> None:
    options = ["--pages", "5", "--rounds", "1", "--tools", "none", "--folder", str(tmp_path)]
    ran = CliRunner().invoke(main, ["--only", "2,3", *options])
    assert ran.exit_code == 0, ran.output
    verdicts = [
        line.split(" | ")[1:] for line in ran.stdout.splitlines() if line.startswith("| 2 |")
    ]
    wrecks = sum(len(page.of_role("wreck")) for page in DENSE.leaves(5))
    assert verdicts[0][2:] == [f"{wrecks} of {wrecks}, 0, 0", "pass |"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--only", "8"], "takes numbers of 1, 2"), (["--also", "fast"], "no such Python: fast")],
)
def test_command_fails(arguments: list[str], message: str) -> None:
    ran = CliRunner().invoke(main, arguments)
    assert ran.exit_code == 2
    assert message in ran.output
