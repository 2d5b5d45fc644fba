"""Pages read and written: whole, or not at all."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import wikimend
from wikimend.errors import PageError
from wikimend.store.files import read, undecodable_error, write
from wikimend.store.tree import Source, discover
from wikimend.text.page import Page

OLD, NEW = b"old \xff\r\n", b"new \xff\r\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_bytes(OLD)
    return Path("a.md")


def files(folder: Path = Path()) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.md", "gone.md: cannot be read: the file is gone"),
        ("folder.md", "folder.md: cannot be read: it is a folder"),
        ("a.md/b.md", "a.md/b.md: cannot be read: Not a directory"),
    ],
)
def test_what_cannot_be_read_is_an_error(page: Path, name: str, message: str) -> None:
    Path("folder.md").mkdir()
    with pytest.raises(PageError) as raised:
        read(Source(Path(name), name, "markdown"))
    assert str(raised.value) == message


@pytest.mark.parametrize("data", [b"", OLD, b"\xef\xbb\xbfa\rb\n", b"\x00\xc3\x28\xed\xa0\x80"])
def test_a_page_keeps_its_bytes(page: Path, data: bytes) -> None:
    page.write_bytes(data)
    found = read(Source(page, "the name", "mdx"))
    assert (found.to_bytes(), found.name, found.dialect) == (data, "the name", "mdx")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", None),
        (b"plain\n", None),
        ("später 漢字 \U0001f600".encode(), None),
        ("�".encode(), None),
        (b"\xff", "w.md:1:1: byte 0xff is not UTF-8"),
        ("ä\r\n漢 ".encode() + b"\xe9!\n\xff", "w.md:2:3: byte 0xe9 is not UTF-8"),
        (b"a\r\r\xc3", "w.md:3:1: byte 0xc3 is not UTF-8"),
    ],
)
def test_the_first_undecodable_byte_is_told(data: bytes, message: str | None) -> None:
    error = undecodable_error(Page.from_bytes(data, "w.md"))
    tail = "; the rest of the page was handled and the byte stays"
    assert (str(error) if error else None) == (message + tail if message else None)


FAILURES = {
    # Simulated, since the tests may run as root and no disk is full.
    "full disk": ("os.fsync", OSError(errno.ENOSPC, "x"), "cannot be written: the disk is full"),
    "quota": (
        "os.fsync",
        OSError(errno.EDQUOT, "x"),
        "cannot be written: the disk quota is used up",
    ),
    "read-only disk": (
        "pathlib.Path.open",
        OSError(errno.EROFS, "x"),
        "cannot be written: the disk is read-only",
    ),
    "read-only folder": (
        "pathlib.Path.open",
        PermissionError(errno.EACCES, "x"),
        "cannot be written: permission denied",
    ),
    "sticky folder": (
        "pathlib.Path.replace",
        PermissionError(errno.EPERM, "Operation not permitted"),
        "cannot be written: Operation not permitted",
    ),
    "broken disk": (
        "os.fsync",
        OSError(errno.EIO, "Input/output error"),
        "cannot be written: Input/output error",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), FAILURES.values(), ids=FAILURES)
def test_a_failure_leaves_the_page_and_nothing_else(
    page: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: OSError, message: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patched, pytest.raises(PageError) as raised:
        patched.setattr(call, fail)
        write(page, NEW, expected=None)
    assert str(raised.value) == f"a.md: {message}"
    assert files() == {"a.md": OLD}


@pytest.mark.parametrize(
    "call", ["os.fsync", "os.urandom", "pathlib.Path.chmod", "pathlib.Path.replace"]
)
def test_an_interrupt_leaves_the_page_and_nothing_else(
    page: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(call, interrupt)
        write(page, NEW)
    assert files() == {"a.md": OLD}


def test_an_interrupt_right_after_the_renaming_leaves_the_new_page(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def replace_and_interrupt(path: Path, target: Path) -> None:
        replace(path, target)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", replace_and_interrupt)
        write(page, NEW)
    assert files() == {"a.md": NEW}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.md", "gone.md: cannot be written: the file is gone"),
        ("a.md/b.md", "a.md/b.md: cannot be written: Not a directory"),
        ("to-nothing.md", "to-nothing.md: cannot be written: the file is gone"),
    ],
)
def test_a_page_that_is_gone_is_not_made_again(page: Path, name: str, message: str) -> None:
    Path("to-nothing.md").symlink_to("gone.md")
    with pytest.raises(PageError) as raised:
        write(Path(name), NEW)
    assert str(raised.value) == message
    assert files() == {"a.md": OLD}


def test_a_page_that_goes_while_it_is_written_is_not_made_again(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: page.unlink())
    with pytest.raises(PageError, match=r"^a.md: cannot be written: the file is gone$"):
        write(page, NEW, expected=OLD)
    assert files() == {}


@pytest.mark.parametrize("now", [b"", OLD + b"x", OLD.upper()])
def test_a_page_that_changed_is_left_alone(page: Path, now: bytes) -> None:
    page.write_bytes(now)
    with pytest.raises(PageError) as raised:
        write(page, NEW, expected=OLD)
    assert str(raised.value) == "a.md: changed while it was being mended; left alone"
    assert files() == {"a.md": now}


def test_a_read_only_page_is_left_alone(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Simulated, since root may write whatever the mode is.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PageError, match=r"^a.md: read-only; left alone$"):
        write(page, NEW)
    assert files() == {"a.md": OLD}


@pytest.mark.parametrize("expected", [None, OLD])
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o777])
def test_written_with_the_same_mode_and_owner(
    page: Path, mode: int, expected: bytes | None
) -> None:
    page.chmod(mode)
    before = page.stat()
    write(page, NEW, expected=expected)
    after = page.stat()
    assert files() == {"a.md": NEW}
    assert stat.S_IMODE(after.st_mode) == mode
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_an_owner_that_we_may_not_set_is_no_error(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chown", denied)
    write(page, NEW)
    assert files() == {"a.md": NEW}


@pytest.mark.parametrize("links", [["b/l.md"], ["b/l.md", "c/m.md"]])
def test_a_link_stays_a_link(page: Path, links: list[str]) -> None:
    target = page
    for link in map(Path, links):
        link.parent.mkdir()
        link.symlink_to(Path("..") / target)
        target = link
    write(target, NEW, expected=OLD)
    assert all(Path(link).is_symlink() for link in links)
    assert files() == dict.fromkeys(["a.md", *links], NEW)


def test_another_hard_link_keeps_the_old_page(page: Path) -> None:
    Path("b.md").hardlink_to(page)
    write(page, NEW)
    assert files() == {"a.md": NEW, "b.md": OLD}


@pytest.mark.parametrize(
    "name", ["漢" * 84 + ".md", "x" * 252 + ".md", "😀" * 63, "-.md", "a b.md"]
)
def test_any_name_can_be_written(page: Path, name: str) -> None:
    page = page.rename(name)
    write(page, NEW, expected=OLD)
    assert files() == {name: NEW}


def test_the_temporary_file_is_hidden_recognisable_and_no_page(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    found: list[str] = []

    def look(_: int) -> None:
        seen.extend(path.name for path in Path().iterdir())
        found.extend(s.name for s in discover(["."], exclude_root=Path()) if isinstance(s, Source))

    monkeypatch.setattr(os, "fsync", look)
    write(page, NEW)
    assert found == ["a.md"]
    assert [name[: len(".a.md.wikimend-")] for name in seen if name != "a.md"] == [
        ".a.md.wikimend-"
    ]


LOOP = """
import sys
from itertools import count
from pathlib import Path
from wikimend.store.files import write

pages = [Path(sys.argv[1], f"{n}.md") for n in range(20)]
print("ready", flush=True)
for turn in count():
    for page in pages:
        write(page, bytes([65 + turn % 26]) * 300_000, expected=page.read_bytes())
"""


def test_killed_at_any_moment_every_page_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.md").write_bytes(b"Z" * 300_000)
    env = os.environ | {"PYTHONPATH": str(Path(wikimend.__file__).parents[1])}
    turns: set[bytes] = set()
    for _ in range(10):
        command = [sys.executable, "-c", LOOP, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(random.uniform(0.01, 0.08))
            child.kill()
        assert child.returncode == -signal.SIGKILL
        pages = list(discover([tmp_path], exclude_root=tmp_path))
        assert len(pages) == 20
        for page in pages:
            assert isinstance(page, Source)
            data = page.path.read_bytes()
            assert len(data) == 300_000 and len(set(data)) == 1
            turns.add(data[:1])
    assert turns != {b"Z"}
