"""The Python interface is what `import wikimend` gives, whatever else is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

import wikimend

WRECK = "[tides[/sea/[tides--TEMP--/sea)--FIX--"


def test_the_names_are_functions_again_and_again() -> None:
    for _ in range(2):
        assert wikimend.mend(WRECK).text == "[tides](/sea/tides)"
        assert [finding.rule for finding in wikimend.lint(WRECK).findings] == ["WM101"]
        assert wikimend.load_rules()["WM101"].safety == "safe"


@pytest.mark.parametrize("first", ["wikimend.api", "wikimend.repair.mender", "wikimend.cli.lint"])
def test_no_module_takes_the_name_of_a_function(first: str) -> None:
    code = f"import wikimend, {first}; print(wikimend.mend({WRECK!r}).text, wikimend.lint.__name__)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[tides](/sea/tides) lint\n"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = wikimend.nothing
