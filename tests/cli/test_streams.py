"""Real processes: pipes that close, signals, terminals and their colours."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pexpect
import pytest

from .program import COMMAND, INTERRUPTIBLE, WRECK, environment, wikimend

_ESCAPE = "\x1b["
_COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9]m")


@pytest.fixture(autouse=True)
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"{WRECK.format('tides')}\n", "utf-8")


def _many_pages() -> dict[str, str]:
    """Write pages whose diff is longer than any pipe, and return their texts."""
    pages = {f"{n:03}.md": f"{'x' * 4096} {WRECK.format(f'tide{n}')}\n" for n in range(300)}
    for name, text in pages.items():
        Path(name).write_text(text, "utf-8")
    Path("a.md").unlink()
    return pages


def _shell(script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which `wikimend` stands for the program."""
    script = re.sub(r"\bwikimend\b", " ".join(COMMAND), script)
    return subprocess.run(
        ["bash", "-c", script],
        env=environment(variables),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_standard_input_to_standard_output() -> None:
    done = _shell("wikimend fix -q - < a.md | wikimend fix -q - > b.md")
    assert (done.returncode, Path("b.md").read_text()) == (0, "[tides](/sea/tides)\n")


def test_standard_input_that_is_closed() -> None:
    done = _shell("wikimend fix - <&-")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: <stdin>: standard input is closed\n"


def test_standard_output_that_is_closed() -> None:
    done = _shell("wikimend fix >&-")
    assert done.returncode == 0
    assert done.stderr.startswith("1 page read, 1 changed.\n")
    assert Path("a.md").read_text() == "[tides](/sea/tides)\n"


def test_a_full_disk_behind_standard_output() -> None:
    done = _shell("wikimend lint > /dev/full")
    assert done.returncode == 2
    assert "error: No space left on device\n" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["lint", "fix --diff", "fix", "lint --output-format json"])
def test_a_reader_who_has_seen_enough(command: str) -> None:
    pages = _many_pages()
    done = _shell(f"set -o pipefail; wikimend {command} | head -1")
    assert (done.returncode, done.stderr) == (141, "")
    assert len(done.stdout.splitlines()) == 1
    assert _half_done(pages) == []


def _half_done(pages: Mapping[str, str]) -> list[str]:
    """Return the pages that are neither the old nor the mended ones."""
    wreck = re.compile(r"\[(\w+)\[.*--FIX--")
    return [
        name
        for name, text in pages.items()
        if Path(name).read_text("utf-8") not in (text, wreck.sub(r"[\1](/sea/\1)", text))
    ]


def _interrupted(command: str) -> tuple[str, str]:
    """Return the streams of a command that is interrupted after its first line."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        subprocess.Popen(
            [*INTERRUPTIBLE, *command.split()],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=said,
            encoding="utf-8",
        ) as process,
    ):
        assert process.stdout is not None
        first = process.stdout.readline()
        # The rest of the output does not fit into the pipe, so that the work cannot be done yet.
        process.send_signal(signal.SIGINT)
        shown = first + process.stdout.read()
        assert process.wait() == 130
        said.seek(0)
        told = said.read()
    assert told.endswith("error: interrupted; every page is whole: the old one or the mended one\n")
    return shown, told


def test_ctrl_c_while_pages_are_mended() -> None:
    pages = _many_pages()
    shown, said = _interrupted("fix --output-file findings.txt")
    assert _half_done(pages) == []
    mended = [name for name, text in pages.items() if Path(name).read_text("utf-8") != text]
    assert 0 < len(mended) < len(pages)
    assert re.findall(r"^\+\+\+ b/(.+)$", shown, re.M) == mended
    assert re.match(rf"{len(mended)} pages? read, {len(mended)} changed\.\n", said)
    assert Path("findings.txt").read_text("utf-8") == ""
    assert {path.name for path in Path().iterdir()} == {*pages, "findings.txt"}


def test_ctrl_c_leaves_a_whole_document() -> None:
    pages = _many_pages()
    shown, _ = _interrupted("lint --output-format json")
    document = json.loads(shown)
    assert 0 < document["summary"]["pages"] == len(document["pages"]) < len(pages)


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False),
        ({"NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
@pytest.mark.parametrize("command", ["lint", "fix --diff", "rules list", "lint nothing.md"])
def test_colours_in_a_pipe(variables: dict[str, str], coloured: bool, command: str) -> None:
    outcome = wikimend(*command.split(), variables=variables)
    assert bool(_COLOUR.search(outcome.out + outcome.err)) is coloured


@pytest.mark.parametrize("command", ["lint --output-format json", "rules schema"])
def test_never_colours_for_programs(command: str) -> None:
    outcome = wikimend(*command.split(), variables={"FORCE_COLOR": "1"})
    assert outcome.out
    assert _ESCAPE not in outcome.out


def test_the_patch_on_standard_output() -> None:
    done = _shell("wikimend fix --diff --patch /dev/stdout -q", FORCE_COLOR="1")
    assert done.stdout.startswith("--- a/a.md\n+++ b/a.md\n@@ ")


def _on_terminal(*arguments: str, **variables: str) -> str:
    child = pexpect.spawn(
        COMMAND[0],
        [*COMMAND[1:], *arguments],
        env={**environment(), **variables},
        encoding="utf-8",
        dimensions=(24, 100),
    )
    shown = child.read()
    child.close()
    assert isinstance(shown, str)
    return shown


@pytest.mark.parametrize("arguments", [("lint",), ("fix", "--diff"), ("rules", "explain", "WM101")])
def test_colours_on_a_terminal(arguments: tuple[str, ...]) -> None:
    coloured = _on_terminal(*arguments)
    assert _COLOUR.search(coloured)
    for plain in (_on_terminal(*arguments, NO_COLOR="1"), _on_terminal(*arguments, TERM="dumb")):
        assert not _COLOUR.search(plain)
        assert _text(plain) == _text(coloured)


def _text(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def test_a_terminal_gets_no_control_characters_of_a_page() -> None:
    Path("a.md").write_text(f"\x1b[2J {WRECK.format('tides')}\n", "utf-8")
    for arguments in (("fix", "--diff"), ("lint", "--output-format", "full")):
        shown = _on_terminal(*arguments)
        assert "tides" in shown
        assert "\x1b[2J" not in shown


def test_a_page_name_that_the_terminal_cannot_write() -> None:
    Path("a.md").rename("gezeiten-\u6f6e.md")
    done = _shell("wikimend lint", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert done.stdout.startswith(r"gezeiten-\u6f6e.md:1:1: WM101 ")
