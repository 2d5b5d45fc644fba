"""`fix --interactive` on a real terminal: what is asked, what the keys do, what is written."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

import pexpect
import pytest

from .program import COMMAND, environment, run

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tests" / "run" / "asking.yaml"
GUIDE = (ROOT / "docs" / "interactive.md").read_text("utf-8")
PATIENCE = 20
"""Seconds; a loaded machine may take its time."""

_INK = re.compile(r"\x1b\[[0-9;]*m")
_KEYS = {"^C": "\x03", "^D": "\x04", "up": "\x1b[A", "enter": "\r"}


class Session:
    """A run of `wikimend fix --interactive` in the current folder."""

    def __init__(self, *arguments: str, width: int = 100, **variables: str) -> None:
        """Start it, with the rules of these tests where no others are in force."""
        rules = () if Path(".wikimend.yaml").exists() else ("--config", str(RULES))
        window = {"COLUMNS": "", "NO_COLOR": "1", **variables}
        kept = {key: value for key, value in {**environment(), **window}.items() if value}
        self.child = pexpect.spawn(
            COMMAND[0],
            [*COMMAND[1:], "fix", "-i", *rules, *arguments],
            env=kept,
            encoding="utf-8",
            dimensions=(24, width),
            timeout=PATIENCE,
        )
        self.shown = self.child.logfile_read = io.StringIO()
        """All that is shown, raw."""
        self.child.delaybeforesend = None
        self.child.delayafterclose = 0

    def ask(self) -> str:
        """Return what is shown until an answer is awaited."""
        self.child.expect("help: ")
        # What is typed before the terminal awaits a key is thrown away.
        patience = time.monotonic() + PATIENCE
        while termios.tcgetattr(self.child.child_fd)[3] & termios.ICANON:
            assert time.monotonic() < patience
            time.sleep(0.002)
        return _plain(self.child.before or "")

    def answer(self, *keys: str) -> str:
        """Press keys, one a question, and return all that is shown until the last is pressed."""
        shown = ""
        for key in keys:
            shown += self.ask()
            self.child.send(_KEYS.get(key, key))
        return shown

    def end(self) -> tuple[int, str]:
        """Return the exit code and what is shown to the end."""
        self.child.expect(pexpect.EOF)
        shown = _plain(self.child.before or "")
        self.child.close()
        assert self.child.exitstatus is not None
        return self.child.exitstatus, shown


class _Keyboard(io.BytesIO):
    """Standard input that is a terminal."""

    def isatty(self) -> bool:
        return True


class _Screen(io.TextIOWrapper):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def answered(*keys: str, arguments: Sequence[str] = ()) -> tuple[int, str]:
    """Return the exit code and what is shown when these keys are pressed, in this process."""
    pressed = iter(keys)

    def getchar() -> str:
        key = next(pressed)
        if key == "^C":
            raise KeyboardInterrupt
        return key

    shown = io.BytesIO()
    streams = (_Keyboard(), io.TextIOWrapper(io.BytesIO()), _Screen(shown, "utf-8"))
    command = ["fix", "--interactive", "--config", str(RULES), *arguments]
    with mock.patch("click.getchar", getchar):
        code = run(command, *streams, {"NO_COLOR": "1"})
    assert next(pressed, None) is None, "more keys than questions"
    return code, _plain(shown.getvalue().decode())


def _plain(shown: str) -> str:
    return _INK.sub("", shown).replace("\r\n", "\n")


@pytest.fixture(autouse=True)
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(*pages: str) -> None:
    """Write the pages `a.md`, `b.md` and so on."""
    for name, text in zip("abc", pages, strict=False):
        Path(f"{name}.md").write_text(text, "utf-8")


def read() -> list[str]:
    """Return the pages in the order of their names; nothing else may lie beside them."""
    paths = sorted(Path().iterdir())
    assert all(path.suffix == ".md" for path in paths)
    return [path.read_text("utf-8") for path in paths]


@pytest.mark.parametrize(
    ("pages", "keys", "after", "code", "summary"),
    [
        pytest.param(["[a@@]"], ["n"], ["[a@@]"], 1, "1 finding skipped.", id="skip"),
        pytest.param(
            ["[a@@]", "[b@@]"], ["^D"], ["[a@@]", "[b@@]"], 1, "1 page not looked at.", id="the end"
        ),
        pytest.param(
            ["[a@@]", "(b@@) [c@@]", "[d@@]"],
            ["y", "y", "q"],
            ["[a]", "(b) [c@@]", "[d@@]"],
            1,
            "Repaired: 1 XY1, 1 XY5.",
            id="quit saves what was accepted and leaves the rest",
        ),
        pytest.param(
            ["[a@@]", "[b@@] (c@@)"],
            ["Y", "y", "^C"],
            ["[a]", "[b@@] (c@@)"],
            130,
            "1 page read, 1 changed.",
            id="^C on the second page",
        ),
        pytest.param(
            ["[a@@] [b@@]", "[c@@] (d@@)"],
            ["n", "a", "n"],
            ["[a@@] [b]", "[c] (d@@)"],
            1,
            "2 findings skipped.",
            id="all of this rule",
        ),
        pytest.param(
            ["[a@@] [b%%c]"],
            ["?", "x", "up", "enter", "1", "y", "y", "n"],
            ["[a] [b%%c]"],
            1,
            "Repaired: 1 XY1.",
            id="keys that mean nothing",
        ),
    ],
)
def test_session(
    pages: list[str], keys: list[str], after: list[str], code: int, summary: str
) -> None:
    write(*pages)
    session = Session()
    session.answer(*keys)
    ended, shown = session.end()
    assert (ended, read()) == (code, after)
    assert summary in shown


@pytest.mark.parametrize(
    ("pages", "keys", "after", "code", "summary"),
    [
        pytest.param(
            ["See [tides]."],
            [],
            ["See [tides]."],
            0,
            "Nothing is left to repair.",
            id="a clean page",
        ),
        pytest.param(
            ["a %%%% b"], [], ["a %%%% b"], 0, "Left: 1 XY7 (1 warning).", id="nothing to do"
        ),
        pytest.param(["<a@@>"], ["s"], ["<a@@>"], 0, "1 finding skipped.", id="skip a warning"),
        pytest.param(["[a%%b]"], ["n"], ["[a%%b]"], 1, "1 finding skipped.", id="skip readings"),
        pytest.param(["a<@@>b"], [], ["a<@@>b"], 0, "Left: 1 XY4 (1 warning).", id="no proof"),
        pytest.param(
            ["[a@@] (b@@)", "(c@@)"],
            ["y", "^C"],
            ["[a@@] (b@@)", "(c@@)"],
            130,
            "interrupted",
            id="^C",
        ),
        pytest.param(
            ["[a%%b] [c%%d]", "[e%%f]"],
            ["2", "a"],
            ["a (b) c (d)", "e (f)"],
            0,
            "Repaired: 3 XY2.",
            id="all by the reading chosen last",
        ),
        pytest.param(
            ["[a@@] (b@@)"], ["y", "u", "n", "y"], ["[a@@] (b)"], 1, "Repaired: 1 XY5.", id="undo"
        ),
        pytest.param(
            ["[a@@]@@"], ["y", "y"], ["[a]"], 0, "Repaired: 1 XY1, 1 XY6.", id="what comes to light"
        ),
        pytest.param(
            ["[a@@]", "[b@@]"], ["q"], ["[a@@]", "[b@@]"], 1, "1 page not looked at.", id="quit"
        ),
        pytest.param(
            ["[a@@] and [b@@]"], ["y", "y"], ["[a] and [b]"], 0, "Repaired: 2 XY1.", id="accept"
        ),
        pytest.param(
            ["[a%%b] [c%%d]"], ["2", "1"], ["a (b) [c, d]"], 0, "Repaired: 2 XY2.", id="readings"
        ),
    ],
)
def test_session_without_a_real_terminal(
    pages: list[str], keys: list[str], after: list[str], code: int, summary: str
) -> None:
    write(*pages)
    ended, shown = answered(*keys)
    assert (ended, read()) == (code, after)
    assert summary in shown


def test_a_question_in_full() -> None:
    write("One.\n\nSee <tides@@>.\nTwo.\n")
    session = Session()
    assert session.ask() == (
        "a.md:3:5: XY3 marked-tag [unsafe fix]\n"
        'A marker is left in the tag "tides".\n'
        "because: The tag may be meant.\n"
        "\n"
        "- See <tides@@>.\n"
        "+ See tides.\n"
        "  Two.\n"
        "y accept, n skip, a all of XY3, q quit, ? "
    )
    assert "\x1b[3" not in (session.child.before or "")
    session.child.send("y")
    assert session.end() == (
        0,
        "accept\n\na.md: saved with 1 repair.\n\n"
        "1 page read, 1 changed.\nRepaired: 1 XY3.\nNothing is left to repair.\n",
    )


def test_readings_in_full() -> None:
    write("See [a%%b] and <c%%d>.\n")
    session = Session()
    assert session.answer("2").splitlines()[2:] == [
        "  - See [a%%b] and <c%%d>.",
        "1 + See [a, b] and <c%%d>.",
        "    because: Most labels are lists.",
        "2 + See a (b) and <c%%d>.",
        "    because: Some are notes.",
        "1, 2, n skip, q quit, ? ",
    ]
    assert session.answer("2").splitlines()[4:] == [
        "  - See a (b) and <c%%d>.",
        "1 ! It cannot be made: more would change than this place, or what was accepted.",
        "    because: The split may stand in a word.",
        "2 + See a (b) and c d.",
        "    because: The split may stand for a space.",
        "2, n skip, u undo, q quit, ? ",
    ]
    assert session.end()[0] == 0


def test_a_repair_without_proof_is_shown_and_not_asked_about() -> None:
    write("a<@@>b <c@@>\n")
    assert answered("q")[1].splitlines()[:4] == [
        "a.md:1:2: XY4 empty-tag [fix]",
        "A tag is empty.",
        "  a<@@>b <c@@>",
        "! It cannot be made: more would change than this place, or what was accepted.",
    ]


def test_all_of_a_rule_tells_what_has_no_proof() -> None:
    write("a <@@> b<@@>c\n")
    code, shown = answered("a")
    assert (code, read()) == (0, ["a  b<@@>c\n"])
    assert shown.count("! It cannot be made") == 1


def test_all_of_a_rule_that_cannot_be_made_is_answered_again() -> None:
    write("(a%%b)")
    code, shown = answered("a", "y")
    assert (code, read()) == (0, ["(b%%a)"])
    assert "They cannot all be made together; answer for this one." in shown


def test_the_session_in_the_guide() -> None:
    files = re.findall(r"(?ms)^```\w+ (\S+)\n(.*?)^```$", GUIDE)
    for name, body in files:
        Path(name).write_text(body, "utf-8")
    session = Session()
    session.answer("y", "n", "1")
    assert session.end()[0] == 0
    assert f"```text\n{_plain(session.shown.getvalue())}```\n" in GUIDE


def test_help_explains_every_key() -> None:
    write("[a@@]")
    _, shown = answered("?", "q")
    keys = re.findall(r"^  (.)  \w+ .+$", shown, re.M)
    assert keys == ["y", "n", "a", "q"]


def test_the_width_of_the_window() -> None:
    width = 50
    prose = "a long line of prose that goes on "
    write(f"{prose * 9}[tides@@] {prose * 9}\n{prose * 9}\n")
    session = Session(width=width)
    lines = session.answer("q").splitlines()[2:-1]
    session.end()
    assert [len(line) for line in lines] == [width] * 3
    assert "[tides@@]" in lines[0]
    assert "[tides]" in lines[1]


def test_colours() -> None:
    write("[a@@]")
    session = Session(NO_COLOR="")
    session.answer("q")
    assert "\x1b[31m- " in (session.child.before or "")
    session.end()


def test_a_page_that_changed_meanwhile_is_left_alone() -> None:
    write("[a@@]", "[b@@]")
    session = Session()
    session.ask()
    write("[a@@] and more")
    session.child.send("y")
    session.answer("y")
    code, shown = session.end()
    assert (code, read()) == (2, ["[a@@] and more", "[b]"])
    assert "1 error: not everything was done." in shown


def test_an_interrupt_from_elsewhere() -> None:
    write("[a@@] (b@@)")
    session = Session()
    session.answer("y")
    session.ask()
    session.child.kill(signal.SIGINT)
    code, _ = session.end()
    assert (code, read()) == (130, ["[a@@] (b@@)"])


def test_suppressions_and_selection_hold() -> None:
    write("<!-- wikimend-disable-next-line XY1 -->\n[a@@] (b@@) <c@@>\n")
    code, shown = answered("y", arguments=("--ignore", "XY3"))
    assert (code, Path("a.md").read_text("utf-8").splitlines()[1]) == (0, "[a@@] (b) <c@@>")
    assert shown.startswith("a.md:2:7: XY5 ")
    assert "1 finding suppressed." in shown


def test_files_for_programs() -> None:
    write("[a@@] (b@@)\n")
    files = ("--output-format", "jsonl", "--output-file", "left", "--patch", "changes")
    assert answered("y", "n", arguments=files)[0] == 0
    assert '"rule": "XY5"' in Path("left").read_text("utf-8")
    assert "-[a@@] (b@@)\n+[a] (b@@)\n" in Path("changes").read_text("utf-8")


@pytest.fixture
def terminal() -> Iterator[int]:
    """The program's side of a terminal on which nobody types."""
    ours, theirs = os.openpty()
    yield theirs
    os.close(ours)
    os.close(theirs)


