"""`wikimend mv`: move a page, a folder or a section, and every link to it."""

from __future__ import annotations

from pathlib import Path

import click

from wikimend.cli.wikioptions import wiki_options


@click.command("mv")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--diff", is_flag=True, help="Move and write nothing; show what would change.")
@click.option(
    "--redirect",
    is_flag=True,
    help="Leave a redirect: the old address, in the page's front matter.",
)
@click.option("--alias", is_flag=True, help="Leave the old name as an alias of the page.")
@click.option("-q", "--quiet", is_flag=True, help="Write the summary alone.")
@wiki_options
def command(
    old: str,
    new: str,
    diff: bool,
    redirect: bool,
    alias: bool,
    quiet: bool,
    config: Path | None,
    root_dir: Path | None,
    base_url: tuple[str, ...],
    no_cache: bool,
) -> int:
    """Move a page, a folder or a section.

    OLD is a file, a folder or PAGE#SECTION, and NEW what it becomes. Every link in the wiki that
    leads there, or from there, is written anew; links that lead nowhere stay as they are. A section
    that NEW does not have yet is the new text of the heading.
    """
    from wikimend.cli.moving import Moving
    from wikimend.cli.wikiindex import indexed

    start = Path(old.partition("#")[0])
    check, wiki = indexed(start, [], config, root_dir, base_url, no_cache)
    moving = Moving(check, wiki, diff=diff, quiet=quiet)
    if ("#" in old and not start.exists()) or ("#" in Path(old).name and not Path(old).exists()):
        return moving.section(old, new)
    return moving.files(old, new, redirect=redirect, alias=alias)
