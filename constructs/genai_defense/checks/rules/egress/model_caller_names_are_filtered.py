"""A function that may invoke a model resolves known names only."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.model_callers import may_call_models
from genai_defense.checks.name_rules import blocks_all_else
from genai_defense.checks.routes import refers_to
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, items, shown

_SUBNETS = "VpcConfig.SubnetIds"
_ASSOCIATION = "AWS::Route53Resolver::FirewallRuleGroupAssociation"


@rule(
    id="OwaspLlm-ModelCallerNamesAreFiltered",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The function may invoke a model, and the resolver of its VPC answers for every name there is.",
    explanation="The resolver goes round routes and network firewall: a question for secret.evil.example"
    " carries the secret out of a subnet without any way out.",
    remedy="Associate a DNS Firewall rule group with the VPC for the needed names that blocks '*' last.",
    source=Source(
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-overview.html",
        "2026-11-24",
    ),
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
def model_caller_names_are_filtered(function: Resource, graph: TemplateGraph) -> Answer:
    """One rule group that blocks all else is enough; another one before it may only allow more."""
    subnets = function.get(_SUBNETS)
    if subnets is None or not may_call_models(function, graph):
        return NotApplicable()
    return worst(
        _of_vpc(each.resource, graph)
        if isinstance(each, Reference)
        else Unknown(_SUBNETS, f"the VPC of a subnet is not in the templates ({shown(each)})")
        for each in items(subnets)
    )


def _of_vpc(subnet: Resource, graph: TemplateGraph) -> Answer:
    vpc = subnet.get("VpcId")
    if not isinstance(vpc, Reference):
        return Unknown(_SUBNETS, f"the VPC of {subnet.logical_id} is not in the templates")
    groups = [
        entry.get("FirewallRuleGroupId")
        for entry in graph.of_type(_ASSOCIATION)
        if refers_to(entry.get("VpcId"), vpc.resource)
    ]
    if any(isinstance(group, Reference) and blocks_all_else(group.resource) for group in groups):
        return Compliant("all names but the known ones are blocked")
    if not all(isinstance(group, Reference) for group in groups):
        return Unknown(_SUBNETS, "a rule group of the VPC is not in the templates")
    return NonCompliant(_SUBNETS, f"no DNS firewall before {vpc.resource.logical_id} blocks unknown names")
