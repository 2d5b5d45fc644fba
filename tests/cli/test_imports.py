"""Start-up is quick: what a command does not need, it does not import."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .program import WRECK, environment

_SCRIPT = """
import json, sys
from wikimend.__main__ import main
sys.argv[0] = "wikimend"
try:
    main()
except SystemExit as left:
    assert not left.code, left.code
print("\\0" + json.dumps(sorted(sys.modules)))
"""
_HEAVY = {
    "asyncio",
    "concurrent.futures",
    "multiprocessing",
    "pathspec",
    "regex",
    "rich",
    "wikimend.repair.mender",
    "wikimend.report.formats",
    "wikimend.rules.reader",
    "yaml",
}
_FOR_A_CLEAN_PAGE = {
    "asyncio",
    "concurrent.futures",
    "multiprocessing",
    "pathspec",
    "rich",
    "wikimend.cli.interactive",
}


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    (tmp_path / "clean.md").write_text("See the [tides](/sea/tides), café.\n", "utf-8")
    (tmp_path / "damaged.md").write_text(WRECK.format("tides") + "\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "absent"),
    [
        ("--version", _HEAVY | {"dataclasses", "wikimend.cli.fix", "wikimend.errors"}),
        ("--help", _HEAVY),
        ("fix --help", _HEAVY),
        ("lint -h", _HEAVY),
        ("rules --help", _HEAVY),
        ("rules explain --help", _HEAVY),
        ("lint clean.md", _FOR_A_CLEAN_PAGE),
        ("fix clean.md", _FOR_A_CLEAN_PAGE),
        ("fix damaged.md", _FOR_A_CLEAN_PAGE),
        ("rules list", _FOR_A_CLEAN_PAGE),
    ],
)
def test_not_imported(command: str, absent: set[str], wiki: Path) -> None:
    assert _imported(command, wiki) & absent == set()


@pytest.mark.parametrize(
    ("command", "present"),
    [("fix damaged.md", {"regex"}), ("fix damaged.md --exclude x.md", {"pathspec"})],
)
def test_imported_where_needed(command: str, present: set[str], wiki: Path) -> None:
    assert _imported(command, wiki) >= present


def test_rich_is_imported_for_colours(wiki: Path) -> None:
    assert "rich" in _imported("fix damaged.md", wiki, {"FORCE_COLOR": "1"})


def _imported(command: str, folder: Path, more: Mapping[str, str] | None = None) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, *command.split()],
        cwd=folder,
        env=environment(more or {}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.rpartition("\0")[2]))
