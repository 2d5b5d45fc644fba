"""The mistakes of a rule file, collected as it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import regex

from wikimend.errors import Problem
from wikimend.rules.document import Document
from wikimend.rules.node import Node
from wikimend.rules.problem import SyntaxProblem

_T = TypeVar("_T")


class Errata:
    """A growing list of mistakes in one document, and whom the next ones concern.

    Mistakes are noted, not raised, so that a person sees all of them at once.
    """

    __slots__ = ("document", "problems", "subject")

    def __init__(
        self, document: Document, problems: list[Problem] | None = None, subject: str = ""
    ) -> None:
        self.document = document
        self.problems = list(document.problems) if problems is None else problems
        self.subject = subject

    def about(self, subject: str) -> Errata:
        """Return the same list, where what is noted concerns `subject`, such as `rule WM101`."""
        return Errata(self.document, self.problems, f"{subject}: ")

    def note(self, node: Node, message: str, offset: int = 0) -> None:
        """Note a mistake at `offset` in the text of `node`, 0 for the node itself."""
        self.problems.append(Problem(self.document.place(node, offset), self.subject + message))

    def note_key(self, mapping: Node, key: str, message: str) -> None:
        """Note a mistake at a key of `mapping`."""
        place = self.document.at(mapping.keys[key])
        self.problems.append(Problem(place, self.subject + message))

    def attempt(self, node: Node, compile_: Callable[[], _T]) -> _T | None:
        """Return what `compile_` gives, or note why the text of `node` cannot be compiled."""
        try:
            return compile_()
        except SyntaxProblem as problem:
            self.note(node, problem.message, problem.offset)
            return None

    def check_regex(self, node: Node) -> None:
        """Note what is wrong with a text that should be a regular expression."""
        try:
            expression = regex.compile(node.text)
        except regex.error as error:
            what, position = getattr(error, "msg", error), getattr(error, "pos", None)
            self.note(node, f"bad regular expression: {what}", position or 0)
        else:
            if expression.fullmatch(""):
                self.note(node, f"the regular expression {node.text!r} matches the empty text")
