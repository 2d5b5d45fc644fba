"""A record of JSON, read with the place of every value that is asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json import decoder, scanner
from typing import Any, cast

# The parts of the standard library's reader that tell where a value ends; typeshed has neither.
_string: Callable[[str, int, bool], tuple[str, int]] = cast(Any, decoder).scanstring
_value: Callable[[str, int], tuple[object, int]] = cast(Any, scanner).make_scanner(
    json.JSONDecoder()
)
_SPACE = re.compile(r"[ \t\r\n]*+")


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it stands in its line."""

    value: object
    """The value; an object that was entered is the values in it, by name."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


def read_record(line: str, inside: frozenset[str] = frozenset()) -> Mapping[str, Value]:
    r"""Return the members of the object on `line`, by name; those of `inside` by dotted names too.

    Of two members with one name the last counts, as it does to most readers. Raises ValueError,
    with the offset as its last argument, when `line` is no object of JSON (RFC 8259).

    >>> read_record(r'{"n": 1, "b": {"t": "a\u005b"}}', frozenset({"b"}))["b.t"]
    Value(value='a[', start=20, end=29)
    """
    members: dict[str, Value] = {}
    start = _space(line, 0)
    if line[start : start + 1] != "{":
        raise ValueError("no object", start)
    end = _object(line, start, "", inside, members)
    end = _space(line, end)
    if end != len(line):
        raise ValueError("something behind the object", end)
    return members


def _object(
    line: str, start: int, prefix: str, inside: frozenset[str], members: dict[str, Value]
) -> int:
    """Read the object at `start` into `members` and return where it ends."""
    at = _space(line, start + 1)
    if line[at : at + 1] == "}":
        return at + 1
    while True:
        if line[at : at + 1] != '"':
            raise ValueError("no name of a member", at)
        try:
            name, at = _string(line, at + 1, True)
            name = prefix + name
            at = _space(line, at)
            if line[at : at + 1] != ":":
                raise ValueError("no colon behind the name of a member", at)
            at = _space(line, at + 1)
            first = line[at : at + 1]
            value: object = None
            if first == '"':
                value, end = _string(line, at + 1, True)
            elif first == "{" and name in inside:
                end = _object(line, at, f"{name}.", inside, members)
            else:
                value, end = _value(line, at)
        except StopIteration as error:
            raise ValueError("no value", error.value) from error
        except json.JSONDecodeError as error:
            raise ValueError(error.msg, error.pos) from error
        except RecursionError as error:
            raise ValueError("nested too deep", at) from error
        members[name] = Value(value, at, end)
        at = _space(line, end)
        if line[at : at + 1] == "}":
            return at + 1
        if line[at : at + 1] != ",":
            raise ValueError("no comma between members", at)
        at = _space(line, at + 1)


def _space(line: str, start: int) -> int:
    found = _SPACE.match(line, start)
    return found.end() if found else start
