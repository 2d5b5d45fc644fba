"""Which pages a list of paths means.

A tree is written as one line a file: `a.md` is a page, `a/` an empty folder, `b.md -> a.md` a
symbolic link, `.gitignore = *.md | !a.md` a file of two lines.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wikimend.errors import PageError, UsageError
from wikimend.store import tree
from wikimend.store.tree import discover

NO_PAGES = "no pages here (looked for *.md, *.markdown, *.mdx, *.wiki, *.mediawiki)"
AROUND = "symbolic link to a folder around it: not followed"
ITSELF = "symbolic link that leads to itself"
NOTHING = "symbolic link to nothing"
MISSING = "no such file or folder"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    wiki = tmp_path / "wiki"
    wiki.mkdir()
    monkeypatch.chdir(wiki)
    return wiki


def plant(lines: str) -> None:
    for line in lines.strip().splitlines():
        name, _, target = line.strip().partition(" -> ")
        name, _, text = name.partition(" = ")
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        if target:
            Path(name).symlink_to(target)
        elif name.endswith("/"):
            Path(name).mkdir()
        else:
            Path(name).write_text(text.replace(" | ", "\n"))


def find(*paths: str, exclude: tuple[str, ...] = (), exclude_root: str = ".") -> list[str]:
    return [
        str(found) if isinstance(found, PageError) else found.name
        for found in discover(paths, exclude=exclude, exclude_root=Path(exclude_root))
    ]


# Each: the tree, the paths, and what is found in this order.
CASES = {
    "nothing": ("a.md", "", ""),
    "no such file": ("a.md", "b.md", f"b.md: {MISSING}"),
    "below a file": ("a.md", "a.md/b.md", f"a.md/b.md: {MISSING}"),
    "no such folder": ("a.md", "b/", f"b: {MISSING}"),
    "empty folder": ("a/", "a", f"a: {NO_PAGES}"),
    "empty current folder": ("", ".", f".: {NO_PAGES}"),
    "other files": ("a/b.txt\na/c.html\na/md\na/d.md.bak", "a", f"a: {NO_PAGES}"),
    "everything ignored": ("a/b.md\na/.git/\na/.gitignore = *", "a", f"a: {NO_PAGES}"),
    "an empty folder below": ("a.md\nb/", ".", "a.md"),
    "a folder called like a page": ("a.md/b.txt\nc.md", ".", "c.md"),
    "left-over temporary file": (".a.md.wikimend-0a1b2c3d\na.md", ".", "a.md"),
    "version control": (".git/a.md\n.hg/a.md\nb/.svn/a.md\n.jj/a.md\nc.md", ".", "c.md"),
    "an error, then the rest": ("a.md\nb/\nc.md", "x a.md b c.md", f"""
        x: {MISSING}
        a.md
        b: {NO_PAGES}
        c.md"""),
    "every suffix": (
        "a.md\nb.markdown\nc.mdx\nd.wiki\ne.mediawiki\nF.MD\ng.txt",
        ".",
        "F.MD\na.md\nb.markdown\nc.mdx\nd.wiki\ne.mediawiki",
    ),
    "any name when named": ("a.txt\nREADME\nb.html", "a.txt README", "a.txt\nREADME"),
    "hidden pages": (".github/a.md\n.b.md", ".", ".b.md\n.github/a.md"),
    "pages first, then folders": ("b.md\na/z.md\na/b/a.md\nc/a.md\nz.md", ".", """
        b.md
        z.md
        a/z.md
        a/b/a.md
        c/a.md"""),
    "names as given": ("a/b.md\nc.md", "a/ ./c.md", "a/b.md\nc.md"),
    "names with dots": ("a/b.md\nc/", "c/../a", "c/../a/b.md"),
    "a file twice": ("a.md", "a.md ./a.md a/../a.md", f"a.md\na/../a.md: {MISSING}"),
    "a file and its folder": ("a/b.md\na/c.md", "a/c.md a", "a/c.md\na/b.md"),
    "a folder and its file": ("a/b.md", "a a/b.md", "a/b.md"),
    "a folder twice": ("a/b.md", "a a/ ./a", "a/b.md"),
    "a folder and its folder": ("a/b/c.md", "a a/b", "a/b/c.md"),
    "a folder after its only folder": ("a/b/c.md", "a/b a", "a/b/c.md"),
    "ignored": (".git/\n.gitignore = b/ | /c.md\na.md\nb/a.md\nc.md\nd/c.md", ".", "a.md\nd/c.md"),
    "ignored, but named": (".git/\n.gitignore = *.md\na.md", "a.md", "a.md"),
    "ignored, and named after its folder": (
        ".git/\n.gitignore = b.md\na.md\nb.md",
        ". a.md b.md",
        "a.md\nb.md",
    ),
    "ignored, and linked to from its folder": (
        ".git/\n.gitignore = b.md\na.md -> b.md\nb.md",
        ".",
        "a.md",
    ),
    "no page, and named after its folder": ("a.md\nb.txt", ". b.txt a.md", "a.md\nb.txt"),
    "ignored folder, but named": (".git/\n.gitignore = /b/\nb/a.md", "b", "b/a.md"),
    "ignored outside of git": (".gitignore = b.md\na.md\nb.md", ".", "a.md"),
    "ignored over it, outside of git": (".gitignore = b.md\na/b.md", "a", "a/b.md"),
    "ignored over it, in git": (".git/\n.gitignore = b.md\na/b.md\na/c.md", "a", "a/c.md"),
    "a repository in a repository": (
        ".git/\n.gitignore = b.md\na/.git/\na/b.md\na/.gitignore = c.md\na/c.md",
        ".",
        "a/b.md",
    ),
    "a worktree has a file .git": (".git = x\n.gitignore = b.md\na/b.md\na/c.md", "a", "a/c.md"),
    "a folder called .gitignore": (".git/\n.gitignore/\na.md", ".", "a.md"),
    "link to a page elsewhere": ("a/b.md -> ../c.md\nc.md", "a", "a/b.md"),
    "link to a file that is no page": ("a/b -> ../c.md\na/d.md\nc.md", "a", "a/d.md"),
    "link called like a page": ("a/b.md -> ../c.txt\nc.txt", "a", "a/b.md"),
    "link beside its page": ("a.md -> b.md\nb.md", ".", "b.md"),
    "link after its page": ("a.md -> b.md\nb.md", "b.md a.md", "b.md"),
    "two links to a page": ("a/b.md -> ../c.md\na/d.md -> ../c.md\nc.md", "a", "a/b.md"),
    "link to nothing": ("a.md -> b.md\nc.md", ".", f"c.md\na.md: {NOTHING}"),
    "link to nothing, named": ("a.md -> b.md", "a.md", f"a.md: {NOTHING}"),
    "link to itself": ("a.md -> a.md\nb.md", ".", f"b.md\na.md: {ITSELF}"),
    "links to each other": ("a.md -> b.md\nb.md -> a.md", "a.md", f"a.md: {ITSELF}"),
    "no page, a link to itself": ("a -> a\nb.md", ".", "b.md"),
    "link to a folder elsewhere": ("a/b -> ../c\nc/d.md\nc/e/f.md", "a", "a/b/d.md\na/b/e/f.md"),
    "link to a folder, named": ("a -> b\nb/c.md", "a", "a/c.md"),
    "link to a folder read anyway": ("a -> b\nb/c.md", ".", "b/c.md"),
    "link to an empty folder": ("a/b -> ../c\nc/", "a", ""),
    "link to the folder over it": ("a/b -> .\na/c.md", "a", f"a/b: {AROUND}\na/c.md"),
    "link to a folder further up": ("a/b/c -> ../..\na/d.md", "a", f"a/d.md\na/b/c: {AROUND}"),
    "folders that link to each other": (
        "a/b.md\na/c -> ../d\nd/a -> ../a\nd/e.md",
        "a",
        "a/b.md\na/c/e.md",
    ),
    "link that is ignored": (".git/\n.gitignore = b\na/b -> ../c\na/d.md\nc/e.md", "a", "a/d.md"),
    "names that need care": ("-.md\nb a.md\n*.md\nä.md\na\\b.md", ".", """
        *.md
        -.md
        a\\b.md
        b a.md
        ä.md"""),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "paths", "found"), CASES.values(), ids=CASES)
def test_found(lines: str, paths: str, found: str) -> None:
    plant(lines)
    wanted = [line.removeprefix(" " * 8) for line in found.splitlines() if line.strip()]
    assert find(*paths.split()) == wanted


# Each: what is excluded, the paths, and what is found in the tree below.
EXCLUDED = {
    "nothing": ("", ".", "a.md b/a.md b/c/a.md b/c/d.md"),
    "another page": ("x.md", ".", "a.md b/a.md b/c/a.md b/c/d.md"),
    "only a folder of that name": ("a.md/", ".", "a.md b/a.md b/c/a.md b/c/d.md"),
    "no folder of that name": ("/c/", ".", "a.md b/a.md b/c/a.md b/c/d.md"),
    "everywhere": ("a.md", ".", "b/c/d.md"),
    "at the root": ("/a.md", ".", "b/a.md b/c/a.md b/c/d.md"),
    "a folder": ("c/", ".", "a.md b/a.md"),
    "a folder by its path": ("b/c", ".", "a.md b/a.md"),
    "but one": ("*.md !d.md", ".", "b/c/d.md"),
    "not from an excluded folder": ("b/ !d.md", ".", "a.md"),
    "a named file": ("a.md", "a.md b/c/d.md", "b/c/d.md"),
    "a named file in an excluded folder": ("b/", "a.md b/c/d.md", "a.md"),
    "a named folder": ("c/", "b/c", ""),
    "a folder in an excluded folder": ("b/", "b/c a.md", "a.md"),
    "a path with dots": ("/b/c/", "./b/../b/c a.md", "a.md"),
    "an absolute path": ("/b/c/", "$PWD/b", "$PWD/b/a.md"),
}


@pytest.mark.parametrize(("exclude", "paths", "found"), EXCLUDED.values(), ids=EXCLUDED)
def test_excluded(folder: Path, exclude: str, paths: str, found: str) -> None:
    plant("a.md\nb/a.md\nb/c/a.md\nb/c/d.md")
    paths, found = (words.replace("$PWD", str(folder)) for words in (paths, found))
    assert find(*paths.split(), exclude=tuple(exclude.split())) == found.split()


@pytest.mark.parametrize(
    ("exclude", "found"),
    [
        ("/b/a.md", ["a.md", "c/a.md"]),
        ("/c/a.md", ["a.md", "b/a.md"]),
        ("a.md", []),
        ("/a.md", ["b/a.md", "c/a.md"]),
    ],
)
def test_exclude_is_relative_to_its_root(exclude: str, found: list[str]) -> None:
    plant("w/a.md\nw/b/a.md\nw/c/a.md")
    os.chdir("w")
    listed = find(".", exclude=(exclude,), exclude_root="../w")
    assert [name for name in listed if NO_PAGES not in name] == found


def test_exclude_reaches_outside_of_its_root_without_a_folder_of_its_own() -> None:
    plant("a.md\nb.md\nw/")
    os.chdir("w")
    assert find("..", exclude=("/a.md", "b.md"), exclude_root=".") == ["../a.md"]


def test_a_link_is_excluded_by_its_own_name() -> None:
    plant("a/b -> ../c\na/d.md\nc/e.md\nc/f.md")
    assert find("a", exclude=("a/b/e.md",)) == ["a/d.md", "a/b/f.md"]
    assert find("a", exclude=("a/b/",)) == ["a/d.md"]


def test_an_exclude_that_is_no_pattern_is_an_error_at_once() -> None:
    with pytest.raises(UsageError, match=r"cannot exclude a\\: not a pattern in gitignore syntax"):
        discover([], exclude=["a\\"], exclude_root=Path())


def test_what_is_no_file_is_an_error() -> None:
    os.mkfifo("a.md")
    assert find("a.md") == ["a.md: not a file that can be read and written"]
    assert find(".") == [f".: {NO_PAGES}"]


def test_the_dialect_is_told_by_the_name() -> None:
    plant("a.md\nb.mdx\nc.wiki\nd.txt")
    found = discover(["a.md", "b.mdx", "c.wiki", "d.txt"], exclude_root=Path())
    assert [page.dialect for page in found if isinstance(page, tree.Source)] == [
        "markdown",
        "mdx",
        "mediawiki",
        "markdown",
    ]


def test_an_unreadable_folder_is_an_error_and_the_rest_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant("a.md\nb/c.md\nd/e.md")
    scandir = os.scandir

    # The tests may run as root, for whom every folder is readable.
    def denied(path: str) -> object:
        if path == "b/":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    assert find(".") == ["a.md", "b: cannot be read: Permission denied", "d/e.md"]
    assert find("b") == ["b: cannot be read: Permission denied"]


def test_a_folder_that_cannot_be_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    plant("a.md\nb.md -> d/e.md\nc.md\nd/e.md")
    is_dir = Path.is_dir

    def denied(path: Path) -> bool:
        if path.name == "b.md":
            raise PermissionError(13, "Permission denied", str(path))
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", denied)
    error = "b.md: cannot be read: Permission denied"
    assert find(".", "c.md", "a.md", "d") == ["a.md", error, "c.md", "d/e.md"]


def test_a_page_that_is_excluded_by_one_name_and_given_by_another() -> None:
    plant("a -> b\nb/c.md\nb/d.md")
    assert find("a", "b/c.md", "b/d.md", exclude=("/a/c.md",)) == ["a/d.md", "b/c.md"]


def test_a_folder_with_an_unreadable_ignore_file_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(".git/\na.md\nb/.gitignore = c.md\nb/c.md\nd/e.md")
    read_bytes = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == ".gitignore":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    error = f"{folder}/b/.gitignore: cannot be read: Permission denied"
    assert find(".") == ["a.md", error, "d/e.md"]
