"""The loop over the pages: what is written, what is told, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from wikimend.errors import PageError, Place, WikimendError
from wikimend.repair.finding import Mended
from wikimend.run.batch import one_by_one, run
from wikimend.store import files
from wikimend.store.tree import Source
from wikimend.text.edit import Edit, apply
from wikimend.text.page import Page


def mend(page: Page) -> Mended:
    """Make every `x` an `o`; stumble over a `!`, and fail on a `?`."""
    if "!" in page.text:
        raise PageError("cannot be mended", Place(page.name))
    if "?" in page.text:
        raise IndexError("list index out of range")
    edits = tuple(Edit(at, at + 1, "o") for at, letter in enumerate(page.text) if letter == "x")
    return Mended(page, apply(page.text, edits), edits)


@pytest.fixture(autouse=True)
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, data in {"clean.md": b"a\r\n", "a.md": b"x\r\n", "b.md": b"xx", "c.md": b"x"}.items():
        Path(name).write_bytes(data)


def source(name: str) -> Source:
    return Source(Path(name), name, "markdown")


def told(sources: Iterable[Source | PageError | Page], *, write: bool = True) -> list[str]:
    events: list[str] = []

    def on_page(mended: Mended) -> None:
        events.append(f"{mended.page.name} {mended.page.text!r} -> {mended.text!r}")

    def on_error(error: WikimendError) -> None:
        events.append(str(error))

    run(one_by_one(sources, mend), write=write, on_page=on_page, on_error=on_error)
    return events


def test_nothing_is_told_of_nothing() -> None:
    assert told([]) == []


def test_without_write_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "write", pytest.fail)
    assert told([source("a.md")], write=False) == [r"a.md 'x\r\n' -> 'o\r\n'"]
    assert Path("a.md").read_bytes() == b"x\r\n"


def test_a_clean_page_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "write", pytest.fail)
    assert told([source("clean.md")]) == [r"clean.md 'a\r\n' -> 'a\r\n'"]


def test_a_page_without_a_file_is_only_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "write", pytest.fail)
    assert told([Page("x", "a.md")]) == ["a.md 'x' -> 'o'"]


def test_a_changed_page_is_written_before_it_is_told() -> None:
    seen: list[bytes] = []
    run(
        one_by_one([source("a.md")], mend),
        write=True,
        on_page=lambda mended: seen.append(Path(mended.page.name).read_bytes()),
        on_error=lambda error: pytest.fail(str(error)),
    )
    assert seen == [b"o\r\n"]


def test_bytes_that_are_not_utf8_are_told_and_stay() -> None:
    Path("a.md").write_bytes(b"x\n\xff x")
    Path("b.md").write_bytes(b"\xfe")
    tail = "is not UTF-8; the rest of the page was handled and the byte stays"
    assert told(map(source, ["a.md", "b.md"])) == [
        r"a.md 'x\n\udcff x' -> 'o\n\udcff o'",
        f"a.md:2:1: byte 0xff {tail}",
        r"b.md '\udcfe' -> '\udcfe'",
        f"b.md:1:1: byte 0xfe {tail}",
    ]
    assert (Path("a.md").read_bytes(), Path("b.md").read_bytes()) == (b"o\n\xff o", b"\xfe")


def test_every_page_follows_an_error() -> None:
    Path("b.md").write_bytes(b"x!")
    sources: list[Source | PageError | Page] = [
        PageError("no such file or folder", Place("z.md")),
        source("gone.md"),
        source("b.md"),
        source("a.md"),
        Page("!", "<stdin>"),
        source("c.md"),
    ]
    assert told(sources) == [
        "z.md: no such file or folder",
        "gone.md: cannot be read: the file is gone",
        "b.md: cannot be mended",
        r"a.md 'x\r\n' -> 'o\r\n'",
        "<stdin>: cannot be mended",
        "c.md 'x' -> 'o'",
    ]
    written = [Path(name).read_bytes() for name in ("a.md", "b.md", "c.md")]
    assert written == [b"o\r\n", b"x!", b"o"]


def test_a_page_that_cannot_be_stored_is_an_error_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    write = files.write

    def meddle(path: Path, data: bytes, *, expected: bytes | None = None) -> None:
        if path == Path("a.md"):
            path.write_bytes(b"changed")
        write(path, data, expected=expected)

    monkeypatch.setattr(files, "write", meddle)
    assert told(map(source, ["a.md", "c.md"])) == [
        "a.md: changed while it was being mended; left alone",
        "c.md 'x' -> 'o'",
    ]
    assert Path("a.md").read_bytes() == b"changed"


def test_an_interrupt_ends_the_loop_with_whole_pages() -> None:
    pages: list[str] = []

    def interrupted(page: Page) -> Mended:
        if page.name == "b.md":
            raise KeyboardInterrupt
        return mend(page)

    with pytest.raises(KeyboardInterrupt):
        run(
            one_by_one(map(source, ["a.md", "b.md", "c.md"]), interrupted),
            write=True,
            on_page=lambda mended: pages.append(mended.page.name),
            on_error=lambda error: pytest.fail(str(error)),
        )
    assert pages == ["a.md"]
    written = [Path(name).read_bytes() for name in ("a.md", "b.md", "c.md")]
    assert written == [b"o\r\n", b"xx", b"x"]


def test_pages_are_read_one_by_one_as_they_come() -> None:
    def sources() -> Iterable[Source]:
        yield source("a.md")
        assert Path("a.md").read_bytes() == b"o\r\n"
        yield source("c.md")

    assert told(sources()) == [r"a.md 'x\r\n' -> 'o\r\n'", "c.md 'x' -> 'o'"]


def test_a_page_on_which_the_program_fails_does_not_cost_the_others() -> None:
    Path("a.md").write_bytes(b"x?")
    assert told([source("a.md"), source("c.md")]) == [
        "a.md: left alone: wikimend failed on it (IndexError: list index out of range);"
        " please report this",
        "c.md 'x' -> 'o'",
    ]
    assert Path("a.md").read_bytes() == b"x?"
