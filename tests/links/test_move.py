"""A page with 500 links to it moves, and every link with it; nothing else changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.cli.program import wikimend

FORMS = (
    "[a]({up}sea/tides.md)",
    "[a](/sea/tides)",
    "[a](/sea/tides.md#low-tide)",
    "[a](</sea/tides.md> 'title')",
    "[a]({up}sea/tides#low-tide)",
    "[a](https://coast.example/sea/tides)",
    "<https://coast.example/sea/tides.html>",
    "https://coast.example/sea/tides",
    '<a href="/sea/tides">a</a>',
    "![a]({up}sea/tides.md)",
    "[a](/sea/tides?plain=1#low-tide)",
    "[[tides]]",
    "[[sea/tides|a]]",
    "[[tides#Low tide]]",
    "[a][r{n}]\n\n[r{n}]: {up}sea/tides.md 'title'",
    "[r{n}]\n\n[r{n}]: </sea/tides>",
    "[r{n}][]\n\n[r{n}]:\n  /sea/tides.md#low-tide\n  'title'",
    "![a][r{n}]\n\n[r{n}]: {up}sea/tides.md",
    "![[tides]]",
    "![[tides#Low tide]]",
    "<img src='/sea/tides.md' alt='a'>",
    "[![a]({up}sea/tides.md)](/sea/tides.md)",
    "- item\n  > quoted [a](/sea/tides)",
    "| [a](/sea/tides) | [[tides\\|a]] |\n|---|---|",
)
"""Every form of a link to the page; `{up}` leads to the top, `{n}` is a number."""

KEPT = (
    "`[a](/sea/tides)`",
    "<!-- [a](/sea/tides) -->",
    "[b](/sea/ebb)",
    "[b]({up}sea/ebb.md)",
    "[c](/sea/tides-and-more)",
    "[d](https://example.org/sea/tides)",
    "sea/tides.md",
)
"""What is none, or leads elsewhere."""

CONFIG = "schema: 1\nlinks: {base-url: https://coast.example, wiki-links: page-first, root: .}\n"


@pytest.fixture
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a wiki of 32 pages with more than 500 links to one page."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "sea").mkdir()
    (tmp_path / ".wikimend.yaml").write_text(CONFIG)
    (tmp_path / "sea/tides.md").write_text(
        "# Tides\n\n## Low tide\n\n[ebb](ebb.md) [me](#low-tide)\n"
    )
    (tmp_path / "sea/ebb.md").write_text("# Ebb\n")
    (tmp_path / "sea/tides-and-more.md").write_text("# More\n")
    for number in range(32):
        folder = tmp_path / f"part-{number % 4}" / "deep" / "er"
        folder = folder if number % 2 else folder.parent
        folder.mkdir(parents=True, exist_ok=True)
        up = "../../../" if number % 2 else "../../"
        pieces = [piece.format(up=up, n=n) for n, piece in enumerate((*FORMS, *KEPT))]
        ends = "\r\n" if number % 3 == 0 else "\n"
        text = "\n\n".join(pieces).replace("\n", ends)
        (folder / f"page-{number}.md").write_bytes(text.encode() + b"\xff" * (number == 5))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def texts(folder: Path) -> dict[str, bytes]:
    """Return the pages of a wiki by their paths."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.md")}


def is_clean() -> bool:
    """Return whether nothing is wrong about the links."""
    return "Left" not in wikimend("lint", "-q", "--select", "WM8").err


@pytest.mark.parametrize("new", ["sea/moon/high-and-low.md", "tides.md", "sea/tides/index.md"])
def test_every_link_follows(wiki: Path, new: str) -> None:
    assert is_clean()
    before = texts(wiki)
    old = wikimend("graph", "--backlinks", "sea/tides.md", "--format", "json").out
    done = wikimend("mv", "sea/tides.md", new, "-q")
    assert done.code == 0, done.err
    assert is_clean()
    after = texts(wiki)
    assert before.keys() - after.keys() == {"sea/tides.md"}
    assert after.keys() - before.keys() == {new}
    told = wikimend("graph", "--backlinks", new, "--format", "json").out
    assert told.replace(new, "sea/tides.md") == old
    assert old.count('"page"') == 32
    for path in before.keys() & after.keys():
        up = "../../../" if "er/" in path else "../../"
        kept = {text.format(up=up).encode() for text in KEPT}
        for was, now in zip(pieces(before[path]), pieces(after[path]), strict=True):
            assert was == now or (b"tides" in was and was not in kept)


def pieces(text: bytes) -> list[bytes]:
    """Return the paragraphs of a page."""
    return text.replace(b"\r\n", b"\n").split(b"\n\n")


def test_there_and_back_is_nothing(wiki: Path) -> None:
    before = texts(wiki)
    wikimend("mv", "sea/tides.md", "moon/tides.md", "-q")
    assert texts(wiki) != before
    wikimend("mv", "moon/tides.md", "sea/tides.md", "-q")
    assert texts(wiki) == before


def test_a_folder_moves_with_what_is_in_it(wiki: Path) -> None:
    wikimend("mv", "sea", "ocean/deep", "-q")
    assert is_clean()
    assert (wiki / "ocean/deep/tides.md").read_text().endswith("[ebb](ebb.md) [me](#low-tide)\n")
    assert not (wiki / "sea").exists()


def test_the_diff_is_what_git_applies(wiki: Path) -> None:
    (wiki / ".git").rmdir()
    subprocess.run(["git", "init", "-q", "."], check=True)
    before = texts(wiki)
    shown = wikimend("mv", "sea/tides.md", "moon/ebb and flow.md", "--diff")
    assert shown.code == 1
    assert texts(wiki) == before
    patch = shown.out.encode("utf-8", "surrogateescape")
    subprocess.run(["git", "apply", "-"], input=patch, check=True)
    applied = texts(wiki)
    subprocess.run(["git", "apply", "-R", "-"], input=patch, check=True)
    assert texts(wiki) == before
    wikimend("mv", "sea/tides.md", "moon/ebb and flow.md", "-q")
    assert texts(wiki) == applied
