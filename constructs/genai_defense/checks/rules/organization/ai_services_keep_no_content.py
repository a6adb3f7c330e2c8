"""What users write must not train the AI services of somebody else."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.organization_policies import AI_OPT_OUT, policy_content, policy_type
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, shown

_ASSIGN = "@@assign"


@rule(
    id="OwaspLlm-AiServicesKeepNoContent",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The policy lets AWS's AI services keep content of the organization and improve themselves with it.",
    explanation="Texts that users wrote in confidence leave the Region and the control of the organization.",
    remedy="Assign optOut under services.default.opt_out_policy, and opt no single service in.",
    source=Source(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out_syntax.html",
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
    resource_types=("AWS::Organizations::Policy",),
)
def ai_services_keep_no_content(policy: Resource, _graph: TemplateGraph) -> Answer:
    """The default is for the services that AWS adds later."""
    kind, content = policy_type(policy), policy_content(policy)
    if isinstance(kind, Opaque):
        return Unknown("Type", kind.why)
    if kind != AI_OPT_OUT:
        return NotApplicable()
    services = dig(content, "services")
    if isinstance(services, Opaque):
        return Unknown("Content", services.why)
    if not isinstance(services, dict) or "default" not in services:
        return NonCompliant("Content", "no default for the services that AWS has or will have")
    return worst(
        _answer(f"Content.services.{name}", service)
        for name, service in services.items()
        if not name.startswith("@@")
    )


def _answer(path: str, service: Value) -> Answer:
    choice = dig(service, f"opt_out_policy.{_ASSIGN}")
    if isinstance(choice, Opaque):
        return Unknown(path, choice.why)
    if choice != "optOut":
        return NonCompliant(path, f"it is {shown(choice)}")
    return Compliant(f"{path} is opted out")
