"""Which pages are meant by the files and folders that the user named."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wikimend.errors import PageError, Place, UsageError
from wikimend.store.dialect import DIALECT_OF_SUFFIX, dialect_of
from wikimend.store.ignore import Chain, Patterns, above, compile_patterns, enter, ignored
from wikimend.text.page import Dialect

VCS_FOLDERS = frozenset({".git", ".hg", ".svn", ".bzr", ".jj"})
_SUFFIXES = tuple(DIALECT_OF_SUFFIX)
_NO_PAGES = f"no pages here (looked for {', '.join('*' + suffix for suffix in _SUFFIXES)})"


@dataclass(frozen=True, slots=True)
class Source:
    """A page that waits to be read."""

    path: Path
    """Where it is stored; relative where the user named it so."""
    name: str
    """What the user calls it."""
    dialect: Dialect
    """Its markup language, told by its name."""

    @classmethod
    def called(cls, name: str) -> Source:
        """Return the page that the user calls so."""
        return cls(Path(name), name, dialect_of(name))

    @property
    def size(self) -> int:
        """Its size in bytes; 0 where it cannot be told."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def discover(
    paths: Sequence[Path | str], *, exclude: Sequence[str] = (), exclude_root: Path
) -> Iterator[Source | PageError]:
    """Yield every page that `paths` mean, once, and an error for each path that means none.

    A file is a page whatever it is called. A folder gives the pages in it (known by
    `DIALECT_OF_SUFFIX`) in the order of their names, then those of its folders, without what its
    `.gitignore` files leave out; symbolic links come last, unless what they lead to was given
    already. `exclude` (gitignore syntax, relative to `exclude_root`) leaves out files and folders
    without a word, those in `paths` as well. Raises UsageError when one of them is no pattern.
    """
    return _Walk(_excluded(exclude, exclude_root)).every(paths)


def is_excluded(name: str, *, exclude: Sequence[str], exclude_root: Path) -> bool:
    """Return whether `exclude` leaves out the file called `name`, as it does in `discover`."""
    return _Walk(_excluded(exclude, exclude_root)).is_excluded(_absolute(name))


