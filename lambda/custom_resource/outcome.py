"""What a provider answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class RefusedError(Exception):
    """The provider did nothing and says why, in words that may stand in the stack's events.

    After a refused create, CloudFormation's clean-up is answered without asking the provider: there is
    nothing of ours to delete.
    """


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A request that was done.

    Attributes:
        data: What `Fn::GetAtt` reads.
        physical_id: The resource. Default: on create, an id that the same stack and logical id always get;
            later, the one that it has. Another one on update makes CloudFormation delete the old one.
        no_echo: True hides `data` in the stack's events and API answers.
    """

    data: Mapping[str, str] = field(default_factory=dict[str, str])
    physical_id: str | None = None
    no_echo: bool = False
