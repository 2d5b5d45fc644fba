"""Findings that no rule file makes: about links, about suppressions and about mending itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wikimend.rules.model import Safety, Severity


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of finding that is part of the program."""

    id: str
    """Permanent id: `WM8` for links, `WM75` for their form, `WM9` for the rest, and two digits."""
    name: str
    """Short kebab-case name."""
    severity: Severity
    """How bad it is."""
    about: str
    """What it means, for a wiki editor."""
    safety: Safety | None = None
    """How far its repair may be trusted at best; None when there is never one."""


UNKNOWN = Notice(
    "WM901",
    "unknown-suppression",
    "warning",
    "A wikimend comment in the page names a rule that does not exist, so it silences nothing.",
)
UNUSED = Notice(
    "WM902",
    "unused-suppression",
    "warning",
    "A wikimend comment in the page silences nothing: the damage it was for is gone.",
)
UNSETTLED = Notice(
    "WM903",
    "unsettled",
    "error",
    "Repairs of a paragraph kept undoing each other, or would have changed what surrounds it, so"
    " it was left as it was.",
)
TIMEOUT = Notice(
    "WM904",
    "rule-timeout",
    "error",
    "A rule took so long on this page that the page was left as it was.",
)
CROWDED = Notice(
    "WM905",
    "crowded-paragraph",
    "error",
    "So much of a paragraph looks damaged, in thousands of places, that it is no prose; it was left"
    " as it was.",
)

PAGE_MISSING = Notice(
    "WM801",
    "page-missing",
    "error",
    "A link leads to a page that does not exist. Where a redirect, an alias or a page that differs"
    " in letter case alone answers for it, `wikimend fix` corrects the link; otherwise the pages"
    " that may have been meant are named.",
    "safe",
)
SECTION_MISSING = Notice(
    "WM802",
    "section-missing",
    "error",
    "A link leads to a section that its page does not have: no heading makes that anchor, and no id"
    " is written out.",
    "safe",
)
WRONG_CASE = Notice(
    "WM803",
    "wrong-letter-case",
    "error",
    "A link names a file in other letter case than the file has. It works on some computers and"
    " fails on a web server.",
    "safe",
)
REDIRECTED = Notice(
    "WM804",
    "redirected-link",
    "warning",
    "A link leads to an old address of a page, which exists no more and is only redirected.",
    "safe",
)
REDIRECT_CHAIN = Notice(
    "WM805",
    "redirect-chain",
    "warning",
    "A link leads to its page over more than one redirect.",
    "safe",
)
REDIRECT_LOOP = Notice(
    "WM806",
    "redirect-loop",
    "error",
    "A link leads to a redirect that leads back to itself.",
)
REDIRECT_MISSING = Notice(
    "WM807",
    "redirect-target-missing",
    "error",
    "A link leads to a redirect whose page or section does not exist.",
    "suggest",
)
EMPTY = Notice(
    "WM808",
    "empty-destination",
    "warning",
    "A link leads nowhere: its destination is empty, or a word such as undefined that a program"
    " wrote for want of one.",
    "suggest",
)
FILE_MISSING = Notice(
    "WM809",
    "file-missing",
    "error",
    "An image or another file that a page shows or offers does not exist.",
    "safe",
)
DUPLICATE_ID = Notice(
    "WM810",
    "duplicate-id",
    "warning",
    "Two headings of a page have the same id written out, so that a link can only reach the first.",
)
LOST_LINK = Notice(
    "WM811",
    "lost-link",
    "warning",
    "Text that looks like a link and is none, where the wiki has the page that it names: a"
    " destination with a space, double brackets behind backslashes, or a title behind a bracket"
    " that never closes.",
    "safe",
)
LINK_FORM = Notice(
    "WM751",
    "link-form",
    "warning",
    "An internal link is not written in the form that the wiki's configuration asks for.",
    "safe",
)
FOLLOWED = Notice(
    "WM752",
    "link-to-redirect",
    "warning",
    "A link leads to a page that is nothing but a redirect, and the wiki's configuration asks for"
    " links to the page itself.",
    "safe",
)
WIKI_FORM = Notice(
    "WM753",
    "wiki-link-form",
    "warning",
    "A link is in double brackets where the wiki's configuration asks for Markdown, or the other"
    " way round.",
    "safe",
)

FORM_NOTICES = (LINK_FORM, FOLLOWED, WIKI_FORM)
"""What is found where the configuration asks for a form of links."""
LINK_NOTICES: Mapping[str, Notice] = {
    n.id: n
    for n in (
        *FORM_NOTICES,
        PAGE_MISSING,
        SECTION_MISSING,
        WRONG_CASE,
        REDIRECTED,
        REDIRECT_CHAIN,
        REDIRECT_LOOP,
        REDIRECT_MISSING,
        EMPTY,
        FILE_MISSING,
        DUPLICATE_ID,
        LOST_LINK,
    )
}
"""What is found about links, by id; it takes the index of a wiki."""

NOTICES: Mapping[str, Notice] = {
    **LINK_NOTICES,
    **{n.id: n for n in (UNKNOWN, UNUSED, UNSETTLED, TIMEOUT, CROWDED)},
}
"""All of them by id."""
