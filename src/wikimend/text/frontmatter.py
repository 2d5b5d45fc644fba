"""Front matter: what stands between two lines of marks at the very start of a page."""

from __future__ import annotations

import re

_OPENING = re.compile(r"(---|\+\+\+)[ \t]*+(?:\r\n?|\n)")
_CLOSING = {
    "---": re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*+(?=[\r\n]|\Z)"),
    "+++": re.compile(r"(?<=[\r\n])\+\+\+[ \t]*+(?=[\r\n]|\Z)"),
}


def front_matter_end(text: str, start: int) -> int:
    """Return the offset after the front matter at `start` (YAML or TOML), or `start`.

    The end does not count the line end after the closing marks. Front matter that is never
    closed is none, as in Jekyll and Hugo: the page begins with a thematic break.
    """
    opening = _OPENING.match(text, start)
    if not opening:
        return start
    closing = _CLOSING[opening.group(1)].search(text, opening.end())
    return closing.end() if closing else start
