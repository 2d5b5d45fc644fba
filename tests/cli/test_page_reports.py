"""The record of changes of pages that are files: kept, shown, taken back and made once more."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from unittest import mock

import pytest

from wikimend.store import part
from wikimend.store.compression import CODECS

from .program import WRECK, wikimend
from .test_dump_kill import finished, killed

REPORTS = ["r.jsonl", *(f"r.jsonl.{codec}" for codec in CODECS)]
PAGES = {
    "wiki/sound.md": b"# Sea\n\nThe [quay](/harbor/quay).\n",
    "wiki/tides.md": WRECK.format("tides").encode() + b" and [[3]https://example.org/a).\r\n",
    "wiki/deep/old.markdown": b"\xef\xbb\xbfAt " + WRECK.format("quay").encode() + b" caf\xc3\xa9",
    "wiki/deep/raw.md": b"caf\xe9 " + WRECK.format("pier").encode() + b"\n",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run beside a wiki."""
    monkeypatch.chdir(tmp_path)
    for name, data in PAGES.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)


def pages() -> dict[str, bytes]:
    """Return every page of the wiki."""
    return {str(path): path.read_bytes() for path in Path("wiki").rglob("*.*") if path.is_file()}


def fix(*arguments: str) -> None:
    """Mend the wiki, in which one page has a byte that is no UTF-8."""
    done = wikimend("fix", *arguments, "-q")
    assert done.code == 2, done.err
    assert "byte 0xe9 is not UTF-8" in done.err


def recorded(report: str = "r.jsonl") -> list[str]:
    """Return the paths of a report."""
    return [json.loads(line)["path"] for line in Path(report).read_bytes().splitlines()]


def test_a_sound_wiki_leaves_an_empty_report() -> None:
    for name in list(PAGES)[1:]:
        Path(name).unlink()
    assert wikimend("fix", "wiki", "--report", "r.jsonl").code == 0
    assert Path("r.jsonl").read_bytes() == b""


def test_without_write_there_is_no_report() -> None:
    done = wikimend("fix", "wiki", "--diff", "--report", "r.jsonl")
    assert (done.code, pages()) == (2, PAGES)
    assert "--diff and --sample write nothing" in done.err
    assert not Path("r.jsonl").exists()


@pytest.mark.parametrize("report", REPORTS)
def test_what_is_recorded_is_taken_back_and_made_again(report: str) -> None:
    fix("wiki", "--report", report)
    mended = pages()
    assert [name for name in PAGES if PAGES[name] != mended[name]] == list(PAGES)[1:]
    for _ in range(2):  # the second time with nothing to do
        wikimend("undo", report, "wiki")
        assert pages() == PAGES
    Path("wiki").rename("elsewhere")
    wikimend("apply", report, "elsewhere")
    Path("elsewhere").rename("wiki")
    assert pages() == mended


def test_what_is_told() -> None:
    Path("wiki/deep/raw.md").unlink()
    done = wikimend("fix", "wiki", "--report", "r.jsonl", "-q")
    assert done.code == 0
    assert wikimend("show", "r.jsonl").out == (
        "changes  pages  rule\n      2      2  WM101\n      1      1  WM202\n"
    )
    shown = wikimend("show", "r.jsonl", "--page", "deep/old.markdown")
    assert shown.out.startswith("deep/old.markdown:1: WM101\n-[quay[/sea/")
    Path("wiki/tides.md").write_bytes(b"written anew\n")
    done = wikimend("undo", "r.jsonl", "wiki")
    assert done.code == 2
    assert done.err.splitlines() == [
        "error: wiki/tides.md: left as it is: it is not the page that the changes were made to",
        "1 pages read; taken back in 1 of 2 pages.",
    ]
    assert Path("wiki/tides.md").read_bytes() == b"written anew\n"


