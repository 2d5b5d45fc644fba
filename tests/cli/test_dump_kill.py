"""`kill -9` at any moment of a run over a dump: it goes on, and ends as if nothing had happened."""

from __future__ import annotations

import gc
import os
import random
import signal
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from wikimend.store import parquet, sqlite

from .dumps import FORMATS, leftovers, small_chunks, texts
from .program import wikimend

MOMENTS = 20

RUNS = {
    "dump.jsonl": ["-o", "new.jsonl"],
    "dump.jsonl.gz": ["-o", "new.jsonl.gz"],
    "dump.jsonl.zst": [],
    "dump.jsonl.bz2": ["-o", "new.jsonl.bz2"],
    "dump.jsonl.xz": [],
    "dump.xml": ["--dialect", "markdown"],
    "dump.xml.bz2": ["--dialect", "markdown", "-o", "new.xml.bz2"],
    "utf16.xml": ["--dialect", "markdown", "-o", "new.xml"],
    "dump.parquet": ["-o", "new.parquet"],
    "dump.db": ["--in-place"],
}
"""What is run over each dump: some to another file, some in place."""

assert RUNS.keys() == FORMATS.keys()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run in an empty folder, with small chunks."""
    monkeypatch.chdir(tmp_path)
    with (
        small_chunks(1500),
        mock.patch.object(parquet, "CHUNK", 300),
        mock.patch.object(sqlite, "CHUNK", 1500),
    ):
        yield


def forked(arguments: list[str]) -> int:
    """Return the process that runs `wikimend`; it starts at once, the program being there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the child does not need the threads of the tests
        child = os.fork()
    if child == 0:
        gc.disable()  # it would touch all that is shared with the tests
        try:
            done = wikimend(*arguments)
            os.write(2, done.err.encode() if done.code else b"")
            os._exit(done.code)
        finally:
            os._exit(99)
    return child


def killed(arguments: list[str], after: float) -> bool:
    """Run `wikimend`, kill it after some seconds, and return whether it was still running."""
    child = forked(arguments)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def finished(arguments: list[str]) -> float:
    """Run `wikimend` to its end and return how long it took."""
    began = time.monotonic()
    _, status = os.waitpid(forked(arguments), 0)
    assert status == 0
    return time.monotonic() - began


def undisturbed(name: str, pages: list[str], arguments: list[str]) -> float:
    """Run `wikimend` on the dump as it was and return how long it took."""
    clear(name, pages)
    return finished(arguments)


def clear(name: str, pages: list[str]) -> None:
    """Leave nothing in the folder but the dump as it was."""
    for path in Path().iterdir():
        path.unlink()
    FORMATS[name][0](Path(name), pages)


@pytest.mark.parametrize("name", RUNS)
def test_kill(name: str) -> None:
    write, read = FORMATS[name]
    arguments = ["fix", name, *RUNS[name], "--report", "changes.txt"]
    target = Path(RUNS[name][-1] if "-o" in RUNS[name] else name)
    pages = texts(80, 8)
    write(Path(name), pages)
    before = read(Path(name))
    # Here and not in a process of its own, so that every rule is compiled before the first fork.
    assert wikimend(*arguments).code == 0
    after, changes = read(target), Path("changes.txt").read_bytes()
    seconds = min(undisturbed(name, pages, arguments) for _ in range(3))
    moments = random.Random(name)
    amid = 0
    for _ in range(MOMENTS):
        clear(name, pages)
        # Every second time it is killed again when it has gone on.
        for _ in range(moments.choice([1, 2])):
            amid += killed(arguments, moments.uniform(0, seconds))
            assert not target.exists() or read(target) in (before, after)
            assert read(Path(name)) in (before, after)
            report = Path("changes.txt")
            assert not report.exists() or report.read_bytes() == changes
        finished(arguments)
        assert read(target) == after
        assert Path("changes.txt").read_bytes() == changes
        assert leftovers(Path(), {name, str(target), "changes.txt"}) == []
    assert amid > MOMENTS // 4
