"""What a rule is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from genai_defense.checks.answer import Answer
    from genai_defense.checks.template_graph import Resource, TemplateGraph


class Boundary(StrEnum):
    """The trust boundary at which a control stands."""

    USER_INTERFACE = "user_interface"
    APPLICATION = "application"
    MODEL = "model"
    DATA = "data"
    ORGANIZATION = "organization"
    EGRESS = "egress"


class Level(StrEnum):
    """What a finding does: an error stops the synth, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


# What each risk of 2025 was called before; system prompt leakage and vector weaknesses are new.
_OWASP_LLM_2023 = {
    "LLM01": ("LLM01",),
    "LLM02": ("LLM06",),
    "LLM03": ("LLM05",),
    "LLM04": ("LLM03",),
    "LLM05": ("LLM02",),
    "LLM06": ("LLM07", "LLM08"),
    "LLM07": (),
    "LLM08": (),
    "LLM09": ("LLM09",),
    "LLM10": ("LLM04", "LLM10"),
}


@dataclass(frozen=True, kw_only=True)
class Risks:
    """Where the risk stands in the catalogues that auditors use. Each list is keyed by its version.

    Attributes:
        owasp_llm_2025: OWASP Top 10 for LLM applications, 2025, such as `LLM01`.
        owasp_agentic: OWASP Top 10 for agentic applications, 2026, such as `ASI01`.
        mitre_atlas: Techniques, such as `AML.T0051`.
        nist_csf: Function and category of NIST CSF 2.0, such as `PR.AA`.
        nist_ai_600_1: Risk of the NIST generative AI profile, in its words.
        aws_gensec: Best practice of the AWS generative AI lens, such as `GENSEC02-BP01`.
    """

    owasp_llm_2025: tuple[str, ...]
    owasp_agentic: tuple[str, ...]
    mitre_atlas: tuple[str, ...]
    nist_csf: tuple[str, ...]
    nist_ai_600_1: tuple[str, ...]
    aws_gensec: tuple[str, ...]

    @property
    def owasp_llm_2023(self) -> tuple[str, ...]:
        """The same risks in the list of 2023/24 (v1.1), whose names AWS's reference post uses."""
        return tuple(sorted({old for new in self.owasp_llm_2025 for old in _OWASP_LLM_2023[new]}))


@dataclass(frozen=True)
class Source:
    """The public page that a rule rests on.

    Attributes:
        url: Its address.
        read: The day it was read, as YYYY-MM-DD.
    """

    url: str
    read: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One promise about resources of certain types.

    Attributes:
        id: What must hold, such as `OwaspLlm-UserPoolRequiresMfa`; also the acknowledgement's id.
        boundary: Where the control stands.
        level: What a finding does.
        info: One sentence on the resource that breaks the promise.
        explanation: The consequence.
        remedy: What to change, in one sentence.
        source: What the rule rests on.
        mapping: The risk in the catalogues.
        resource_types: The CloudFormation types that the rule is asked about.
        check: The pure function that answers for one resource of these types.
    """

    id: str
    boundary: Boundary
    level: Level
    info: str
    explanation: str
    remedy: str
    source: Source
    mapping: Risks
    resource_types: tuple[str, ...]
    check: Callable[[Resource, TemplateGraph], Answer]


def rule(
    *,
    id: str,  # noqa: A002 - the field is called id, and the data of a rule reads like the fields
    boundary: Boundary,
    level: Level,
    info: str,
    explanation: str,
    remedy: str,
    source: Source,
    mapping: Risks,
    resource_types: tuple[str, ...],
) -> Callable[[Callable[[Resource, TemplateGraph], Answer]], Rule]:
    """Turn a check function into a `Rule`, so that its file reads data first, logic second.

    The arguments are the fields of `Rule`.
    """
    return lambda check: Rule(
        id=id,
        boundary=boundary,
        level=level,
        info=info,
        explanation=explanation,
        remedy=remedy,
        source=source,
        mapping=mapping,
        resource_types=resource_types,
        check=check,
    )
