"""A disk that takes no more: an error that names the file, and nothing lost or half written.

The system itself refuses the bytes: no file of a process may grow beyond a size (`RLIMIT_FSIZE`).
To the program that is a full disk, a write that is cut short and then an error, and it takes
neither rights nor a disk. It is full at some size, or from some moment on: each at which a file is
opened to be written, or renamed, has its turn.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, takewhile
from pathlib import Path

import pytest

from wikimend.api import mend

from .dumps import FORMATS, small_chunks, texts
from .program import COMMAND, WRECK, Outcome, environment, wikimend

REPORT = "changes.txt"
REFUSED = "cannot be written: File too large"
Contents = dict[str, bytes]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run in an empty folder, with small chunks."""
    monkeypatch.chdir(tmp_path)
    with small_chunks(1500):
        yield


def fill_to(size: int) -> None:
    """Let no file of this process grow beyond a size."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # it would end the process at once
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def fill_at(moment: int) -> None:
    """Let no file of this process grow from the n-th opening or renaming of one on."""
    before = count(moment - 1, -1)

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        flags = arguments[-1] if event == "open" else 0
        opens = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        if (opens or event == "os.rename") and next(before) == 0:
            fill_to(0)

    sys.addaudithook(hear)


def within(arguments: Sequence[str], fill: Callable[[], None]) -> Outcome:
    """Return what `wikimend` does in a process of its own, on whose disk `fill` was called."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the child does not need the threads of the tests
        child = os.fork()
    if child == 0:
        gc.disable()  # it would touch all that is shared with the tests
        try:
            fill()
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(wikimend(*arguments), pipe)
            os._exit(0)
        finally:
            os._exit(99)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    assert os.waitpid(child, 0) == (child, 0)
    outcome = pickle.loads(data)
    assert isinstance(outcome, Outcome)
    return outcome


def contents() -> Contents:
    """Return all files but the notes of how far runs are, which hold the times of files."""
    paths = (path for path in Path().rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in paths if path.suffix != ".wikimend-run"}


def errors(done: Outcome) -> list[str]:
    """Return the errors that a run has told."""
    return [line for line in done.err.splitlines() if line.startswith("error")]


@dataclass(frozen=True, slots=True)
class Run:
    """A run over a dump."""

    source: str
    """The dump."""
    target: str
    """The new one; in place it is the dump itself."""

    @property
    def arguments(self) -> list[str]:
        """What the command is given."""
        where = [] if self.target == self.source else ["-o", self.target]
        dialect = ["--dialect", "markdown"] if self.source.endswith(".xml") else []
        return ["fix", self.source, *where, *dialect, "--report", REPORT]

    @property
    def parts(self) -> set[str]:
        """The files in which what is done waits for the same command to go on."""
        return {f".{name}.wikimend-part" for name in (self.target, REPORT)}

    def begin(self) -> Contents:
        """Leave nothing in the folder but the dump, and return it."""
        for path in Path().iterdir():
            path.unlink()
        FORMATS[self.source][0](Path(self.source), texts(16, 3))
        return contents()


DUMPS = {
    "jsonl": Run("dump.jsonl", "new.jsonl"),
    "jsonl in place": Run("dump.jsonl", "dump.jsonl"),
    "jsonl.gz in place": Run("dump.jsonl.gz", "dump.jsonl.gz"),
    "xml": Run("dump.xml", "new.xml"),
    "xml in place": Run("dump.xml", "dump.xml"),
}
"""Runs whose new dump is the part file; other libraries write those of the other formats."""


@pytest.mark.parametrize("run", DUMPS.values(), ids=DUMPS)
def test_a_dump(run: Run) -> None:
    run.begin()
    assert wikimend(*run.arguments).code == 0
    after = contents()
    size = len(after[run.target])
    for most in (0, 1, size // 3, size * 2 // 3, size - 1):
        assert is_refused(run, after, partial(fill_to, most))
    moments = takewhile(lambda n: is_refused(run, after, partial(fill_at, n)), count(1))
    assert len(list(moments)) > 10


def is_refused(run: Run, after: Contents, fill: Callable[[], None]) -> bool:
    """Return whether a run met the full disk; check what it told and left, and the next run."""
    before = run.begin()
    done = within(run.arguments, fill)
    now = contents()
    if done.code == 0:
        assert (errors(done), now) == ([], after)
    else:
        assert done.code == 2
        assert errors(done) in ([f"error: {name}: {REFUSED}"] for name in (run.target, REPORT))
        assert {name: now[name] for name in before} == before
        kept = now.keys() - before.keys()
        assert kept in (set(), run.parts)
        assert Path(f".{run.target}.wikimend-run").exists() == bool(kept)
    again = wikimend(*run.arguments)
    assert (again.code, errors(again), contents()) == (0, [], after)
    return done.code != 0


def pages() -> tuple[Contents, Contents]:
    """Return the pages of a wiki, old and mended; one is sound."""
    lines = {f"wiki/{n}.md": n for n in range(5)}
    old = {
        name: "".join(f"In {line} see {WRECK.format('tides')}.\n\n" for line in range(most))
        for name, most in lines.items()
    }
    return (
        {name: text.encode() for name, text in old.items()},
        {name: mend(text).text.encode() for name, text in old.items()},
    )


def test_a_folder() -> None:
    old, new = pages()
    for size in (0, 1, len(new["wiki/2.md"]), len(new["wiki/4.md"]) - 1):
        assert are_refused(partial(fill_to, size)) == [
            name for name, data in new.items() if len(data) > size and old[name]
        ]
    moments = takewhile(lambda n: are_refused(partial(fill_at, n)), count(1))
    assert len(list(moments)) > 6


def are_refused(fill: Callable[[], None]) -> list[str]:
    """Return the pages of a folder that the disk did not take; check the others, and the next run.

    Every page is the old one or the mended one, and each that is not mended is told.
    """
    old, new = pages()
    Path("wiki").mkdir(exist_ok=True)
    for name, data in old.items():
        Path(name).write_bytes(data)
    done = within(["fix", "wiki"], fill)
    now = contents()
    left = [name for name in old if now[name] != new[name]]
    assert now == {**new, **{name: old[name] for name in left}}
    assert errors(done) == [f"error: {name}: {REFUSED}" for name in left]
    assert done.code == (2 if left else 0)
    assert (wikimend("fix", "wiki").code, contents()) == (0, new)
    return left


@pytest.mark.parametrize("option", [["fix", "--diff", "--patch"], ["lint", "--output-file"]])
def test_what_is_told_in_a_file(option: Sequence[str]) -> None:
    old, _ = pages()
    Path("wiki").mkdir()
    for name, data in old.items():
        Path(name).write_bytes(data)
    Path("told.txt").write_bytes(b"the old one")
    done = within([*option, "told.txt", "wiki"], partial(fill_to, 20))
    assert (done.code, errors(done)) == (2, [f"error: told.txt: {REFUSED}"])
    assert contents() == {**old, "told.txt": b"the old one"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_whole_program(jobs: int) -> None:
    """With its workers, which must not wait for ever."""
    run = DUMPS["jsonl"]
    before = run.begin()
    command = [*COMMAND, *run.arguments, "--jobs", str(jobs)]
    done = subprocess.run(
        command,
        env=environment(),
        preexec_fn=partial(fill_to, 1500),
        capture_output=True,
        text=True,
        check=False,
    )
    told = Outcome(done.returncode, done.stdout, done.stderr)
    assert (told.code, errors(told), told.out) == (2, [f"error: new.jsonl: {REFUSED}"], "")
    assert "Traceback" not in told.err
    assert contents() == before
