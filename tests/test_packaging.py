"""What is built and installed is whole, and finds its rules wherever it lands."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MEND = """
import sys, site
site.addsitedir(sys.argv[1])
import wikimend
from wikimend.rules.source import default_path
print(wikimend.mend("[tides[/sea/[tides--TEMP--/sea)--FIX--").text)
print(default_path())
"""


def python(*arguments: str | Path, folder: Path, path: Path | None = None) -> str:
    """Return what Python prints in `folder`, with `path` in front of what is installed."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(*what: str | Path, into: Path, folder: Path) -> None:
    """Install a package without its dependencies, which are those of the tests as well."""
    options = ("--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target", into)
    python("-m", "pip", "install", *options, *what, folder=folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the source distribution and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("built")
    python("-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """Return the wheel."""
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("installed")
    install(wheel, into=folder, folder=folder)
    return folder


def test_source_distribution_holds_what_is_needed_and_no_more(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    files = {name for name in names if "/" not in name}
    assert files == {
        ".gitignore",
        ".pre-commit-hooks.yaml",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "PKG-INFO",
        "README.md",
        "pyproject.toml",
        "rules.yaml",
    }
    folders = {name.partition("/")[0] for name in names - files}
    assert folders == {"benchmarks", "docs", "fixtures", "src", "tests"}
    assert not [name for name in names if "__pycache__" in name or "/." in name]


def test_wheel_holds_the_package_and_no_more(wheel: Path) -> None:
    source = ROOT / "src"
    package = {path.relative_to(source).as_posix() for path in source.rglob("*.py")}
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert archive.read("wikimend/rules.yaml") == (ROOT / "rules.yaml").read_bytes()
    assert names == package | {"wikimend/py.typed", "wikimend/rules.yaml"}


def test_wheel_says_what_it_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = message_from_string(archive.read(name).decode())
    needs = [need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need]
    names = {need.split("<")[0].split(">")[0].strip() for need in needs}
    assert names == {
        "click",
        "pathspec",
        "platformdirs",
        "pyyaml",
        "rapidfuzz",
        "regex",
        "rich",
    }
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"


def test_wheel_finds_its_rules(installed: Path, tmp_path: Path) -> None:
    mended, rules = python("-c", MEND, installed, folder=tmp_path, path=installed).splitlines()
    assert mended == "[tides](/sea/tides)"
    assert Path(rules) == (installed / "wikimend" / "rules.yaml").resolve()


def test_wheel_without_its_rules_says_so(wheel: Path, tmp_path: Path) -> None:
    into = tmp_path / "deep" / "installed"
    install(wheel, into=into, folder=tmp_path)
    (into / "wikimend" / "rules.yaml").unlink()
    script = "import wikimend\ntry: wikimend.load_rules()\nexcept Exception as e: print(e)"
    told = python("-c", script, folder=tmp_path, path=into)
    assert told.endswith("rules.yaml: the shipped rules are missing; reinstall wikimend\n")


def test_source_tree_finds_its_rules(tmp_path: Path) -> None:
    source = ROOT / "src"
    mended, rules = python("-c", MEND, source, folder=tmp_path, path=source).splitlines()
    assert mended == "[tides](/sea/tides)"
    assert Path(rules) == ROOT / "rules.yaml"


def test_editable_install_finds_its_rules(tmp_path: Path) -> None:
    into = tmp_path / "installed"
    install("--editable", ROOT, into=into, folder=tmp_path)
    mended, rules = python("-S", "-c", MEND, into, folder=tmp_path, path=_libraries()).splitlines()
    assert mended == "[tides](/sea/tides)"
    assert Path(rules) == ROOT / "rules.yaml"


def _libraries() -> Path:
    """Return where the dependencies are installed."""
    import click

    return Path(click.__file__).parents[1]


@pytest.mark.parametrize("command", ["-m wikimend", "bin/wikimend"])
def test_commands_are_installed(command: str, installed: Path, tmp_path: Path) -> None:
    words = command.split() if command.startswith("-m") else [installed / command]
    version = python(*words, "--version", folder=tmp_path, path=installed)
    (name,) = installed.glob("wikimend-*.dist-info")
    assert version == f"wikimend {name.name.split('-')[1].removesuffix('.dist')}\n"
