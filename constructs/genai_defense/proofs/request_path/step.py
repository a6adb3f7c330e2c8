"""What a request meets on its way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from genai_defense.checks.template_graph import Resource


class Control(StrEnum):
    """What a request must pass before it comes to a model."""

    WEB_ACL = "web ACL"
    AUTHORIZER = "authorizer with a scope"
    SCHEMA = "request schema"
    GUARDRAIL = "guardrail"


class Place(NamedTuple):
    """Where a request can be.

    Attributes:
        resource: The resource; None for the model itself.
        part: A part of the resource, such as an operation of an OpenAPI document; empty for all of it.
    """

    resource: Resource | None
    part: str = ""


MODEL = Place(None)
"""Where every way ends that a proof is about."""


class Guard(NamedTuple):
    """A control that stands at a place.

    Attributes:
        control: Which one.
        layer: What it is, such as `web ACL of the distribution`; layers are taken away one by one.
        doubt: Why it is not certain that it stands; empty where it is.
    """

    control: Control
    layer: str
    doubt: str = ""


class Way(NamedTuple):
    """Where a request can go next.

    Attributes:
        to: The next place.
        doubt: Why it is not certain that it can; empty where it is.
    """

    to: Place
    doubt: str = ""


@dataclass(frozen=True)
class Step:
    """A place, with what stands there and where it leads.

    Attributes:
        guards: The controls that a request passes there.
        ways: Where it can go next.
    """

    guards: tuple[Guard, ...] = ()
    ways: tuple[Way, ...] = ()
