"""Writing: a destination that leads to a page, in the form that is wanted."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Literal

from wikimend.links import routes
from wikimend.links.destination import escaped
from wikimend.links.link import Link
from wikimend.links.options import LinkOptions
from wikimend.links.resolve import Resolver
from wikimend.links.site import composed
from wikimend.links.target import base_path, target

_RESERVED = str.maketrans({"%": "%25", "#": "%23", "?": "%3F", " ": "%20"})


@dataclass(frozen=True, slots=True)
class Form:
    """How a destination is written."""

    path: Literal["root-relative", "relative"]
    """Where it counts from."""
    suffix: bool
    """Whether the suffix of a page is shown."""
    dotted: bool = False
    """Whether a relative one begins with `./`."""
    served: bool = False
    """Whether a page is shown with `.html`."""


def form_of(link: Link, resolver: Resolver, options: LinkOptions | None = None) -> Form:
    """Return the form in which a link is written; `options` change it to the one that is wanted."""
    asked = target(link.destination, resolver.site.conventions.base_urls)
    path = asked.path
    lower = path.lower()
    shown = lower.endswith(routes.PAGE_SUFFIXES)
    form = Form(
        "root-relative" if path.startswith("/") else "relative",
        shown or (not path and not asked.based),
        path.startswith("./"),
        lower.endswith(routes.SERVED_SUFFIXES),
    )
    if options is None:
        return form
    return Form(
        form.path if options.path == "keep" else options.path,
        form.suffix if options.extension == "keep" else options.extension == "show",
        form.dotted,
        form.served and options.extension == "keep",
    )


def written(
    path: str, fragment: str, page: str, form: Form, resolver: Resolver, *, angle: bool = False
) -> str | None:
    """Return the destination of a link on `page` to the file at `path` (composed, from the top).

    None where no destination of that form would lead there.
    """
    site = resolver.site
    forms = [form]
    if not form.suffix:
        forms.append(Form(form.path, True, form.dotted))
    if form.path == "root-relative":
        forms.append(Form("relative", form.suffix))
    for wanted in forms:
        for name in _names(path, wanted, resolver):
            address = _address(name, page, wanted, resolver)
            if address is None:
                continue
            asked = target(_quoted(address), site.conventions.base_urls)
            place = resolver.places.place(asked, page)
            if place.path == path and place.kind in ("page", "file", "folder"):
                text = escaped(_quoted(address), angle=angle)
                return f"{text}#{fragment}" if fragment else text
    return None


def _names(path: str, form: Form, resolver: Resolver) -> list[str]:
    """Return the paths from the top that may stand for a file, the wanted one first."""
    if form.suffix or resolver.site.stored(path) not in resolver.site.pages:
        return [path]
    if form.served:
        return [f"{routes.stem(path)}.html"]
    short = routes.route(path)
    if short != routes.stem(path):
        return [f"{short}/" if short else "", routes.stem(path)]
    spaces = resolver.site.conventions.spaces
    return [short.replace(" ", spaces), short] if spaces else [short]


def _address(name: str, page: str, form: Form, resolver: Resolver) -> str | None:
    conventions = resolver.site.conventions
    if form.path == "root-relative":
        root = conventions.root
        if root is None or not (not root or name == root or name.startswith(f"{root}/")):
            return None
        below = name[len(root) :].lstrip("/")
        base = base_path(conventions.base_urls)
        return f"{base}/{below}"
    folder = routes.route(page) if conventions.relative_to_url else posixpath.dirname(page)
    relative = posixpath.relpath(name or ".", folder or ".")
    if name.endswith("/") or not name:
        relative += "/"
    return f"./{relative}" if form.dotted and not relative.startswith(".") else relative


def _quoted(address: str) -> str:
    return address.translate(_RESERVED)


def wiki_written(path: str, fragment: str, link: Link, page: str, resolver: Resolver) -> str:
    """Return what stands in the double brackets of a link on `page` to `path`.

    The name is as short as it can be, or a path as it was; the reader sees the same text as before.
    """
    from wikimend.links.wikinames import halves, wiki_page

    site = resolver.site
    text_first = site.conventions.wiki_links == "text-first"
    old, text = halves(link, text_first)
    embedded = link.kind == "embed"
    is_page = site.stored(path) in site.pages
    whole = routes.stem(path) if is_page else path
    names = [
        posixpath.basename(whole),
        whole.removeprefix(f"{site.conventions.root or ''}/"),
        whole,
    ]
    if "/" in old:
        names = [*names[1:], names[0]]
    if site.style(page) == "mediawiki":
        names = [name.replace("_", " ") for name in names]
    name = next(
        (n for n in names if composed(wiki_page(n, page, site, embedded=embedded) or "") == path),
        whole,
    )
    target_text = f"{name}#{fragment}" if fragment else name
    swapped = text and composed(wiki_page(text, page, site, embedded=False) or "") == path
    if swapped:
        text = old
    shown = text or ("" if embedded or old.partition("#")[0] == name else old)
    if not shown or shown == target_text:
        return target_text
    pipe = "\\|" if "\\|" in link.label else "|"
    halves_now = (shown, target_text) if text_first else (target_text, shown)
    return pipe.join(halves_now)
