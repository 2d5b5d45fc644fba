"""The index of a wiki, built in one pass over its files; what did not change is not read again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b

from wikimend.links import facts, guess, surface, wanted
from wikimend.links.anchors import AnchorStyle
from wikimend.links.check import LinkCheck
from wikimend.links.facts import names_from
from wikimend.links.redirects import redirects
from wikimend.links.resolve import Resolver
from wikimend.links.site import Site
from wikimend.links.suggest import Suggester
from wikimend.links.verdict import EVERYTHING, QuickVerdicts, verdict
from wikimend.run import linkcache
from wikimend.run.linkcache import RACY, Entry, Stored
from wikimend.run.reading import Unread, read_all
from wikimend.run.redirectfiles import redirect_files
from wikimend.run.wiki import Wiki, all_located
from wikimend.store import git
from wikimend.store.dialect import DIALECT_OF_SUFFIX
from wikimend.store.listing import listing

_SUFFIXES = tuple(DIALECT_OF_SUFFIX)
_encode = json.JSONEncoder(check_circular=False).encode
_decode = json.JSONDecoder().raw_decode


def build(wiki: Wiki, names: Iterable[str]) -> LinkCheck:
    """Return the check of a wiki's links, for a run over the pages called `names`.

    Raises UsageError where git is asked for what is staged and cannot tell.
    """
    return _Building(wiki).check(names)


@dataclass(eq=False)
class _Building:
    """An index on its way."""

    wiki: Wiki
    entries: dict[str, Entry] = field(default_factory=dict)
    """The pages, with what was known of them before or is known now."""
    files: list[str] = field(default_factory=list)
    """The other files."""
    altered: set[str] = field(default_factory=set)
    """The pages on which others can no longer rest as they did."""
    shape: str = ""
    """What tells this wiki, as far as links rest on it as a whole, from any other."""

    def check(self, names: Iterable[str]) -> LinkCheck:
        path = None
        if self.wiki.cached:
            path = linkcache.cache_path(self.wiki.top, staged=self.wiki.staged)
        found = list(_files(self.wiki))
        style = guess.anchor_style(self.wiki.options, self.wiki.root, [f.path for f in found])
        before = linkcache.load(path, style) if path is not None else {}
        self._read(found, style, before)
        site, resolver = self._site()
        check = LinkCheck(
            resolver,
            self.wiki.options,
            Suggester(resolver, partial(git.renames, self.wiki.top)),
            all_located(names, self.wiki.top),
            {page: entry.digest for page, entry in self.entries.items()},
        )
        self._judge(check, site)
        if path is not None and self.entries != before:
            linkcache.save(path, style, self.entries.values())
        return check

    def _read(
        self, all_found: Iterable[Unread], style: AnchorStyle, before: Mapping[str, Entry]
    ) -> None:
        """Take all files, and find what is kept of the pages."""
        by_digest = {entry.digest: entry for entry in before.values()}
        unread: list[Unread] = []
        now = time.time_ns()
        for found in all_found:
            if not found.path.lower().endswith(_SUFFIXES):
                self.files.append(found.path)
                continue
            old = before.get(found.path)
            if old is not None and found.is_stored_in(old):
                self.entries[found.path] = old
            else:
                unread.append(found)
                self.entries[found.path] = old or _EMPTY  # keeps the order of the files
        for found, digest, made in read_all(self.wiki, style, unread, by_digest):
            old = before.get(found.path)
            if made is None:  # it is gone, or cannot be read
                del self.entries[found.path]
                continue
            settled = found.changed if now - found.changed > RACY else 0
            entry = Entry(found.path, found.size, settled, digest, *made)
            if old is not None and old.digest == digest:
                entry = old._replace(size=found.size, changed=settled)
            elif old is None or old.surface != entry.surface:
                self.altered.add(found.path)
            self.entries[found.path] = entry
        self.altered |= before.keys() - self.entries.keys()

    def _site(self) -> tuple[Site, Resolver]:
        wiki = self.wiki
        called = {
            page: names_from(json.loads(e.called)) for page, e in self.entries.items() if e.called
        }
        pages = Stored(self.entries, lambda entry: entry.surface, surface.from_json)
        known = Stored(self.entries, lambda entry: entry.facts, facts.from_json)
        table = dict(self._redirects())
        shape = _fingerprint([*self.entries, *self.files], list(called.items()), table)

        def site_from(root: str | None) -> Site:
            all_files = [*self.entries, *self.files]
            held = guess.conventions(wiki.options, root, all_files)
            return Site(pages, self.files, held, called, table, known)

        root = wiki.root
        if root is None:
            roots = [
                r for r in guess.ROOTS if not r or any(f.startswith(f"{r}/") for f in self.entries)
            ]
            root = self._believed(roots, [Resolver(site_from(r)) for r in roots], shape)
        site = site_from(root)
        self.shape = _fingerprint(shape, repr(wiki.options), repr(site.conventions))
        return site, Resolver(site)

    def _believed(self, roots: list[str], resolvers: Sequence[Resolver], shape: str) -> str | None:
        """Return the root that the pages tell of; what a page tells is kept with it."""
        sums = [0] * (len(roots) + 1)
        for page, entry in self.entries.items():
            if not entry.rooted:
                continue
            mark, _, numbers = entry.evidence.partition(" ")
            if mark != shape:
                found = guess.evidence(page, json.loads(entry.rooted), resolvers)
                numbers = " ".join(map(str, found))
                self.entries[page] = entry._replace(evidence=f"{shape} {numbers}")
            for index, number in enumerate(numbers.split()):
                sums[index] += int(number)
        return guess.believed(roots, tuple(sums))

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

    def _judge(self, check: LinkCheck, site: Site) -> None:
        """Note which pages of the run have nothing wrong with their links."""
        quick = QuickVerdicts(check)
        for page in check.locate.values():
            entry = self.entries.get(page)
            if entry is None:
                continue
            if entry.fingerprint != self.shape or self._overturned(entry.depends):
                want = wanted.from_json(_decode(entry.wanted)[0])
                found = quick.verdict(page, want) or verdict(check, page, site.facts[page])
                entry = entry._replace(
                    fingerprint=self.shape if found.clean else "",
                    depends=_encode(found.depends) if found.depends else "",
                    unchecked=_encode(found.unchecked) if found.unchecked else "",
                )
                self.entries[page] = entry
            if entry.fingerprint:
                check.clean[page] = json.loads(entry.unchecked) if entry.unchecked else {}

    def _overturned(self, depends: str) -> bool:
        if not self.altered or not depends:
            return False
        rests_on = json.loads(depends)
        return EVERYTHING in rests_on or not self.altered.isdisjoint(rests_on)


_EMPTY = Entry("", 0, 0, "", "", "", "", "", "")


def _files(wiki: Wiki) -> Iterable[Unread]:
    if wiki.staged:
        yield from (Unread(file.path, 0, 0, file.blob) for file in git.staged(wiki.top))
    else:
        yield from (Unread(f.path, f.size, f.changed) for f in listing(wiki.top))


def _fingerprint(*values: object) -> str:
    return blake2b(json.dumps(values).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
