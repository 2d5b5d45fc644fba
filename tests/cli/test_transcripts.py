"""Command lines as people type them, with all that they do to streams and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from .program import Outcome, wikimend
from .transcript import Case, transcripts


@pytest.mark.parametrize("case", transcripts())
def test_transcript(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, data in case.files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    files = dict(case.files)
    for step in case.steps:
        monkeypatch.chdir(tmp_path / step.folder)
        outcome = wikimend(*step.arguments, stdin=step.stdin)
        assert outcome == Outcome(step.code, step.out, step.err), step.arguments
        files |= step.after
        assert _files(tmp_path) == files, step.arguments


def _files(root: Path) -> dict[str, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
