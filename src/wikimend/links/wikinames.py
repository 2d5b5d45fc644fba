"""Names in double brackets: which page they mean on each platform."""

from __future__ import annotations

import posixpath
import re

from wikimend.links import routes
from wikimend.links.link import Link
from wikimend.links.site import Site, composed
from wikimend.store.dialect import dialect_of

_PIPE = re.compile(r"\\?\|")
_NAMESPACE = re.compile(r"\s*:?\s*[A-Za-z][\w-]*\s*:")
_MACRO = re.compile(r"_[A-Z]+_\Z")


def halves(link: Link, text_first: bool) -> tuple[str, str]:
    """Return the page that is named in double brackets, and the text; empty without one."""
    found = _PIPE.search(link.label)
    if found is None:
        return link.label.strip(), ""
    first, second = link.label[: found.start()].strip(), link.label[found.end() :].strip()
    return (second, first) if text_first and second else (first, second)


def wiki_target(link: Link, page: str, site: Site) -> tuple[str, str]:
    """Return the page and the section that a link in double brackets on `page` names."""
    text_first = site.conventions.wiki_links == "text-first" and dialect_of(page) != "mediawiki"
    name, _ = halves(link, text_first)
    path, _, fragment = name.partition("#")
    return composed(path.strip()), fragment.strip()


def wiki_page(name: str, page: str, site: Site, *, embedded: bool) -> str | None:
    """Return the stored path of the page or file called `name`; empty for none.

    None where it lies elsewhere: in another wiki, or in a namespace that is not part of this one.
    """
    if dialect_of(page) == "mediawiki":
        return _mediawiki(name, page, site)
    if _MACRO.match(name) or "://" in name:
        return None
    return by_name(name, page, site)


def _mediawiki(name: str, page: str, site: Site) -> str | None:
    plain = " ".join(name.lstrip(":").replace("_", " ").split())
    if plain.startswith("/"):
        plain = f"{routes.stem(page)}{plain.rstrip('/')}".replace("_", " ")
    found = _first(site, plain, page)
    if found:
        return found
    return None if _NAMESPACE.match(name) else ""


def _first(site: Site, name: str, page: str) -> str:
    """Return the page with this title: all of it but the first letter must be the same."""
    wanted = _titled(name)
    last = wanted.rpartition("/")[2]
    for path in site.stems.get(site.name_key(last)):
        bare = _titled(routes.stem(path).replace("_", " "))
        if _titled(posixpath.basename(bare)) == _titled(last) and (
            "/" not in wanted or _ends(bare, wanted)
        ):
            return path
    return ""


def _titled(name: str) -> str:
    return name[:1].upper() + name[1:]


def _ends(path: str, wanted: str) -> bool:
    return path.casefold() == wanted.casefold() or path.casefold().endswith(f"/{wanted.casefold()}")


def by_name(name: str, page: str, site: Site) -> str:
    """Return the page or file that Obsidian, Gollum and their kin find for a name.

    By its whole path first; else by its last part anywhere: the nearest before others, a shorter
    path before a longer one.
    """
    folder = posixpath.dirname(page)
    root = site.conventions.root or ""
    for start in (root, folder):
        address = routes.joined(start, name.lstrip("/") if start == root else name)
        if address:
            for candidate in (address, *(address + suffix for suffix in routes.PAGE_SUFFIXES)):
                if site.has(candidate):
                    return site.stored(candidate)
    wanted = routes.stem(name.strip("/"))
    last = posixpath.basename(wanted)
    found = list(site.stems.get(site.name_key(last)))
    exact = [path for path in found if _same(posixpath.basename(routes.stem(path)), last)]
    if site.conventions.wiki_links == "page-first" and not site.conventions.spaces:
        found = exact
    found = found or list(site.file_names.get(posixpath.basename(name).casefold()))
    if "/" in wanted:
        parts = name.strip("/").lstrip("./")
        found = [path for path in found if _ends(path, parts) or _ends(routes.stem(path), parts)]
    return min(found, key=lambda path: (-_shared(path, page), path.count("/"), path), default="")


def _shared(path: str, page: str) -> int:
    """Return how many folders two files have in common."""
    pairs = zip(path.split("/")[:-1], page.split("/")[:-1], strict=False)
    return next(
        (n for n, (a, b) in enumerate(pairs) if a != b), min(path.count("/"), page.count("/"))
    )


def _same(one: str, other: str) -> bool:
    return composed(one).casefold() == composed(other).casefold()
