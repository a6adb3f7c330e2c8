"""An organization that governs models keeps its data from everybody else."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.denials import ORGANIZATION, denials, everybody, excepts
from genai_defense.checks.organization_families import unread, whole_organization
from genai_defense.checks.organization_policies import RESOURCE_CONTROL, policy_type
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, flag, items

# What a Deny is about, to the keys that it tests for it.
_KEYS = {
    "strangers": {"aws:principalorgid", "aws:principalorgpaths"},
    "AWS services that act for strangers": {"aws:sourceorgid", "aws:sourceorgpaths"},
}
_IN_THE_CLEAR = "calls in the clear"


@rule(
    id="OwaspLlm-OrganizationKeepsStrangersOut",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The organization's policies let strangers reach data where the policy of a store lets them in.",
    explanation="One policy too wide, on a bucket, a key or a role, carries prompts and documents to an"
    " account of somebody else: by a caller there, or by a service that he tells to.",
    remedy="Attach a resource control policy that denies the data services to principals and to services"
    " for accounts outside of the organization, and without TLS, with the same services in each statement.",
    source=Source(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=(ORGANIZATION,),
)
def organization_keeps_strangers_out(policy: Resource, graph: TemplateGraph) -> Answer:
    """Asked once, of the first of at least three policies of which one is about models."""
    if not whole_organization(policy, graph):
        return NotApplicable()
    refused = _refused(graph)
    missing = [what for what, services in refused.items() if not services]
    if missing:
        found = NonCompliant("Content", f"no resource control policy denies {' or '.join(missing)}")
        return unread(graph) or found
    everything = set[str]().union(*refused.values())
    for what, services in refused.items():
        if services != everything:
            return NonCompliant("Content", f"{what} may reach {', '.join(sorted(everything - services))}")
    return Compliant("strangers are kept from what is stored")


def _refused(graph: TemplateGraph) -> dict[str, set[str]]:
    """What is refused, to the services at which it is."""
    refused: dict[str, set[str]] = {what: set() for what in (*_KEYS, _IN_THE_CLEAR)}
    for policy in graph.of_type(ORGANIZATION):
        if policy_type(policy) != RESOURCE_CONTROL:
            continue
        for each in filter(everybody, denials(policy)):
            services = {literally(one).partition(":")[0].lower() for one in items(dig(each.body, "Action"))}
            tested = {key for key, _ in excepts(each)}
            for what, keys in _KEYS.items():
                if keys & tested:
                    refused[what] |= services
            if any(
                key == "aws:securetransport" and flag(values[0] if values else None, default=True) is False
                for _, key, values in each.tests()
            ):
                refused[_IN_THE_CLEAR] |= services
    return refused
