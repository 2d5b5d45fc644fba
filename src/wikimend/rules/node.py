"""A value of a YAML file, as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

NodeKind = Literal["text", "boolean", "number", "date", "null", "list", "mapping"]


class Node(NamedTuple):
    """A value of a YAML file and where it stands; a tuple, because there are thousands."""

    kind: NodeKind
    """What YAML 1.1 takes it for; a plain `no` is a boolean."""
    text: str
    """A scalar's text, as written; empty for a list and a mapping."""
    start: int
    """Offset of its first code point in the file."""
    end: int
    """Offset after its last code point."""
    style: str = ""
    """The quotes or the block mark of a scalar: `'`, `"`, `|`, `>`, or nothing for a plain one."""
    items: tuple[Node, ...] = ()
    """The items of a list."""
    entries: Mapping[str, Node] = {}
    """The values of a mapping by key."""
    keys: Mapping[str, int] = {}
    """The offset of each key of a mapping."""

    def get(self, key: str, kind: NodeKind = "text") -> Node | None:
        """Return the value of a mapping's `key` when there is one of this kind."""
        value = self.entries.get(key)
        return value if value is not None and value.kind == kind else None

    def word(self, key: str, default: str = "") -> str:
        """Return the text of a mapping's `key`, or `default`."""
        value = self.get(key)
        return default if value is None else value.text

    def flag(self, key: str, default: bool = False) -> bool:
        """Return the truth of a mapping's `key`, or `default`."""
        value = self.get(key, "boolean")
        return default if value is None else value.truth

    def texts(self, key: str) -> tuple[Node, ...]:
        """Return the texts at a mapping's `key`: the items of a list, or the one text."""
        value = self.entries.get(key)
        nodes = () if value is None else value.items if value.kind == "list" else (value,)
        return tuple(node for node in nodes if node.kind == "text")

    def listed(self, key: str) -> tuple[Node, ...]:
        """Return the items of the list at a mapping's `key`; none where there is no list."""
        value = self.get(key, "list")
        return value.items if value else ()

    @property
    def truth(self) -> bool:
        """Whether a boolean is true, in any of the ways of YAML 1.1."""
        return self.text.lower() in ("true", "yes", "on", "y")

    def plain(self) -> Any:
        """Return the value as plain Python: str, bool, int, float, None, list, dict."""
        match self.kind:
            case "list":
                return [item.plain() for item in self.items]
            case "mapping":
                return {key: value.plain() for key, value in self.entries.items()}
            case "boolean":
                return self.truth
            case "null":
                return None
            case "number":
                return _number(self.text)
            case _:
                return self.text


def _number(text: str) -> int | float | str:
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text
