"""Rules that were read and checked, as JSON, and back without compiling any."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from wikimend.rules.loaded import FileSettings, LoadedRules
from wikimend.rules.model import Compiled, PageTest, Parts, Rule, RuleSet
from wikimend.rules.node import Node
from wikimend.rules.vocabulary import TokenKind, Vocabulary

if TYPE_CHECKING:
    from wikimend.rules.document import Document

_LIGHT = ("id", "name", "about", "severity", "safety", "because", "refused", "enabled", "cause")
"""What every run asks of a rule, sets and page tests apart."""


def to_json(loaded: LoadedRules, text: str, path: str) -> bytes:
    """Return the rules of the file `text`: for each its light fields, and its node."""
    from wikimend.rules.compose import compose

    section = compose(text, path).root.get("rules", "list")
    nodes = section.items if section else ()
    vocabulary = loaded.vocabulary
    tokens = [(t.name, t.pattern, t.role, t.literals) for t in vocabulary.tokens.values()]
    rules = [_written(r, n) for r, n in zip(loaded.ruleset.rules, nodes, strict=True)]
    data = (tokens, dict(vocabulary.sets), dict(vocabulary.gates), rules)
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")


def from_json(data: bytes, text: str, path: str) -> LoadedRules:
    """Return the rules that `to_json` wrote of the file `text`; each is compiled when needed."""
    tokens, sets, gates, rules = json.loads(data.decode("utf-8", "surrogatepass"))
    vocabulary = Vocabulary(
        {name: TokenKind(name, pattern, role, tuple(lits)) for name, pattern, role, lits in tokens},
        {name: tuple(items) for name, items in sets.items()},
        gates,
    )

    @cache
    def document() -> Document:
        from wikimend.rules.document import Document
        from wikimend.text.position import Lines

        return Document(path, text, Lines(text), Node("null", "", 0, 0), ())

    def compiling(node: str) -> Callable[[], Parts]:
        def parts() -> Parts:
            from wikimend.rules.parts import compile_rule

            return compile_rule(_node(json.loads(node)), vocabulary, document())

        return parts

    def rule(fields: Sequence[Any]) -> Rule:
        light, dialects, blocks, page, needs, node = fields
        return Rule(
            **dict(zip(_LIGHT, light, strict=True)),
            dialects=frozenset(dialects),
            blocks=frozenset(blocks),
            page=page and PageTest(*page),
            needs=tuple(needs),
            compiled=Compiled(compiling(node)),
            source=path,
        )

    ruleset = RuleSet(tuple(map(rule, rules)), tuple(vocabulary.tokens.values()))
    return LoadedRules(ruleset, FileSettings(), vocabulary)


def _written(rule: Rule, node: Node) -> list[Any]:
    page = rule.page and (rule.page.group, rule.page.differ, rule.page.missing)
    light = [getattr(rule, name) for name in _LIGHT]
    sets = sorted(rule.dialects), sorted(rule.blocks)
    return [light, *sets, page, rule.needs, json.dumps(_plain(node), ensure_ascii=False)]


def _plain(node: Node) -> list[Any]:
    """Return a node as lists; the last ones are left out where they are empty."""
    entries = {key: _plain(value) for key, value in node.entries.items()}
    items = [_plain(item) for item in node.items]
    fields = [node.kind, node.text, node.start, node.end, node.style, items, entries]
    fields.append(dict(node.keys))
    while not fields[-1]:
        fields.pop()
    return fields


def _node(fields: Sequence[Any]) -> Node:
    node = Node(*(*fields, *("", "", 0, 0, "", (), {}, {})[len(fields) :]))
    items = tuple(map(_node, node.items))
    return node._replace(items=items, entries={k: _node(v) for k, v in node.entries.items()})
