"""The options: complete, explained, and in step with the tables behind them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields

import click
import pytest

from wikimend import __version__
from wikimend.cli.commands import Commands
from wikimend.cli.dump_options import DIALECTS as DUMP_DIALECTS
from wikimend.cli.dump_options import FORMATS as DUMP_FORMATS
from wikimend.cli.dump_options import take
from wikimend.cli.fix import command as fix
from wikimend.cli.lint import command as lint
from wikimend.cli.main import wikimend as program
from wikimend.cli.options import FORMATS, LEVELS, MACHINE_FORMATS, Request
from wikimend.report.formats import open_report
from wikimend.report.summary import FAIL_ON
from wikimend.store.compression import CODECS
from wikimend.store.formats import FORMATS as STORES
from wikimend.store.formats import PACKED, SUFFIXES
from wikimend.text.page import DIALECTS

from .program import wikimend


def _commands(group: Commands, name: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        yield f"{name} {word}".strip(), command
        if isinstance(command, Commands):
            yield from _commands(command, word)


assert isinstance(program, Commands)
COMMANDS = dict(_commands(program))


def test_the_choices_are_those_of_the_tables() -> None:
    assert FAIL_ON == LEVELS
    assert all(open_report(name, io.StringIO()) for name in FORMATS)
    assert set(MACHINE_FORMATS) < set(FORMATS)


def test_a_request_holds_every_option() -> None:
    asked: dict[str, object] = {str(p.name): None for p in (*fix.params, *lint.params)}
    take(asked)
    assert asked.keys() | {"mends", "dump", "sampled"} == {field.name for field in fields(Request)}


def test_the_choices_about_dumps_are_those_of_the_tables() -> None:
    assert set(DUMP_FORMATS) == set(STORES)
    assert set(SUFFIXES.values()) == set(STORES)
    assert DUMP_DIALECTS == DIALECTS
    assert set(PACKED) == {codec.suffix for codec in CODECS.values()}


def test_the_commands() -> None:
    assert list(COMMANDS) == [
        "fix",
        "lint",
        "explain-link",
        "graph",
        "mv",
        "rules",
        "rules list",
        "rules explain",
        "rules test",
        "rules schema",
        "stats",
        "show",
        "undo",
        "apply",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_everything_is_explained(name: str) -> None:
    command = COMMANDS[name]
    summary = command.get_short_help_str(limit=61)
    assert summary.endswith(".") and not summary.endswith("..."), summary
    unexplained = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert not unexplained
    for option in ("-h", "--help"):
        shown = wikimend(*name.split(), option)
        assert (shown.code, shown.err) == (0, "")
        assert shown.out.startswith(f"Usage: wikimend {name} ")


def test_version() -> None:
    assert wikimend("--version").out == f"wikimend {__version__}\n"


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ("mend", "No such command 'mend'"),
        ("rules expain", "No such command 'expain'"),
        ("rules explain", "Missing argument 'ID|NAME'"),
        ("lint --selct WM101", "--selct"),
        ("lint --unsafe-fixes", "--unsafe-fixes"),
        ("lint --fail-on bad", "'bad' is not one of 'error', 'warning', 'info', 'never'"),
        ("lint --output-format sarif", "'sarif' is not one of 'concise', 'full', 'json', 'jsonl'"),
        ("lint --config .", "is a directory"),
        ("fix --patch .", "is a directory"),
        ("fix a.md -", "- is standard input and stands alone"),
        ("fix - -", "- is standard input and stands alone"),
    ],
)
def test_a_command_line_that_makes_no_sense(command: str, complaint: str) -> None:
    outcome = wikimend(*command.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err


def test_without_a_command_there_is_help() -> None:
    outcome = wikimend()
    assert (outcome.out + outcome.err).startswith("Usage: wikimend ")


def test_an_empty_path_is_not_the_current_folder() -> None:
    outcome = wikimend("fix", "")
    assert outcome.code == 2
    assert "a path is empty" in outcome.err


def test_completion() -> None:
    asked = {
        "_WIKIMEND_COMPLETE": "bash_complete",
        "COMP_WORDS": "wikimend lint --fail-on e",
        "COMP_CWORD": "3",
    }
    outcome = wikimend(variables=asked)
    assert (outcome.code, outcome.out) == (0, "plain,error\n")
