"""Once is enough: `fix` leaves no link that a second run would still change, in whatever form."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.program import wikimend

from .planted import planted

FORMS = (
    {"path": "root-relative", "extension": "hide"},
    {"path": "relative", "extension": "show", "follow-redirects": "true"},
    {"convert": "markdown", "path": "root-relative"},
    {"convert": "wiki"},
)
WIKIS = ("planted", "planted_obsidian", "planted_gollum", "planted_configured", "planted_wikitext")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: ", ".join(form.values()))
@pytest.mark.parametrize("name", WIKIS)
def test_a_second_run_changes_nothing(
    name: str, form: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiki = planted(Path(__file__).with_name(f"{name}.txt"))
    settings = wiki.files.get(".wikimend.yaml", "schema: 1\nlinks:\n")
    if "  root:" not in settings:
        settings += f"  root: {'docs' if name == 'planted' else '.'}\n"
    wiki.files[".wikimend.yaml"] = settings + "".join(f"  {k}: {v}\n" for k, v in form.items())
    wiki.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    arguments = ("-q", "--select", "WM8,WM75", "--unsafe-fixes")
    assert "Repaired: " in wikimend("fix", *arguments).err or name == "planted_wikitext"
    again = wikimend("fix", "--diff", *arguments)
    assert again.out == ""


def test_a_redirect_to_another_site_has_no_other_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".wikimend.yaml").write_text(
        "schema: 1\nlinks: {root: ., redirects: moved.yaml, convert: wiki,\n"
        "  wiki-links: page-first}\n"
    )
    Path("moved.yaml").write_text("/away: https://example.org/\n")
    Path("a.md").write_text("[away](/away) [b](/b)\n")
    Path("b.md").write_text("# B\n")
    wikimend("fix", "-q")
    assert Path("a.md").read_text() == "[away](/away) [[b]]\n"
