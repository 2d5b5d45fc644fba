"""The tokens and sets of a rule file: read, checked, and added to what it inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, cast

from wikimend.rules.alphabet import check_item
from wikimend.rules.errata import Errata
from wikimend.rules.node import Node
from wikimend.rules.problem import SyntaxProblem
from wikimend.rules.rule_schema import NAME
from wikimend.rules.vocabulary import BUILT_IN_GATES, TokenKind, Vocabulary
from wikimend.text.tokens import KINDS

_RESERVED = frozenset(("START", "END"))
_LITERAL = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s])+")


def read_vocabulary(root: Node, inherited: Vocabulary, errata: Errata) -> Vocabulary:
    """Return the inherited tokens and sets with those of a file; what is wrong is noted."""
    tokens = dict(inherited.tokens)
    for name, node in _own(root, "tokens", inherited, errata):
        token = _token(name, node, errata.about(f"token {name}"))
        if token:
            tokens[name] = token
    sets = dict(inherited.sets)
    own_sets = dict(_own(root, "sets", inherited, errata))
    for name, node in own_sets.items():
        if name in tokens:
            errata.note_key(root.entries["sets"], name, f"{name} is a token and a set")
        sets[name] = tuple(item.text for item in node.items)
    vocabulary = Vocabulary(tokens, sets, _gates(root, inherited, errata))
    circular = set(_note_circles(root, sets, own_sets, errata))
    for name, node in own_sets.items():
        if name not in circular:
            _check_items(node, vocabulary, errata.about(f"set {name}"))
    return vocabulary


def _gates(root: Node, inherited: Vocabulary, errata: Errata) -> dict[str, str]:
    """Return the inherited gates with those of a file."""
    gates = dict(inherited.gates)
    section = root.get("gates", "mapping")
    for name, node in section.entries.items() if section else ():
        assert section is not None
        if name in gates or name in BUILT_IN_GATES:
            errata.note_key(section, name, f"the name {name} is taken; choose another")
        elif node.kind == "text" and node.text:
            errata.about(f"gate {name}").check_regex(node)
            gates[name] = node.text
    return gates


def literal(pattern: str) -> str | None:
    r"""Return the only text that a regular expression matches, when that is plain to see.

    >>> literal(r"--TEMP--"), literal(r"\(x\)"), literal(r"a+")
    ('--TEMP--', '(x)', None)
    """
    return re.sub(r"\\(.)", r"\1", pattern) if _LITERAL.fullmatch(pattern) else None


def _own(root: Node, key: str, inherited: Vocabulary, errata: Errata) -> Iterator[tuple[str, Node]]:
    section = root.get(key, "mapping")
    if section is None:
        return
    for name, node in section.entries.items():
        if name in KINDS or name in _RESERVED:
            errata.note_key(section, name, f"the name {name} is built in; choose another")
        elif name in inherited.tokens or name in inherited.sets:
            errata.note_key(section, name, f"the name {name} is inherited; choose another")
        elif node.kind == ("mapping" if key == "tokens" else "list"):
            yield name, node


def _token(name: str, node: Node, errata: Errata) -> TokenKind | None:
    pattern, role = node.get("pattern"), node.get("role")
    if pattern is None or role is None or not pattern.text:
        return None
    errata.check_regex(pattern)
    plain = literal(pattern.text)
    literals = tuple(need.text for need in node.texts("needs"))
    if not literals and plain is None and "needs" not in node.entries:
        message = "'needs' is missing: name literal strings, one of which every match contains"
        errata.note(pattern, message)
    for need in node.texts("needs"):
        if plain is not None and need.text not in plain:
            errata.note(need, f"no text that matches {pattern.text!r} contains {need.text!r}")
    kind = cast(Literal["marker", "text"], role.text)
    return TokenKind(name, pattern.text, kind, literals or (plain or "",))


def _check_items(node: Node, vocabulary: Vocabulary, errata: Errata) -> None:
    for item in node.items:
        try:
            check_item(item.text, vocabulary)
        except SyntaxProblem as problem:
            errata.note(item, problem.message, problem.offset)


def _note_circles(
    root: Node, sets: Mapping[str, tuple[str, ...]], own: Mapping[str, Node], errata: Errata
) -> Iterator[str]:
    """Note each circle of sets once; yield the names of all sets that lead into one."""
    noted: set[frozenset[str]] = set()
    for name in own:
        circle = _circle(name, sets)
        if circle is None:
            continue
        yield name
        if circle[0] == name and frozenset(circle) not in noted:
            noted.add(frozenset(circle))
            path = " > ".join((*circle, name))
            errata.note_key(root.entries["sets"], name, f"the set {name} contains itself: {path}")


def _circle(name: str, sets: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the first circle of sets that is reached from `name`, or None."""
    done: set[str] = set()

    def walk(here: str, path: tuple[str, ...]) -> tuple[str, ...] | None:
        if here in path:
            return path[path.index(here) :]
        if here in done:
            return None
        for item in sets[here]:
            below = re.match(NAME, item)
            found = walk(below[0], (*path, here)) if below and below[0] in sets else None
            if found:
                return found
        done.add(here)
        return None

    return walk(name, ())
