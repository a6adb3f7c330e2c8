"""What a resource was like before an attack is known only if it was recorded."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, flag, items

_EXCLUDED = "RecordingGroup.ExclusionByResourceTypes.ResourceTypes"
_NEEDED = ("AWS::Bedrock::", "AWS::IAM::", "AWS::KMS::", "AWS::Lambda::", "AWS::S3::")


@rule(
    id="OwaspLlm-RecorderRecordsEverything",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The configuration recorder leaves out resources that the chatbot stands on.",
    explanation="Changes of guardrails, roles, keys, functions and buckets behind the templates' back"
    " leave no history, and no rule looks at them.",
    remedy="Record all supported types, or leave out only types of other services than Bedrock, IAM,"
    " KMS, Lambda and S3.",
    source=Source(
        "https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM06"),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0018",),
        nist_csf=("DE.CM", "ID.AM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP04",),
    ),
    resource_types=("AWS::Config::ConfigurationRecorder",),
)
def recorder_records_everything(recorder: Resource, _graph: TemplateGraph) -> Answer:
    """Without a recording group, Config records all supported types."""
    group = recorder.get("RecordingGroup")
    if group is None:
        return Compliant("all supported types are recorded")
    strategy = recorder.get("RecordingGroup.RecordingStrategy.UseOnly")
    everything = flag(recorder.get("RecordingGroup.AllSupported"), default=False)
    for value in (group, strategy, everything):
        if isinstance(value, Opaque):
            return Unknown("RecordingGroup", value.why)
    if everything or strategy == "ALL_SUPPORTED_RESOURCE_TYPES":
        return Compliant("all supported types are recorded")
    if strategy != "EXCLUSION_BY_RESOURCE_TYPES":
        return NonCompliant("RecordingGroup", "only the named types are recorded")
    return _excluded(items(recorder.get(_EXCLUDED)))


def _excluded(excluded: list[Value]) -> Answer:
    if hidden := next((kind for kind in excluded if isinstance(kind, Opaque)), None):
        return Unknown(_EXCLUDED, hidden.why)
    lost = [str(kind) for kind in excluded if str(kind).startswith(_NEEDED)]
    if lost:
        return NonCompliant(_EXCLUDED, f"{', '.join(lost)} is not recorded")
    return Compliant("what the chatbot stands on is recorded")
