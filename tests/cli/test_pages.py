"""What `fix` does to pages as files: their bytes, their diffs, their links and modes."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from .program import WRECK, wikimend

BAD = WRECK.format("tides").encode()
GOOD = b"[tides](/sea/tides)"
PAGES = {
    "clean.md": b"\xef\xbb\xbfSee the [tides](/sea/tides).\r\n\r\n",
    "windows.md": b"one\r\n" + BAD + b"\r\nthree\r\n",
    "marked.md": b"\xef\xbb\xbf" + BAD + b"\n",
    "open.md": b"one\n" + BAD,
    "mixed.md": b"one\r\ntwo\n" + BAD + b"\r\n \t\n",
    "latin.md": b"caf\xe9 " + BAD + b"\n",
    "a b/caf\xc3\xa9.md".encode("latin-1").decode(): b"\n" * 9 + BAD + b"\n" * 9 + BAD + b"\n",
    "sea/tides.markdown": BAD + b"\n\n" + BAD,
}


@pytest.fixture(autouse=True)
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, data in PAGES.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(data)


def _bytes() -> dict[str, bytes]:
    return {name: Path(name).read_bytes() for name in PAGES}


MENDED = {name: data.replace(BAD, GOOD) for name, data in PAGES.items()}


def test_all_but_the_damage_keeps_its_bytes() -> None:
    wikimend("fix")
    assert _bytes() == MENDED


def test_lint_writes_nothing() -> None:
    before = {name: Path(name).stat().st_mtime_ns for name in PAGES}
    wikimend("lint")
    assert _bytes() == PAGES
    assert {name: Path(name).stat().st_mtime_ns for name in PAGES} == before


def test_a_clean_page_is_not_written() -> None:
    before = Path("clean.md").stat()
    wikimend("fix")
    after = Path("clean.md").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_preview_is_what_the_run_does() -> None:
    preview = wikimend("fix", "--diff")
    assert _bytes() == PAGES
    run = wikimend("fix")
    assert preview.out == run.out != ""
    assert _bytes() == MENDED
    assert wikimend("fix").out == wikimend("fix", "--diff").out == ""


@pytest.mark.parametrize("colours", [{}, {"FORCE_COLOR": "1"}], ids=["plain", "colours forced"])
def test_git_applies_the_patch(colours: dict[str, str]) -> None:
    preview = wikimend("fix", "--diff")
    wikimend("fix", "--diff", "--patch", "all.patch", variables=colours)
    patch = Path("all.patch").read_bytes()
    assert patch.decode("utf-8", "surrogateescape") == preview.out
    subprocess.run(["git", "apply", "all.patch"], check=True)
    assert _bytes() == MENDED


def test_the_patch_of_a_run_is_that_of_its_preview() -> None:
    wikimend("fix", "--diff", "--patch", "preview.patch")
    wikimend("fix", "--patch", "run.patch")
    assert Path("preview.patch").read_bytes() == Path("run.patch").read_bytes() != b""


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o664])
def test_the_mode_is_kept(mode: int) -> None:
    page = Path("open.md")
    page.chmod(mode)
    wikimend("fix", "-q")
    assert stat.S_IMODE(page.stat().st_mode) == mode
    assert page.read_bytes() == MENDED["open.md"]


def test_a_link_stays_a_link() -> None:
    Path("link.md").symlink_to("open.md")
    wikimend("fix", "-q", "link.md")
    assert os.readlink("link.md") == "open.md"  # noqa: PTH115 - as it was written
    assert Path("open.md").read_bytes() == MENDED["open.md"]


def test_a_page_and_a_link_to_it_are_one_page() -> None:
    Path("link.md").symlink_to("open.md")
    outcome = wikimend("fix", "open.md", "link.md")
    assert "1 page read, 1 changed." in outcome.err
    assert Path("link.md").is_symlink()
