"""The links of leaves whose brackets are flat, told by a pattern: most leaves are never lexed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wikimend.links import destination
from wikimend.links.definitions import Definition, normal
from wikimend.links.link import Link

HARD = "\\<${"
"""Characters that may begin what hides brackets; whether they do only the lexer knows."""

_DESTINATION = r"\(([^\x00-\x20\x7f()\[\]`]*+)\)"
_FLAT = re.compile(
    # A label with a plain destination, or one that may be followed by the name of a definition.
    rf"\[(?:([^\[\]]*+)\](?:{_DESTINATION}|(?!\()(?:(?=\[([^\[\]]*+)\]))?)"
    # Double brackets.
    r"|\[([^\[\]]++)\]\](?![(\[\]]))"
)
_LINE = re.compile(
    rf"\[(?:([^\[\]\n]*+)\](?:{_DESTINATION}|(?!\())|()\[([^\[\]\n]++)\]\](?![(\[\]]))"
)
"""The same on one line, where nothing is defined."""
_INLINE, _WIKI = 2, 4
_PIPE = re.compile(r"\\?\|")
_link = tuple.__new__  # a third of the time of the constructor


def flat_links(
    text: str, defined: Mapping[str, Definition], shift: int = 0, *, clean: bool = False
) -> list[Link] | None:
    """Return the links of a leaf, as the lexer's tokens tell them; None where only these can.

    `defined` are the definitions of the page by name. Offsets in the leaf begin with `shift`;
    `clean` tells that no character of the page is in `HARD` or a backtick.

    >>> [(link.kind, link.destination) for link in flat_links("[a](/b) `[c](/d)` [[e]]", {})]
    [('inline', '/b'), ('wiki', 'e')]
    """
    seen = text if clean else _without_code(text)
    return None if seen is None else _links(_FLAT, text, seen, defined, shift)


def flat_lines(text: str) -> list[Link] | None:
    """Return the links of many leaves, between which there is nothing but ends of lines and marks.

    None where a link may go on on another line, as where `flat_links` is None. The text is clean,
    and nothing is defined.
    """
    return _links(_LINE, text, text, {}, 0)


def _links(
    pattern: re.Pattern[str], text: str, seen: str, defined: Mapping[str, Definition], shift: int
) -> list[Link] | None:
    brackets = seen.count("[")
    addresses = seen.count("://") if ":" in seen else 0
    if seen.count("]") != brackets:
        return None
    links: list[Link] = []
    done = 0
    for match in pattern.finditer(seen):
        start, end = match.span()
        form = match.lastindex
        brackets -= 2 if form == _WIKI else 1
        if form == _INLINE:
            first, last = match.span(2)
            to = text[first:last]
            if addresses:
                addresses -= to.count("://")
            if start < done:
                continue
            image = start > 0 and text[start - 1] == "!"
            links.append(
                _link(
                    Link,
                    (
                        "image" if image else "inline",
                        start - image + shift,
                        end + shift,
                        text[start + 1 : first - 2],
                        destination.plain(to) if "&" in to else to,
                        first + shift,
                        last + shift,
                        False,
                    ),
                )
            )
        elif form == _WIKI:
            content = text[start + 2 : end - 2]
            if defined and normal(content) in defined:
                return None
            if _is_wiki(content):
                links.append(_in_brackets(text, content, start, shift))
        elif defined and start >= done:
            label = text[start + 1 : end - 1]
            written = text[end + 1 : match.end(3)] if form != 1 else ""
            definition = defined.get(normal(written or label))
            if definition is not None:
                done = end if form == 1 else match.end(3) + 1
                links.append(_reference(text, label, definition, start, done, shift))
    return None if brackets or addresses else links


def _without_code(text: str) -> str | None:
    """Return a leaf with backticks in place of its code; None where the lexer must be asked."""
    if "`" in text:
        if "``" in text:
            return None
        parts = text.split("`")
        if not len(parts) % 2:
            return None
        parts[1::2] = ["`" * len(part) for part in parts[1::2]]
        text = "`".join(parts)
    hidden = "\\" in text or "<" in text or "$" in text or "{" in text
    return None if hidden else text


def _is_wiki(content: str) -> bool:
    if "[" in content or "]" in content or not content.strip():
        return False
    return "\n" not in content or "\n" not in _PIPE.split(content, maxsplit=1)[0]


def _in_brackets(text: str, content: str, start: int, shift: int) -> Link:
    embedded = start > 0 and text[start - 1] == "!"
    first = start + 2 + shift
    last = first + len(content)
    target = content if "|" not in content else _PIPE.split(content, maxsplit=1)[0]
    return Link(
        "embed" if embedded else "wiki",
        start - embedded + shift,
        last + 2,
        content,
        target.strip(),
        first,
        last,
    )


def _reference(
    text: str, label: str, definition: Definition, start: int, end: int, shift: int
) -> Link:
    image = start > 0 and text[start - 1] == "!"
    return Link(
        "image-reference" if image else "reference",
        start - image + shift,
        end + shift,
        label,
        definition.destination,
        definition.dest_start,
        definition.dest_end,
    )
