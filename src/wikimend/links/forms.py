"""The form of links: what stands in place of a destination, and what the wiki wants there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wikimend.links.link import EMBEDDED, WIKI, Link, LinkKind
from wikimend.links.options import LinkOptions
from wikimend.links.outcome import Outcome
from wikimend.links.resolve import Resolver
from wikimend.links.target import base_path, target
from wikimend.links.wikinames import halves
from wikimend.links.written import form_of, wiki_written, written
from wikimend.repair.finding import Finding
from wikimend.rules import notices
from wikimend.rules.notices import Notice

MAY_CHANGE = frozenset({"inline", "image", "definition"})
"""The kinds of link whose form is looked at, beside those in double brackets."""


class Rewriting:
    """Writes destinations for links of a site."""

    def __init__(self, resolver: Resolver, options: LinkOptions) -> None:
        self.resolver = resolver
        self.options = options

    def replacement(self, link: Link, path: str, fragment: str, page: str) -> str | None:
        """Return what stands for the destination of a link on `page` that must lead to `path`.

        The link keeps the form it has, unless the wiki asks for another. None where nothing can.
        """
        if link.kind in WIKI:
            return wiki_written(path, fragment, link, page, self.resolver)
        if path == page and fragment and not target(link.destination).path:
            return f"#{fragment}"
        form = form_of(link, self.resolver, self.options)
        urls = self.resolver.site.conventions.base_urls
        asked = target(link.destination, urls)
        text = written(path, fragment, page, form, self.resolver)
        if text is None:
            return None
        if asked.query and "pageid" not in asked.query.lower():
            before, mark, after = text.partition("#")
            text = f"{before}?{asked.query}{mark}{after}"
        if asked.based and self.options.path == "keep" and text.startswith("/"):
            base = next(url for url in urls if link.destination.strip().startswith(url))
            text = f"{base}{text.removeprefix(base_path(urls))}"
        return text.replace('"', "%22").replace("'", "%27") if link.protected else text

    def findings(self, link: Link, outcome: Outcome, page: str) -> Iterator[Finding]:
        """Yield what a sound link is written otherwise than the wiki wants, if it is."""
        if not self.options.has_form or outcome.status != "sound":
            return
        if link.kind in WIKI:
            yield from self._wiki(link, outcome, page)
        elif link.kind in MAY_CHANGE and outcome.address and outcome.path:
            yield from self._form(link, outcome, page)

    def _form(self, link: Link, outcome: Outcome, page: str) -> Iterator[Finding]:
        if self.options.convert == "wiki" and link.kind in ("inline", "image"):
            yield from self._to_wiki(link, outcome, page)
            return
        site = self.resolver.site
        if site.stored(outcome.path) not in site.pages and self.options.path == "keep":
            return
        asked = target(link.destination, site.conventions.base_urls)
        wanted = form_of(link, self.resolver, self.options)
        own = asked.based and self.options.path != "keep"
        if wanted == form_of(link, self.resolver) and not own:
            return
        text = self.replacement(link, outcome.path, asked.fragment, page)
        if text is not None and text != link.destination:
            message = f'The link "{link.destination}" is written "{text}" in this wiki.'
            yield _repaired(notices.LINK_FORM, message, link.dest_start, link.dest_end, text)

    def _wiki(self, link: Link, outcome: Outcome, page: str) -> Iterator[Finding]:
        if self.options.follow_redirects and outcome.via:
            text = wiki_written(outcome.path, outcome.fragment, link, page, self.resolver)
            message = f'"{link.destination}" is a redirect to {outcome.path}.'
            yield _repaired(notices.FOLLOWED, message, link.dest_start, link.dest_end, text)
        elif self.options.convert == "markdown" and self.resolver.site.style(page) != "mediawiki":
            text_first = self.resolver.site.conventions.wiki_links == "text-first"
            name, shown = halves(link, text_first)
            form = replace(form_of(link, self.resolver, self.options), suffix=self._suffix())
            fragment = self._anchor(outcome)
            if not outcome.path or fragment is None:
                return
            destination = written(outcome.path, fragment, page, form, self.resolver)
            if destination is None or (link.kind in EMBEDDED and self._is_page(outcome)):
                return
            mark = "!" if link.kind in EMBEDDED else ""
            text = f"{mark}[{shown or name.strip('#')}]({destination})"
            message = f'"{name}" is a link in Markdown in this wiki.'
            yield _repaired(notices.WIKI_FORM, message, link.start, link.end, text)

    def _is_page(self, outcome: Outcome) -> bool:
        site = self.resolver.site
        return site.stored(outcome.path) in site.pages

    def _suffix(self) -> bool:
        return self.options.extension != "hide"

    def _anchor(self, outcome: Outcome) -> str | None:
        """Return the fragment by which Markdown reaches a section named in double brackets."""
        if not outcome.fragment:
            return ""
        site = self.resolver.site
        page = site.stored(outcome.path)
        if site.style(page) == "obsidian":
            return outcome.fragment.replace(" ", "%20")
        known = site.heading_anchors(page)
        texts = [site.name_key(section.text) for section in site.pages[page].sections]
        wanted = site.name_key(outcome.fragment)
        return known[texts.index(wanted)] if wanted in texts else None

    def _to_wiki(self, link: Link, outcome: Outcome, page: str) -> Iterator[Finding]:
        asked = target(link.destination, self.resolver.site.conventions.base_urls)
        label = " ".join(link.label.split())
        plain = not any(sign in label for sign in "[]|`*_\\<")
        if not plain or asked.fragment or "\n" in link.label:
            return
        kind: LinkKind = "embed" if link.kind == "image" else "wiki"
        both = f"{label}|{label}" if link.kind == "image" else label
        like = Link(kind, link.start, link.end, both, label, link.start, link.end)
        inside = wiki_written(outcome.path, "", like, page, self.resolver)
        text = f"{'!' * (kind == 'embed')}[[{inside}]]"
        message = f'"{label}" is a link in double brackets in this wiki.'
        yield _repaired(notices.WIKI_FORM, message, link.start, link.end, text)


def _repaired(notice: Notice, message: str, start: int, end: int, text: str) -> Finding:
    found = Finding.of(notice, message, start, end)
    return found._replace(safety="safe", replacement=text)
