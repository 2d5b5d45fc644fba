"""Shapes that a value of a rule file may have: checked when it is read, printed as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from wikimend.rules.errata import Errata
from wikimend.rules.node import Node
from wikimend.rules.problem import guess

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """Anything at all; the base of the other shapes."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        ("text", "boolean", "number", "date", "null", "list", "mapping")
    )
    wanted: ClassVar[str] = "a value"

    def check(self, node: Node, name: str, errata: Errata) -> None:
        """Note what is wrong with `node`, which a message calls `name`."""
        if node.kind in self.kinds:
            self._inside(node, name, errata)
        else:
            self._note_kind(node, name, errata)

    def takes(self, text: str) -> bool:
        """Return whether a text is fine."""
        return False

    def expects(self) -> str:
        """Return in words what is wanted."""
        return self.wanted

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        return {}

    def _inside(self, node: Node, name: str, errata: Errata) -> None:
        """Note what is wrong with a node of the right kind."""

    def _note_kind(self, node: Node, name: str, errata: Errata) -> None:
        message = f"{name} is {_FOUND[node.kind](node)}; it must be {self.expects()}"
        plain = node.kind in ("boolean", "number", "date")
        if plain and self.takes(node.text):
            message += f" (for the text, write '{node.text}')"
        errata.note(node, message)


@dataclass(frozen=True, slots=True)
class Boolean(Shape):
    """True or false; YAML also knows on, off, yes and no."""

    kinds = frozenset(("boolean",))
    wanted = "true or false"

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Nothing(Shape):
    """`null`."""

    kinds = frozenset(("null",))
    wanted = "null"

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        return {"type": "null"}


@dataclass(frozen=True, slots=True)
class Exactly(Shape):
    """One number and no other."""

    kinds = frozenset(("number",))
    number: int = 1
    """The number."""

    def expects(self) -> str:
        """Return in words what is wanted."""
        return f"the number {self.number}"

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        return {"const": self.number}

    def _inside(self, node: Node, name: str, errata: Errata) -> None:
        if node.text != str(self.number):
            errata.note(node, f"{name} is {node.text}; this wikimend reads {self.number}")


@dataclass(frozen=True, slots=True)
class Text(Shape):
    """A text."""

    kinds = frozenset(("text",))
    allowed: tuple[str, ...] = ()
    """The only texts that it may be; empty for any."""
    pattern: str = ""
    """A regular expression that it must match; empty for any."""
    form: str = ""
    """The same in words."""
    blank: bool = False
    """Whether it may be empty."""

    def takes(self, text: str) -> bool:
        """Return whether a text is fine."""
        if self.allowed:
            return text in self.allowed
        if self.pattern:
            return re.fullmatch(self.pattern, text) is not None
        return self.blank or bool(text)

    def expects(self) -> str:
        """Return in words what is wanted."""
        return self.form or one_of(self.allowed) or "a text"

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        schema: Json = {"type": "string"}
        if self.allowed:
            schema["enum"] = list(self.allowed)
        elif self.pattern:
            schema["pattern"] = f"^(?:{self.pattern})$"
        elif not self.blank:
            schema["minLength"] = 1
        return schema

    def _inside(self, node: Node, name: str, errata: Errata) -> None:
        if self.takes(node.text):
            return
        found = repr(node.text) if node.text else "empty"
        hint = guess(node.text, self.allowed)
        errata.note(node, f"{name} is {found}; it must be {self.expects()}{hint}")


@dataclass(frozen=True, slots=True)
class ListOf(Shape):
    """A list, all of whose items have one shape."""

    kinds = frozenset(("list",))
    wanted = "a list"
    item: Shape = Shape()
    """The shape of every item."""
    least: int = 0
    """How many items there must be."""

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        return {"type": "array", "items": self.item.json()} | (
            {"minItems": self.least} if self.least else {}
        )

    def _inside(self, node: Node, name: str, errata: Errata) -> None:
        if len(node.items) < self.least:
            errata.note(node, f"{name} is an empty list")
        for item in node.items:
            self.item.check(item, f"an item of {name}", errata)


@dataclass(frozen=True, slots=True)
class MapOf(Shape):
    """A mapping with free keys, all of whose values have one shape."""

    kinds = frozenset(("mapping",))
    wanted = "a mapping"
    noun: str = "key"
    """What a key names, for the messages."""
    key: Text = Text()
    """The form of every key."""
    value: Shape = Shape()
    """The shape of every value."""

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        return {
            "type": "object",
            "propertyNames": self.key.json(),
            "additionalProperties": self.value.json(),
        }

    def _inside(self, node: Node, name: str, errata: Errata) -> None:
        for key, value in node.entries.items():
            if not self.key.takes(key):
                message = f"the name of a {self.noun} is {key!r}; it must be {self.key.expects()}"
                errata.note_key(node, key, message)
            self.value.check(value, "it", errata.about(f"{self.noun} {key}"))


@dataclass(frozen=True, slots=True)
class AnyOf(Shape):
    """One of several shapes of different kinds."""

    shapes: tuple[Shape, ...] = ()
    """The shapes; the kind of the value decides which it is held to."""
    form: str = ""
    """What is wanted in words, where those of the shapes do not make a sentence."""

    def check(self, node: Node, name: str, errata: Errata) -> None:
        """Note what is wrong with `node`, which a message calls `name`."""
        fitting = [shape for shape in self.shapes if node.kind in shape.kinds]
        if fitting:
            fitting[0].check(node, name, errata)
        else:
            self._note_kind(node, name, errata)

    def takes(self, text: str) -> bool:
        """Return whether a text is fine."""
        return any(shape.takes(text) for shape in self.shapes)

    def expects(self) -> str:
        """Return in words what is wanted."""
        return self.form or " or ".join(shape.expects() for shape in self.shapes)

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        return {"anyOf": [shape.json() for shape in self.shapes]}


def one_of(words: Iterable[str]) -> str:
    """Return words as a choice in a sentence.

    >>> one_of(["safe", "unsafe", "suggest"])
    'safe, unsafe or suggest'
    """
    *most, last = words or ("",)
    return f"{', '.join(most)} or {last}" if most else last


_FOUND: dict[str, Callable[[Node], str]] = {
    "text": lambda node: repr(node.text),
    "boolean": lambda node: f"the plain word {node.text}, which YAML reads as true or false",
    "number": lambda node: f"the number {node.text}",
    "date": lambda node: f"the date {node.text}",
    "null": lambda node: "empty",
    "list": lambda node: "a list",
    "mapping": lambda node: "a mapping",
}
