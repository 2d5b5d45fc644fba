"""In a wiki with every kind of link planted, all that is broken is found, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.cli.program import wikimend

from .planted import Planted, planted

MEANT = re.compile(r"Did you mean (.+?) \(|is redirected to ([^,]+)\.\Z|leads to (.+) over")
WIKIS = sorted(Path(__file__).parent.glob("planted*.txt"))


@pytest.mark.parametrize("path", WIKIS, ids=lambda path: path.stem)
def test_all_is_found_and_nothing_invented(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiki = planted(path)
    wiki.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    outcome = wikimend("lint", "--output-format", "jsonl", "--ignore", "WM3")
    found: dict[Planted, str] = {}
    for line in outcome.out.splitlines():
        record = json.loads(line)
        if not record["suppressed"]:
            start = record["start"]
            if record["rule"] not in {planted.rule for planted in wiki.found}:
                continue  # what the rules find is no matter of the index
            place = Planted(record["path"], start["line"], start["column"], record["rule"])
            meant = MEANT.search(record["message"])
            found[place] = next(filter(None, meant.groups())) if meant else ""
    assert sorted(found.items()) == sorted(wiki.found.items())


def test_redirects_are_not_judged_where_no_root_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "_redirects").write_text("/old /nowhere\n")
    (tmp_path / "a.md").write_text("[a](old) [b](/x) [c](/y)\n")
    monkeypatch.chdir(tmp_path)
    outcome = wikimend("lint")
    assert outcome.out == ""
    assert "3 internal links not checked: no root." in outcome.err
