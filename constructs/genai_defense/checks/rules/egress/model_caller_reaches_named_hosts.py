"""A workload that may invoke a model connects to what it needs, not to everything."""

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.function_groups import GROUPS, connects_to_named_hosts
from genai_defense.checks.model_callers import may_call_models
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-ModelCallerReachesNamedHosts",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="A security group of the function lets it connect to every address on every port.",
    explanation="Injected instructions, or a dependency that was taken over, open a tunnel or a mail session"
    " to anywhere.",
    remedy="Give the group an egress rule for 443 to the endpoints' group, or to a prefix list.",
    source=Source("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def model_caller_reaches_named_hosts(resource: Resource, graph: TemplateGraph) -> Answer:
    """A group without an egress rule of its own lets everything out; routes have a rule of their own."""
    if resource.get(GROUPS) is None or not may_call_models(resource, graph):
        return NotApplicable()
    return connects_to_named_hosts(resource, graph)
