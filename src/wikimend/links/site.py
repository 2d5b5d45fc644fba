"""The index of a wiki: its pages and files, and all the names that they answer to."""

from __future__ import annotations

import posixpath
import unicodedata
from array import array
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from wikimend.links import routes
from wikimend.links.anchors import AnchorStyle, anchors
from wikimend.links.facts import Facts
from wikimend.links.frontmatter import Names as Called
from wikimend.links.groups import Groups
from wikimend.links.names import Names
from wikimend.links.options import WikiLinks
from wikimend.links.surface import Surface, listed
from wikimend.links.target import below_base
from wikimend.store.dialect import DIALECT_OF_SUFFIX

_WIKITEXT = tuple(suffix for suffix, d in DIALECT_OF_SUFFIX.items() if d == "mediawiki")


@dataclass(frozen=True, slots=True)
class Conventions:
    """How the links of a wiki are to be read: what is configured, completed by guesses."""

    root: str | None = None
    """The folder that `/path` counts from, from the top, `` for the top; None: not known."""
    base_urls: tuple[str, ...] = ()
    """Addresses of the wiki itself."""
    anchors: AnchorStyle = "github"
    """How anchors are made of headings."""
    wiki_links: WikiLinks = "off"
    """Whether and how links in double brackets are used."""
    relative_to_url: bool = False
    """Whether relative links count from an address that ends in a slash."""
    spaces: str = ""
    """What stands in an address for a space of a file name."""
    locales: tuple[str, ...] = ()
    """Folders of languages; the first has every page."""
    has_paths: bool = True
    """Whether pages have paths; where they have names alone, no link counts from a folder."""
    has_files: bool = True
    """Whether other files than pages are known."""


