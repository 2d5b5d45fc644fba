"""What a configuration may say about the links of a wiki: its `links` mapping."""

from __future__ import annotations

from wikimend.rules.record import Field, Record
from wikimend.rules.shape import AnyOf, Boolean, ListOf, Text

_TEXTS = AnyOf((Text(), ListOf(Text(), least=1)))
_URL = Text(pattern=r"https?://[^\s/]+(?:/[^\s?#]*)?", form="an address that begins with http")
_URLS = AnyOf((_URL, ListOf(_URL, least=1)), form=_URL.form)

LINKS = Record(
    fields=(
        Field("root", Text(), "Folder that `/path` counts from, from this file's folder."),
        Field("base-url", _URLS, "Addresses of the wiki itself, whose links are internal."),
        Field(
            "anchors",
            Text(
                allowed=(
                    "github",
                    "gitlab",
                    "kramdown",
                    "python-markdown",
                    "obsidian",
                    "mediawiki",
                )
            ),
            "How the platform makes anchors of headings.",
        ),
        Field(
            "wiki-links",
            Text(allowed=("none", "page-first", "text-first")),
            "Whether `[[...]]` is a link, and which half of `[[a|b]]` is the page.",
        ),
        Field(
            "relative-to",
            Text(allowed=("page", "url")),
            "Whether relative links count from the file or from an address that ends in a slash.",
        ),
        Field(
            "spaces", Text(allowed=("-", "_")), "What stands in an address for a space of a name."
        ),
        Field("locales", _TEXTS, "Folders of languages; the first one has every page."),
        Field("redirects", _TEXTS, "Files of redirects, from this file's folder."),
        Field("skip", _TEXTS, "Destinations that are not checked, as in a .gitignore."),
        Field(
            "path",
            Text(allowed=("keep", "root-relative", "relative")),
            "The form of internal links.",
        ),
        Field(
            "extension",
            Text(allowed=("keep", "show", "hide")),
            "Whether internal links name the suffix of a page.",
        ),
        Field(
            "follow-redirects",
            Boolean(),
            "Whether links to a redirect become links to where it leads.",
        ),
        Field(
            "convert",
            Text(allowed=("keep", "markdown", "wiki")),
            "Whether links in double brackets become Markdown links, or the other way round.",
        ),
    ),
    filled=True,
)
