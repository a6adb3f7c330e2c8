"""Proves that no risk is met by one control alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genai_defense.checks.depth import RISKS, Depth
from genai_defense.checks.depth_pack import depth_of_graph, what_is_missing
from genai_defense.proofs.every_way import in_every_way
from genai_defense.proofs.proof import Proof, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_defense.checks.read.deployment import Deployment
    from genai_defense.checks.template_graph import TemplateGraph


def prove(deployment: Deployment) -> Iterator[Proof]:
    """Prove for each risk of the OWASP list that two independent controls stand against it.

    Args:
        deployment: The templates.
    """
    yield from in_every_way(deployment, prove_depth)


def prove_depth(graph: TemplateGraph) -> Iterator[Proof]:
    """Prove it of one way to deploy.

    Args:
        graph: The templates.
    """
    for depth in depth_of_graph(graph):
        yield _proof(depth)


def _proof(depth: Depth) -> Proof:
    missing = what_is_missing(depth)
    verdict = Verdict.FAILS if missing else Verdict.HOLDS
    return Proof(
        id=f"depth-{depth.risk.lower()}",
        claim=f"Two independent controls at two boundaries stand against {depth.risk} ({RISKS[depth.risk]}),"
        " and one is left whichever resource is taken away.",
        verdict=verdict if depth.asked else Verdict.NOT_APPLICABLE,
        counterexamples=(missing,) if missing and depth.asked else (),
        witness=_witness(depth),
        without={
            boundary.value: Verdict.HOLDS if depth.without(boundary) else Verdict.FAILS
            for boundary in depth.by_boundary
        },
        controls={
            boundary.value: tuple(control.rule for control in controls)
            for boundary, controls in depth.by_boundary.items()
        },
    )


def _witness(depth: Depth) -> str:
    if not depth.asked:
        return "no rule against this risk has anything to say about the templates"
    left, resource = depth.least_left
    counted = ", ".join(f"{boundary.value} {len(each)}" for boundary, each in depth.by_boundary.items())
    pair = depth.independent
    shown = f"; such as {pair[0].rule} and {pair[1].rule}" if pair else ""
    weakest = f"; {left} left without {resource.logical_id}" if resource else ""
    return f"{len(depth.controls)} controls ({counted or 'none'}){shown}{weakest}"
