"""What a detector is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from genai_defense.mutation.detector_names import DetectorName


class Change(NamedTuple):
    """What a mutant does to the templates of one deployment.

    Attributes:
        bodies: The templates that it changes, by name, as they are then.
    """

    bodies: Mapping[str, Mapping[str, Any]]


Noticed: TypeAlias = "dict[DetectorName, tuple[str, ...]]"
"""Detector to the rules with a finding that they did not have before."""


class Detector(Protocol):
    """Asks one tool, perhaps with several of its packs, about the templates of one deployment."""

    def notice(self, changes: Sequence[Change]) -> list[Noticed]:
        """What it says of each change that it does not say of the unchanged templates."""
        ...
