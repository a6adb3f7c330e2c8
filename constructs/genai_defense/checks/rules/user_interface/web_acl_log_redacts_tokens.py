"""The log of a web ACL is no list of access tokens."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items

_SECRET = ("authorization", "cookie")
_PROPERTY = "RedactedFields"


@rule(
    id="OwaspLlm-WebAclLogRedactsTokens",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The web ACL writes access tokens or cookies into its log.",
    explanation="Whoever reads the log, or gets hold of an export, can chat in the name of every user"
    " whose token is still valid, and read their conversations.",
    remedy="Redact the headers authorization and cookie (RedactedFields), or protect them in the web"
    " ACL (DataProtectionConfig).",
    source=Source(
        "https://docs.aws.amazon.com/waf/latest/developerguide/logging-management.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012", "AML.T0055"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::WAFv2::LoggingConfiguration",),
)
def web_acl_log_redacts_tokens(logging: Resource, _graph: TemplateGraph) -> Answer:
    """Redacted in the log, or protected in the web ACL that it belongs to."""
    redacted = logging.get(_PROPERTY)
    if isinstance(redacted, Opaque):
        return Unknown(_PROPERTY, redacted.why)
    headers = [dig(field, "SingleHeader.Name") for field in items(redacted)] + _protected(logging)
    hidden = {header.lower() for header in headers if isinstance(header, str)}
    if missing := [name for name in _SECRET if name not in hidden]:
        unknown = next((header for header in headers if isinstance(header, Opaque)), None)
        if unknown is not None:
            return Unknown(_PROPERTY, unknown.why)
        return NonCompliant(_PROPERTY, f"the log shows {' and '.join(missing)}")
    return Compliant("the log shows neither authorization nor cookie")


def _protected(logging: Resource) -> list[Value]:
    web_acl = logging.get("ResourceArn")
    if not isinstance(web_acl, Reference):
        return []
    protections = web_acl.resource.get("DataProtectionConfig.DataProtections")
    headers: list[Value] = []
    for each in items(protections):
        if dig(each, "Field.FieldType") == "SINGLE_HEADER":
            keys = dig(each, "Field.FieldKeys")
            headers += items(list(_SECRET) if keys is None else keys)
    return headers
