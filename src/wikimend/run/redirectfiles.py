"""The files of redirects that a wiki has, beside its pages."""

from __future__ import annotations

from pathlib import Path

from wikimend.links import guess
from wikimend.links.redirects import REDIRECT_FILES
from wikimend.run.wiki import Wiki


def redirect_files(wiki: Wiki) -> list[Path]:
    """Return where files of redirects may be: what the configuration names, then the usual ones."""
    folder = wiki.config_folder or wiki.top
    places = [folder / name for name in wiki.options.redirects]
    for start in (wiki.root or "", *guess.ROOTS):
        places += (wiki.top / start / name for name in REDIRECT_FILES)
    return list(dict.fromkeys(places))
