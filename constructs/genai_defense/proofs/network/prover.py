"""The claims about ways between application subnets, the internet and Bedrock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genai_defense.checks.doors import Door, ways_out
from genai_defense.checks.values import shown
from genai_defense.proofs.every_way import in_every_way, worst_verdict
from genai_defense.proofs.network.bedrock import prove_bedrock
from genai_defense.proofs.network.paths import NetworkPaths
from genai_defense.proofs.network.workloads import Caller, callers, named
from genai_defense.proofs.proof import Proof, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_defense.checks.read.deployment import Deployment
    from genai_defense.checks.template_graph import TemplateGraph

_OUT = "network-out-passes-firewall"
_BACK = "network-back-passes-firewall"


def prove(deployment: Deployment) -> Iterator[Proof]:
    """Prove where the network lets requests go.

    Args:
        deployment: The templates.
    """
    yield from in_every_way(deployment, prove_network)


def prove_network(graph: TemplateGraph) -> Iterator[Proof]:
    """Prove it of one way to deploy.

    Args:
        graph: The templates.
    """
    paths = NetworkPaths(graph)
    calling = list(callers(graph))
    yield _out(paths, calling, graph)
    yield _back(paths)
    yield prove_bedrock(paths, calling, graph)


def _out(paths: NetworkPaths, calling: list[Caller], graph: TemplateGraph) -> Proof:
    claim = "Every way from an application subnet to the internet passes a firewall endpoint."
    around = [
        f"{subnet.logical_id} -> {way}: no firewall on the way"
        for subnet in paths.application_subnets
        for way in paths.around(subnet)
    ]
    around.extend(
        f"{each.resource.logical_id} stands in no network of its own: it calls Bedrock and whom it likes"
        for each in calling
        if not named(each.subnets)[0] and not named(each.subnets)[1]
    )
    unknown = [reason for subnet in paths.application_subnets for reason in paths.unknown(subnet)]
    unknown.extend(paths.routes.open_ends)
    unknown.extend(
        f"{each.resource.logical_id} stands in a subnet that no template declares ({shown(subnet)})"
        for each in calling
        for subnet in named(each.subnets)[1]
    )
    verdict = _verdict(around, unknown, is_about=bool(paths.application_subnets or calling))
    return Proof(
        id=_OUT,
        claim=claim,
        verdict=verdict,
        counterexamples=tuple(around or unknown),
        witness=_witness(paths),
        without=_without(verdict, paths, calling, graph),
    )


def _back(paths: NetworkPaths) -> Proof:
    wrong = [
        f"{subnet.logical_id} -> {way}: answers come back through {' and '.join(back) or 'no firewall'}"
        for subnet in paths.application_subnets
        for way, back in paths.one_sided(subnet)
    ]
    through = [
        (subnet, way)
        for subnet in paths.application_subnets
        for way in paths.ways_out(subnet)
        if way.firewalls and way.is_known and not way.circle
    ]
    witness = f"{through[0][0].logical_id} -> {through[0][1]}, and back" if through else ""
    return Proof(
        id=_BACK,
        claim="Answers come back through the firewall endpoint by which the request went out.",
        verdict=_verdict(wrong, [], is_about=bool(through)),
        counterexamples=tuple(wrong),
        witness=witness or "no way out passes a firewall",
    )


def _verdict(wrong: list[str], unknown: list[str], *, is_about: bool) -> Verdict:
    if wrong:
        return Verdict.FAILS
    if not is_about:
        return Verdict.NOT_APPLICABLE
    return Verdict.UNKNOWN if unknown else Verdict.HOLDS


def _witness(paths: NetworkPaths) -> str:
    subnets = paths.application_subnets
    ways = [(subnet, way) for subnet in subnets for way in paths.ways_out(subnet) if not way.circle]
    count = f"{len(subnets)} application subnet{'' if len(subnets) == 1 else 's'}"
    if not ways:
        return f"{count}, no route out"
    return f"{count}, {len(ways)} ways out, such as {ways[0][0].logical_id} -> {ways[0][1]}"


def _without(
    verdict: Verdict, paths: NetworkPaths, calling: list[Caller], graph: TemplateGraph
) -> dict[str, Verdict]:
    """What becomes of it when the firewall lets everything through: whether security groups still stop it."""
    through = [way for subnet in paths.application_subnets for way in paths.ways_out(subnet) if way.firewalls]
    if verdict is Verdict.NOT_APPLICABLE or not through:
        return {}
    open_to = [_closed(each, graph) for each in calling] or [Verdict.UNKNOWN]
    return {"the firewall": worst_verdict([verdict, *open_to]), "the security groups": verdict}


def _closed(caller: Caller, graph: TemplateGraph) -> Verdict:
    groups, unknown = named(caller.groups)
    if unknown or not groups:
        return Verdict.UNKNOWN if unknown else Verdict.FAILS
    doors = [door for group in groups for door in ways_out(group, graph)]
    if any(isinstance(door, Door) for door in doors):
        return Verdict.FAILS
    return Verdict.UNKNOWN if doors else Verdict.HOLDS
