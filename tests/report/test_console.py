"""What a person sees of findings and diffs: escaped, coloured only where colours belong."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from wikimend.errors import PageError
from wikimend.repair.finding import Finding, Mended, Reading
from wikimend.report.console import Concise, Diff, Full
from wikimend.report.diff import NO_NEWLINE
from wikimend.report.summary import Summary
from wikimend.text.page import Page

from .transcript import mended

WRECK = "[text[/d/[s[/d/[s--TEMP--/d)--FIX--"
PAGE = Page(f"one\na {WRECK} b\n", "dir/page.md")
FINDING = Finding(
    "WM101",
    "nested-link",
    "error",
    'Placeholder in the link "text".',
    6,
    6 + len(WRECK),
    "unsafe",
    "[text](/d/s)",
    "The target is a guess.",
)
READINGS = (Reading("[text](/d/s)", "It is \x1b likely."), Reading("", "It may be."))
RED, GREEN, MARKED_RED, MARKED_GREEN, CYAN = (
    "\x1b[31m",
    "\x1b[32m",
    "\x1b[7;31m",
    "\x1b[7;32m",
    "\x1b[36m",
)
OFF = "\x1b[0m"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


class FakeTerminal(io.StringIO):
    """A stream that says that a person looks at it."""

    def isatty(self) -> bool:
        return True


def concise(page: Page, *findings: Finding, suppressed: tuple[Finding, ...] = ()) -> str:
    stream = io.StringIO()
    Concise(stream).page(Mended(page, page.text, (), findings, suppressed))
    return stream.getvalue()


SAID = 'dir/page.md:2:3: WM101 nested-link Placeholder in the link "text".'


@pytest.mark.parametrize(
    ("finding", "wanted"),
    [
        (FINDING._replace(fixed=True), ""),
        (FINDING._replace(safety=None, replacement=None), f"{SAID}\n"),
        (FINDING._replace(replacement=None), f"{SAID}\n"),
        (FINDING._replace(safety="safe"), f"{SAID} [fix]\n"),
        (FINDING._replace(safety="safe", replacement=""), f"{SAID} [fix]\n"),
        (FINDING, f"{SAID} [unsafe fix]\n"),
        (FINDING._replace(safety="suggest"), f"{SAID} [suggestion]\n"),
    ],
    ids=["fixed", "report only", "refused", "safe", "deletion", "unsafe", "suggestion"],
)
def test_concise(finding: Finding, wanted: str) -> None:
    assert concise(PAGE, finding) == wanted


def test_what_is_suppressed_is_not_shown() -> None:
    assert concise(PAGE, suppressed=(FINDING,)) == ""


def test_one_finding_is_one_line_without_control_characters() -> None:
    page = Page("x", "a\n\x1bb\udcff.md")
    finding = Finding("WM1", "n", "info", "label \x1b]0;evil\x07\nover [red]two[/red] lines", 0, 1)
    said = r"WM1 n label \x1b]0;evil\x07\nover [red]two[/red] lines"
    assert concise(page, finding) == rf"a\n\x1bb\xff.md:1:1: {said}" + "\n"


def full(finding: Finding, page: Page = PAGE) -> str:
    stream = io.StringIO()
    Full(stream).page(Mended(page, page.text, (), (finding,)))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("finding", "repair"),
    [
        (FINDING._replace(safety=None, replacement=None, because=None), ""),
        (FINDING._replace(safety="safe", because=None), "  = fix: [text](/d/s)\n"),
        (FINDING._replace(replacement="", because=None), "  = unsafe fix: remove it\n"),
        (FINDING._replace(replacement="a\n\x1b", because=None), "  = unsafe fix: a\\n\\x1b\n"),
        (FINDING, "  = unsafe fix: [text](/d/s)\n  = because: The target is a guess.\n"),
        (
            FINDING._replace(safety=None, replacement=None, because=None, readings=READINGS),
            "  = reading 1: [text](/d/s)\n  = because: It is \\x1b likely.\n"
            "  = reading 2: remove it\n  = because: It may be.\n",
        ),
    ],
    ids=["report only", "safe", "deletion", "control characters", "because", "readings"],
)
def test_full(finding: Finding, repair: str) -> None:
    heading = concise(PAGE, finding)
    carets = "^" * len(WRECK)
    assert full(finding) == f"{heading}  |\n2 | a {WRECK} b\n  |   {carets}\n{repair}\n"


def test_full_aligns_wide_characters_under_a_wide_margin() -> None:
    page = Page("\n" * 9 + "犬[走", "page.md")
    finding = Finding("WM301", "n", "warning", "m", 10, 11)
    wanted = "page.md:10:2: WM301 n m\n   |\n10 | 犬[走\n   |   ^\n\n"
    assert full(finding, page) == wanted


def test_errors_and_the_end_are_left_to_standard_error() -> None:
    stream = io.StringIO()
    for reporter in (Concise(stream), Full(stream), Diff(stream)):
        reporter.error(PageError("no such page"))
        reporter.finish(Summary())
    assert stream.getvalue() == ""


def test_a_terminal_gets_colours() -> None:
    stream = FakeTerminal()
    Concise(stream).page(Mended(PAGE, PAGE.text, (), (FINDING,)))
    assert (
        "\x1b[1mdir/page.md\x1b[0m\x1b[36m:2:3: \x1b[0m\x1b[1;31mWM101\x1b[0m" in stream.getvalue()
    )


CHANGED = mended("a ⟪[b➔[c⟫ [red]\x1b\n")


def drawn(page: Mended, stream: io.StringIO) -> list[str]:
    Diff(stream).page(page)
    return stream.getvalue().splitlines()


def test_a_drawn_diff_marks_the_changed_words() -> None:
    assert drawn(CHANGED, FakeTerminal())[2:] == [
        f"{CYAN}@@ -1 +1 @@{OFF}",
        f"{RED}-{OFF}{RED}a [{OFF}{MARKED_RED}b{OFF}{RED} [red]\\x1b{OFF}",
        f"{GREEN}+{OFF}{GREEN}a [{OFF}{MARKED_GREEN}c{OFF}{GREEN} [red]\\x1b{OFF}",
    ]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("a ⟪b➔c⟫\r\n", ["-a b", "+a c"]),
        ("a⟪\r➔⟫\n", [r"-a\r", "+a"]),
        ("⟪a➔b⟫\r\r\n", [r"-a\r", r"+b\r"]),
        ("⟪a➔b⟫", ["-a", NO_NEWLINE, "+b", NO_NEWLINE]),
        ("⟪a➔b⟫" + "x" * 500 + "\n", ["-a" + "x" * 500, "+b" + "x" * 500]),
        ("⟪a➔b⟫\udcff\t\u202e\n", ["-a\\xff\t\\u202e", "+b\\xff\t\\u202e"]),
    ],
    ids=["CR LF", "a CR goes", "two CRs", "no final LF", "a long line", "control characters"],
)
def test_a_dumb_terminal_gets_escapes_but_no_colours(
    page: str, wanted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert drawn(mended(page), FakeTerminal())[3:] == wanted


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured", "raw"),
    [
        (False, {}, False, True),
        (False, {"FORCE_COLOR": ""}, False, True),
        (False, {"NO_COLOR": "1"}, False, True),
        (False, {"FORCE_COLOR": "1"}, True, False),
        (True, {}, True, False),
        (True, {"NO_COLOR": "1"}, False, False),
        (True, {"TERM": "dumb"}, False, False),
        (True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_colours_are_for_those_who_want_them(
    terminal: bool,
    environment: dict[str, str],
    coloured: bool,
    raw: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = FakeTerminal() if terminal else io.StringIO()
    shown = "\n".join(drawn(CHANGED, stream))
    assert (RED in shown, "[red]\x1b" in shown) == (coloured, raw)


def test_a_redirected_diff_is_bytes() -> None:
    binary = io.BytesIO()
    stream = io.TextIOWrapper(binary, encoding="ascii", newline="\r\n")
    stream.write("note\n")
    Diff(stream).page(mended("⟪a➔b⟫\udcff語\r\n"))
    lines = binary.getvalue().splitlines(keepends=True)
    assert lines[0] == b"note\r\n"
    assert lines[-2:] == [b"-a\xff\xe8\xaa\x9e\r\n", b"+b\xff\xe8\xaa\x9e\r\n"]


def test_plain_output_does_not_import_rich() -> None:
    code = (
        "import io, sys\n"
        "from wikimend.repair.finding import Finding, Mended\n"
        "from wikimend.report.formats import open_report\n"
        "from wikimend.text.page import Page\n"
        "page = Page('a b')\n"
        "found = Finding('WM1', 'n', 'info', 'm', 0, 1)\n"
        "for name in ('concise', 'full', 'json', 'jsonl'):\n"
        "    open_report(name, io.StringIO()).page(Mended(page, page.text, (), (found,)))\n"
        "print([name for name in sys.modules if name.startswith('rich')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
