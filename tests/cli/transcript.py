"""Reads transcripts: files, commands, and all that the commands must do.

A case begins with `%%% name`. Its parts begin with `%% `, and their lines follow:

    %% file NAME    a file before the first command
    %% cd FOLDER    where the following commands run
    %% stdin        what the next command reads
    %% run ARGS     a command
    %% out          its standard output; without this part it must be empty
    %% err          its standard error; the same
    %% exit CODE    its exit code; without this part it must be 0
    %% after NAME   a file that the command wrote; all other files must be as they were

In a text, `␄` says that no line end comes here, `␍` is a CR, `⟦ff⟧` a byte.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

_FOLDER = Path(__file__).with_name("transcripts")
_BYTE = re.compile(rb"\xe2\x9f\xa6([0-9a-f]{2})\xe2\x9f\xa7")


@dataclass(slots=True)
class Step:
    """A command and what it must do."""

    arguments: list[str]
    """What follows `wikimend`."""
    folder: str
    """Where it runs, from the root of the case."""
    stdin: bytes
    """What it reads."""
    out: str = ""
    """What it writes to standard output."""
    err: str = ""
    """What it writes to standard error."""
    code: int = 0
    """Its exit code."""
    after: dict[str, bytes] = field(default_factory=dict)
    """The files that it writes."""


@dataclass(slots=True)
class Case:
    """Some files, and commands one after another."""

    files: dict[str, bytes] = field(default_factory=dict)
    """The files before the first command."""
    steps: list[Step] = field(default_factory=list)
    """The commands."""


def transcripts() -> list[ParameterSet]:
    """Return every case of every transcript as a parameter."""
    found = []
    for path in sorted(_FOLDER.glob("*.txt")):
        preface, *cases = re.split("^%%% (.+)\n", path.read_text("utf-8"), flags=re.M)
        assert not preface, f"{path.name} begins with a case"
        for name, text in zip(cases[::2], cases[1::2], strict=True):
            case = _case(text.rstrip("\n") + "\n")
            found.append(pytest.param(case, id=f"{path.stem}: {name}"))
    assert found
    return found


def _case(text: str) -> Case:
    case = Case()
    folder, stdin = ".", b""
    for part in re.split("^%% ", text, flags=re.M)[1:]:
        head, _, body = part.partition("\n")
        verb, _, what = head.partition(" ")
        data = _bytes(body)
        if verb == "file":
            case.files[what] = data
        elif verb == "cd":
            folder = what
        elif verb == "stdin":
            stdin = data
        elif verb == "run":
            program, *arguments = shlex.split(_bytes(what).decode())
            assert program == "wikimend", head
            case.steps.append(Step(arguments, folder, stdin))
            stdin = b""
        elif verb == "exit":
            case.steps[-1].code = int(what)
        elif verb == "after":
            case.steps[-1].after[what] = data
        else:
            assert verb in ("out", "err") and not what, head
            setattr(case.steps[-1], verb, data.decode("utf-8", "surrogateescape"))
    assert case.steps
    return case


def _bytes(text: str) -> bytes:
    data = text.replace("␄\n", "").replace("␍", "\r").encode()
    return _BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), data)
