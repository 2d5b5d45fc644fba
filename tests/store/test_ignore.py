"""What is ignored, compared with what git itself lists."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wikimend.store.ignore import compile_patterns
from wikimend.store.tree import Source, discover

FOLDERS = ("", "a/", "a/b/", "a/docs/", "build/", "docs/", "docs/a/", "docs/a/build/")
FILES = ("x.md", "y.md", "!n.md", "#h.md", "a b.md", "café.md")
PLACES = (*(f"{folder}.gitignore" for folder in FOLDERS), ".git/info/exclude")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("repository")
    git(root, "init", "-q")
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (root / folder / name).touch()
    yield root


def git(root: Path, *arguments: str) -> str:
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=root, env=env, check=True, capture_output=True
    ).stdout.decode()


def git_lists(root: Path, *paths: str) -> set[str]:
    out = git(root, "ls-files", "-z", "-o", "--exclude-standard", "--", *paths)
    return {name for name in out.split("\0") if name.endswith(".md")}


def we_list(root: Path, *paths: str) -> set[str]:
    found = discover([root / path for path in paths or ("",)], exclude_root=root)
    return {
        Path(page.name).relative_to(root).as_posix() for page in found if isinstance(page, Source)
    }


def write_ignores(root: Path, ignores: Mapping[str, str]) -> None:
    for place in PLACES:
        (root / place).unlink(missing_ok=True)
    for place, text in ignores.items():
        (root / place).write_text(text, newline="")


# Each: the ignore files, and one page that is kept and one that is not (None where there is none).
CASES: list[tuple[dict[str, str], str | None, str | None]] = [
    ({}, "docs/x.md", None),
    ({".gitignore": ""}, "x.md", None),
    ({".gitignore": "# x.md\n\n  \n"}, "x.md", None),
    ({".gitignore": "/\n[\nx.m[d\n\\\n!\n"}, "x.md", None),
    ({".gitignore": "x.md/\n"}, "x.md", None),
    ({".gitignore": "docs/x.md\n"}, "x.md", "docs/x.md"),
    ({".gitignore": "/x.md\n"}, "docs/x.md", "x.md"),
    ({".gitignore": "a/x.md\n"}, "docs/a/x.md", "a/x.md"),
    ({".gitignore": "**/a/x.md\n"}, "x.md", "docs/a/x.md"),
    ({".gitignore": "x.md\n"}, "docs/y.md", "docs/a/build/x.md"),
    ({".gitignore": "x.md\r\ny.md\r\n"}, "a b.md", "x.md"),
    ({".gitignore": "\ufeffx.md\n"}, "y.md", "x.md"),
    ({".gitignore": "x.md  \n"}, "y.md", "x.md"),
    ({".gitignore": "\\#h.md\n\\!n.md\n"}, "x.md", "docs/!n.md"),
    ({".gitignore": "#h.md\n!n.md\n"}, "#h.md", None),
    ({".gitignore": "?.md\n"}, "a b.md", "x.md"),
    ({".gitignore": "café.md\n"}, "x.md", "docs/café.md"),
    ({".gitignore": "[!x].md\n"}, "x.md", "y.md"),
    ({".gitignore": "build/\n"}, "docs/a/x.md", "docs/a/build/x.md"),
    ({".gitignore": "/build/\n"}, "docs/a/build/x.md", "build/x.md"),
    ({".gitignore": "docs/**/\n"}, "docs/x.md", "docs/a/x.md"),
    ({".gitignore": "*.md\n!x.md\n"}, "docs/x.md", "y.md"),
    ({".gitignore": "!x.md\n*.md\n"}, None, "x.md"),
    ({".gitignore": "docs/\n!docs/x.md\n"}, "x.md", "docs/x.md"),
    ({".gitignore": "docs/*\n!docs/x.md\n"}, "docs/x.md", "docs/y.md"),
    ({".gitignore": "docs/**\n!docs/x.md\n"}, "docs/x.md", "docs/a/x.md"),
    ({".gitignore": "*/*\n!**/?/**\n"}, "a/b/x.md", "docs/a/x.md"),
    ({".gitignore": "/*\n!/docs/\n"}, "docs/a/x.md", "x.md"),
    ({".gitignore": "*\n!*/\n!x.md\n"}, "docs/a/x.md", "docs/a/y.md"),
    ({".gitignore": "*/\n!docs/\n"}, "docs/x.md", "docs/a/x.md"),
    # A folder brought back brings back nothing that a pattern of its own leaves out.
    ({".gitignore": "build/\n!docs/\n"}, "docs/a/x.md", "docs/a/build/x.md"),
    ({".gitignore": "*.md\n", "docs/.gitignore": "!a/\n"}, None, "docs/a/x.md"),
    ({".gitignore": "x.md\n", "docs/.gitignore": "!x.md\n"}, "docs/x.md", "x.md"),
    (
        {".gitignore": "build/\n", "docs/a/.gitignore": "!build/\n"},
        "docs/a/build/x.md",
        "build/x.md",
    ),
    ({".gitignore": "docs/\n", "docs/.gitignore": "!x.md\n"}, "x.md", "docs/x.md"),
    ({"docs/.gitignore": "/x.md\n"}, "docs/a/x.md", "docs/x.md"),
    ({"docs/.gitignore": "a/x.md\n"}, "a/x.md", "docs/a/x.md"),
    ({".git/info/exclude": "x.md\n"}, "y.md", "docs/x.md"),
    ({".git/info/exclude": "x.md\n", "docs/.gitignore": "!x.md\n"}, "docs/x.md", "x.md"),
]


@pytest.mark.parametrize(("ignores", "kept", "left_out"), CASES)
def test_the_listing_is_that_of_git(
    repository: Path, ignores: dict[str, str], kept: str | None, left_out: str | None
) -> None:
    write_ignores(repository, ignores)
    listed = we_list(repository)
    assert listed == git_lists(repository)
    assert (kept is None or kept in listed) and left_out not in listed


@pytest.mark.parametrize(
    "ignores",
    [
        {},
        {".gitignore": "/x.md\n"},
        {".gitignore": "x.md\n"},
        {".gitignore": "build/\n", "docs/.gitignore": "y.md\n", "docs/a/.gitignore": "!y.md\n"},
        {".gitignore": "/docs/a/build/\n"},
        {".git/info/exclude": "docs/**/x.md\n"},
    ],
)
def test_the_listing_of_a_folder_heeds_the_folders_over_it(
    repository: Path, ignores: dict[str, str]
) -> None:
    write_ignores(repository, ignores)
    assert we_list(repository, "docs/a") == git_lists(repository, "docs/a")


def test_a_named_folder_is_wanted_although_it_is_ignored(repository: Path) -> None:
    write_ignores(repository, {".gitignore": "docs/\nx.md\n"})
    assert git_lists(repository, "docs/a/build") == set()
    assert we_list(repository, "docs/a/build") == {
        f"docs/a/build/{name}" for name in FILES if name != "x.md"
    }


NAMES = st.sampled_from(
    ["*", "**", "*.md", "x.md", "y.md", "a", "a*", "?", "[ab]", "[!a]", "[a-c]*", "build", "d*"]
) | st.sampled_from(
    ["docs", "\\!n.md", "\\#h.md", "#h.md", "a b.md", "*b.md", "x.md ", "caf*", "["],
)
PATTERNS = st.tuples(
    st.sampled_from(["", "!"]),
    st.sampled_from(["", "/", "a/", "docs/", "**/", "*/", "docs/**/", "**/a/", "a/*/"]),
    NAMES,
    st.sampled_from(["", "/", "/*", "/**"]),
).map("".join)
IGNORES = st.dictionaries(
    st.sampled_from(PLACES),
    st.lists(PATTERNS.filter(lambda line: "**/**" not in line), max_size=4).map("\n".join),
    max_size=4,
)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(IGNORES)
def test_any_listing_is_that_of_git(repository: Path, ignores: dict[str, str]) -> None:
    write_ignores(repository, ignores)
    assert we_list(repository) == git_lists(repository)


@pytest.mark.parametrize(
    ("pattern", "path", "verdict"),
    [
        ("*.md", "/wiki/a.txt", None),
        ("/drafts/", "/other/drafts/", None),
        ("drafts/", "/wiki/drafts", None),
        ("!a.md", "/wiki/a.md", False),
        ("*.md", "/wiki/a.md", True),
        ("drafts/", "/wiki/b/drafts/", True),
        ("*.md", "/other/a.md", True),
        ("drafts/", "/other/drafts/", True),
    ],
)
def test_a_pattern_has_a_verdict(pattern: str, path: str, verdict: bool | None) -> None:
    assert compile_patterns([pattern], "/wiki/").verdict(path) is verdict


@pytest.mark.parametrize("line", ["!", "a\\", "[z-a]"])
def test_what_is_no_pattern_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="^" + line.replace("\\", r"\\").replace("[", r"\[")):
        compile_patterns(["a.md", line], "/wiki/")
