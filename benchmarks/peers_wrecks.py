"""The forms of damage: each makes of a link, or of a citation, what an auto-linker left of it.

They are those that are repaired as safe, in about the shares in which wikis have them. Most of
them can also be repaired by two regular expressions; a label that was wrapped, a link in the label
of a lost one and a citation that is a link already need more.
"""

from __future__ import annotations

import random

from benchmarks.peers_pieces import Piece

OUTER = ("old", "well known", "nearby", "so called")
"""Words of a lost link around another one."""

CLOSED = ("]]]", "]]", "])]", "]]")
"""How a citation that was bracketed more than once ends."""


def wrecked_link(chance: random.Random, label: str, path: str, *, may_wrap: bool) -> Piece:
    """Return a link to a page, wrecked in one of the forms."""
    mark = "!" if label.startswith("!") else ""
    words = label.removeprefix("!")
    dice = chance.random()
    clean = f"{mark}[{words}]({path})"
    if dice < 0.05 and may_wrap and " " in words:
        return Piece(clean, _chain(chance, words.replace(" ", "\n", 1), path), "wreck")
    if dice < 0.10 and not mark and words.isascii():
        outer = chance.choice(OUTER)
        return Piece(f"{outer} {clean}", f"[{outer} {_chain(chance, words, path)}", "wreck")
    if dice < 0.28:
        return Piece(clean, mark + _whole(chance, words, path), "wreck")
    return Piece(clean, mark + _chain(chance, words, path), "wreck")


def wrecked_citation(chance: random.Random, number: int, url: str) -> Piece:
    """Return a citation, wrecked in one of the forms."""
    clean = f"[{number}]({url})"
    dice = chance.random()
    if dice < 0.04:
        return Piece(clean, f"[[{number}]({url})", "wreck")
    if dice < 0.14:
        return Piece(clean, f"[{number}]{url})", "wreck")
    if dice < 0.36:
        return Piece(clean, f"[[{number}]{url})", "wreck")
    return Piece(clean, f"[[{number}{chance.choice(CLOSED)}{url})", "wreck")


def decoy_text(chance: random.Random) -> str:
    """Return a wreck as it stands in an example of one; no page has a link to where it leads."""
    number = chance.randrange(10_000)
    if chance.random() < 0.5:
        return _chain(chance, "sample page", f"/sample/page-{number}")
    return f"[[{number % 9 + 1}]]]https://sample.example.org/{number})"


def _chain(chance: random.Random, label: str, path: str) -> str:
    folder, _, name = path.rpartition("/")
    repeats = chance.choice((1, 2, 2, 3, 4))
    return f"[{label}{f'[{folder}/[{name}' * repeats}--TEMP--{folder})--FIX--"


def _whole(chance: random.Random, label: str, path: str) -> str:
    return f"[{label}{f'[{path}' * chance.choice((1, 2, 3))}--TEMP--{path})--FIX--"
