"""The diff shows exactly the edits, and `git apply` makes the mended page of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wikimend.repair.finding import Mended
from wikimend.report.diff import hunks, patch, patch_bytes
from wikimend.text.edit import Edit, apply
from wikimend.text.page import Page

from .transcript import cases, mended

HEADER = "--- a/page.md\n+++ b/page.md\n"


@pytest.mark.parametrize(("page", "wanted"), cases("diffs.txt"))
def test_diff(page: str, wanted: str) -> None:
    assert patch(mended(page)) == (HEADER + wanted if wanted else "")


@pytest.mark.parametrize(("page", "wanted"), cases("marks.txt"))
def test_marks(page: str, wanted: str) -> None:
    shown = ""
    for hunk in hunks(mended(page)):
        for line in hunk.lines:
            text = line.text
            for start, end in reversed(line.marks):
                text = f"{text[:start]}⟪{text[start:end]}⟫{text[end:]}"
            shown += line.sign + text
    assert shown == wanted


@pytest.mark.parametrize(
    ("context", "header"), [(0, "@@ -3,0 +4 @@"), (1, "@@ -3,2 +3,3 @@"), (9, "@@ -1,5 +1,6 @@")]
)
def test_context(context: int, header: str) -> None:
    page = mended("1\n2\n3\n⟪➔new\n⟫4\n5\n")
    assert [hunk.header for hunk in hunks(page, context)] == [header]


def test_undecodable_bytes_come_out_as_they_are() -> None:
    page = Page.from_bytes(b"caf\xe9 a\n", "page.md")
    diff = patch_bytes(Mended(page, "", (Edit(5, 6, "b"),)))
    assert diff == HEADER.encode() + b"@@ -1 +1 @@\n-caf\xe9 a\n+caf\xe9 b\n"


NAMES = [
    ("page.md", "a/page.md"),
    ("./dir//page.md", "a/dir/page.md"),
    ("/dir/page.md", "a/dir/page.md"),
    ("../page.md", "a/../page.md"),
    ("<stdin>", "a/<stdin>"),
    ("a b.md", "a/a b.md\t"),
    ("a'b.md", "a/a'b.md"),
    ('a"b.md', r'"a/a\"b.md"'),
    ("a\\b.md", r'"a/a\\b.md"'),
    ("a\n\t\x01\x7f.md", r'"a/a\n\t\001\177.md"'),
    ("né e.md", '"a/n\\303\\251 e.md"\t'),
    ("a\udcff.md", r'"a/a\377.md"'),
]


@pytest.mark.parametrize(("name", "wanted"), NAMES)
def test_name(name: str, wanted: str) -> None:
    renamed = wanted.replace("a/", "b/", 1)
    assert patch(mended("⟪a➔b⟫", name)).startswith(f"--- {wanted}\n+++ {renamed}\n@@ ")


def git_applied(pages: list[Mended], folder: Path) -> list[bytes]:
    """Return what `git apply` makes of the old pages in `folder`."""
    paths = [
        folder / os.fsencode(page.page.name).decode("utf-8", "surrogateescape") for page in pages
    ]
    for path, page in zip(paths, pages, strict=True):
        path.write_bytes(page.page.to_bytes())
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "--allow-empty"],
        input=b"".join(map(patch_bytes, pages)),
        cwd=folder,
        env=os.environ
        | {"GIT_CEILING_DIRECTORIES": str(folder.parent), "GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return [path.read_bytes() for path in paths]


def test_git_applies_to_unusual_names(tmp_path: Path) -> None:
    names = [name for name, _ in NAMES if "/" not in name]
    pages = [mended("⟪a➔b⟫\n", name) for name in names]
    assert git_applied(pages, tmp_path) == [b"b\n"] * len(names)


ALPHABET = "\n\n\n\n\r  ab-+@\\[]()é語\udcff\0\ufeff\u2028\f\x85"


@st.composite
def random_pages(draw: st.DrawFn) -> list[Mended]:
    """Return pages with disjoint edits, which may touch."""
    pages = []
    for number in range(draw(st.integers(1, 6))):
        text = draw(st.text(ALPHABET, max_size=60))
        bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
        edits = sorted(
            Edit(start, end, draw(st.text(ALPHABET, max_size=6)))
            for start, end in zip(bounds[::2], bounds[1::2], strict=False)
        )
        pages.append(Mended(Page(text, f"{number}.md"), apply(text, edits), tuple(edits)))
    return pages


@settings(max_examples=100, deadline=None)
@given(random_pages())
def test_git_apply_gives_the_mended_page(pages: list[Mended]) -> None:
    with TemporaryDirectory() as folder:
        applied = git_applied(pages, Path(folder))
    assert applied == [page.text.encode("utf-8", "surrogateescape") for page in pages]


@given(random_pages())
def test_marks_lie_in_their_lines(pages: list[Mended]) -> None:
    lines = [line for page in pages for hunk in hunks(page) for line in hunk.lines]
    for line in lines:
        bounds = [bound for mark in line.marks for bound in mark]
        assert bounds == sorted(bounds)
        assert all(0 <= bound <= len(line.text.rstrip("\n")) for bound in bounds)
        assert all(start < end for start, end in line.marks)
