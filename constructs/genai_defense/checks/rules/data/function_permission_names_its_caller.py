"""A service calls a function on behalf of this account only."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_BINDING = ("SourceArn", "SourceAccount", "PrincipalOrgID", "EventSourceToken")


@rule(
    id="OwaspLlm-FunctionPermissionNamesItsCaller",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The permission lets everybody, or a service on anybody's behalf, invoke the function.",
    explanation="A stranger points his own bucket, topic, agent or API at the function, which then acts on"
    " his input with your rights.",
    remedy="Set SourceArn or SourceAccount, or PrincipalOrgID.",
    source=Source(
        "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI03", "ASI06"),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::Lambda::Permission",),
)
def function_permission_names_its_caller(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A role or account as principal is named enough; function URLs have a rule of their own."""
    principal = resource.get("Principal")
    if resource.get("FunctionUrlAuthType") is not None or resource.get("InvokedViaFunctionUrl") is not None:
        return NotApplicable()
    if isinstance(principal, Unresolved):
        return Unknown("Principal", principal.why)
    if any(resource.get(name) is not None for name in _BINDING):
        return Compliant("the permission says on whose behalf")
    text = literally(principal)
    if text == "*":
        return NonCompliant("Principal", "everybody may invoke it")
    if text.endswith((".amazonaws.com", ".amazonaws.com.cn", ".amazon.com")):
        return NonCompliant("SourceArn", f"{text} may invoke it on anybody's behalf")
    return Compliant(f"{text} is named")
