"""Where rule files come from: the shipped one, and those of a user."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from wikimend.errors import Place, Problem, RuleFileError
from wikimend.text.position import Lines

SHIPPED = "rules.yaml"
"""The name of the shipped rule file."""


@cache
def default_path() -> Path:
    """Return the path of the shipped rules.

    In a wheel they are package data; in a source tree, also when it is installed as editable, they
    stand at its root. Raises RuleFileError when the installation has lost them.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package, *package.parents[1:2]):
        if (folder / SHIPPED).is_file():
            return folder / SHIPPED
    lost = Problem(
        Place(str(package / SHIPPED)), "the shipped rules are missing; reinstall wikimend"
    )
    raise RuleFileError([lost])


def read_text(path: Path) -> str:
    """Return the text of a rule file; raises RuleFileError when it is not a readable UTF-8 file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = Problem(Place(str(path)), f"cannot be read: {error.strerror or error}")
        raise RuleFileError([problem]) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Place(str(path), *Lines(before).position(len(before)))
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        raise RuleFileError([Problem(place, message)]) from error
