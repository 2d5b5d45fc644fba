"""The texts in a YAML or JSON file, with their places, so that one can be changed by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import yaml

_STRING = "tag:yaml.org,2002:str"


class Scalar(NamedTuple):
    """A text."""

    text: str
    """What it says."""
    start: int
    """Offset in the file of its first code point, without quotes."""
    end: int
    """Offset after its last one."""


Tree = Scalar | dict[str, "Tree"] | list["Tree"] | None
"""A file: texts, mappings and lists; None for all else."""


def tree(text: str) -> Tree:
    """Return what a YAML or JSON file holds; None where it cannot be read.

    Tags of its own are no matter: nothing is made of the values.

    >>> tree("nav: [a.md]")
    {'nav': [Scalar(text='a.md', start=6, end=10)]}
    """
    import yaml

    body = text.removeprefix("\ufeff")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # A tab between the values of JSON is none that YAML takes.
        root = yaml.compose(body.replace("\t", " "), Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return _tree(root, body, len(text) - len(body), 0)


_DEEPEST = 100


def _tree(node: yaml.Node | None, text: str, shift: int, depth: int) -> Tree:
    import yaml

    if depth > _DEEPEST:  # an alias may stand for a list that it is in
        return None
    if isinstance(node, yaml.MappingNode):
        return {
            str(key.value): _tree(value, text, shift, depth + 1)
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        }
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, text, shift, depth + 1) for item in node.value]
    if not isinstance(node, yaml.ScalarNode) or node.tag != _STRING:
        return None
    start, end = node.start_mark.index, node.end_mark.index
    if text[start : start + 1] in ('"', "'"):
        start, end = start + 1, end - 1
    return Scalar(node.value, start + shift, end + shift)
