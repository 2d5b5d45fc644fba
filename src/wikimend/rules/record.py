"""Mappings with known keys: the table of fields that the reader and the JSON Schema share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wikimend.rules.errata import Errata
from wikimend.rules.node import Node
from wikimend.rules.problem import guess
from wikimend.rules.shape import Json, Shape


@dataclass(frozen=True, slots=True)
class Field:
    """One key that a mapping may have."""

    name: str
    """The key."""
    shape: Shape
    """What its value may be."""
    about: str
    """What it is for, in one sentence."""
    required: bool = False
    """Whether it may not be left out."""


@dataclass(frozen=True, slots=True)
class When:
    """What the presence or the value of one key asks of the others."""

    name: str
    """The key."""
    values: tuple[str, ...] = ()
    """The values that it is about; empty for any."""
    default: bool = False
    """Whether a missing key has one of those values."""
    needs: tuple[str, ...] = ()
    """Keys that must then be there."""
    bars: tuple[str, ...] = ()
    """Keys that may not."""

    def words(self, node: Node) -> str:
        """Return how a message speaks of what the mapping `node` says."""
        value = node.word(self.name, self.values[0]) if self.values else ""
        return f"'{self.name}: {value}'" if value else f"'{self.name}'"

    def holds(self, node: Node) -> bool:
        """Return whether the key of the mapping `node` is as described."""
        value = node.entries.get(self.name)
        if value is None:
            return self.default
        return not self.values or value.text in self.values

    def json(self) -> Json:
        """Return the same as JSON Schema."""
        condition: Json = {} if self.default else {"required": [self.name]}
        if self.values:
            condition["properties"] = {self.name: {"enum": list(self.values)}}
        then: Json = {"required": list(self.needs)} if self.needs else {}
        if self.bars:
            then["properties"] = dict.fromkeys(self.bars, False)
        return {"if": condition, "then": then}


@dataclass(frozen=True, slots=True)
class Record(Shape):
    """A mapping with known keys."""

    kinds = frozenset(("mapping",))
    wanted = "a mapping"
    fields: tuple[Field, ...] = ()
    """The keys that it may have."""
    conditions: tuple[When, ...] = ()
    """What one key asks of the others."""
    noun: str = "key"
    """What a key is called in messages."""
    single: bool = False
    """Whether there is exactly one key."""
    filled: bool = False
    """Whether there is at least one key."""
    title: str = ""
    """What the whole is, for messages, such as `rule`; its `id` or `name` follows."""

    def about(self, node: Node, errata: Errata) -> Errata:
        """Return `errata` for what concerns this one record."""
        names = (node.entries.get(key) for key in ("id", "name"))
        name = next((n.text for n in names if n is not None and n.text), "")
        return errata.about(f"{self.title} {name}".rstrip()) if self.title else errata

    def json(self) -> Json:
        """Return the JSON Schema of the shape."""
        schema: Json = {
            "type": "object",
            "properties": {
                field.name: {"description": field.about} | field.shape.json()
                for field in self.fields
            },
            "additionalProperties": False,
        }
        required = [field.name for field in self.fields if field.required]
        return schema | dict(self._limits(required))

    def _limits(self, required: list[str]) -> Iterator[tuple[str, object]]:
        if required:
            yield "required", required
        if self.single or self.filled:
            yield "minProperties", 1
        if self.single:
            yield "maxProperties", 1
        if self.conditions:
            yield "allOf", [condition.json() for condition in self.conditions]

    def _inside(self, node: Node, name: str, errata: Errata) -> None:
        errata = self.about(node, errata)
        shapes = {field.name: field.shape for field in self.fields}
        for key, value in node.entries.items():
            if key in shapes:
                shapes[key].check(value, f"'{key}'", errata)
            else:
                hint = guess(key, shapes)
                errata.note_key(node, key, f"unknown {self.noun} '{key}'{hint}")
        for field in self.fields:
            if field.required and field.name not in node.entries:
                errata.note(node, f"'{field.name}' is missing")
        if self.single and len(node.entries) > 1:
            errata.note(
                node, f"{name} holds {len(node.entries)} {self.noun}s; write each on its own"
            )
        if (self.single or self.filled) and not node.entries:
            errata.note(node, f"{name} is empty")
        self._conditions(node, errata)

    def _conditions(self, node: Node, errata: Errata) -> None:
        for when in self.conditions:
            if not when.holds(node):
                continue
            reason = f"; {when.words(node)} needs it" if when.name in node.entries else ""
            for key in when.needs:
                if key not in node.entries:
                    errata.note(node, f"'{key}' is missing{reason}")
            for key in when.bars:
                if key in node.entries:
                    message = f"'{key}' makes no sense with {when.words(node)}"
                    errata.note_key(node, key, message)
