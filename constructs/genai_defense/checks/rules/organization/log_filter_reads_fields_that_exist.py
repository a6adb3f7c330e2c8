"""A filter of a log asks for fields that the log has."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.log_fields import TRAIL_FIELDS, WEB_ACL_FIELDS
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, references

_GROUP, _PATTERN = "LogGroupName", "FilterPattern"
_FIELD = re.compile(r"\$\.([A-Za-z]\w*)")


@rule(
    id="OwaspLlm-LogFilterReadsFieldsThatExist",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The filter waits for a field that its log never has.",
    explanation="The filter lets nothing through: the alarm that counts by it stays green, and whoever"
    " answers to attacks hears of none.",
    remedy="Write the field as the service's log does, such as $.action for a web ACL or $.eventName for a"
    " trail.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Logs::MetricFilter", "AWS::Logs::SubscriptionFilter"),
)
def log_filter_reads_fields_that_exist(resource: Resource, graph: TemplateGraph) -> Answer:
    """Only logs of web ACLs and trails have a form that is known."""
    known = _fields(resource, graph)
    if not known:
        return NotApplicable()
    pattern = resource.get(_PATTERN)
    if isinstance(pattern, Opaque):
        return Unknown(_PATTERN, pattern.why)
    if strange := sorted(set(_FIELD.findall(str(pattern))) - known):
        return NonCompliant(_PATTERN, f"the log has no field {strange[0]}")
    return Compliant("the log has the fields")


def _fields(resource: Resource, graph: TemplateGraph) -> frozenset[str]:
    for group in (found.resource for found in references(resource.get(_GROUP))):
        if literally(group.get(_GROUP) or "").startswith("aws-waf-logs-"):
            return WEB_ACL_FIELDS
        if any(user.type == "AWS::CloudTrail::Trail" for user in graph.referrers(group)):
            return TRAIL_FIELDS
    return WEB_ACL_FIELDS if literally(resource.get(_GROUP)).startswith("aws-waf-logs-") else frozenset()
