"""Where security groups say what they let out, all of them do."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.doors import doors, standing_rules, ways_out
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_GROUP, _EGRESS = "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupEgress"


def _says_what_it_lets_out(group: Resource, graph: TemplateGraph) -> Held:
    rules = group.get("SecurityGroupEgress")
    if isinstance(rules, Unresolved):
        return rules
    return rules is not None or bool(standing_rules(group, graph, "Egress"))


def _names_its_peer(resource: Resource, graph: TemplateGraph) -> Held:
    found = ways_out(resource, graph) if resource.type == _GROUP else doors(resource, "Egress")
    wide = next(iter(found), None)
    return wide if isinstance(wide, Unresolved) else wide is None


_TABLE = (
    Practice(
        property="SecurityGroupEgress",
        types=(_GROUP,),
        held=_says_what_it_lets_out,
        otherwise="it has no egress rule of its own, so that everything goes out",
    ),
    Practice(
        property="SecurityGroupEgress",
        types=(_GROUP,),
        held=_names_its_peer,
        otherwise="it lets out to every address",
    ),
    Practice(
        property="CidrIp", types=(_EGRESS,), held=_names_its_peer, otherwise="it lets out to every address"
    ),
)


@rule(
    id="OwaspLlm-GroupIsLikeItsSiblings",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The security group lets out what all other groups of the deployment do not.",
    explanation="Whoever runs code behind this group sends what the model sees anywhere; the care that was"
    " taken with all others ends here.",
    remedy="Name the peer (a group, a prefix list) and the ports, or acknowledge why this one must reach"
    " everybody.",
    source=Source("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=(_GROUP, _EGRESS),
)
def group_is_like_its_siblings(resource: Resource, graph: TemplateGraph) -> Answer:
    """A deployment in which several groups let everything out has no such practice."""
    return worst(
        as_siblings_do(resource, graph, practice) for practice in _TABLE if resource.type in practice.types
    )