def _excluded(exclude: Sequence[str], exclude_root: Path) -> Patterns:
    try:
        return compile_patterns(exclude, _as_folder(_absolute(str(exclude_root))))
    except ValueError as error:
        raise UsageError(f"cannot exclude {error}: not a pattern in gitignore syntax") from error


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to be walked; its names end with `/`."""

    shown: str
    """As the user is told; empty for `.`."""
    logical: str
    """Absolute, as reached; `exclude` is about this."""
    real: str
    """Absolute, without links; `.gitignore` files are about this."""
    chain: Chain
    """The ignore files that hold over it."""

    def below(self, name: str, chain: Chain) -> _Folder:
        return _Folder(
            f"{self.shown}{name}/", f"{self.logical}{name}/", f"{self.real}{name}/", chain
        )


_Found = Generator[Source | PageError, None, bool]
"""What a path means; at the end, whether it means anything, new or not."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """One call of `discover`: what is left out, and what was given already."""

    excluded: Patterns
    """What the user excludes."""
    seen: set[str] = field(default_factory=set)
    """The folders (with `/` at the end), and the files that were named or linked to, that were
    given; absolute, without links."""
    walked: dict[str, tuple[str, Chain]] = field(default_factory=dict)
    """The folders whose files were given: by their names without links the logical ones, and the
    ignore files that hold in them. The names of all files would take much more memory."""

    def every(self, paths: Sequence[Path | str]) -> Iterator[Source | PageError]:
        for path in paths:
            shown = str(Path(path))
            if not (yield from self.named(shown)):
                yield PageError(_NO_PAGES, Place(shown))

    def named(self, shown: str) -> _Found:
        """Yield what is meant by a path that the user wrote, or by a link in a folder."""
        try:
            mode = Path(shown).stat().st_mode
            is_folder = stat.S_ISDIR(mode)
            logical = _as_folder(_absolute(shown)) if is_folder else _absolute(shown)
            if self.is_excluded(logical):
                return True
            if is_folder:
                real = _real(shown)
                prefix = "" if shown == "." else _as_folder(shown)
                return (yield from self.tree(_Folder(prefix, logical, real, above(real))))
        except OSError as error:
            yield _failure(error)
            return True
        if not stat.S_ISREG(mode):
            yield PageError("not a file that can be read and written", Place(shown))
        elif self.is_new_file(os.path.realpath(shown)):
            yield Source.called(shown)
        return True

    def tree(self, start: _Folder) -> _Found:
        """Yield the pages of a folder and of the folders in it, those behind links last."""
        links: list[str] = []
        found = False
        waiting = [start]
        while waiting:
            folder = waiting.pop()
            if not self.is_new(folder.real):
                found = True
                continue
            inside: list[_Folder] = []
            names: list[str] = []
            try:
                for page in self.folder(folder, inside, links, names):
                    found = True
                    yield page
            except OSError as error:
                found = True
                yield _failure(error)
                self.walked.pop(folder.real, None)
                self.seen.update(folder.real + name for name in names)
            waiting += reversed(inside)
        for link in links:
            yield from self.named(link)
        return found or bool(links)

    def folder(
        self, folder: _Folder, inside: list[_Folder], links: list[str], names: list[str]
    ) -> Iterator[Source | PageError]:
        """Yield the pages of one folder, and add to the folders and links that are left to do.

        `names` becomes the names of the pages.
        """
        with os.scandir(folder.shown or ".") as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        chain = enter(folder.chain, folder.real, {entry.name for entry in entries})
        self.walked[folder.real] = folder.logical, chain
        for entry in entries:
            name = entry.name
            is_page = name.lower().endswith(_SUFFIXES)
            is_folder = entry.is_dir(follow_symlinks=False)
            if not (is_page or is_folder or entry.is_symlink()) or name in VCS_FOLDERS:
                continue
            path = name + "/" * is_folder
            if ignored(chain, folder.real + path) or self.excluded.verdict(folder.logical + path):
                continue
            shown = folder.shown + name
            if is_folder:
                inside.append(folder.below(name, chain))
            elif not entry.is_symlink():
                if entry.is_file() and folder.real + name not in self.seen:
                    names.append(name)
                    yield Source.called(shown)
            elif Path(shown).is_dir() and folder.real.startswith(_real(shown)):
                yield PageError("symbolic link to a folder around it: not followed", Place(shown))
            elif is_page or Path(shown).is_dir():
                links.append(shown)

    def is_new(self, real: str) -> bool:
        if real in self.seen:
            return False
        self.seen.add(real)
        return True

    def is_new_file(self, real: str) -> bool:
        folder, slash, name = real.rpartition("/")
        if folder + slash in self.walked and name.lower().endswith(_SUFFIXES):
            logical, chain = self.walked[folder + slash]
            if not ignored(chain, real) and not self.excluded.verdict(logical + name):
                return False
        return self.is_new(real)

    def is_excluded(self, logical: str) -> bool:
        """Return whether a path, or a folder between it and the root of `exclude`, is excluded."""
        root = self.excluded.folder
        parts = logical.removeprefix(root).split("/") if logical.startswith(root) else []
        folders = (root + "/".join(parts[:n]) + "/" for n in range(1, len(parts)))
        return any(self.excluded.verdict(path) for path in (*folders, logical))


def _absolute(path: str) -> str:
    return Path(os.path.normpath(Path(path).absolute())).as_posix()


def _real(folder: str) -> str:
    return _as_folder(Path(os.path.realpath(folder)).as_posix())


def _as_folder(path: str) -> str:
    return f"{path.rstrip('/')}/"


def _failure(error: OSError) -> PageError:
    path = Path(os.fsdecode(error.filename))
    if error.errno == errno.ELOOP:
        message = "symbolic link that leads to itself"
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        message = "symbolic link to nothing" if path.is_symlink() else "no such file or folder"
    else:
        message = f"cannot be read: {error.strerror}"
    return PageError(message, Place(str(path)))
