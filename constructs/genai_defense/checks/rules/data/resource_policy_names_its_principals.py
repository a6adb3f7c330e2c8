"""A store is used by whom its policy names, and by nobody else."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.principals import names_principals
from genai_defense.checks.resource_policies import RESOURCE_POLICIES, resource_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-ResourcePolicyNamesItsPrincipals",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The policy on the resource lets everybody in.",
    explanation="Anybody on the internet, or in any AWS account, reads or writes what the chatbot learns"
    " from, says or queues.",
    remedy="Name accounts, roles or services, or demand aws:PrincipalOrgID, aws:SourceArn or aws:SourceVpce.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI03", "ASI06"),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=tuple(RESOURCE_POLICIES),
)
def resource_policy_names_its_principals(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A resource without a policy is reached by what IAM allows in its own account."""
    return worst(names_principals(each) for each in resource_statements(resource))
