"""What a secret is, no template says."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant
from genai_defense.checks.environments import is_parameter
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_PLACEHOLDER = re.compile(
    r"change|dummy|example|fill|insert|later|placeholder|replace|todo|update|your|xxx|<[^>]*>|^\W*$",
    re.IGNORECASE,
)


@rule(
    id="OwaspLlm-SecretIsNotInTheTemplate",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The secret stands in the template.",
    explanation="Whoever may read the template, the repository or a deployment's history has the secret, and"
    " a rotation is undone by the next deployment.",
    remedy="Use GenerateSecretString, or leave the value out and put it in by hand or by rotation.",
    source=Source(
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0055",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::SecretsManager::Secret",),
)
def secret_is_not_in_the_template(secret: Resource, _graph: TemplateGraph) -> Answer:
    """A parameter keeps the value out of the template; a placeholder opens nothing."""
    value = secret.get("SecretString")
    if isinstance(value, str) and not is_parameter(secret, "SecretString") and not _PLACEHOLDER.search(value):
        return NonCompliant("SecretString", "it is written there in plain text")
    return Compliant("the template does not say it")
