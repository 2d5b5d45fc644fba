"""A line of JSON: what it says, and where one of its strings stands.

The standard library reads it, in C. Where a value stands is looked for only when it changes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from json import decoder, scanner
from typing import Any, cast

Path = tuple[str, ...]
"""The names of the objects on the way to a value, and its own name."""

_DIGITS = 4000
"""Digits that an `int` of Python takes; one that is longer is no id."""
_READER = json.JSONDecoder(
    parse_int=lambda digits: int(digits) if len(digits) <= _DIGITS else math.inf
)
# The parts of the reader that tell where a value ends; typeshed has neither.
_string: Callable[[str, int, bool], tuple[str, int]] = cast(Any, decoder).scanstring
_value: Callable[[str, int], tuple[object, int]] = cast(Any, scanner).make_scanner(_READER)
_SPACE = re.compile(r"[ \t\r\n]*+")


def read_record(line: str) -> dict[str, Any]:
    """Return the object on `line`.

    Of two members with one name the last counts, as it does to most readers. Raises ValueError,
    with a message and an offset (None when it is not known), when it is no object of JSON
    (RFC 8259).
    """
    try:
        record = _READER.decode(line)
    except json.JSONDecodeError as error:
        raise ValueError(error.msg, error.pos) from error
    except RecursionError as error:
        raise ValueError("nested too deep", None) from error
    if not isinstance(record, dict):
        raise ValueError("no object", 0)
    return record


def path_to(record: Mapping[str, Any], name: str) -> Path | None:
    """Return the way to the member called `name`, with dots between names; None when it is none.

    >>> path_to({"a.b": {"c": 1}}, "a.b.c")
    ('a.b', 'c')
    """
    if name in record:
        return (name,)
    dot = name.find(".")
    while dot >= 0:
        inner = record.get(name[:dot])
        rest = path_to(inner, name[dot + 1 :]) if isinstance(inner, dict) else None
        if rest:
            return name[:dot], *rest
        dot = name.find(".", dot + 1)
    return None


def value_at(record: Mapping[str, Any], path: Path) -> object:
    """Return the value at the end of `path`."""
    for name in path[:-1]:
        record = record[name]
    return record[path[-1]]


def span_of(line: str, path: Path) -> tuple[int, int]:
    r"""Return where the value at the end of `path` stands on `line`, which is an object of JSON.

    Offsets are code points.

    >>> line = r'{"n": 1, "b": {"t": "a\u005b"}}'
    >>> line[slice(*span_of(line, ("b", "t")))]
    '"a\\u005b"'
    """
    start, end = _space(line, 0), len(line)
    for name in path:
        start, end = _member(line, start, name)
    return start, end


def _member(line: str, start: int, wanted: str) -> tuple[int, int]:
    """Return where the value of the last member called `wanted` of the object at `start` stands."""
    found = 0, 0
    at = _space(line, start + 1)
    while line[at] == '"':
        name, at = _string(line, at + 1, True)
        begin = _space(line, _space(line, at) + 1)
        end = _value(line, begin)[1]
        if name == wanted:
            found = begin, end
        at = _space(line, _space(line, end) + 1)  # behind the comma, or behind the object
        if line[_space(line, end)] == "}":
            break
    return found


def _space(line: str, start: int) -> int:
    found = _SPACE.match(line, start)
    return found.end() if found else start
