"""The log of prompts and answers hides personal data from those who read logs."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.policy import wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, first_unresolved, items


@rule(
    id="OwaspLlm-InvocationLogMasksData",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The log group of model invocations has no data protection policy that masks.",
    explanation="Prompts and answers stand in the log in full: everybody who may read logs reads names,"
    " addresses and credentials of users.",
    remedy="Set DataProtectionPolicy with a statement that audits and one that de-identifies.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::Logs::LogGroup",),
)
def invocation_log_masks_data(group: Resource, graph: TemplateGraph) -> Answer:
    """A group is of invocations by its name, or when a custom resource for invocation logging names it."""
    named = re.search(
        r"bedrock.*(invocation|model)", wildcards(group.get("LogGroupName") or ""), re.IGNORECASE
    )
    used = any("InvocationLogging" in other.type for other in graph.referrers(group))
    if not named and not used:
        return NotApplicable()
    policy = group.get("DataProtectionPolicy")
    if isinstance(policy, Opaque):
        return Unknown("DataProtectionPolicy", policy.why)
    if unresolved := first_unresolved(policy):
        return Unknown("DataProtectionPolicy", unresolved.why)
    operations = [dig(each, "Operation") for each in items(dig(policy, "Statement"))]
    done = {name for each in operations if isinstance(each, dict) for name in each}
    if missing := sorted({"Audit", "Deidentify"} - done):
        return NonCompliant("DataProtectionPolicy", f"no statement has the operation {' or '.join(missing)}")
    return Compliant("personal data is audited and masked")
