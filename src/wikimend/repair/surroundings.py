"""Surroundings: where `rules test` puts an example, and where nothing may happen to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wikimend.text.page import Dialect


@dataclass(frozen=True, slots=True)
class Surrounding:
    """A page around an example."""

    page: str
    """The page; `{}` stands for the example."""
    prefix: str = ""
    """What every further line of the example begins with."""
    breakers: tuple[str, ...] = ()
    """Strings of which an example may hold none, since they would end the surrounding."""

    def around(self, text: str) -> str:
        r"""Return the page with `text` in it.

        >>> Surrounding("> {}", "> ").around("a\nb")
        '> a\n> b'
        """
        return self.page.replace("{}", text.replace("\n", f"\n{self.prefix}"))

    def takes(self, text: str) -> bool:
        """Return whether `text` can stand there."""
        return not any(breaker in text for breaker in self.breakers)


Surroundings = Mapping[str, Surrounding]

_ANYWHERE: Surroundings = {
    "start": Surrounding("{} came first."),
    "middle": Surrounding("At noon {} came next."),
    "end": Surrounding("At last came {}"),
    "twice": Surrounding("{} {}"),
}
_MARKDOWN: Surroundings = {
    **_ANYWHERE,
    "bold": Surrounding("At noon **{}** came next."),
    "list": Surrounding("- One came\n- {}\n- and left\n", "  "),
    "quote": Surrounding("> {}\n", "> "),
    "table": Surrounding("| one | two |\n|---|---|\n| came | {} |\n"),
    "heading": Surrounding("## {}\n\nOne came.\n"),
}
_WIKITEXT: Surroundings = {
    **_ANYWHERE,
    "bold": Surrounding("At noon '''{}''' came next."),
    "list": Surrounding("* One came\n* {}\n* and left\n"),
    "quote": Surrounding(": {}\n"),
    "table": Surrounding('{| class="a"\n| came\n| {}\n|}\n'),
    "heading": Surrounding("== {} ==\n\nOne came.\n"),
}
SURROUNDINGS: Mapping[Dialect, Surroundings] = MappingProxyType(
    {"markdown": _MARKDOWN, "mdx": _MARKDOWN, "mediawiki": _WIKITEXT}
)
"""Where an example must work all the same, by the names that `not_in` uses."""

_PROTECTED: Surroundings = {
    "in fenced code": Surrounding("One.\n\n~~~~~~\n{}\n~~~~~~\n"),
    "in inline code": Surrounding("One `{}` came.", breakers=("`", "\n")),
    "in an HTML block": Surrounding("<pre>\n{}\n</pre>\n", breakers=("</",)),
    "in front matter": Surrounding("---\none: >-\n  {}\n---\n", "  "),
    "in displayed math": Surrounding("$$\n{}\n$$\n", breakers=("$$",)),
}
PROTECTED: Mapping[Dialect, Surroundings] = MappingProxyType(
    {
        "markdown": {
            **_PROTECTED,
            "in indented code": Surrounding("One.\n\n    {}\n\nTwo.\n", "    "),
            "in an HTML comment": Surrounding("<!--\n{}\n-->\n", breakers=("-->",)),
        },
        "mdx": {
            **_PROTECTED,
            "in a comment": Surrounding("{/*\n{}\n*/}\n", breakers=("{", "}", "*/")),
        },
        "mediawiki": {
            "in preformatted lines": Surrounding(" {}\n", " "),
            "in nowiki": Surrounding("One <nowiki>{}</nowiki> came.", breakers=("</",)),
            "in highlighted code": Surrounding(
                "<syntaxhighlight>\n{}\n</syntaxhighlight>\n", breakers=("</",)
            ),
            "in a comment": Surrounding("<!--\n{}\n-->\n", breakers=("-->",)),
            "in a template": Surrounding("{{one|{}}}\n", breakers=("{", "}")),
        },
    }
)
"""Where nothing may change, and nothing may be found."""
