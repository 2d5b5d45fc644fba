"""What the index says of each kind of damage, and of what only looks like it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.program import wikimend

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("families.yaml").read_text("utf-8")
)


def write(case: dict[str, Any], folder: Path) -> Path:
    """Write the wiki of a case and return its page."""
    (folder / ".git").mkdir()
    titles, ids = case.get("titles", {}), case.get("ids", {})
    texts = {name: f"# {titles.get(name, 'Nothing')}\n" for name in case["files"]}
    texts |= {name: f"---\npage_id: {ids[name]}\n---\n# Page\n" for name in ids}
    texts |= case.get("texts", {})
    if "links" in case:
        texts[".wikimend.yaml"] = json.dumps({"schema": 1, "links": case["links"]})
    page = case.get("page", "page.md")
    texts[page] = case["damaged"] + "\n"
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / str(page)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_family(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = write(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    told = wikimend("lint", page.name, "--output-format", "jsonl", "--select", "WM8,WM75")
    findings = [json.loads(line) for line in told.out.splitlines()]
    text = page.read_text("utf-8")
    for finding in reversed(findings):
        if finding["replacement"] is not None:
            start, end = finding["start"]["offset"], finding["end"]["offset"]
            text = text[:start] + finding["replacement"] + text[end:]
    assert text == case.get("mended", case["damaged"]) + "\n", told.out
    kinds = {finding["safety"] or "none" for finding in findings}
    if case["how"] != "mixed":
        assert kinds == (set() if case["how"] == "clean" else {case["how"]})

    wikimend("fix", "-q", page.name, "--select", "WM8,WM75")
    if case["how"] == "safe":
        assert page.read_text("utf-8") == case["mended"] + "\n"
        again = wikimend("fix", "-q", page.name)
        assert "1 page read, none changed." in again.err
    elif case["how"] != "mixed":
        assert page.read_text("utf-8") == case["damaged"] + "\n"
