"""Asks the IAM prover which weaker policies let nobody do more, since something else refuses it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.resolver import Resolver
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import json_object
from genai_defense.checks.variants import variants
from genai_defense.mutation.edit import edited

if TYPE_CHECKING:
    from genai_defense.mutation.mutant import Mutant
    from genai_defense.mutation.subject import Subject
    from genai_defense.proofs.iam.weakened import Answer, Weakened

NO_SOLVER = "The IAM prover was not asked about survivors: install genai-defense[proofs], which brings z3."
"""Why nothing is redundant where z3 is missing."""
INTERRUPTED = "The IAM prover was not asked about every survivor: interrupted."
"""Why a survivor may be redundant all the same."""
LEFT_OUT = "The IAM prover was not asked about survivors: --no-prove."
"""Why nothing is redundant where nobody wanted to know."""
_DEPTH = 3


@dataclass(frozen=True)
class Opinion:
    """What the prover says of a mutant.

    Attributes:
        redundant: Whether surely no request becomes possible.
        why: What refuses every one, or one that becomes possible; empty where the prover does not know.
    """

    redundant: bool = False
    why: str = ""


def has_solver() -> bool:
    """Whether the extra `proofs` is installed."""
    return find_spec("z3") is not None


class Redundancy:
    """Asks about the mutants of one deployment. What that needs is read at the first of them.

    Args:
        subject: The deployment.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._ways: list[tuple[TemplateGraph, Weakened]] | None = None

    def ask(self, mutant: Mutant) -> Opinion:
        """Whether a mutant lets anybody make a request that was refused, in any way to deploy it."""
        field = _field(mutant)
        if not field or not mutant.resource_type.startswith(_MODELLED):
            return Opinion()
        from genai_defense.proofs.iam.weakened import Gained, Refused  # noqa: PLC0415 - z3 is an extra

        try:
            answers = self._answers(mutant, field)
        except UnusableInputError:
            return Opinion()
        for answer in answers:
            if isinstance(answer, Gained):
                return Opinion(why=f"As far as the templates tell, {answer.call}.")
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        if not refused or len(refused) < len(answers):
            return Opinion()
        reasons = sorted({reason for answer in refused for reason in answer.reasons})
        return Opinion(redundant=True, why=_sentence(reasons))

    def _answers(self, mutant: Mutant, field: str) -> list[Answer]:
        answers: list[Answer] = []
        for graph, weakened in self._deployed():
            template = next(one for one in graph.templates if one.name == mutant.template)
            before = graph.find(template, mutant.resource)
            if before is None:
                continue
            body = edited({template.name: template.body}, mutant.edits)[template.name]
            entry = json_object((json_object(body.get("Resources")) or {}).get(mutant.resource)) or {}
            after = Resource(template, mutant.resource, entry, Resolver(graph))
            answers.append(weakened.gained(before, after, field))
        return answers

    def _deployed(self) -> list[tuple[TemplateGraph, Weakened]]:
        if self._ways is None:
            from genai_defense.proofs.iam.account import Account  # noqa: PLC0415 - only where it is asked
            from genai_defense.proofs.iam.weakened import Weakened  # noqa: PLC0415 - z3 is an extra

            templates = self._subject.deployment.templates
            graphs = [TemplateGraph(templates, conditions) for conditions in variants(templates)]
            self._ways = [(graph, Weakened(Account(graph))) for graph in graphs]
        return self._ways


_MODELLED = (
    "AWS::DynamoDB::Table",
    "AWS::EC2::VPCEndpoint",
    "AWS::IAM::",
    "AWS::KMS::Key",
    "AWS::Organizations::Policy",
    "AWS::S3::BucketPolicy",
)


def _field(mutant: Mutant) -> str:
    """The one property that differs; empty where there is more, or something else."""
    properties = mutant.template, ("Resources", mutant.resource, "Properties")
    places = {(edit.template, edit.path[:_DEPTH]) for edit in mutant.edits}
    fields = {edit.path[_DEPTH : _DEPTH + 1] for edit in mutant.edits}
    if places != {properties} or len(fields) != 1:
        return ""
    return "".join(map(str, fields.pop()))


def _sentence(reasons: list[str]) -> str:
    why = "; ".join(reasons) or "the rest of the policy says the same"
    return f"Proven: no request becomes possible, since {why}."
