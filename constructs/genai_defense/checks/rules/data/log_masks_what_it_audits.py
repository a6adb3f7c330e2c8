"""A log hides the same kinds of data that it looks for."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, dig, first_unresolved, items

_PATH = "DataProtectionPolicy"


@rule(
    id="OwaspLlm-LogMasksWhatItAudits",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The log's data protection policy audits other kinds of personal data than it masks.",
    explanation="CloudWatch Logs refuses such a policy, or the kinds that are missing stand in the log in the"
    " clear.",
    remedy="Give the statement that audits and the one that de-identifies the same list of data identifiers.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data-start.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::Logs::LogGroup",),
)
def log_masks_what_it_audits(group: Resource, _graph: TemplateGraph) -> Answer:
    """A group without such a policy is not asked."""
    policy = group.get(_PATH)
    if not isinstance(policy, dict):
        return Unknown(_PATH, policy.why) if isinstance(policy, Unresolved) else NotApplicable()
    listed = [dig(each, "DataIdentifier") for each in items(policy.get("Statement"))]
    if unresolved := first_unresolved(listed):
        return Unknown(_PATH, unresolved.why)
    kinds = [{literally(each) for each in items(identifiers)} for identifiers in listed]
    if any(each != kinds[0] for each in kinds):
        return NonCompliant(_PATH, "its statements name different kinds of data")
    return Compliant("what is audited is masked")
