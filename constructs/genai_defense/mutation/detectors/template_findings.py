"""What the tools of others find in a template: counted, so that one more of a kind is seen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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


class NewFindings:
    """Compares what a tool finds in changed templates with what it found before.

    Args:
        templates: The unchanged templates, by name.
        find: What the tool finds in one template; its name and its body are given.
    """

    def __init__(
        self,
        templates: Mapping[str, Mapping[str, Any]],
        find: Callable[[str, Mapping[str, Any]], Counter[Finding]],
    ) -> None:
        self._templates, self._find = templates, find
        self._before: dict[str, Counter[Finding]] = {}

    def of(self, bodies: Mapping[str, Mapping[str, Any]]) -> Counter[Finding]:
        """What is found in some templates now, and was not before.

        Args:
            bodies: The templates that change, by name, as they are then.
        """
        new: Counter[Finding] = Counter()
        for name, body in bodies.items():
            if name not in self._before:
                self._before[name] = self._find(name, self._templates[name])
            new += self._find(name, body) - self._before[name]
        return new
