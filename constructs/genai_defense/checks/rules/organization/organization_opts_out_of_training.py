"""An organization that governs models says what AWS's AI services may keep."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.denials import ORGANIZATION
from genai_defense.checks.organization_families import whole_organization
from genai_defense.checks.organization_policies import AI_OPT_OUT, policy_type
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-OrganizationOptsOutOfTraining",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="No policy of the organization opts out of content being kept to improve AI services.",
    explanation="AWS's AI services, such as Comprehend, Lex, Polly or Transcribe, may keep what users write"
    " or say, also in other Regions, until the organization opts out.",
    remedy="Attach an AISERVICES_OPT_OUT_POLICY that assigns optOut to the default, or accept the finding"
    " where another template does.",
    source=Source(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS", "GV.PO"),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=(ORGANIZATION,),
)
def organization_opts_out_of_training(policy: Resource, graph: TemplateGraph) -> Answer:
    """Asked once, of the first of at least three policies of which one is about models."""
    if not whole_organization(policy, graph):
        return NotApplicable()
    if any(policy_type(each) == AI_OPT_OUT for each in graph.of_type(ORGANIZATION)):
        return Compliant("a policy opts out")
    return NonCompliant("Type", "none of the policies is an AISERVICES_OPT_OUT_POLICY")
