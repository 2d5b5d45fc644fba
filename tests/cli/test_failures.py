"""What goes wrong with one page is told, and the other pages are done."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from wikimend.cli.outfile import outfile
from wikimend.errors import UsageError
from wikimend.store import files
from wikimend.store.tree import Source
from wikimend.text.page import Page

from .program import WRECK, wikimend

BAD = WRECK.format("tides") + "\n"
GOOD = "[tides](/sea/tides)\n"


@pytest.fixture(autouse=True)
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md", "c.md"):
        Path(name).write_text(BAD, "utf-8")


def _refusing(method: str, name: str, number: int) -> Callable[..., object]:
    """Return the `method` of Path, which fails for paths whose name begins with `name`."""
    works = getattr(Path, method)

    def refuse(self: Path, *given: object, **named: object) -> object:
        if self.name.startswith(name):
            raise OSError(number, os.strerror(number), str(self))
        return works(self, *given, **named)

    return refuse


# Simulated, since the tests may run as root, who may read and write everything.
@pytest.mark.parametrize(
    ("method", "name", "number", "message"),
    [
        ("read_bytes", "b.md", errno.EACCES, "cannot be read: permission denied"),
        ("read_bytes", "b.md", errno.EIO, "cannot be read: Input/output error"),
        ("open", ".b.md", errno.EROFS, "cannot be written: the disk is read-only"),
        ("open", ".b.md", errno.EACCES, "cannot be written: permission denied"),
        ("replace", ".b.md", errno.ENOSPC, "cannot be written: the disk is full"),
    ],
)
def test_a_page_that_cannot_be_done(
    method: str, name: str, number: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as simulated:
        simulated.setattr(Path, method, _refusing(method, name, number))
        outcome = wikimend("fix")
    assert outcome.code == 2
    assert f"error: b.md: {message}\n" in outcome.err
    assert "b.md" not in outcome.out
    assert _texts() == {"a.md": GOOD, "b.md": BAD, "c.md": GOOD}


def test_a_page_that_vanishes(monkeypatch: pytest.MonkeyPatch) -> None:
    read = files.read

    def vanish(source: Source) -> Page:
        if source.name == "a.md":
            Path("b.md").unlink()
        return read(source)

    monkeypatch.setattr(files, "read", vanish)
    outcome = wikimend("fix", "-q")
    assert outcome.code == 2
    assert outcome.err.startswith("error: b.md: cannot be read: the file is gone\n")
    assert _texts() == {"a.md": GOOD, "c.md": GOOD}


def _texts() -> dict[str, str]:
    """Return all files of the wiki; a temporary one that stayed behind would be among them."""
    return {path.name: path.read_text("utf-8") for path in sorted(Path().iterdir())}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("lint clean.md", 0),
        ("fix clean.md", 0),
        ("fix --diff clean.md", 0),
        ("fix --exit-non-zero-on-fix clean.md", 0),
        ("lint warning.md", 0),
        ("lint --fail-on info warning.md", 1),
        ("lint --fail-on warning warning.md", 1),
        ("fix --fail-on warning warning.md", 1),
        ("fix --fail-on warning --exit-zero warning.md", 0),
        ("lint a.md", 1),
        ("lint --fail-on never a.md", 0),
        ("lint --exit-zero a.md", 0),
        ("lint --ignore WM1 a.md", 0),
        ("fix a.md", 0),
        ("fix --exit-non-zero-on-fix a.md", 1),
        ("fix --exit-non-zero-on-fix --exit-zero a.md", 0),
        ("fix --diff a.md", 1),
        ("fix --diff --fail-on never a.md", 1),
        ("fix --diff --exit-zero a.md", 0),
        ("fix --diff --patch x.patch a.md", 1),
        ("fix --patch x.patch a.md", 0),
        ("lint nowhere.md", 2),
        ("lint --exit-zero nowhere.md a.md", 2),
        ("lint --select NONE1 a.md", 2),
        ("rules list", 0),
        ("rules explain WM101", 0),
        ("rules explain WM1", 2),
        ("rules schema", 0),
    ],
)
def test_exit_code(command: str, code: int) -> None:
    Path("clean.md").write_text("See the [tides](/sea/tides).\n", "utf-8")
    Path("warning.md").write_text("See [5] or [1](https://example.org/a).\n", "utf-8")
    assert wikimend(*command.split()).code == code


def test_an_output_file_is_whole() -> None:
    target = Path("out.patch")
    target.write_bytes(b"old")
    target.chmod(0o600)
    with outfile(target) as stream:
        stream.write(b"new")
        stream.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("error", "left"),
    [(KeyboardInterrupt, b"new"), (BrokenPipeError, b"new"), (ValueError, b"old")],
)
def test_an_output_file_of_a_run_that_stops(error: type[BaseException], left: bytes) -> None:
    target = Path("out.patch")
    target.write_bytes(b"old")
    with pytest.raises(error), outfile(target) as stream:
        stream.write(b"new")
        raise error
    assert target.read_bytes() == left
    assert sorted(path.name for path in Path().iterdir()) == ["a.md", "b.md", "c.md", "out.patch"]


def test_an_output_file_behind_a_link() -> None:
    Path("real.patch").write_bytes(b"old")
    Path("link.patch").symlink_to("real.patch")
    with outfile(Path("link.patch")) as stream:
        stream.write(b"new")
    assert Path("link.patch").is_symlink()
    assert Path("real.patch").read_bytes() == b"new"


def test_an_output_file_that_is_a_device() -> None:
    outcome = wikimend("fix", "--patch", os.devnull, "a.md")
    assert (outcome.code, outcome.out) == (0, "")
    assert not Path(os.devnull).is_file()


def test_an_output_file_that_cannot_be() -> None:
    with (
        pytest.raises(UsageError, match=r"^nowhere/x: cannot be written: "),
        outfile(Path("nowhere/x")),
    ):
        pytest.fail("nothing can be written there")
