"""The check of a page's links: findings with what was meant, and how to write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from wikimend.links import routes, wording
from wikimend.links.facts import Facts, facts
from wikimend.links.forms import Rewriting
from wikimend.links.link import WIKI, Link
from wikimend.links.lostlinks import lost_links
from wikimend.links.options import LinkOptions
from wikimend.links.outcome import UNCHECKED, Outcome
from wikimend.links.resolve import Resolver
from wikimend.links.site import composed
from wikimend.links.skip import Skip
from wikimend.links.suggest import Suggester
from wikimend.links.suggestion import Suggestion, safety_of
from wikimend.links.unchecked import unchecked_links
from wikimend.repair.check import Checked
from wikimend.repair.finding import Finding, Mended
from wikimend.rules import notices
from wikimend.rules.notices import Notice
from wikimend.text.block import Block
from wikimend.text.page import Page

NOTICE_OF: Mapping[str, Notice] = {
    "page-missing": notices.PAGE_MISSING,
    "file-missing": notices.FILE_MISSING,
    "section-missing": notices.SECTION_MISSING,
    "stray": notices.SECTION_MISSING,
    "wrong-case": notices.WRONG_CASE,
    "redirected": notices.REDIRECTED,
    "redirect-chain": notices.REDIRECT_CHAIN,
    "redirect-loop": notices.REDIRECT_LOOP,
    "redirect-missing": notices.REDIRECT_MISSING,
    "empty": notices.EMPTY,
}
"""The finding that each outcome is; the others are none."""

_Found = TypeVar("_Found", Outcome, Suggestion)

_STUBS = frozenset({"todo", "tbd", "fixme", "wip", ""})


@dataclass(eq=False)
class LinkCheck:
    """A wiki's index with its options, ready to judge pages: a `repair.check.Check`."""

    resolver: Resolver
    """The index."""
    options: LinkOptions
    """What the wiki asks for."""
    suggester: Suggester
    """What may have been meant."""
    locate: Callable[[str], str | None]
    """Returns the path in the index, as stored, of the page with a name; None of one elsewhere."""
    known: Mapping[str, str] = field(default_factory=dict)
    """The text of each page that the index was made of, as a digest, by the path."""
    clean: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The pages with nothing wrong about their links, with what was not checked of them."""

    def __post_init__(self) -> None:
        """Make what judges links, and room for the page in hand: it is mostly judged twice."""
        self.skip = Skip(self.options.skip)
        self.forms = Rewriting(self.resolver, self.options)
        self._facts_of: tuple[Page, Facts] | None = None
        self._checked: tuple[Page, str, Checked] | None = None

    def check(self, page: Page, blocks: Sequence[Block] | None) -> Checked:
        """Return the findings about the links of a page, and what was not checked."""
        path = self.locate(page.name)
        if path is None:
            return unchecked_links(page, blocks)
        unchecked = self.clean.get(path)
        if unchecked is not None and self.known.get(path) == digest(page):
            return Checked((), unchecked)
        last = self._checked
        if last is not None and last[:2] == (page, path):
            return last[2]
        now = self._stored(page, path)
        if now is None:
            now = self._facts(page, blocks)
            self.resolver.take(path, now)
        counts: Counter[str] = Counter()
        found = sorted(self._findings(path, now, counts), key=lambda f: (f.start, f.end, f.rule))
        self.resolver.own.pop(path, None)
        checked = Checked(tuple(found), dict(counts))
        self._checked = page, path, checked
        return checked

    def judges(self, page: Page) -> bool:
        """Return whether a page is in the wiki."""
        return self.locate(page.name) is not None

    def settled(self, name: str) -> Mended | None:
        """Return the page called `name` as it is after a check, where that is known unread.

        Its text is left out. None where there is something to tell of, or where it may have changed
        since the index was made.
        """
        path = self.locate(name)
        unchecked = self.clean.get(path) if path is not None else None
        return None if unchecked is None else Mended(Page("", name), "", unchecked=unchecked)

    def holds(self, before: Page, after: Page, repaired: Sequence[Finding]) -> bool:
        """Return whether the links of `after` are those of `before`, but for the repaired ones."""
        path = self.locate(before.name)
        was = (self._stored(before, path) if path else None) or self._facts(before)
        now = self._facts(after)
        places = {(f.start, f.end) for f in repaired}
        gained = sum(f.rule == notices.LOST_LINK.id for f in repaired)
        kept = Counter(
            (link.kind, link.label, link.destination)
            for link in was.links
            if (link.dest_start, link.dest_end) not in places
            and (link.start, link.end) not in places
        )
        there = Counter((link.kind, link.label, link.destination) for link in now.links)
        same_count = len(now.links) == len(was.links) + gained
        return same_count and kept <= there and len(now.headings) == len(was.headings)

    def _stored(self, page: Page, path: str) -> Facts | None:
        """Return the facts that are kept of a page, if they are of this very text."""
        told = self.known.get(path)
        return self.resolver.site.facts.get(path) if told and told == digest(page) else None

    def _facts(self, page: Page, blocks: Sequence[Block] | None = None) -> Facts:
        """Return the facts of a page; those of the last one are kept."""
        if self._facts_of is None or self._facts_of[0] != page:
            self._facts_of = page, facts(page, blocks)
        return self._facts_of[1]

    def _findings(self, path: str, now: Facts, counts: Counter[str]) -> Iterator[Finding]:
        defined: set[int] = set()
        for link in now.links:
            if link.kind in ("reference", "image-reference"):
                # What is wrong with it is wrong with its definition, and said once.
                continue
            if link.dest_start in defined and link.kind == "definition":
                continue
            if link.kind == "definition":
                defined.add(link.dest_start)
            yield from self._finding(link, path, counts)
        yield from _duplicate_ids(now)
        yield from lost_links(now, composed(path), self.suggester)

    def _finding(self, link: Link, path: str, counts: Counter[str]) -> Iterator[Finding]:
        if self.skip.holds(link.destination):
            counts["skipped"] += 1
            return
        outcome = self.resolver.resolve(link, path)
        if outcome.status in UNCHECKED:
            counts[outcome.status] += 1
        notice = NOTICE_OF.get(outcome.status)
        if notice is None:
            yield from self.forms.findings(link, outcome, path)
        elif outcome.status != "empty" or _says_something(link):
            yield self._broken(notice, link, outcome, path)

    def _broken(self, notice: Notice, link: Link, outcome: Outcome, path: str) -> Finding:
        suggestions = self.suggester.suggest(link, outcome, path)
        start, end = link.dest_start, link.dest_end
        if self.resolver.site.conventions.has_paths:
            message = wording.message(link, outcome, suggestions)
        else:
            message = wording.message(link, _named(outcome), [_named(s) for s in suggestions])
        finding = Finding.of(notice, message, start, end)
        if outcome.status == "page-missing" and self.resolver.site.style(path) == "mediawiki":
            # In wikitext a link to a page that is yet to be written is good practice.
            finding = finding._replace(severity="warning")
        if not suggestions:
            return finding
        written = [
            (self.forms.replacement(link, meant.path, meant.fragment, path), meant)
            for meant in suggestions
        ]
        if written[0][0] is None:
            return finding
        offers = [(text, meant) for text, meant in written if text is not None]
        return wording.repairable(finding, offers, safety_of(suggestions), protected=link.protected)


def _named(found: _Found) -> _Found:
    """Return an outcome or a suggestion with the name of its page in place of the path."""
    return replace(found, path=routes.stem(found.path))


def _says_something(link: Link) -> bool:
    """Return whether an empty link is more than a stub that an author left on purpose."""
    return link.kind not in WIKI and link.label.strip().lower() not in _STUBS


def _duplicate_ids(now: Facts) -> Iterator[Finding]:
    seen: set[str] = set()
    for heading in now.headings:
        if heading.id and heading.id in seen:
            message = f'The id "{heading.id}" is written out in two headings.'
            yield Finding.of(
                notices.DUPLICATE_ID,
                message,
                heading.start,
                heading.start + max(1, len(heading.text)),
            )
        seen.add(heading.id)


def digest(page: Page) -> str:
    """Return what tells the text of a page from any other (BLAKE2b, of the stored bytes)."""
    return digest_of(page.to_bytes())


def digest_of(data: bytes) -> str:
    """Return what tells these bytes from any others (BLAKE2b)."""
    from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()
