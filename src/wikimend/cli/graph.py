"""`wikimend graph`: orphans, dead ends, wanted pages and backlinks of a wiki."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikimend.cli.wikioptions import wiki_options

if TYPE_CHECKING:
    from wikimend.links.graph import Graph
    from wikimend.report.graph import Rows


@click.command("graph")
@click.argument("path", default=".", type=click.Path(exists=True, path_type=Path))
@click.option("--backlinks", metavar="PAGE", help="Tell which pages link to PAGE instead.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "dot")),
    default="table",
    show_default=True,
    help="How the graph is written; dot is for Graphviz.",
)
@wiki_options
def command(
    path: Path,
    backlinks: str | None,
    form: str,
    config: Path | None,
    root_dir: Path | None,
    base_url: tuple[str, ...],
    no_cache: bool,
) -> int:
    """Tell how the pages of the wiki around PATH are linked.

    Orphans are pages that no other links to, dead ends link to no other, wanted pages are linked to
    and do not exist.
    """
    from wikimend.cli.wikiindex import indexed
    from wikimend.errors import Place, UsageError
    from wikimend.links.graph import graph
    from wikimend.report.graph import as_dot, as_json, as_table
    from wikimend.report.paper import paper
    from wikimend.run.wiki import located

    check, wiki = indexed(path, [], config, root_dir, base_url, no_cache)
    made = graph(check.resolver)
    page = None
    if backlinks is not None:
        page = located(backlinks, wiki.top)
        if page not in made.pages:
            raise UsageError("no such page in the wiki", Place(backlinks))
    rows = _rows(made, page)
    links = {pair: n for pair, n in made.links.items() if page is None or pair[1] == page}
    if form == "table":
        paper(sys.stdout).write(as_table(rows))
    elif form == "json":
        sys.stdout.write(as_json(rows, links))
    else:
        pages = made.pages if page is None else (page,)
        sys.stdout.write(as_dot(pages, links))
    return 0


def _rows(made: Graph, page: str | None) -> Rows:
    if page is not None:
        return {"backlinks": [(start, count) for start, count in made.backlinks(page)]}
    return {
        "orphans": [(name, None) for name in made.orphans],
        "dead ends": [(name, None) for name in made.dead_ends],
        "wanted pages": [(name, count) for name, count in made.wanted],
    }
