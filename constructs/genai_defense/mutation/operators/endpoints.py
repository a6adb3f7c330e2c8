"""VPC endpoints: policies, names, groups. Those of Bedrock are about models."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, GENAI
from genai_defense.mutation.operator import MutantClass, Operator, Site, Weakening
from genai_defense.mutation.places import is_set

_ENDPOINT = "AWS::EC2::VPCEndpoint"
_KINDS = ("policy-removed", "names-public", "groups-removed")


def _weaken(site: Site, kind: str) -> Iterator[Weakening]:
    if kind == "policy-removed" and is_set(site.get("PolicyDocument")):
        yield site.weakening("Everything passes the endpoint.", site.edit(("PolicyDocument",)))
    if kind == "names-public" and site.get("PrivateDnsEnabled") not in (None, False, "false"):
        yield site.weakening(
            "Programs go round the endpoint.", site.edit(("PrivateDnsEnabled",), value=False)
        )
    if kind == "groups-removed" and is_set(site.get("SecurityGroupIds")):
        yield site.weakening("The network's default group guards it.", site.edit(("SecurityGroupIds",)))


def _operator(kind: str, mutant_class: MutantClass) -> Operator:
    def weaken(site: Site) -> Iterator[Weakening]:
        if ("bedrock" in str(site.get("ServiceName"))) == (mutant_class is GENAI):
            yield from _weaken(site, kind)

    prefix = "model-" if mutant_class is GENAI else ""
    return Operator(
        id=f"{prefix}endpoint-{kind}", mutant_class=mutant_class, resource_types=(_ENDPOINT,), weaken=weaken
    )


MODEL_POLICY, MODEL_NAMES, MODEL_GROUPS = (_operator(kind, GENAI) for kind in _KINDS)
POLICY, NAMES, GROUPS = (_operator(kind, CONVENTIONAL) for kind in _KINDS)
