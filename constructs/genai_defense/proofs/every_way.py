"""Asks a prover in every way in which a deployment can be deployed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.template_graph import TemplateGraph
from genai_defense.checks.variants import variants
from genai_defense.proofs.proof import WORST_FIRST, Proof, Verdict


def in_every_way(
    deployment: Deployment, prove: Callable[[TemplateGraph], Iterable[Proof]]
) -> Iterator[Proof]:
    """Yield each claim once, with the worst of what conditions make of it.

    Args:
        deployment: What can be deployed in several ways.
        prove: The prover of one way.
    """
    found: dict[str, Proof] = {}
    for conditions in variants(deployment.templates):
        for proof in prove(TemplateGraph(deployment.templates, conditions)):
            earlier = found.get(proof.id)
            found[proof.id] = proof if earlier is None else _both(earlier, proof)
    yield from found.values()


def worst_verdict(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that counts of several; not applicable when there is none."""
    return min(verdicts, key=WORST_FIRST.index, default=Verdict.NOT_APPLICABLE)


def _both(one: Proof, other: Proof) -> Proof:
    verdict = worst_verdict([one.verdict, other.verdict])
    shown = one if one.verdict is verdict else other
    return replace(
        shown,
        counterexamples=tuple(dict.fromkeys((*one.counterexamples, *other.counterexamples))),
        without={
            layer: worst_verdict(each.without[layer] for each in (one, other) if layer in each.without)
            for layer in (*one.without, *(layer for layer in other.without if layer not in one.without))
        },
    )
