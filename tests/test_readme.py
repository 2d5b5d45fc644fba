"""What the documents show is what happens."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]

BLOCK = re.compile(
    r"(?ms)^(?P<fence>`{3,})(?P<kind>\w+)(?: (?P<name>\S+))?\n(?P<body>.*?)^(?P=fence)$"
)
LINK = re.compile(r"\]\((?P<path>[^)#:]+)(?:#[^)]*)?\)")
PROSE = re.compile(r"(?ms)^```.*?^```$|^    .*?$|`[^`\n]+`")

FRONT = ("README.md", "CONTRIBUTING.md")
WITH_LINKS = (
    *FRONT,
    "CHANGELOG.md",
    "benchmarks/README.md",
    "docs/dumps.md",
    "docs/links.md",
    "docs/rule-language.md",
)
DOCUMENTS = (*FRONT, *(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/**/*.md")))
SESSIONS = sorted(name for name in DOCUMENTS if "```console\n" in (ROOT / name).read_text("utf-8"))


def rerun(document: str, folder: Path) -> str:
    """Return `document` with the output of its `console` blocks made anew in `folder`.

    A block with a name, such as `markdown coast.md`, is a file that the commands after it find.
    """

    def block(found: re.Match[str]) -> str:
        if found["name"]:
            path = folder / found["name"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found["body"], "utf-8")
        if found["kind"] != "console":
            return found.group()
        commands = re.findall(r"(?m)^\$ (.*)$", found["body"])
        told = (f"$ {command}\n{_output(command, folder)}" for command in commands)
        return f"```console\n{''.join(told)}```"

    return BLOCK.sub(block, document)


def _output(command: str, folder: Path) -> str:
    """Return all that a command of a shell writes, with `wikimend` as it is in this tree."""
    program = "".join(
        f'{name}() {{ "{sys.executable}" {option} "$@"; }}\n'
        for name, option in (("wikimend", "-m wikimend"), ("python", ""))
    )
    done = subprocess.run(
        ["bash", "-c", program + command],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def blocks(name: str, kind: str) -> Iterator[str]:
    """Yield the blocks of one kind in a document."""
    text = (ROOT / name).read_text("utf-8")
    return (found["body"] for found in BLOCK.finditer(text) if found["kind"] == kind)


@pytest.mark.parametrize("name", SESSIONS)
def test_commands_write_what_the_document_shows(name: str, tmp_path: Path) -> None:
    document = (ROOT / name).read_text("utf-8")
    assert rerun(document, tmp_path) == document


def test_python_gives_what_the_readme_shows() -> None:
    source = "\n".join(blocks("README.md", "python"))
    test = doctest.DocTestParser().get_doctest(source, {}, "README.md", "README.md", 0)
    assert test.examples
    told: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert told == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_with_a_prompt_is_run(name: str) -> None:
    document = (ROOT / name).read_text("utf-8")
    elsewhere = BLOCK.sub(lambda found: "" if found["kind"] == "console" else found[0], document)
    assert not re.findall(r"(?m)^ *\$ .*$", elsewhere)


@pytest.mark.parametrize("name", ["README.md", "docs/how-to/pre-commit.md"])
def test_hooks_that_are_shown_exist(name: str) -> None:
    shipped = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    configurations = [yaml.safe_load(body) for body in blocks(name, "yaml")]
    named = {
        hook["id"]
        for configuration in configurations
        for repository in configuration.get("repos", ())
        for hook in repository["hooks"]
    }
    assert named
    assert named <= {hook["id"] for hook in shipped}


@pytest.mark.parametrize("name", WITH_LINKS)
def test_links_lead_to_files(name: str) -> None:
    path = ROOT / name
    prose = PROSE.sub("", path.read_text("utf-8"))
    targets = [found["path"] for found in LINK.finditer(prose)]
    assert [target for target in targets if not (path.parent / target).exists()] == []
