"""The house has floors, and every module keeps to its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "wikimend"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = {
    "errors": 1,
    "caches": 1,
    "text": 1,
    "rules": 2,
    "store": 2,
    "repair": 3,
    "api": 4,
    "links": 4,
    "report": 4,
    "run": 5,
    "cli": 6,
    "__main__": 7,
    "": 7,  # the package itself, which hands out `api`
}

OUTSIDE = {"datetime", "io", "os", "pathlib", "shutil", "subprocess", "sys", "tempfile", "time"}
"""Modules that reach files, clocks and terminals."""

OUTSIDE_CALLS = {"open", "print", "input"}
"""Built-in functions that do."""

INDOORS = {"text", "rules", "repair", "api", "links"}
"""Parts that work on text alone."""

ALLOWED_OUTSIDE = {
    "rules/source.py": "reads rule files",
    "rules/reader.py": "is given the path of a rule file",
    "rules/shipped.py": "keeps the shipped rules in the cache",
    "repair/swift.py": "keeps what hyperscan made of the needs in the cache",
    "api.py": "hands the path of a rule file on",
}

LONGEST_MODULE = 250

FORBIDDEN = {
    "unfinished work": re.compile(r"(?:#|//|<!--)\s*(?:TODO|FIXME|XXX|HACK)\b"),
    "the path of a machine": re.compile(r"(?<![\w.)\]])/(?:work|root|tmp|home/\w+|Users)/"),
}

POSSESSIVE_GROUP = re.compile(
    r"(?:(?<![\\(])\)|(?<!\{)\{[a-z_]+\})(?:[*+?]|\{+[0-9]*,?[0-9]*\}+)\+"
)
"""A group of a regular expression, or one put into it, that is repeated possessively."""

SUFFIXES = {"", ".md", ".py", ".toml", ".txt", ".yaml"}
FOLDERS = (".ci", "benchmarks", "docs", "fixtures", "src", "tests")


def part_of(path: Path) -> str:
    """Return the part of the house that a module is, such as `text`."""
    inside = path.relative_to(PACKAGE)
    part = inside.parts[0] if len(inside.parts) > 1 else inside.stem
    return "" if part == "__init__" else part


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of everything that a module imports, late imports too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def texts() -> list[Path]:
    """Return the files of the repository that people read."""
    top = [path for path in ROOT.iterdir() if path.is_file()]
    below = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    found = (path for path in top + below if path.suffix in SUFFIXES)
    return sorted(path for path in found if "__pycache__" not in path.parts)


by_module = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)


def test_every_part_has_a_floor() -> None:
    assert {part_of(path) for path in MODULES} == set(FLOORS)


@by_module
def test_imports_go_down(path: Path) -> None:
    here = part_of(path)
    wrong = []
    for line, name in imports(path):
        package, _, inside = name.partition(".")
        part = inside.partition(".")[0]
        if package != "wikimend" or part in ("__version__", here):
            continue
        # The errors lie under everything, the text included.
        if part != "errors" and FLOORS.get(part, 99) >= FLOORS[here]:
            wrong.append(f"line {line}: {name}")
    assert not wrong


@by_module
def test_imports_are_absolute(path: Path) -> None:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    assert not [node.lineno for node in tree if isinstance(node, ast.ImportFrom) and node.level]


@by_module
def test_module_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


@by_module
def test_only_the_command_line_knows_click(path: Path) -> None:
    if part_of(path) not in ("cli", "__main__"):
        assert not [line for line, name in imports(path) if name.split(".")[0] == "click"]


def reaches_outside(path: Path) -> list[str]:
    """Return where a module touches a file, a clock or a terminal."""
    found = [f"line {n}: {name}" for n, name in imports(path) if name.split(".")[0] in OUTSIDE]
    calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
    names = ((call.lineno, call.func.id) for call in calls if isinstance(call.func, ast.Name))
    found += [f"line {line}: {name}()" for line, name in names if name in OUTSIDE_CALLS]
    return found


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if part_of(path) in INDOORS],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_text_rules_and_mending_stay_indoors(path: Path) -> None:
    if path.relative_to(PACKAGE).as_posix() in ALLOWED_OUTSIDE:
        assert reaches_outside(path), "it is no exception any more; take it off the list"
    else:
        assert not reaches_outside(path)


def test_groups_are_repeated_in_atomic_groups() -> None:
    """`re` of Python 3.11.2 loses its place in a group that is repeated possessively."""
    for pattern in ("(?:a)*+", "({x}|b)++", "{blank}*+", "(?:{a}){{1,500}}+", "(?:a){2,}+"):
        assert POSSESSIVE_GROUP.search(pattern)
    assert [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in MODULES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line) and ">>>" not in line and "_IS_RIGHT" not in line
    ] == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_forbidden_words(what: str) -> None:
    files = texts()
    assert ROOT / "README.md" in files
    assert [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ] == []
