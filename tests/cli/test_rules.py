"""`wikimend rules` on the shipped rules; transcripts show it on small files."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from wikimend.api import load_rules
from wikimend.rules.notices import NOTICES
from wikimend.rules.source import default_path

from .program import wikimend

RULES = load_rules().rules
KNOWN = [(rule.id, rule.name) for rule in RULES] + [(n.id, n.name) for n in NOTICES.values()]


def test_every_rule_is_listed_once() -> None:
    heading, *lines = wikimend("rules", "list").out.splitlines()
    assert re.fullmatch("id +name +severity +repair +on", heading)
    assert [tuple(line.split()[:2]) for line in lines] == KNOWN
    assert {len(line.split()) for line in lines} == {5}


@pytest.mark.parametrize(("rule", "name"), KNOWN)
def test_every_rule_is_explained(rule: str, name: str) -> None:
    by_id, by_name = wikimend("rules", "explain", rule), wikimend("rules", "explain", name)
    assert by_id == by_name
    assert by_id.out.startswith(f"{rule} {name} (")
    assert not re.search(r"Message\n.*\{", by_id.out), "the message is the one that people see"
    assert max(map(len, re.split("\n\n(?:Damaged|Switched)", by_id.out)[0].splitlines())) < 80


def test_the_schema_takes_the_shipped_rules() -> None:
    schema = json.loads(wikimend("rules", "schema").out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(yaml.safe_load(default_path().read_text("utf-8")))) == []
    assert list(validator.iter_errors({"schema": 1, "exclud": []})) != []
