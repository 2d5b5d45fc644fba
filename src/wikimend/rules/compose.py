"""YAML text as a tree of nodes that know where they stand.

The nodes are composed, not constructed: `yaml.safe_load` keeps the last of two equal keys, reads
a plain `no` as False, and forgets every line number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from wikimend.errors import Place, Problem, RuleFileError
from wikimend.rules.document import Document
from wikimend.rules.node import Node, NodeKind
from wikimend.text.position import Lines

_TAG = "tag:yaml.org,2002:"
_KINDS: Mapping[str, NodeKind] = {
    _TAG + "str": "text",
    _TAG + "value": "text",
    _TAG + "merge": "text",
    _TAG + "bool": "boolean",
    _TAG + "int": "number",
    _TAG + "float": "number",
    _TAG + "timestamp": "date",
    _TAG + "null": "null",
    _TAG + "seq": "list",
    _TAG + "map": "mapping",
}
_DEEPEST = 1_000
_TOO_DEEP = "lists and mappings are nested too deep"
_UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def compose(text: str, path: str) -> Document:
    """Return the YAML file `text`; raises RuleFileError when it is not one readable document."""
    text = text.removeprefix("\ufeff")
    lines = Lines(text)
    bad = _UNREADABLE.search(text)
    if bad:
        place = Place(path, *lines.position(bad.start()))
        raise RuleFileError(
            [Problem(place, f"the character U+{ord(bad[0]):04X} may not stand here")]
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    walk = _Walk()
    try:
        _check_depth(text, loader)
        tree = yaml.compose(text, Loader=loader)
        root = walk.node(tree) if tree is not None else Node("null", "", 0, 0)
    except RecursionError as error:
        raise RuleFileError([Problem(Place(path), _TOO_DEEP)]) from error
    except yaml.MarkedYAMLError as error:
        raise RuleFileError([_syntax_problem(error, text, path)]) from error
    if walk.aliases:
        walk.mistakes += [
            (event.start_mark.index, "aliases ('*name') are not read; write the value out")
            for event in yaml.parse(text, Loader=loader)
            if isinstance(event, yaml.AliasEvent) and event.start_mark is not None
        ]
    problems = tuple(Problem(Place(path, *lines.position(at)), what) for at, what in walk.mistakes)
    if walk.aliases:
        raise RuleFileError(problems)
    return Document(path, text, lines, root, problems)


def _check_depth(text: str, loader: Any) -> None:
    """Raise RecursionError for a nesting at which libyaml would overflow the stack and crash."""
    if sum(map(text.count, "[{-?")) < 10 * _DEEPEST:
        return
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise RecursionError


class _Walk:
    """The nodes of a composed tree, and what was wrong on the way."""

    def __init__(self) -> None:
        self.mistakes: list[tuple[int, str]] = []
        self.aliases = False
        self._seen: set[int] = set()

    def node(self, tree: Any) -> Node:
        known = id(tree) in self._seen
        self.aliases |= known
        self._seen.add(id(tree))
        start, end = tree.start_mark.index, tree.end_mark.index
        if known:
            return Node("null", "", start, end)
        if tree.tag not in _KINDS:
            self.mistakes.append((start, f"the tag {tree.tag.replace(_TAG, '!!')} is not read"))
        if isinstance(tree, yaml.ScalarNode):
            kind = _KINDS.get(tree.tag, "text")
            return Node(kind, tree.value, start, end, tree.style or "")
        if isinstance(tree, yaml.SequenceNode):
            return Node("list", "", start, end, items=tuple(map(self.node, tree.value)))
        return self._mapping(tree, start, end)

    def _mapping(self, tree: Any, start: int, end: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, int] = {}
        for key, value in tree.value:
            node, at = self.node(value), key.start_mark.index
            if not isinstance(key, yaml.ScalarNode):
                self.mistakes.append((at, "a key is a list or a mapping; a text is wanted"))
            elif key.tag == _TAG + "merge":
                self.mistakes.append((at, "merge keys ('<<') are not read; write the keys out"))
            elif key.value in entries:
                self.mistakes.append((at, f"the key '{key.value}' is here twice"))
            else:
                entries[key.value], keys[key.value] = node, at
        return Node("mapping", "", start, end, entries=entries, keys=keys)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    places = [mark.index for mark in (error.problem_mark, error.context_mark) if mark is not None]
    at = next((place for place in places if place < len(text.rstrip())), places[0] if places else 0)
    what = error.problem or "not YAML"
    if "nesting depth" in what:  # libyaml 0.2.6 and later has a limit of its own
        return Problem(Place(path), _TOO_DEEP)
    if what.startswith("found character"):
        what = (
            "a tab stands where YAML wants spaces"
            if text[at : at + 1] == "\t"
            else f"no plain value begins with {text[at : at + 1]}; put the value in quotes"
        )
    elif "another document" in what:
        what = "a second document begins here; a rule file is one document"
    elif error.context:
        what = f"{what}, {error.context}"
    return Problem(Place(path, *Lines(text).position(at)), f"not valid YAML: {what}")
