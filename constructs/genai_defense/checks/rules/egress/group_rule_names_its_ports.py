"""Between two known ends, the ports that they need are open, and no others."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.doors import EVERYWHERE, rules_of_group
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, references

_PEERS = (
    "CidrIp",
    "CidrIpv6",
    "DestinationPrefixListId",
    "DestinationSecurityGroupId",
    "SourcePrefixListId",
    "SourceSecurityGroupId",
)
_EVERY = (("0", "65535"), ("1", "65535"))


@rule(
    id="OwaspLlm-GroupRuleNamesItsPorts",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="A rule of the security group opens all ports between its group and a peer, or to everybody.",
    explanation="Whoever runs code on one end reaches everything that listens on the other: debuggers, "
    "metrics, data stores, and outside whatever he set up there.",
    remedy="Name protocol and ports, such as tcp 443.",
    source=Source("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=(
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::SecurityGroupIngress",
        "AWS::EC2::SecurityGroupEgress",
    ),
)
def group_rule_names_its_ports(resource: Resource, _graph: TemplateGraph) -> Answer:
    """What lets every address in has rules of its own; a group may trust itself."""
    judged = [
        answer
        for side in ("Ingress", "Egress")
        for path, entry in rules_of_group(resource, side)
        for answer in _judge(path, entry, side, resource)
    ]
    return worst(judged) if judged else Compliant("each rule names its ports")


def _judge(path: str, entry: Value, side: str, resource: Resource) -> Iterator[Answer]:
    if isinstance(entry, Opaque):
        yield Unknown(path, entry.why)
        return
    peer = next((found for name in _PEERS if (found := dig(entry, name)) is not None), None)
    if (side == "Ingress" and peer in EVERYWHERE) or _is_itself(peer, entry, resource):
        return
    protocol = dig(entry, "IpProtocol")
    if isinstance(protocol, Opaque):
        yield Unknown(path, protocol.why)
    elif str(protocol) == "-1" or (str(dig(entry, "FromPort")), str(dig(entry, "ToPort"))) in _EVERY:
        where = " to every address" if peer in EVERYWHERE else ""
        yield NonCompliant(path, f"it opens every port{where}")


def _is_itself(peer: Value, entry: Value, resource: Resource) -> bool:
    own = {found.resource for found in references(dig(entry, "GroupId"))} or {resource}
    return any(found.resource in own for found in references(peer))
