"""What MkDocs calls to make the pages that say what the program knows: no such page is stored.

A page may hold `<!-- include: NAME -->`, in place of which a part of `PARTS` stands in the site.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markup import fence, hidden, plain
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from wikimend.api import load_rules
from wikimend.report import document
from wikimend.report.rulecard import FAMILIES, RuleCard, rule_cards
from wikimend.rules.schema import DOCUMENT

ROOT = Path(__file__).parents[2]
RULES = "reference/rules"
"""The folder of the pages about rules, as the navigation names it."""

_INCLUDE = re.compile(r"(?m)^<!-- include: (?P<name>[\w-]+) -->$")
_NAMED_FENCE = re.compile(r"(?m)^(?P<fence>`{3,}\w+) (?P<name>[^\s=]+)$")
_ABOUT_RULES = {"schema", "tokens", "sets", "gates", "rules"}


def on_config(config: MkDocsConfig) -> None:
    """Put the pages about rules into the navigation."""
    config.nav = _expanded(config.nav, Path(config.docs_dir))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each rule, and one about all of them."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": plain, "fence": fence, "hidden": hidden}
    index = environment.get_template("rules.md.jinja").render(cards=_cards(), families=_families())
    files.append(File.generated(config, f"{RULES}/index.md", content=index))
    for card in _cards():
        text = environment.get_template("rule.md.jinja").render(card=card)
        files.append(File.generated(config, f"{RULES}/{card.id}.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return a page with its parts included, and the names of its files as titles."""
    included = _INCLUDE.sub(lambda found: _part(found["name"], page.file.src_uri), markdown)
    return _NAMED_FENCE.sub(r'\g<fence> title="\g<name>"', included)


def _part(name: str, page: str) -> str:
    if name not in PARTS:
        raise PluginError(f"{page}: nothing is called '{name}'; there are {', '.join(PARTS)}")
    return PARTS[name]()


@cache
def _cards() -> tuple[RuleCard, ...]:
    return tuple(rule_cards(load_rules()))


def _families() -> list[tuple[str, str, list[RuleCard]]]:
    """Return the families that have rules, each with its title and its rules."""
    cards = sorted(_cards(), key=lambda card: card.id)
    found = groupby(cards, key=lambda card: card.id[:3])
    return [(family, FAMILIES[family], list(members)) for family, members in found]


def _expanded(nav: Any, docs: Path) -> Any:
    """Return the navigation with the pages about rules in place of their folder.

    An entry for a page that is not there goes; MkDocs tells of a page that no entry leads to.
    """
    if isinstance(nav, list):
        items = (_expanded(item, docs) for item in nav)
        return [item for item in items if item is not None]
    if isinstance(nav, dict):
        entries = {title: _expanded(item, docs) for title, item in nav.items()}
        return entries if None not in entries.values() else None
    if nav == RULES:
        families = (
            {f"{family} {title}": [f"{RULES}/{card.id}.md" for card in members]}
            for family, title, members in _families()
        )
        return [f"{RULES}/index.md", *families]
    return nav if (docs / nav).is_file() else None


def _settings() -> str:
    """Return the table of the keys of a configuration."""
    fields = (field for field in DOCUMENT.fields if field.name not in _ABOUT_RULES)
    rows = (f"| `{f.name}` | {plain(f.about)} | {plain(f.shape.expects())} |" for f in fields)
    return "\n".join(("| key | | value |", "|---|---|---|", *rows))


def _records() -> str:
    """Return a table for each record of the JSON output: its fields and what they say."""
    tree = ast.parse(Path(document.__file__).read_text("utf-8"))
    tables = (
        f"### {record.name}\n\n{plain(ast.get_docstring(record) or '')}\n\n"
        + "\n".join(("| field | type | |", "|---|---|---|", *_fields(record)))
        for record in tree.body
        if isinstance(record, ast.ClassDef) and record.bases
    )
    return "\n\n".join(tables)


def _fields(record: ast.ClassDef) -> Iterator[str]:
    for field, about in zip(record.body, record.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(about, ast.Expr):
            name, kind = ast.unparse(field.target), plain(ast.unparse(field.annotation))
            yield f"| `{name}` | {kind} | {plain(ast.literal_eval(about.value))} |"


def _python() -> str:
    """Return what the README says about the use from Python."""
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"(?ms)^## From Python\n(?P<body>.*?)^## ", readme)
    if not found:
        raise PluginError("README.md has no section 'From Python'")
    return found["body"]


PARTS: Mapping[str, Callable[[], str]] = {
    "settings": _settings,
    "records": _records,
    "python": _python,
}
"""What a page may include, by name."""
