"""The JSON Schema says the same about the shape of a rule file as the reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from wikimend.rules.constraints import CONSTRAINTS
from wikimend.rules.reader import loads
from wikimend.rules.schema import json_schema
from wikimend.rules.source import default_path

from .mistakes import DATA, mistakes

VALIDATOR = Draft202012Validator(json_schema())


def objects(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every part of a schema that describes a mapping with known keys, with its path."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
            yield path, schema
        for key, value in schema.items():
            yield from objects(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from objects(value, f"{path}/{index}")


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("text, messages", mistakes("shape.txt"))
def test_a_wrong_shape_is_refused(text: str, messages: str) -> None:
    assert not VALIDATOR.is_valid(yaml.safe_load(text)), messages


@pytest.mark.parametrize("text, messages", mistakes("meaning.txt"))
def test_what_only_the_reader_can_see_is_not(text: str, messages: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(yaml.safe_load(text))] == [], messages


@pytest.mark.parametrize("name", ["base.yaml", "circle.yaml", "gates.yaml"])
def test_good_files(name: str) -> None:
    file = yaml.safe_load((DATA / name).read_text("utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(file)] == []


def test_the_shipped_rules() -> None:
    file = yaml.safe_load(default_path().read_text("utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(file)] == []


@pytest.mark.parametrize(
    "file",
    [
        pytest.param({"schema": 1}, id="nothing"),
        pytest.param({"schema": 1, "overrides": {"WM101": False}}, id="off"),
        pytest.param({"schema": 1, "rules": [], "fail-on": "never"}, id="settings"),
    ],
)  # fmt: skip
def test_small_good_files(file: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(file)
    if "rules" in file:
        assert loads(yaml.safe_dump(file)).ruleset.rules == ()


@pytest.mark.parametrize(
    "path, schema", list(objects(json_schema())), ids=lambda value: str(value)[:60]
)
def test_every_key_is_known_and_described(path: str, schema: dict[str, Any]) -> None:
    assert schema["additionalProperties"] is False
    if not path.endswith(tuple(CONSTRAINTS)):
        assert all(
            field.get("description", "").endswith(".") for field in schema["properties"].values()
        )


def test_the_tests_behind_where_are_those_of_the_table() -> None:
    rule = json_schema()["properties"]["rules"]["items"]
    assert list(rule["properties"]["where"]["items"]["properties"]) == list(CONSTRAINTS)
