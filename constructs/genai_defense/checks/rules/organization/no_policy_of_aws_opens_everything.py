"""Nobody has one of AWS's policies that open a whole service."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, items

_OPEN = re.compile(r"(FullAccess|^Administrator.*|^PowerUserAccess|^SystemAdministrator|^DataScientist)$")


@rule(
    id="OwaspLlm-NoPolicyOfAwsOpensEverything",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="An AWS managed policy with full access is attached.",
    explanation="The policy allows every action on every resource of a service, and grows with it: one"
    " injected instruction reaches all of the account's data there.",
    remedy="Attach a policy that names the actions and resources that are needed.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::IAM::Role", "AWS::IAM::Group", "AWS::IAM::User"),
)
def no_policy_of_aws_opens_everything(resource: Resource, _graph: TemplateGraph) -> Answer:
    """The text of AWS's policies is in no template; their names say enough."""
    attached = resource.get("ManagedPolicyArns")
    for index, arn in enumerate(items(attached)):
        name = literally(arn).rsplit("/", 1)[-1]
        if _OPEN.search(name):
            return NonCompliant(f"ManagedPolicyArns.{index}", f"{name} is attached")
    if attached is None:
        return NotApplicable()
    if isinstance(attached, Unresolved):
        return Unknown("ManagedPolicyArns", attached.why)
    return Compliant("no attached policy is known to open everything")
