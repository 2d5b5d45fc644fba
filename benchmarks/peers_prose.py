"""Sentences with their links and citations, sound and wrecked, in several languages."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from benchmarks.peers_pieces import Piece, decoy, link, text
from benchmarks.peers_wrecks import decoy_text, wrecked_citation, wrecked_link

TEXTS: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("peers_texts.yaml").read_text("utf-8")
)
LANGUAGES: Mapping[str, Mapping[str, Any]] = TEXTS["languages"]

SLOT = re.compile(r"\{(\w+)\}")
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


@cache
def title(number: int) -> Title:
    """Return the title of a page."""
    chance = random.Random(number)
    shares = [language["share"] for language in LANGUAGES.values()]
    name = chance.choices([*LANGUAGES], shares)[0]
    topic = chance.choice(LANGUAGES[name]["topics"])
    slug = re.sub(r"[^\w]+", "-", topic.lower())
    return Title(name, topic, f"/{chance.choice(TEXTS['folders'])}/{slug}-{number}")


@dataclass(slots=True)
class Prose:
    """Writes the sentences of one page."""

    number: int
    """The number of the page."""
    pages: int
    """How many pages the tree has; links lead to any of them."""
    damage: float
    """The share of links and citations that are wrecked."""
    decoys: float
    """The share of blocks of code, and such, that show a wreck."""
    chance: random.Random
    """What is left to chance."""
    sources: list[str] = field(default_factory=list)
    """The addresses cited so far; the first is number 1."""
    is_sound: bool = True
    """Whether nothing is wrecked so far."""

    def sentences(self, count: int, *, may_wrap: bool = False) -> list[Piece]:
        """Return some sentences with what stands in their slots."""
        parts = self.chance.choices(_sentences(title(self.number).language), k=count)
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


SLOTS: Mapping[str, Callable[[Prose], str]] = {
    "year": lambda prose: str(prose.chance.randint(1700, 2020)),
    "number": lambda prose: str(prose.chance.randint(2, 900)),
    "name": Prose.name,
    "code": lambda prose: f"`{prose.chance.choice(TEXTS['code'])}`",
    "odd": lambda prose: prose.chance.choice(TEXTS["odd"]),
}
"""What stands in the slots that are no links."""


@cache
def _sentences(language: str) -> list[list[tuple[bool, str]]]:
    """Return the sentences of a language, each cut at its slots."""
    cut = (SLOT.split(sentence) for sentence in LANGUAGES[language]["sentences"])
    return [[(bool(place % 2), part) for place, part in enumerate(parts) if part] for parts in cut]