def test_not_where_the_questions_cannot_be_seen(terminal: int) -> None:
    write("[a@@]")
    done = subprocess.run(
        [*COMMAND, "fix", "-i"],
        env=environment(),
        stdin=terminal,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, read()) == (2, "", ["[a@@]"])
    assert done.stderr.startswith("error: --interactive needs a terminal: standard error, ")


LINKED = {
    ".wikimend.yaml": "schema: 1\nlinks: {root: .}\n",
    "coast.md": "# Coast\n\n[one](/herbs/gril) and [Two](Tides.md), [three](/gone/entirely).\n"
    "<a href='/sea/tidez'>four</a>, [Hermit crabs live here.\n",
    "herbs/grill.md": "# Grill\n",
    "herbs/girl.md": "# Girl\n",
    "tides.md": "# Tides\n",
    "sea/tides.md": "# Tides of the sea\n",
    "crab.md": "# Hermit crabs\n",
}


def linked() -> None:
    """Write a wiki with links that lead nowhere."""
    for name, text in LINKED.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")


def test_what_a_broken_link_may_have_meant_is_asked() -> None:
    linked()
    session = Session("coast.md", "--select", "WM8")
    asked = [session.answer(key) for key in ("2", "y", "n")]
    assert asked[0].splitlines() == [
        "coast.md:3:7: WM801 page-missing [suggestion]",
        'The page "/herbs/gril" does not exist. Did you mean herbs/grill.md (similar name); '
        "herbs/girl.md (similar name)?",
        "",
        "  - [one](/herbs/gril) and [Two](Tides.md), [three](/gone/entirely).",
        "1 + [one](/herbs/grill) and [Two](Tides.md), [three](/gone/entirely).",
        "    because: It is a guess: similar name.",
        "2 + [one](/herbs/girl) and [Two](Tides.md), [three](/gone/entirely).",
        "    because: It is a guess: similar name.",
        "    <a href='/sea/tidez'>four</a>, [Hermit crabs live here.",
        "1, 2, n skip, q quit, ? ",
    ]
    assert asked[1].splitlines()[2].startswith("coast.md:3:30: WM803 wrong-letter-case [fix]")
    assert "because: It stands in HTML, which is left alone." in asked[2]
    assert "- <a href='/sea/tidez'>four</a>" in asked[2]
    session.answer("y")
    code, shown = session.end()
    assert code == 1
    assert Path("coast.md").read_text("utf-8") == (
        "# Coast\n\n[one](/herbs/girl) and [Two](tides.md), [three](/gone/entirely).\n"
        "<a href='/sea/tidez'>four</a>, [Hermit crabs](/crab) live here.\n"
    )
    assert "Repaired: 1 WM801, 1 WM803, 1 WM811." in shown


def test_no_broken_link_is_repaired_unasked() -> None:
    linked()
    session = Session("coast.md", "--select", "WM8")
    session.answer("n", "n", "n", "n")
    _, shown = session.end()
    assert Path("coast.md").read_text("utf-8") == LINKED["coast.md"]
    assert "4 findings skipped." in shown
