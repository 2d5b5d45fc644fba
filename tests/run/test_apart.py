"""Work apart leaves nothing in this process, and one that fails is told from one that is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from wikimend.errors import UsageError
from wikimend.run.apart import apart
from wikimend.run.start import copying

needs_copies = pytest.mark.skipif(copying() is None, reason="no process can be a copy here")


def fail() -> None:
    """Fail as a program does that has a mistake."""
    raise ValueError("a mistake")


def complain() -> None:
    """Fail as a program does whose user made a mistake."""
    raise UsageError("a mistake")


@pytest.mark.parametrize(
    "work", [fail, complain, sys.exit, lambda: sys.exit(2), lambda: os._exit(3)]
)
@needs_copies
def test_work_that_fails_is_not_done(
    work: Callable[[], object], capfd: pytest.CaptureFixture[str]
) -> None:
    assert not apart(work)
    assert capfd.readouterr() == ("", "")


def test_without_copies_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wikimend.run.start.copying", lambda: None)
    done: list[int] = []
    assert not apart(lambda: done.append(1))
    assert done == []


@needs_copies
def test_work_leaves_no_more_than_it_has_written(tmp_path: Path) -> None:
    made: list[int] = []

    def work() -> None:
        made.append(1)
        (tmp_path / "made").write_text(str(made))

    assert apart(work)
    assert made == []
    assert (tmp_path / "made").read_text() == "[1]"
