"""What a function's environment names as secret is under a key of one's own."""

import re

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.environments import is_parameter, variables
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_NAME = re.compile(r"(PASSWORD|SECRET|TOKEN|API_?KEY|CREDENTIAL)S?$")


@rule(
    id="OwaspLlm-FunctionWithSecretsUsesCustomerManagedKey",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The function's environment names secrets, and is not encrypted under a customer managed key.",
    explanation="Everybody who may read the function's configuration reads them; no key policy says"
    " otherwise.",
    remedy="Set KmsKeyArn to a key of your own, and move the secrets to Secrets Manager.",
    source=Source(
        "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM07", "LLM02"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def function_with_secrets_uses_customer_managed_key(function: Resource, _graph: TemplateGraph) -> Answer:
    """An environment of names and numbers needs no key."""
    if not any(_holds(function, path, name) for path, name, _ in variables(function)):
        return NotApplicable()
    return customer_managed_key(function.get("KmsKeyArn"), "KmsKeyArn")


def _holds(function: Resource, path: str, name: str) -> bool:
    return bool(_NAME.search(name.upper())) and is_parameter(function, path)
