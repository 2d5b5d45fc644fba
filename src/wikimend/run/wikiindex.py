"""The index of a wiki, built in one pass over its files, and the verdicts on their links."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from itertools import chain

from wikimend.caches import can_write
from wikimend.links import facts, guess, wanted
from wikimend.links.check import LinkCheck
from wikimend.links.redirects import redirects
from wikimend.links.resolve import Resolver
from wikimend.links.site import Site
from wikimend.links.suggest import Suggester
from wikimend.links.verdict import EVERYTHING, QuickVerdicts, verdict
from wikimend.run import linkcache
from wikimend.run.apart import apart
from wikimend.run.inventory import Inventory
from wikimend.run.notes import WRONG, Note, Notes
from wikimend.run.reading import MANY
from wikimend.run.redirectfiles import redirect_files
from wikimend.run.renewal import NEW, renewed, stored
from wikimend.run.scratch import Scratch
from wikimend.run.shelf import Shelf
from wikimend.run.wiki import Located, Wiki
from wikimend.store import git

_encode = json.JSONEncoder(check_circular=False).encode


def build(wiki: Wiki, names: Iterable[str]) -> LinkCheck:
    """Return the check of a wiki's links, for a run over the pages called `names`.

    Raises UsageError where git is asked for what is staged and cannot tell.
    """
    building = _Building(wiki)
    if building.is_long and apart(partial(building.check, names)):
        del building
        building = _Building(wiki)  # for which all is in the cache
    return building.check(names)


class _Building:
    """An index on its way: what is kept of the pages, and what was found out before."""

    def __init__(self, wiki: Wiki) -> None:
        self.wiki = wiki
        self.path = linkcache.cache_path(wiki.top, staged=wiki.staged) if wiki.cached else None
        self.folder = self.path and self.path.parent
        there = Inventory(wiki)
        self.files = there.others
        self.telling = there.telling
        self.style = guess.anchor_style(wiki.options, wiki.root, self.telling)
        known = linkcache.load(self.path, self.style) if self.path is not None else None
        self.shelf = known[0] if known else linkcache.empty(self.folder, self.style)
        self.noted = known[1] if known else Notes(self.shelf.scratch, 0)
        self.there, self.before = there, stored(there, self.shelf)

    @property
    def is_long(self) -> bool:
        """Whether much is to be read, and can be kept in the cache."""
        if self.path is None or self.wiki.staged or not can_write(self.path):
            return False
        return sum(number == NEW for number in self.before) >= MANY

    def check(self, names: Iterable[str]) -> LinkCheck:
        old = self.shelf
        now = renewed(self.wiki, self.style, self.there, old, self.before, self.folder)
        self.shelf, self.before = now.shelf, now.before
        self.altered = {_encode(path)[1:-1] for path in now.altered}
        self.is_new = now.shelf is not old
        shelf, options = self.shelf, self.wiki.options
        site, basis, evidence = self._site()
        resolver = Resolver(site)
        check = LinkCheck(
            resolver,
            options,
            Suggester(resolver, partial(git.renames, self.wiki.top)),
            Located(self.wiki.top),
            shelf.column(shelf.digest),
        )
        shape = _fingerprint((basis, repr(options), repr(site.conventions)))
        chosen = self._chosen(map(check.locate, names))
        noted = self.noted
        known = (noted.shape == shape and noted.is_judged(n) for n in _numbers(chosen))
        if self.is_new or not all(known):
            self._judge(check, chosen, evidence, basis, shape)
            if self.path is not None:
                linkcache.save(self.path, shelf)
        if self.noted.shape == shape:
            check.clean = shelf.column(self.noted.clean())
        return check

    def _chosen(self, paths: Iterable[str | None]) -> bytearray:
        """Return for each page whether it is one of these."""
        chosen = bytearray(len(self.shelf))
        for path in paths:
            number = None if path is None else self.shelf.paths.find(path)
            if number is not None:
                chosen[number] = True
        return chosen

    def _site(self) -> tuple[Site, str, list[str]]:
        """Return the site, what tells it from others, and what each page tells of its root."""
        options, shelf = self.wiki.options, self.shelf
        called, pages = shelf.names(), shelf.surfaces()
        anchors = shelf.column(shelf.anchors.__getitem__)
        table = dict(self._redirects())
        basis = _fingerprint(chain(shelf.paths.all(), self.files.all(), (table,), called.items()))

        def site_from(root: str | None) -> Site:
            held = guess.conventions(options, root, self.telling)
            return Site(pages, self.files, held, called, table, shelf.facts(), anchors, shelf.paths)

        root, evidence = self.wiki.root, [""] * len(shelf)
        if root is None:
            roots = guess.roots(shelf.paths)
            sums = [0] * (len(roots) + 1)
            for number, told in self._evidence([Resolver(site_from(r)) for r in roots], basis):
                evidence[number] = sys.intern(told)
                sums = [one + int(other) for one, other in zip(sums, told.split(), strict=True)]
            root = guess.believed(roots, tuple(sums))
        return site_from(root), basis, evidence

    def _evidence(self, resolvers: Sequence[Resolver], basis: str) -> Iterator[tuple[int, str]]:
        """Yield what the pages tell of roots; what a page tells is kept with it."""
        for number in self.shelf.rooted():
            was = self.before[number]
            is_known = was != NEW and self.noted.basis == basis
            told = self.noted.note(was).evidence if is_known else ""
            if not told:
                entry = self.shelf.entry(number)
                found = guess.evidence(entry.path, json.loads(entry.rooted), resolvers)
                told = " ".join(map(str, found))
            yield number, told

    def _redirects(self) -> Iterable[tuple[str, str]]:
        wiki = self.wiki
        blobs = {wiki.top / f.path: f.blob for f in git.staged(wiki.top)} if wiki.staged else {}
        for place in redirect_files(wiki):
            try:
                if wiki.staged and place in blobs:
                    data = next(git.contents(wiki.top, [blobs[place]]))
                else:
                    data = place.read_bytes()
            except OSError:
                continue
            for redirect in redirects(data.decode("utf-8", "replace"), place.name):
                yield redirect.old, redirect.new

    def _note(self, number: int, shape: str) -> Note:
        """Return what was found out about a page before, if it is still true."""
        was = self.before[number]
        if was == NEW or self.noted.shape != shape:
            return _NOTHING
        note = self.noted.note(was)
        return _NOTHING if self.altered and self._is_overturned(note) else note

    def _is_overturned(self, note: Note) -> bool:
        if note.unchecked == WRONG:  # any page may have gained what was missing
            return True
        rests_on = note.depends[2:-2].split('", "')  # as JSON, which takes longer to read
        return EVERYTHING in rests_on or not self.altered.isdisjoint(rests_on)

    def _judge(
        self, check: LinkCheck, chosen: bytearray, evidence: list[str], basis: str, shape: str
    ) -> None:
        """Write notes on all pages: what is still true, and the verdicts on the chosen ones."""
        shelf, quick = self.shelf, QuickVerdicts(check)
        if not self.is_new:
            shelf.move(Scratch.empty(self.folder))
        notes = linkcache.begun(shelf, basis, shape)
        for number, told in enumerate(evidence):
            note = self._note(number, shape)
            if chosen[number] and not note.unchecked:
                note = _judged(check, quick, shelf, number)
            if note.evidence != told:
                note = note._replace(evidence=told)
            if note != _NOTHING:
                notes.add(number, note)
        self.noted = notes


_NOTHING = Note()


def _judged(check: LinkCheck, quick: QuickVerdicts, shelf: Shelf, number: int) -> Note:
    """Return the verdict on the links of a page."""
    path, (want, known) = shelf.paths[number], shelf.own(number)
    found = quick.verdict(path, wanted.from_json(json.loads(want)))
    if found is None:
        found = verdict(check, path, facts.from_json(json.loads(known)))
    if not found.clean:
        return Note(unchecked=WRONG)
    depends = _encode(found.depends) if found.depends else ""
    return Note("", _encode(found.unchecked), depends)


def _numbers(chosen: bytearray) -> Iterator[int]:
    return (number for number, is_chosen in enumerate(chosen) if is_chosen)


def _fingerprint(values: Iterable[object]) -> str:
    digest = blake2b(digest_size=12)
    for value in values:
        data = value if isinstance(value, memoryview) else _encode(value).encode("ascii")
        digest.update(b"%d\n" % len(data))
        digest.update(data)
    return digest.hexdigest()