PLACES = {
    "a folder": (["wiki"], ["tides.md", "deep/old.markdown", "deep/raw.md"], "wiki"),
    "two folders": (
        ["wiki/deep", "wiki"],
        ["wiki/deep/old.markdown", "wiki/deep/raw.md", "wiki/tides.md"],
        ".",
    ),
    "a file": (["wiki/deep/raw.md"], ["wiki/deep/raw.md"], "."),
    "the current folder": (
        ["."],
        ["wiki/tides.md", "wiki/deep/old.markdown", "wiki/deep/raw.md"],
        ".",
    ),
}


@pytest.mark.parametrize(("named", "paths", "folder"), PLACES.values(), ids=PLACES)
def test_paths_count_from_the_folder(named: list[str], paths: list[str], folder: str) -> None:
    fix(*named, "--report", "r.jsonl")
    assert sorted(set(recorded())) == sorted(paths)
    wikimend("undo", "r.jsonl", folder)
    assert pages() == PAGES


def test_paths_outside_of_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("aside").mkdir()
    monkeypatch.chdir("aside")
    fix("../wiki/deep/raw.md", "--report", "r.jsonl")
    assert recorded() == ["wiki/deep/raw.md"]
    wikimend("undo", "r.jsonl", "..")
    monkeypatch.chdir("..")
    assert pages() == PAGES


def test_a_record_grows_and_no_change_is_ever_lost() -> None:
    fix("wiki", "--report", "r.jsonl")
    first = Path("r.jsonl").read_bytes()
    fix("wiki", "--report", "r.jsonl")
    assert Path("r.jsonl").read_bytes() == first
    mended = pages()
    wreck = WRECK.format("low tide").encode()
    Path("wiki/tides.md").write_bytes(mended["wiki/tides.md"] + wreck)
    fix("wiki", "--report", "r.jsonl")
    assert Path("r.jsonl").read_bytes().startswith(first)
    wikimend("undo", "r.jsonl", "wiki")
    assert pages() == {**PAGES, "wiki/tides.md": mended["wiki/tides.md"] + wreck}


def test_what_several_runs_have_changed_is_taken_back_at_once() -> None:
    fix("wiki", "--report", "r.jsonl", "--select", "WM101")
    first = pages()
    fix("wiki", "--report", "r.jsonl")
    last = pages()
    assert len({pages["wiki/tides.md"] for pages in (PAGES, first, last)}) == 3
    wikimend("undo", "r.jsonl", "wiki")
    assert pages() == PAGES
    wikimend("apply", "r.jsonl", "wiki")
    assert pages() == last


def test_two_runs_do_not_write_one_record() -> None:
    held = part.Part(Path("r.jsonl"), Path("r.jsonl"))
    done = wikimend("fix", "wiki", "--report", "r.jsonl")
    held.close()
    assert (done.code, pages()) == (2, PAGES)
    assert "r.jsonl: another run is writing it" in done.err


def test_a_change_that_was_recorded_twice_is_taken_back_once() -> None:
    """So it stands in the record after a run was killed between recording and writing."""
    fix("wiki", "--report", "r.jsonl")
    Path("r.jsonl").write_bytes(2 * Path("r.jsonl").read_bytes())
    wikimend("undo", "r.jsonl", "wiki")
    assert pages() == PAGES


def test_a_page_that_cannot_be_written_is_not_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: int) -> bool:
        return Path(path).name != "tides.md"

    with monkeypatch.context() as read_only:
        read_only.setattr(os, "access", refuse)
        done = wikimend("fix", "wiki", "--report", "r.jsonl")
    assert "wiki/tides.md: read-only; left alone" in done.err
    assert sorted(set(recorded())) == ["deep/old.markdown", "deep/raw.md"]


def test_a_full_disk_leaves_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        done = wikimend("fix", "wiki", "--report", "r.jsonl")
    assert done.code == 2
    assert "r.jsonl: cannot be written: the disk is full" in done.err
    assert (pages(), Path("r.jsonl").read_bytes()) == (PAGES, b"")


