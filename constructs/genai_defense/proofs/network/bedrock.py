"""The claim about ways to Bedrock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genai_defense.checks.answer import Compliant, NonCompliant, Unknown
from genai_defense.checks.endpoint_policies import service_of
from genai_defense.checks.rules.egress.endpoint_policy_is_restricted import endpoint_policy_is_restricted
from genai_defense.checks.values import Opaque, Reference, flag, shown
from genai_defense.proofs.network.paths import NetworkPaths, vpc_of
from genai_defense.proofs.network.workloads import Caller, named
from genai_defense.proofs.proof import Proof, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_defense.checks.template_graph import Resource, TemplateGraph

_ID = "network-bedrock-passes-endpoint"
_CLAIM = (
    "Every way from what may call Bedrock to it passes an interface endpoint whose policy is not open, under"
    " the service's own name."
)
_ENDPOINT = "AWS::EC2::VPCEndpoint"


class _Asked:
    """What speaks for and against the claim, and what nobody knows."""

    def __init__(self, paths: NetworkPaths, graph: TemplateGraph) -> None:
        self._paths = paths
        self._graph = graph
        self.wrong: list[str] = []
        self.unknown: list[str] = []
        self.witness: list[str] = []

    def caller(self, caller: Caller) -> None:
        """Ask about everything that one caller may call."""
        subnets, elsewhere = named(caller.subnets)
        who = caller.resource.logical_id
        if not subnets and not elsewhere:
            self.wrong.append(f"{who} stands in no network of its own: it calls Bedrock over the internet")
        for subnet in elsewhere:
            self.unknown.append(f"{who} stands in a subnet that no template declares ({shown(subnet)})")
        for service in caller.services if subnets else ():
            self._service(f"{who} to {service}", service, subnets)

    def _service(self, who: str, service: str, subnets: list[Resource]) -> None:
        networks = {vpc_of(subnet) for subnet in subnets}
        endpoints = [each for each in self._graph.of_type(_ENDPOINT) if _is_for(each, service, networks)]
        if not endpoints:
            self._no_endpoint(who, subnets)
            return
        for endpoint in endpoints:
            for certain, text in _problems(endpoint, self._graph):
                (self.wrong if certain else self.unknown).append(f"{who} by {endpoint.logical_id}: {text}")
        self.witness.append(f"{who} by {', '.join(each.logical_id for each in endpoints)}")

    def _no_endpoint(self, who: str, subnets: list[Resource]) -> None:
        unknown = [reason for subnet in subnets for reason in self._paths.unknown(subnet)]
        ways = [(subnet, way) for subnet in subnets for way in self._paths.ways_out(subnet) if not way.circle]
        if ways:
            self.wrong.append(f"{who}: no interface endpoint; {ways[0][0].logical_id} -> {ways[0][1]}")
        elif unknown:
            self.unknown.append(f"{who}: no interface endpoint; {unknown[0]}")
        else:
            self.witness.append(f"{who}: no way at all")


def prove_bedrock(paths: NetworkPaths, calling: list[Caller], graph: TemplateGraph) -> Proof:
    """Prove it of every function, service and agent that may call Bedrock.

    Args:
        paths: The ways of the network.
        calling: What may call Bedrock.
        graph: Where the endpoints are.
    """
    asked = _Asked(paths, graph)
    for caller in calling:
        asked.caller(caller)
    verdict = Verdict.FAILS if asked.wrong else Verdict.UNKNOWN if asked.unknown else Verdict.HOLDS
    return Proof(
        id=_ID,
        claim=_CLAIM,
        verdict=verdict if calling else Verdict.NOT_APPLICABLE,
        counterexamples=tuple(dict.fromkeys(asked.wrong or asked.unknown)),
        witness="; ".join(asked.witness) or "nothing in the templates may call Bedrock from a network",
    )


def _is_for(endpoint: Resource, service: str, networks: set[Resource | None]) -> bool:
    if service_of(endpoint) != service or endpoint.get("VpcEndpointType") != "Interface":
        return False
    vpc = endpoint.get("VpcId")
    return isinstance(vpc, Reference) and vpc.resource in networks if None not in networks else True


def _problems(endpoint: Resource, graph: TemplateGraph) -> Iterator[tuple[bool, str]]:
    private = flag(endpoint.get("PrivateDnsEnabled"), default=False)
    if isinstance(private, Opaque):
        yield False, private.why
    elif not private:
        yield True, "private DNS is off, so that the service's name leads to the internet"
    answer = endpoint_policy_is_restricted.check(endpoint, graph)
    if isinstance(answer, NonCompliant):
        yield True, f"its policy is open: {answer.message}"
    elif isinstance(answer, Unknown):
        yield False, answer.why
    elif not isinstance(answer, Compliant):
        yield False, "no rule knows its policy"
