"""What a move does beside the links of pages: redirects, navigation, what is left behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.cli.program import wikimend

FILES = {
    ".wikimend.yaml": "schema: 1\nlinks: {root: docs, redirects: [moved.yaml, moved.json]}\n",
    "docs/index.md": "# Home\n\n[tides](sea/tides.md)\n",
    "docs/sea/tides.md": "# Tides\n\n## Low tide\n\n[home](../index.md)\n",
    "docs/sea/ebb.md": "# Ebb\n",
    "moved.yaml": "# old: new\n/old: /sea/tides\n/older: '/sea/tides#low-tide'  # kept\n"
    "/other: /sea/ebb\n/away: https://example.org/sea/tides\nodd: sea/tides\n",
    "moved.json": '[\n\t{"from": "/a", "to": "/sea/tides.md"},\n'
    '\t{"from": "/b", "to": "/old"}\n]\n',
    "docs/_redirects": "# /x /sea/tides\n/x  /sea/tides  301\n/y/* /sea/tides\n",
    "mkdocs.yml": "site_name: Coast\nnav:\n  - Home: index.md\n  - Sea:\n    - sea/tides.md\n"
    '    - "Low": "sea/tides.md#low-tide"\n    - sea/ebb.md\nplugins:\n  - redirects:\n'
    "      redirect_maps:\n        old.md: sea/tides.md\nhook: !!python/name:a.b\n",
    "sidebars.js": "module.exports = {docs: ['index',\n  'sea/tides', 'sea/tides-and-more']};\n",
}
MOVED = {
    "moved.yaml": "# old: new\n/old: /moon/ebb-and-flow\n"
    "/older: '/moon/ebb-and-flow#low-tide'  # kept\n/other: /sea/ebb\n"
    "/away: https://example.org/sea/tides\nodd: moon/ebb-and-flow\n",
    "moved.json": '[\n\t{"from": "/a", "to": "/moon/ebb-and-flow.md"},\n'
    '\t{"from": "/b", "to": "/old"}\n]\n',
    "docs/_redirects": "# /x /sea/tides\n/x  /moon/ebb-and-flow  301\n/y/* /sea/tides\n",
    "mkdocs.yml": FILES["mkdocs.yml"].replace("sea/tides", "moon/ebb-and-flow"),
    "sidebars.js": FILES["sidebars.js"],
}


def write(folder: Path, files: dict[str, str]) -> None:
    """Write the files of a wiki in git."""
    subprocess.run(["git", "init", "-q", folder], check=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def texts(folder: Path) -> dict[str, str]:
    """Return the files of a wiki by their paths."""
    found = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_redirects_and_navigation_follow() -> None:
    write(Path(), FILES)
    done = wikimend("mv", "docs/sea/tides.md", "docs/moon/ebb-and-flow.md")
    assert done.code == 0, done.err
    after = texts(Path())
    assert {name: after[name] for name in MOVED} == MOVED
    assert "sidebars.js:2: may name a page that moves; it is not changed." in done.err
    assert "9 links in 1 page and 4 other files rewritten." in done.err
    assert wikimend("lint", "--select", "WM801,WM802,WM807").code == 0


def test_a_section_that_moves_is_followed_by_redirects() -> None:
    write(Path(), FILES)
    wikimend("mv", "docs/sea/tides.md#low-tide", "docs/sea/tides.md#At ebb", "-q")
    assert "/older: '/sea/tides#at-ebb'" in Path("moved.yaml").read_text()


WIKITEXT = {
    "Low tide.wiki": "== Noon ==\n[[Ebb]]\n",
    "Ebb.wiki": "[[Low tide]] [[Low tide#Noon|at noon]]\n",
}


@pytest.mark.parametrize("option", ["--redirect", "--alias"])
def test_wikitext_leaves_a_redirect(option: str) -> None:
    write(Path(), WIKITEXT)
    shown = wikimend("mv", "Low tide.wiki", "sea/Neap tide.wiki", option, "--diff")
    assert texts(Path()) == WIKITEXT
    wikimend("mv", "Low tide.wiki", "sea/Neap tide.wiki", option, "-q")
    after = texts(Path())
    assert after == {
        "Low tide.wiki": "#REDIRECT [[Neap tide]]\n",
        "sea/Neap tide.wiki": WIKITEXT["Low tide.wiki"],
        "Ebb.wiki": "[[Neap tide|Low tide]] [[Neap tide#Noon|at noon]]\n",
    }
    assert wikimend("lint", "--select", "WM8").code == 0
    subprocess.run(["rm", "-r", "Low tide.wiki", "sea"], check=True)
    write(Path(), WIKITEXT)
    subprocess.run(["git", "apply", "-"], input=shown.out.encode(), check=True)
    assert texts(Path()) == after


def test_wikitext_that_keeps_its_name_leaves_nothing() -> None:
    write(Path(), {"sea/Tides.wiki": "[[Ebb]]\n", "sea/Ebb.wiki": "[[Tides]]\n"})
    wikimend("mv", "sea", "ocean", "--redirect", "-q")
    assert texts(Path()) == {"ocean/Tides.wiki": "[[Ebb]]\n", "ocean/Ebb.wiki": "[[Tides]]\n"}
