"""The links of a page counted by kind, as the lexer sees them: code and comments hold none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from wikimend.text.blocks import scan
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import Dialect, Page
from wikimend.text.tokens import Tokens

KINDS: Mapping[str, str] = {
    "page": "links to a page of the wiki",
    "heading": "links to a heading of the same page",
    "web": "links with an address of their own",
    "image": "images",
    "citation": "numbered citations with an address",
    "reference": "links by a reference, [text][label]",
    "wikilink": "links in double brackets",
    "footnote": "footnote marks",
    "autolink": "addresses in angle brackets",
    "bare": "bare addresses",
}
"""The kinds of link in the order of a report, with what each is."""

_HOLDS_ONE = re.compile(r"[\[<]|://")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_NUMBER = re.compile(r"[0-9]{1,3}")
_BRACKET = re.compile(r"!?\[|\]\(D|\]\[|\]")
_EXTERNAL = re.compile(r"(?<!\[)\[(?:https?:)?//[^\s\]]+[^\]]*\]")
_FILE = re.compile(r"\[\[\s*(?:File|Image|Media)\s*:", re.IGNORECASE)
_WIKILINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_BARE = re.compile(r"(?<![\[/\w])https?://[^\s\[\]<>|]+")


def count_links(page: Page) -> Counter[str]:
    """Return how many links of each kind stand on `page`."""
    counts: Counter[str] = Counter()
    if not _HOLDS_ONE.search(page.text):
        return counts
    for block in scan(page.text, page.dialect):
        if block.is_leaf:
            leaf = Leaf.of(block, page.text)
            if _HOLDS_ONE.search(leaf.text):
                _count(leaf.text, page.dialect, counts)
    return counts


def _count(text: str, dialect: Dialect, counts: Counter[str]) -> None:
    tokens = lex(text, (), dialect)
    if dialect == "mediawiki":
        visible = "".join(
            " " if kind in "CMPHK" else tokens.slice(index, index + 1)
            for index, kind in enumerate(tokens.kinds)
        )
        files = len(_FILE.findall(visible))
        counts["image"] += files
        counts["wikilink"] += max(0, len(_WIKILINK.findall(visible)) - files)
        counts["web"] += len(_EXTERNAL.findall(visible))
        counts["bare"] += len(_BARE.findall(visible))
    else:
        _count_markdown(tokens, counts)
    for kind in [kind for kind, count in counts.items() if not count]:
        del counts[kind]


def _count_markdown(tokens: Tokens, counts: Counter[str]) -> None:
    counts["autolink"] += tokens.kinds.count("A")
    counts["bare"] += tokens.kinds.count("U")
    opened: list[tuple[int, bool]] = []
    for found in _BRACKET.finditer(tokens.kinds):
        mark, at = found.group(), found.start()
        if mark.endswith("[") and mark != "][":
            opened.append((found.end(), mark.startswith("!")))
            continue
        first, image = opened.pop() if opened else (at, False)
        if mark == "](D":
            destination = tokens.slice(at + 2, at + 3)
            counts[_kind(tokens.slice(first, at), destination, image)] += 1
        elif mark == "][":
            counts["reference"] += 1
            opened.append((found.end(), False))
        elif tokens.kinds[first - 2 : first] == "[[" and tokens.kinds[at : at + 2] == "]]":
            counts["wikilink"] += 1
        elif tokens.slice(first, at).startswith("^"):
            counts["footnote"] += 1


def _kind(label: str, destination: str, image: bool) -> str:
    if image:
        return "image"
    if _SCHEME.match(destination.lstrip("< \n")):
        return "citation" if _NUMBER.fullmatch(label.strip("[]")) else "web"
    return "heading" if destination.startswith("#") else "page"
