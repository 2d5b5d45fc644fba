"""The pages: prose in several languages, lists, tables, code, quotes and all that pages hold."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from benchmarks.peers_pieces import Piece, decoy, link, text
from benchmarks.peers_wrecks import decoy_text, wrecked_citation, wrecked_link

TEXTS: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("peers_texts.yaml").read_text("utf-8")
)
LANGUAGES: Mapping[str, Mapping[str, Any]] = TEXTS["languages"]
WIDTH = 88
"""Where the lines of a wrapped paragraph end, in code points."""

SLOT = re.compile(r"\{(\w+)\}")
IMAGES = tuple(f"/img/{name}-{number}.jpg" for name in ("pier", "map") for number in range(20))
HOSTS = ("example.org", "archive.example.org", "tides.example.net", "www.example.com")
TAILS = ("", "", "", "?year=1922&p=7", "#section-2", "/index.html", "_(Fluss)", "/a_b-c.pdf")


@dataclass(frozen=True, slots=True)
class Title:
    """What a page is about, and where it is."""

    language: str
    """The language of the page."""
    topic: str
    """Its title."""
    path: str
    """How links lead to it: from the root, without a suffix."""


@lru_cache(maxsize=None)
def title(number: int) -> Title:
    """Return the title of a page."""
    chance = random.Random(number)
    shares = [language["share"] for language in LANGUAGES.values()]
    name = chance.choices([*LANGUAGES], shares)[0]
    topic = chance.choice(LANGUAGES[name]["topics"])
    slug = re.sub(r"[^\w]+", "-", topic.lower())
    return Title(name, topic, f"/{chance.choice(TEXTS['folders'])}/{slug}-{number}")


@dataclass(slots=True)
class Author:
    """Writes one page."""

    number: int
    """The number of the page."""
    pages: int
    """How many pages the tree has; links lead to any of them."""
    damage: float
    """The share of links and citations that are wrecked."""
    decoys: float
    """The share of blocks of code, and such, that show a wreck."""
    chance: random.Random = field(init=False)
    """What is left to chance."""
    sources: list[str] = field(default_factory=list)
    """The addresses cited so far; the first is number 1."""
    wraps: bool = field(init=False)
    """Whether paragraphs are wrapped."""
    is_sound: bool = True
    """Whether nothing is wrecked so far."""

    def __post_init__(self) -> None:
        """Begin the page."""
        self.chance = random.Random(self.number + 1_000_003)
        self.wraps = self.chance.random() < 0.4

    def page(self, size: int) -> Iterator[Piece]:
        """Yield a page of about `size` code points."""
        about = title(self.number)
        if self.chance.random() < 0.3:
            yield from self.front_matter(about)
        yield text(f"# {about.topic.capitalize()}\n")
        written = 0
        while written < size:
            if written and self.chance.random() < 0.2:
                yield text(f"\n## {self.topic().capitalize()} {self.chance.randint(1850, 1990)}\n")
            yield text("\n")
            for piece in self.block():
                written += len(piece.clean)
                yield piece

    def front_matter(self, about: Title) -> Iterator[Piece]:
        """Yield the front matter."""
        yield text(f"---\ntitle: {about.topic}\ntags: [sea, {about.language}]\n")
        if self.shows_decoy():
            yield from (text('note: "'), decoy(decoy_text(self.chance)), text('"\n'))
        yield text(
            f"date: {self.chance.randint(2015, 2025)}-03-0{self.chance.randint(1, 9)}\n---\n\n"
        )

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
        pieces = self.prose(self.chance.randint(2, 7), may_wrap=True)
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
        yield from [self.to_page(), text("\n")] if self.chance.random() < 0.3 else self.line()

    def line(self) -> Iterator[Piece]:
        """Yield a sentence and a line end."""
        yield from self.prose(1)
        yield text("\n")

    def table(self) -> Iterator[Piece]:
        """Yield a table with links and numbers in its cells."""
        yield text("| Name | Year | Height | Source |\n|------|:----:|-------:|--------|\n")
        for _ in range(self.chance.randint(3, 12)):
            yield from (
                text("| "),
                self.to_page() if self.chance.random() < 0.5 else text(self.topic()),
            )
            yield text(
                f" | {self.chance.randint(1700, 2020)} | {self.chance.random() * 9:.1f} m | "
            )
            yield from (self.citation() if self.chance.random() < 0.3 else text("—"), text(" |\n"))

    def fence(self) -> Iterator[Piece]:
        """Yield a block of code between fences."""
        if self.shows_decoy():
            before, after = self.chance.choice(TEXTS["decoy_fences"]).split("{decoy}")
            yield from (text(before), decoy(decoy_text(self.chance)), text(after))
        else:
            yield text(self.chance.choice(TEXTS["fences"]))

    def indented(self) -> Iterator[Piece]:
        """Yield a paragraph, and a block of indented code."""
        yield from self.line()
        yield text("\n")
        for _ in range(self.chance.randint(1, 4)):
            yield text(f"    {self.chance.choice(TEXTS['code'])}\n")
        if self.shows_decoy():
            yield from (text("    "), decoy(decoy_text(self.chance)), text("\n"))

    def quote(self) -> Iterator[Piece]:
        """Yield a quote."""
        for _ in range(self.chance.randint(1, 3)):
            yield text("> ")
            yield from self.line()

    def image(self) -> Iterator[Piece]:
        """Yield an image that stands alone."""
        yield from (self.link(f"!{self.topic()}", self.chance.choice(IMAGES)), text("\n"))

    def comment(self) -> Iterator[Piece]:
        """Yield a sentence behind a comment."""
        if self.shows_decoy():
            yield from (text("<!-- "), decoy(decoy_text(self.chance)), text(" -->\n\n"))
        else:
            yield text(f"<!-- checked by {self.name()} -->\n\n")
        yield from self.line()

    def formula(self) -> Iterator[Piece]:
        """Yield a formula."""
        yield text(
            "$$\nh(t) = a_0 + \\sum_{i=1}^{n} a_i \\cos(w_i t - p_i), \\quad t \\in [0, T)\n$$\n"
        )

    def prose(self, sentences: int, *, may_wrap: bool = False) -> list[Piece]:
        """Return some sentences with what stands in their slots."""
        parts = self.chance.choices(_sentences(title(self.number).language), k=sentences)
        pieces = []
        for place, part in enumerate(parts):
            if place:
                pieces.append(text(" "))
            for slot, content in part:
                pieces.append(text(content) if not slot else self.fill(content, may_wrap=may_wrap))
        if self.shows_decoy(0.3):
            pieces += [text(" `"), decoy(decoy_text(self.chance)), text("`.")]
        return pieces

    def fill(self, slot: str, *, may_wrap: bool) -> Piece:
        """Return what stands in a slot of a sentence."""
        if slot == "link":
            return self.to_page(may_wrap=may_wrap)
        if slot == "cite":
            return self.citation()
        if slot == "out":
            return link(f"[{self.topic()}]({self.address()})")
        return text(SLOTS[slot](self))

    def to_page(self, *, may_wrap: bool = False) -> Piece:
        """Return a link to another page, sound or wrecked."""
        to = title(self.chance.randrange(self.pages))
        label = to.topic
        dice = self.chance.random()
        if dice < 0.12:
            label = (f"*{label}*", f"`tide` {label}", f"{label} (1890)")[int(dice / 0.04)]
        return self.link(label, to.path, may_wrap=may_wrap)

    def link(self, label: str, path: str, *, may_wrap: bool = False) -> Piece:
        """Return a link or, where the label begins with a mark, an image; sound or wrecked."""
        if self.wrecks():
            return wrecked_link(self.chance, label, path, may_wrap=may_wrap)
        mark = "!" if label.startswith("!") else ""
        return link(f"{mark}[{label.removeprefix('!')}]({path})")

    def citation(self) -> Piece:
        """Return a citation, sound or wrecked: of a new source, or now and then of an old one."""
        if len(self.sources) < 999 and (not self.sources or self.chance.random() < 0.8):
            self.sources.append(self.address())
            number = len(self.sources)
        else:
            number = self.chance.randint(1, len(self.sources))
        url = self.sources[number - 1]
        if self.wrecks():
            return wrecked_citation(self.chance, number, url)
        return link(f"[{number}]({url})")

    def wrecks(self) -> bool:
        """Return whether this link or citation is wrecked; on a damaged page the first one is."""
        is_wrecked = self.damage > 0 and (self.is_sound or self.chance.random() < self.damage)
        self.is_sound = self.is_sound and not is_wrecked
        return is_wrecked

    def address(self) -> str:
        """Return an address that the page does not have yet."""
        name = re.sub(r"[^a-z]+", "-", self.topic().lower()).strip("-") or "page"
        host, tail = self.chance.choice(HOSTS), self.chance.choice(TAILS)
        return f"https://{host}/{name}/{self.chance.randrange(1_000_000)}{tail}"

    def topic(self) -> str:
        """Return something in the language of the page."""
        topics: Sequence[str] = LANGUAGES[title(self.number).language]["topics"]
        return self.chance.choice(topics)

    def name(self) -> str:
        """Return somebody's name."""
        names: Sequence[str] = LANGUAGES[title(self.number).language]["names"]
        return self.chance.choice(names)

    def shows_decoy(self, share: float = 1.0) -> bool:
        """Return whether what looks like a wreck stands here."""
        return self.decoys > 0 and self.chance.random() < self.decoys * share


SLOTS: Mapping[str, Callable[[Author], str]] = {
    "year": lambda author: str(author.chance.randint(1700, 2020)),
    "number": lambda author: str(author.chance.randint(2, 900)),
    "name": Author.name,
    "code": lambda author: f"`{author.chance.choice(TEXTS['code'])}`",
    "odd": lambda author: author.chance.choice(TEXTS["odd"]),
}
"""What stands in the slots that are no links."""


@lru_cache(maxsize=None)
def _sentences(language: str) -> list[list[tuple[bool, str]]]:
    """Return the sentences of a language, each cut at its slots."""
    cut = (SLOT.split(sentence) for sentence in LANGUAGES[language]["sentences"])
    return [[(bool(place % 2), part) for place, part in enumerate(parts) if part] for parts in cut]


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
