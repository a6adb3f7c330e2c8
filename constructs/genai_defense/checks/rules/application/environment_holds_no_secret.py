"""No password, key or token stands in a configuration."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.environments import ENVIRONMENT_TYPES, is_parameter, variables
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, Value

_NAME = re.compile(
    r"(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|CLIENT_SECRET|TOKEN|CREDENTIALS?|APIKEY"
    r"|(API|SECRET|ACCESS|PRIVATE|SIGNING|ENCRYPTION|HMAC|JWT|AUTH|LICENSE|SERVICE|OPENAI|ANTHROPIC|PINECONE)_?KEY)"
    r"(_?(VALUE|PLAIN|STRING))?$"
)
# Words that end like a secret and are none.
_NO_SECRET = re.compile(r"(MAX|MIN|STOP|PAD|EOS|NEXT|PUBLIC|PER)_?TOKEN$|^PUBLIC_|PUBLISHABLE")
_TOKEN = re.compile(
    r"\b((AKIA|ASIA)[A-Z0-9]{16}|sk-[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|xox[abprs]-[A-Za-z0-9-]{10,}"
    r"|AIza[A-Za-z0-9_-]{30,}|hf_[A-Za-z0-9]{30,}|glpat-[A-Za-z0-9_-]{20,}|eyJ[A-Za-z0-9_-]{10,}\.eyJ)"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
)


@rule(
    id="OwaspLlm-EnvironmentHoldsNoSecret",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="An environment variable holds a secret.",
    explanation="Everybody who may read the configuration, the template or a deployment's log has the"
    " secret; it is rotated by a deployment, so never.",
    remedy="Keep the secret in Secrets Manager or Parameter Store, give its ARN to the code, and let"
    " the code read it.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM07"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0055",),
        nist_csf=("PR.DS", "PR.AA"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=ENVIRONMENT_TYPES,
)
def environment_holds_no_secret(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A parameter, hidden or not, ends as plain text in the configuration; so does a dynamic reference."""
    return worst(_judge(resource, *variable) for variable in variables(resource))


def _judge(resource: Resource, path: str, name: str, value: Value) -> Answer:
    if isinstance(value, str) and _TOKEN.search(value):
        return NonCompliant(path, f"{name} has the form of a known token")
    secret = _NAME.search(name.upper()) and not _NO_SECRET.search(name.upper())
    if secret and _is_plain(resource, path, value):
        return NonCompliant(path, f"{name} holds its secret in plain text")
    return Compliant("no variable holds a secret")


def _is_plain(resource: Resource, path: str, value: Value) -> bool:
    if is_parameter(resource, path) or isinstance(value, Unresolved):
        return True
    # An ARN, a path or an address names where the secret is.
    return (
        isinstance(value, str) and bool(value) and not value.startswith(("arn:", "/", "http://", "https://"))
    )
