"""Where the configuration is found, and who has the last word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wikimend.errors import Place
from wikimend.rules.loaded import FileSettings
from wikimend.run.config import Settings, find_config, merge

CONFIG = Place("wiki/.wikimend.yaml")


@pytest.mark.parametrize(
    ("files", "start", "found"),
    [
        ("", "a", None),
        ("a/b/.wikimend.yaml", "a", None),
        ("b/.wikimend.yaml", "a", None),
        ("a/.wikimend.yml a/wikimend.toml", "a", None),
        ("a/.wikimend.yaml/", "a", None),
        ("a/.wikimend.yaml", "a", "a/.wikimend.yaml"),
        ("a/wikimend.yaml", "a", "a/wikimend.yaml"),
        ("a/wikimend.yaml a/.wikimend.yaml", "a", "a/.wikimend.yaml"),
        (".wikimend.yaml a/wikimend.yaml", "a", "a/wikimend.yaml"),
        (".wikimend.yaml", "a/b/c", ".wikimend.yaml"),
        ("a/.wikimend.yaml/ wikimend.yaml", "a", "wikimend.yaml"),
    ],
)
def test_the_nearest_configuration_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: str, start: str, found: str | None
) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    for file in files.split():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).mkdir() if file.endswith("/") else (tmp_path / file).touch()
    monkeypatch.chdir(tmp_path)
    assert find_config(Path(start)) == find_config(tmp_path / start)
    assert find_config(Path(start)) == (tmp_path / found if found else None)


# Each: the settings of the file, those of the command line, and the field of the outcome.
MERGED: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({}, {}, {}),
    ({"place": CONFIG}, {}, {"exclude_root": Path("wiki")}),
    ({}, {"select": None, "ignore": None, "fail_on": None, "unsafe_fixes": None}, {}),
    ({"select": ("WM1",)}, {}, {"select": ("WM1",)}),
    ({"select": ()}, {}, {"select": ()}),
    ({"select": ("WM1",)}, {"select": ["WM2", "WM3"]}, {"select": ("WM2", "WM3")}),
    ({"select": ("WM1",)}, {"select": []}, {"select": ()}),
    ({"ignore": ("WM1",)}, {}, {"ignore": ("WM1",)}),
    ({"ignore": ("WM1",)}, {"ignore": ["WM2"]}, {"ignore": ("WM2",)}),
    ({"ignore": ("WM1",)}, {"ignore": []}, {"ignore": ()}),
    ({"fail_on": "never"}, {}, {"fail_on": "never"}),
    ({"fail_on": "never"}, {"fail_on": "warning"}, {"fail_on": "warning"}),
    ({"unsafe_fixes": True}, {}, {"unsafe_fixes": True}),
    ({"unsafe_fixes": True}, {"unsafe_fixes": False}, {"unsafe_fixes": False}),
    ({}, {"unsafe_fixes": True}, {"unsafe_fixes": True}),
    (
        {"exclude": ("/a/",), "place": CONFIG},
        {},
        {"exclude": ("/a/",), "exclude_root": Path("wiki")},
    ),
    ({"exclude": ("/a/",), "place": CONFIG}, {"exclude": ["b"]}, {"exclude": ("b",)}),
    ({"exclude": ("/a/",), "place": CONFIG}, {"exclude": []}, {}),
]


@pytest.mark.parametrize(("file", "line", "merged"), MERGED)
def test_the_command_line_has_the_last_word(
    file: dict[str, Any], line: dict[str, Any], merged: dict[str, Any]
) -> None:
    assert merge(FileSettings(**file), **line) == Settings(**merged)
