"""A secret that is made by machine is longer than one can try out."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole

_PATH, _DEFAULT = "GenerateSecretString.PasswordLength", 32


@rule(
    id="OwaspLlm-GeneratedSecretIsLong",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The generated secret is short.",
    explanation="It is guessed offline in hours, and opens the database, or proves to the API that a request"
    " came the right way.",
    remedy="Leave PasswordLength at its default of 32, or set it longer.",
    source=Source(
        "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html",
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
    resource_types=("AWS::SecretsManager::Secret",),
)
def generated_secret_is_long(secret: Resource, graph: TemplateGraph) -> Answer:
    """What somebody else made is not judged."""
    if secret.get("GenerateSecretString") is None:
        return NotApplicable()
    length = whole(secret.get(_PATH), default=_DEFAULT)
    if isinstance(length, Opaque):
        return Unknown(_PATH, length.why)
    if length < graph.bounds.password_length:
        return NonCompliant(_PATH, f"{length} characters are fewer than {graph.bounds.password_length}")
    return Compliant(f"it has {length} characters")
