"""What the tools of others find in templates: counted, so that one more of a kind is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias


class Finding(NamedTuple):
    """A finding, as it is known again in a changed template.

    Attributes:
        rule: The tool's id of the rule.
        resource: Logical id of what it is about.
        path: Where, without positions in lists; empty where the tool does not say.
    """

    rule: str
    resource: str
    path: str = ""


Body: TypeAlias = Mapping[str, Any]
Find: TypeAlias = Callable[[Sequence[tuple[str, Body]]], Sequence[Counter[Finding]]]
"""What a tool finds in each of several templates, each given with its name."""


class NewFindings:
    """Compares what a tool finds in changed templates with what it found before.

    Args:
        templates: The unchanged templates, by name.
        find: Asks the tool.
    """

    def __init__(self, templates: Mapping[str, Body], find: Find) -> None:
        self._templates, self._find = templates, find
        self._before: dict[str, Counter[Finding]] = {}

    def of(self, changes: Sequence[Mapping[str, Body]]) -> list[Counter[Finding]]:
        """What is found after each change, and was not before.

        Args:
            changes: For each of them, the templates that change, by name, as they are then.
        """
        changed = [(name, body) for bodies in changes for name, body in bodies.items()]
        unseen = [name for name in dict.fromkeys(name for name, _ in changed) if name not in self._before]
        found = iter(self._find([*((name, self._templates[name]) for name in unseen), *changed]))
        self._before |= {name: next(found) for name in unseen}
        new: list[Counter[Finding]] = []
        for bodies in changes:
            new.append(Counter())
            for name in bodies:
                new[-1] += next(found) - self._before[name]
        return new
