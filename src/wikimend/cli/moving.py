"""The work of `mv`: what moves, what is written, what is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wikimend.errors import Place, UsageError
from wikimend.links import routes
from wikimend.links.check import LinkCheck, digest
from wikimend.links.facts import Facts, facts
from wikimend.links.move import Move, Renaming, into, moved, section_move
from wikimend.links.oldname import remembered
from wikimend.links.wikinames import wiki_page
from wikimend.repair.finding import Mended
from wikimend.report.console import Diff
from wikimend.report.renamed import created_patch, rename_patch
from wikimend.run.movedfiles import moved_files, named_elsewhere
from wikimend.run.wiki import Wiki, located
from wikimend.store import files
from wikimend.store.dialect import dialect_of
from wikimend.store.stdin import write_stdout
from wikimend.store.tree import Source
from wikimend.text.edit import Edit, apply
from wikimend.text.page import Page


@dataclass(eq=False)
class Moving:
    """A move in a wiki, with how it is told."""

    check: LinkCheck
    wiki: Wiki
    diff: bool
    """Whether nothing is written."""
    quiet: bool
    """Whether nothing but the summary is told."""

    def files(self, old: str, new: str, *, redirect: bool, alias: bool) -> int:
        """Move a file or a folder; raises UsageError where that makes no sense."""
        site = self.check.resolver.site
        source = self._path(old)
        everything = [*site.pages, *site.files]
        target = into(self._path(new) + "/" * new.endswith("/"), source, site.folders)
        if source in site.pages and not target.lower().endswith(routes.PAGE_SUFFIXES):
            target += Path(source).suffix
        paths = {
            path: target + path[len(source) :]
            for path in everything
            if path == source or path.startswith(f"{source}/")
        }
        if not paths:
            raise UsageError("no such page, file or folder in the wiki", Place(old))
        taken = [p for p in paths.values() if p in everything or (self.wiki.top / p).exists()]
        if taken:
            raise UsageError(f"{taken[0]} exists already")
        move = moved(self.check.resolver, paths)
        extra = dict(self._old_names(paths, redirect=redirect, alias=alias))
        left = dict(self._left(move)) if redirect or alias else {}
        code = self._change(move, extra)
        if not self.diff:
            self._rename(source, target)
        self._leave(left)
        return code

    def section(self, old: str, new: str) -> int:
        """Move a section; raises UsageError where there is none."""
        (page, fragment), (new_page, wanted) = self._section(old), self._section(new)
        try:
            move, renaming = section_move(self.check.resolver, (page, fragment), (new_page, wanted))
        except LookupError as error:
            raise UsageError(_MISSING[str(error.args[0])].format(old=old, new=new)) from error
        extra = {page: [_heading_edit(self._read(page)[0], renaming)]} if renaming else {}
        return self._change(move, extra)

    def _path(self, name: str) -> str:
        path = located(str(Path(name)), self.wiki.top)
        if path is None:
            raise UsageError("outside of the wiki", Place(name))
        return path

    def _section(self, name: str) -> tuple[str, str]:
        file, _, fragment = name.partition("#")
        page = self._path(file)
        if page not in self.check.resolver.site.pages:
            raise UsageError("no such page in the wiki", Place(file))
        return page, fragment

    def _read(self, path: str) -> tuple[Page, Facts]:
        name = self._shown(path)
        page = files.read(Source(self.wiki.top / path, name, dialect_of(path)))
        known = self.check.resolver.site.facts[path]
        return page, known if self.check.known.get(path) == digest(page) else facts(page)

    def _shown(self, path: str) -> str:
        whole = self.wiki.top / path
        here = Path.cwd().resolve()
        return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)

    def _old_names(
        self, paths: dict[str, str], *, redirect: bool, alias: bool
    ) -> Iterator[tuple[str, list[Edit]]]:
        if not (redirect or alias):
            return
        root = self.check.resolver.site.conventions.root or ""
        for path in paths:
            if path not in self.check.resolver.site.pages or dialect_of(path) == "mediawiki":
                continue
            page, _ = self._read(path)
            address = f"/{routes.route(path).removeprefix(root).lstrip('/')}"
            wanted = [("redirect_from", address)] if redirect else []
            wanted += [("aliases", Path(routes.stem(path)).name)] if alias else []
            edits = [remembered(page.text, key, name) for key, name in wanted]
            if None in edits:
                raise UsageError("its front matter cannot be added to", Place(page.name))
            if len(edits) == 2 and edits[0] and edits[1] and edits[0].start == edits[1].start:
                edits = [_together(edits[0], edits[1])]
            yield path, [edit for edit in edits if edit is not None]

    def _left(self, move: Move) -> Iterator[tuple[str, str]]:
        """Yield each page of wikitext that is left at an old path, with its text: a redirect."""
        after = move.after.site
        for old, new in move.paths.items():
            if old in move.before.site.pages and dialect_of(old) == "mediawiki":
                name = Path(routes.stem(old)).name
                if wiki_page(name, old, after, embedded=False) == new:
                    continue  # it has the old name still
                whole = routes.stem(new).replace("_", " ")
                names = (Path(whole).name, whole.removeprefix(f"{after.conventions.root or ''}/"))
                leads = (n for n in names if wiki_page(n, old, after, embedded=False) == new)
                yield old, f"#REDIRECT [[{next(leads, whole)}]]\n"

    def _leave(self, left: dict[str, str]) -> None:
        """Write the pages that are left."""
        for path, text in left.items():
            if not self.quiet:
                write_stdout(created_patch(text, self._shown(path)))
            if not self.diff:
                place = self.wiki.top / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, "utf-8", newline="")

    def _change(self, move: Move, extra: dict[str, list[Edit]]) -> int:
        """Rewrite the pages and tell of it; return the exit code."""
        shown = Diff(sys.stdout)
        changed = others = links = 0
        for path in self.check.resolver.site.pages:
            edits = sorted([*move.edits(path, self.check.resolver.site.facts[path])])
            if not edits and path not in extra and path not in move.paths:
                continue
            page, known = self._read(path)
            edits = sorted([*move.edits(path, known), *extra.get(path, ())])
            rewritten = len(edits) - len(extra.get(path, ()))
            links += rewritten
            changed += bool(rewritten)
            mended = Mended(page, apply(page.text, edits), tuple(edits))
            if not self.quiet:
                if path in move.paths and not sys.stdout.isatty():
                    write_stdout(rename_patch(mended, self._shown(move.paths[path])))
                else:
                    shown.page(mended)
            self._write(path, mended)
        for path, page, edits in moved_files(move, self.wiki):
            named = Page(page.text, self._shown(path))
            mended = Mended(named, apply(named.text, edits), tuple(edits))
            others, links = others + 1, links + len(edits)
            if not self.quiet:
                shown.page(mended)
            self._write(path, mended)
        sys.stdout.flush()
        for place in named_elsewhere(move, self.wiki):
            where = f"{self._shown(place.path)}:{place.line}"
            sys.stderr.write(f"{where}: may name a page that moves; it is not changed.\n")
        would = " would be" if self.diff else ""
        beside = f" and {_many(others, 'other file')}" if others else ""
        sys.stderr.write(
            f"{_many(len(move.paths), 'file')}{would or ''} moved, "
            f"{_many(links, 'link')} in {_many(changed, 'page')}{beside}{would} rewritten.\n"
        )
        return int(self.diff and bool(changed or others or move.paths or extra))

    def _write(self, path: str, mended: Mended) -> None:
        if mended.edits and not self.diff:
            page = mended.page
            data = Page(mended.text, page.name, page.dialect).to_bytes()
            files.write(self.wiki.top / path, data, expected=page.to_bytes())

    def _rename(self, source: str, target: str) -> None:
        old, new = self.wiki.top / source, self.wiki.top / target
        try:
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
        except OSError as error:
            raise UsageError(
                f"cannot be moved: {error.strerror or error}", Place(source)
            ) from error


def _together(one: Edit, other: Edit) -> Edit:
    """Return two insertions at one place as one."""
    if one.text.startswith("---"):  # both begin front matter; it begins once
        body = one.text.rstrip().removesuffix("---")
        return Edit(one.start, one.end, body + other.text.split("\n", 1)[1], one.rules)
    return Edit(one.start, one.end, one.text + other.text, one.rules)


def _heading_edit(page: Page, renaming: Renaming) -> Edit:
    end = page.text.find(renaming.text, renaming.start)
    if end != renaming.start:
        raise UsageError(
            "the heading holds markup; rename it by hand, then move the section", Place(page.name)
        )
    return Edit(end, end + len(renaming.text), renaming.new, ("mv",))


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


_MISSING = {
    "old": "{old} is no section of the wiki",
    "new": "{new} is no section of the wiki; move its text there first",
    "id": "the id of {old} is written out; change it there, then move the section",
}
