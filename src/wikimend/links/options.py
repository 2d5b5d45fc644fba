"""What a wiki says about its links: the `links` of its configuration, or a guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from wikimend.links.anchors import AnchorStyle

WikiLinks = Literal["off", "page-first", "text-first"]
"""Whether `[[...]]` is a link, and which half of `[[a|b]]` is the page."""


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How links of a wiki are read, and in which form it wants them; None is for a guess."""

    root: str | None = None
    """The folder that `/path` counts from, relative to that of the configuration."""
    base_urls: tuple[str, ...] = ()
    """Addresses of the wiki itself, without a slash at the end."""
    anchors: AnchorStyle | None = None
    """How its platform makes anchors of headings."""
    wiki_links: WikiLinks | None = None
    """Whether and how it uses links in double brackets."""
    relative_to: Literal["page", "url"] | None = None
    """Whether a relative link counts from the file, or from an address that ends in a slash."""
    spaces: str = ""
    """What stands in an address for a space of a file name."""
    locales: tuple[str, ...] = ()
    """Folders of languages; what is missing in one is looked for in the first."""
    redirects: tuple[str, ...] = ()
    """Files of redirects, relative to the folder of the configuration."""
    skip: tuple[str, ...] = ()
    """Destinations that are not checked, in gitignore syntax."""
    path: Literal["keep", "root-relative", "relative"] = "keep"
    """The form of internal links."""
    extension: Literal["keep", "show", "hide"] = "keep"
    """Whether internal links name the suffix of a page."""
    follow_redirects: bool = False
    """Whether links to pages that are redirects become links to what these lead to."""
    convert: Literal["keep", "markdown", "wiki"] = "keep"
    """Whether links in double brackets become Markdown links, or the other way round."""

    @property
    def has_form(self) -> bool:
        """Whether some form of links is wanted."""
        forms = (self.path, self.extension, self.convert)
        return self.follow_redirects or any(form != "keep" for form in forms)
