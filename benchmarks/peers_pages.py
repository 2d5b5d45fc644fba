"""The pages: prose in several languages, lists, tables, code, quotes and all that pages hold."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from benchmarks.peers_pieces import Piece, decoy, text
from benchmarks.peers_prose import TEXTS, Prose, title
from benchmarks.peers_wrecks import decoy_text

WIDTH = 88
"""Where the lines of a wrapped paragraph end, in code points."""
IMAGES = tuple(f"/img/{name}-{number}.jpg" for name in ("pier", "map") for number in range(20))
"""The images that pages show."""


class Author:
    """Writes one page."""

    def __init__(self, number: int, pages: int, *, damage: float, decoys: float) -> None:
        """Begin page `number` of a tree of `pages`.

        `damage` is the share of its links and citations that are wrecked, `decoys` that of its
        blocks of code, and such, that show a wreck.
        """
        self.about = title(number)
        self.chance = random.Random(number + 1_000_003)
        self.prose = Prose(number, pages, damage, decoys, self.chance)
        self.wraps = self.chance.random() < 0.4

    def page(self, size: int) -> Iterator[Piece]:
        """Yield a page of about `size` code points."""
        if self.chance.random() < 0.3:
            yield from self.front_matter()
        yield text(f"# {self.about.topic.capitalize()}\n")
        written = 0
        while written < size:
            if written and self.chance.random() < 0.2:
                topic = self.prose.topic().capitalize()
                yield text(f"\n## {topic} {self.chance.randint(1850, 1990)}\n")
            yield text("\n")
            for piece in self.block():
                written += len(piece.clean)
                yield piece

    def front_matter(self) -> Iterator[Piece]:
        """Yield the front matter."""
        yield text(f"---\ntitle: {self.about.topic}\ntags: [sea, {self.about.language}]\n")
        if self.prose.shows_decoy():
            yield from self.shown('note: "', '"\n')
        yield text(f"date: {self.chance.randint(2015, 2025)}-03-14\n---\n\n")

    def block(self) -> Iterator[Piece]:
        """Yield a block and its last line end."""
        kinds: Sequence[Callable[[], Iterator[Piece]]] = (
            *[self.paragraph] * 14,
            *[self.bullets] * 3,
            self.steps,
            *[self.table] * 2,
            *[self.fence] * 2,
            self.indented,
            self.quote,
            self.image,
            self.comment,
            self.formula,
        )
        return self.chance.choice(kinds)()

    def paragraph(self) -> Iterator[Piece]:
        """Yield a paragraph, wrapped or on one line."""
        pieces = self.prose.sentences(self.chance.randint(2, 7), may_wrap=True)
        yield from wrapped(pieces) if self.wraps else pieces
        yield text("\n")

    def bullets(self) -> Iterator[Piece]:
        """Yield a list, some of its items one level deeper."""
        mark = self.chance.choice(("- ", "- ", "* ", "- [ ] "))
        for item in range(self.chance.randint(3, 8)):
            yield text("  " * (item > 0 and self.chance.random() < 0.2) + mark)
            yield from self.item()

    def steps(self) -> Iterator[Piece]:
        """Yield a numbered list."""
        for item in range(1, self.chance.randint(3, 6)):
            yield text(f"{item}. ")
            yield from self.item()

    def item(self) -> Iterator[Piece]:
        """Yield the rest of a line of a list."""
        yield from [self.prose.to_page(), text("\n")] if self.chance.random() < 0.3 else self.line()

    def line(self) -> Iterator[Piece]:
        """Yield a sentence and a line end."""
        yield from self.prose.sentences(1)
        yield text("\n")

    def table(self) -> Iterator[Piece]:
        """Yield a table with links and numbers in its cells."""
        yield text("| Name | Year | Height | Source |\n|------|:----:|-------:|--------|\n")
        for _ in range(self.chance.randint(3, 12)):
            year, height = self.chance.randint(1700, 2020), self.chance.random() * 9
            is_linked, is_cited = self.chance.random() < 0.5, self.chance.random() < 0.3
            yield text("| ")
            yield self.prose.to_page() if is_linked else text(self.prose.topic())
            yield text(f" | {year} | {height:.1f} m | ")
            yield self.prose.citation() if is_cited else text("—")
            yield text(" |\n")

    def fence(self) -> Iterator[Piece]:
        """Yield a block of code between fences."""
        if self.prose.shows_decoy():
            yield from self.shown(*self.chance.choice(TEXTS["decoy_fences"]).split("{decoy}"))
        else:
            yield text(self.chance.choice(TEXTS["fences"]))

    def indented(self) -> Iterator[Piece]:
        """Yield a paragraph, and a block of indented code."""
        yield from self.line()
        yield text("\n")
        for _ in range(self.chance.randint(1, 4)):
            yield text(f"    {self.chance.choice(TEXTS['code'])}\n")
        if self.prose.shows_decoy():
            yield from self.shown("    ", "\n")

    def quote(self) -> Iterator[Piece]:
        """Yield a quote."""
        for _ in range(self.chance.randint(1, 3)):
            yield text("> ")
            yield from self.line()

    def image(self) -> Iterator[Piece]:
        """Yield an image that stands alone."""
        yield self.prose.link(f"!{self.prose.topic()}", self.chance.choice(IMAGES))
        yield text("\n")

    def comment(self) -> Iterator[Piece]:
        """Yield a sentence behind a comment."""
        if self.prose.shows_decoy():
            yield from self.shown("<!-- ", " -->\n\n")
        else:
            yield text(f"<!-- checked by {self.prose.name()} -->\n\n")
        yield from self.line()

    def formula(self) -> Iterator[Piece]:
        """Yield a formula."""
        yield text(f"$$\n{TEXTS['formula']}\n$$\n")

    def shown(self, before: str, after: str) -> Iterator[Piece]:
        """Yield what looks like a wreck, between two texts."""
        yield text(before)
        yield decoy(decoy_text(self.chance))
        yield text(after)


def wrapped(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a paragraph with line ends in place of some spaces of its text.

    A line begins with a letter or a bracket, so that none begins a list or a heading.
    """
    column = 0
    for piece in pieces:
        if piece.role != "text":
            column += len(piece.clean)
            yield piece
            continue
        words = piece.clean.split(" ")
        parts = [words[0]]
        column += len(words[0])
        for word in words[1:]:
            wraps = column > WIDTH and (word[:1].isalpha() or not word)
            parts += ["\n" if wraps else " ", word]
            column = len(word) if wraps else column + len(word) + 1
        yield text("".join(parts))
