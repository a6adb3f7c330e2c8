"""Who may invoke a function from another account is a role, not the account."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_ACCOUNT = re.compile(r"\d{12}|arn:[\w-]+:iam::\d{12}:root")


@rule(
    id="OwaspLlm-FunctionPermissionNamesNoWholeAccount",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The permission lets a whole account, written as a number, invoke the function.",
    explanation="Every role that anybody makes in that account acts with your function's rights; and "
    "nobody sees in the template whose account it is.",
    remedy="Name a role's ARN, or an own account as AWS::AccountId.",
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
def function_permission_names_no_whole_account(resource: Resource, _graph: TemplateGraph) -> Answer:
    """An account that the deployment gives may well be the own one, or one of the organization."""
    principal = resource.get("Principal")
    if isinstance(principal, Unresolved):
        return Unknown("Principal", principal.why)
    if isinstance(principal, str) and _ACCOUNT.fullmatch(principal) and resource.get("SourceArn") is None:
        return NonCompliant("Principal", f"everybody in {principal} may invoke it")
    return Compliant("the permission names no whole account by its number")