@dataclass(eq=False)
class Site:
    """The pages and files below one folder, the top; all paths are relative to it, with `/`."""

    pages: Mapping[str, Surface]
    """What others can rest on of every page, by its path."""
    files: Collection[str]
    """The paths of all other files."""
    conventions: Conventions = field(default_factory=Conventions)
    """How links are read."""
    called: Mapping[str, Called] = field(default_factory=dict)
    """What the pages say of their names, by path; those that say nothing may be left out."""
    redirect_table: Mapping[str, str] = field(default_factory=dict)
    """New addresses by the old ones, as files of redirects have them."""
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """All that is known of the pages, where that is kept."""
    anchors: Mapping[str, str] = field(default_factory=dict)
    """The anchors of pages, where they are at hand without the rest of what is in `pages`."""
    paths: Names | None = None
    """The paths of the pages, where they are at hand by their numbers."""

    def everything(self) -> Iterator[str]:
        """Yield all paths, in Unicode normalization form C; one may come twice."""
        yield from map(composed, chain(self.pages, self.files))

    @cached_property
    def as_stored(self) -> Mapping[str, str]:
        """The path as the disk has it for each path whose normalization form C is another."""
        return {
            composed(path): path for path in chain(self.pages, self.files) if path != composed(path)
        }

    def has(self, path: str) -> bool:
        """Return whether a path, in Unicode normalization form C, is that of a page or file."""
        if path in self.as_stored:
            return True
        return (path in self.pages or path in self.files) and path == composed(path)

    @cached_property
    def folders(self) -> frozenset[str]:
        """All folders that hold a file, and those over them."""
        found: set[str] = {""}
        for path in self.everything():
            folder = posixpath.dirname(path)
            while folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return frozenset(found)

    @cached_property
    def folded_folders(self) -> frozenset[str]:
        """The folders, letter case aside."""
        return frozenset(folder.casefold() for folder in self.folders)

    @cached_property
    def all_pages(self) -> Names:
        """The paths of the pages, by their numbers."""
        return Names(self.pages) if self.paths is None else self.paths

    @cached_property
    def all_files(self) -> Names:
        """The paths of the other files, by their numbers."""
        return self.files if isinstance(self.files, Names) else Names(self.files)

    @cached_property
    def _called(self) -> array[int]:
        """The numbers of the pages in `called`."""
        found = map(self.all_pages.find, self.called)
        return array("I", (number for number in found if number is not None))

    @cached_property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes that pages have, the usual ones first."""
        found = {posixpath.splitext(path)[1] for path in self.pages}
        return tuple(suffix for suffix in routes.PAGE_SUFFIXES if suffix in found)

    def alike(self, path: str) -> list[str]:
        """Return the paths that are the same but for letter case, sorted."""
        folded = path.casefold()
        same = [folded] if self.has(folded) and folded == folded.casefold() else []
        others = (composed(other) for table in self._with_case for other in table.get(folded))
        return sorted({*others, *same})

    @cached_property
    def _with_case(self) -> tuple[Groups, Groups]:
        """The paths that are others without their letter case, by what they are then."""

        def without(path: str) -> list[str]:
            path = composed(path)
            folded = path.casefold()
            return [folded] if folded != path else []

        return Groups(self.all_pages, without), Groups(self.all_files, without)

    @cached_property
    def routes(self) -> Mapping[str, str]:
        """The page by an address that is not made of its path in the usual way."""
        found: dict[str, str] = {}
        spaces = self.conventions.spaces
        root = self.conventions.root or ""
        for path, names in self.called.items():
            for given in names.routes:
                folder = posixpath.dirname(path)
                address = _below(root, given) if given.startswith("/") else f"{folder}/{given}"
                found.setdefault(address.strip("/").removesuffix(".html"), path)
        if spaces:
            for path in self.pages:
                if " " in path:
                    found.setdefault(routes.stem(path).replace(" ", spaces), path)
        return found

    @cached_property
    def stems(self) -> Groups:
        """The pages by their last part without suffix, letter case aside; spaces are spaces."""
        return Groups(
            self.all_pages, lambda path: [self.name_key(posixpath.basename(routes.stem(path)))]
        )

    @cached_property
    def file_names(self) -> Groups:
        """The files by their last part, letter case aside."""
        return Groups(self.all_files, lambda path: [posixpath.basename(path).casefold()])

    @cached_property
    def titles(self) -> Groups:
        """The pages by their titles, letter case aside."""

        def title(path: str) -> list[str]:
            shown = self.pages[path].title
            return [self.name_key(shown)] if shown else []

        return Groups(self.all_pages, title)

    @cached_property
    def aliases(self) -> Groups:
        """The pages by the other names that they give themselves, letter case aside."""
        return Groups(
            self.all_pages, lambda path: map(self.name_key, self.called[path].aliases), self._called
        )

    @cached_property
    def numbers(self) -> Groups:
        """The pages by the ids that they had elsewhere."""
        return Groups(self.all_pages, lambda path: self.called[path].numbers, self._called)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Where old addresses lead, by `routes.key`: a path from the top, or an address."""
        root = self.conventions.root or ""
        found: dict[str, str] = {}
        for old, new in self.redirect_table.items():
            address = below_base(old, self.conventions.base_urls) or old
            found.setdefault(routes.key(_below(root, address)), new)
        for path, names in self.called.items():
            folder = posixpath.dirname(path)
            slashed = (name for name in names.aliases if "/" in name)
            for old in (*names.redirects, *slashed):
                place = _below(root, old) if old.startswith("/") else f"{folder}/{old}"
                found.setdefault(routes.key(place), f"\0{path}")
        return found

    @cached_property
    def sections(self) -> Groups:
        """The pages by the anchors of their sections."""
        return Groups(self.all_pages, lambda path: listed(self.anchors_of(path)))

    def heading_anchors(self, path: str) -> list[str]:
        """Return the anchors of a page's headings, in order."""
        return anchors(self.style(path), self.pages[path].sections)

    def style(self, path: str) -> AnchorStyle:
        """Return how anchors of a page are made."""
        return style_of(path, self.conventions.anchors)

    def anchors_of(self, path: str) -> str:
        """Return all that a fragment may name on a page, put together as `compared` does."""
        known = self.anchors.get(path)
        return self.pages[path].anchors if known is None else known

    def name_key(self, name: str) -> str:
        """Return what is compared of the names of pages: `_` and `-` count as spaces."""
        return composed(" ".join(name.replace("_", " ").replace("-", " ").split())).casefold()

    def stored(self, path: str) -> str:
        """Return a composed path as the disk has it."""
        return self.as_stored.get(path, path)


def style_of(path: str, style: AnchorStyle) -> AnchorStyle:
    """Return how anchors of the page at `path` are made, where those of Markdown are in `style`."""
    return "mediawiki" if path.endswith(_WIKITEXT) else style


def composed(path: str) -> str:
    """Return a path in Unicode normalization form C, in which paths are compared."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _below(root: str, address: str) -> str:
    return f"{root}/{address.lstrip('/')}"
