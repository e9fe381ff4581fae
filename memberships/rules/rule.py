"""What every rule is: a code, the sentence that people read, where it comes from, and how it finds."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from memberships.rules.findings import Finding
from memberships.rules.scope import Scope


class Rule(ABC):
    """One rule. Its docstring is what people read: what is found, then, after an empty line, why it matters.

    `source` is where the rule comes from, in the words of `domain.md` and of the articles behind it.
    """

    code: ClassVar[str]
    source: ClassVar[str]

    @classmethod
    def what(cls) -> str:
        """What is found, in one sentence."""
        return cls._paragraphs()[0]

    @classmethod
    def why(cls) -> str:
        """Why it matters."""
        return " ".join(cls._paragraphs()[1:])

    @classmethod
    def _paragraphs(cls) -> list[str]:
        return [" ".join(paragraph.split()) for paragraph in (inspect.getdoc(cls) or "").split("\n\n")]

    def may_find(self, scope: Scope) -> bool:
        """Whether `find` could find anything of what `scope` seeks: asked first, since finding that nothing does costs more."""
        return True

    @abstractmethod
    def find(self, scope: Scope) -> Iterable[Finding]:
        """All findings of this rule within `scope`, and some that do not concern what it seeks.

        Asks a fixed number of queries, one of which decides; the others fetch what the sentences name.
        """
