"""Lost links: text that looks like a link, where the index knows the page that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikimend.links.facts import Facts
from wikimend.links.lost import Lost
from wikimend.links.site import composed
from wikimend.links.suggest import Suggester
from wikimend.links.target import Target, decoded
from wikimend.links.wikinames import wiki_page
from wikimend.links.written import Form, written
from wikimend.repair.finding import Finding
from wikimend.rules.notices import LOST_LINK

_WORD = re.compile(r"\w+(?:[^\w\s\[\]]*)|[^\w\s\[\]]+")
_SHORTEST_NAME = 4


def lost_links(now: Facts, page: str, suggester: Suggester) -> Iterator[Finding]:
    """Yield the lost links on `page` whose page, file or title the wiki has."""
    for lost in now.lost:
        made = _MADE[lost.form](lost, page, suggester)
        if made is not None:
            yield made


def _spaced(lost: Lost, page: str, suggester: Suggester) -> Finding | None:
    """Return the repair of a destination with spaces, if the file has that very name."""
    path, mark, fragment = lost.text.partition("#")
    for name, part in ((lost.text, ""), (path, fragment if mark else "")):
        asked = Target("inside", decoded(name.strip()))
        place = suggester.resolver.places.place(asked, page)
        if place.kind not in ("page", "file"):
            continue
        form = Form(
            "root-relative" if lost.text.startswith("/") else "relative",
            place.path.rpartition("/")[2] == decoded(name).rpartition("/")[2],
            lost.text.startswith("./"),
        )
        text = written(place.path, part.strip(), page, form, suggester.resolver)
        if text is not None:
            found = Finding.of(
                LOST_LINK,
                f'The destination "{lost.text}" has a space, so that this is no link.',
                lost.start,
                lost.end,
            )
            return found._replace(safety="safe", replacement=f"[{lost.label}]({text})")
    return None


def _escaped(lost: Lost, page: str, suggester: Suggester) -> Finding | None:
    """Return the repair of double brackets behind backslashes, in a wiki that uses them."""
    site = suggester.site
    if site.conventions.wiki_links == "off":
        return None
    name = lost.text.partition("#")[0].strip()
    if not name or not wiki_page(name, page, site, embedded=False):
        return None
    found = Finding.of(
        LOST_LINK,
        f'The brackets around "{lost.label}" are escaped, so that this is no link.',
        lost.start,
        lost.end,
    )
    because = "Brackets may be escaped to show them."
    return found._replace(safety="suggest", replacement=f"[[{lost.label}]]", because=because)


def _unclosed(lost: Lost, page: str, suggester: Suggester) -> Finding | None:
    """Return the repair of a bracket that never closes, by the longest title that follows it."""
    site = suggester.site
    words = [found.end() for found in _WORD.finditer(lost.label)]
    for end in reversed(words):
        label = lost.label[:end].rstrip(".,;:!?")
        name = site.name_key(label)
        if len(name) < _SHORTEST_NAME:
            return None
        pages = {
            path
            for table in (site.titles, site.aliases, site.stems)
            for path in table.get(name)
            if composed(path) != page
        }
        if len(pages) != 1:
            continue
        path = composed(pages.pop())
        form = Form("root-relative" if site.conventions.root is not None else "relative", False)
        text = written(path, "", page, form, suggester.resolver)
        if text is None:
            return None
        stop = lost.start + 1 + len(label)
        found = Finding.of(
            LOST_LINK,
            f'The bracket before "{label}" never closes; {path} has that name.',
            lost.start,
            stop,
        )
        return found._replace(
            safety="suggest",
            replacement=f"[{label}]({text})",
            because="The title of the page is the only evidence.",
        )
    return None


_MADE = {"spaced": _spaced, "escaped": _escaped, "unclosed": _unclosed}