NONSENSE = {
    "no record": (["fix", "wiki", "--report", "wiki/sound.md"], "sound.md:1: not a record of"),
    "a folder": (["fix", "wiki", "--report", "wiki"], "is a directory"),
    "a device": (["fix", "wiki", "--report", os.devnull], "not a plain file"),
    "no folder": (["fix", "wiki", "--report", "gone/r.jsonl"], "gone/r.jsonl: cannot be written"),
    "another place": (["undo", "r", "wiki", "-o", "x"], "leave the options away"),
    "a gone report": (["undo", "r", "wiki"], "r: cannot be read: the file is gone"),
    "a preview and questions": (["fix", "wiki", "-i", "--sample", "1"], "does not go with"),
    "an option of dumps": (["stats", "wiki", "--jobs", "2"], "an option is about dumps"),
}


@pytest.mark.parametrize(("arguments", "message"), NONSENSE.values(), ids=NONSENSE)
def test_what_makes_no_sense(arguments: list[str], message: str) -> None:
    done = wikimend(*arguments)
    assert (done.code, done.out, pages()) == (2, "", PAGES)
    assert message in done.err


@pytest.mark.parametrize("path", ["../secret.md", "/secret.md", None])
def test_a_record_reaches_nothing_outside_of_the_folder(path: str | None) -> None:
    fix("wiki", "--report", "r.jsonl")
    changes = [json.loads(line) for line in Path("r.jsonl").read_bytes().splitlines()]
    Path("secret.md").write_bytes(Path("wiki/tides.md").read_bytes())
    lines = [json.dumps({**change, "path": path}) for change in changes]
    Path("r.jsonl").write_text("\n".join(lines), "utf-8")
    mended = pages()
    done = wikimend("undo", "r.jsonl", "wiki")
    assert done.code == 2
    assert "left alone: " in done.err
    assert (pages(), Path("secret.md").read_bytes()) == (mended, mended["wiki/tides.md"])


def test_a_sample_writes_nothing() -> None:
    first = wikimend("fix", "wiki", "--sample", "2", "--seed", "5")
    assert first.code == 2  # for the byte that is no UTF-8
    assert first.out.count("\n+") == 2
    assert wikimend("fix", "wiki", "--sample", "2", "--seed", "5").out == first.out
    assert pages() == PAGES
    Path("wiki/deep/raw.md").unlink()
    assert wikimend("fix", "wiki", "--sample", "9").code == 1


def test_stats_of_a_folder() -> None:
    Path("wiki/deep/raw.md").unlink()
    done = wikimend("stats", "wiki", "--output-format", "json")
    document = json.loads(done.out)
    assert (done.code, document["pages"], document["links"]["page"]) == (0, 3, 1)
    assert {rule: found["count"] for rule, found in document["damage"].items()} == {
        "WM101": 2,
        "WM202": 1,
    }


def test_killed_at_any_moment_it_goes_on_and_everything_can_be_taken_back() -> None:
    big = {
        f"wiki/{number}.md": (WRECK.format(f"tide {number}") + "\n\n").encode() * 3
        for number in range(20)
    }

    def clear() -> None:
        Path("r.jsonl").unlink(missing_ok=True)
        for name, data in big.items():
            Path(name).write_bytes(data)

    for name in PAGES:
        Path(name).unlink()
    arguments = ["fix", "wiki", "--report", "r.jsonl", "-q", "--ignore", "WM8,WM75"]
    with mock.patch("os.fsync"):  # as slow as the disk, and nobody cuts the power
        clear()
        assert wikimend(*arguments).code == 0
        mended = pages()
        clear()
        seconds = finished(arguments)
        moments = random.Random(7)
        amid = 0
        for _ in range(12):
            clear()
            amid += killed(arguments, moments.uniform(0, seconds))
            assert all(data in (big[name], mended[name]) for name, data in pages().items())
            finished(arguments)
            assert pages() == mended
            assert wikimend("undo", "r.jsonl", "wiki").code == 0
            assert pages() == big
    assert amid > 5
