"""A way into AWS is for the calls that are made through it."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.endpoint_policies import allows, opaque
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, items


@rule(
    id="OwaspLlm-EndpointNamesItsActions",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The endpoint's policy allows every action of its service.",
    explanation="A workload that was taken over deletes, shares or reconfigures through the endpoint what it"
    " only ever read.",
    remedy="Name the actions that the workloads call.",
    source=Source(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::VPCEndpoint",),
)
def endpoint_names_its_actions(resource: Resource, _graph: TemplateGraph) -> Answer:
    """An endpoint without a policy is found by another rule."""
    return worst(answer for each in allows(resource) for answer in _judge(each))


def _judge(statement: Statement) -> Iterator[Answer]:
    if hidden := opaque(statement):
        yield hidden
        return
    for action in items(dig(statement.body, "Action")):
        name = literally(action)
        if name.rpartition(":")[2] == "*":
            yield NonCompliant(f"{statement.path}.Action", f"{name} is every action")
        else:
            yield Compliant(f"{statement.path} names its actions")
