"""Of an identity provider that serves everybody, one repository, service account or pool is trusted."""

import re
from collections.abc import Iterator

from genai_defense.checks.allowing import trusting
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items

# Who issues the tokens, to the claims without which everybody who has an account there comes in.
_CLAIMS = (
    (re.compile(r"token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io"), ("sub", "aud")),
    (re.compile(r"oidc\.eks\."), ("sub",)),
    (re.compile(r"cognito-identity\.amazonaws\.com"), ("aud", "amr")),
)
# A subject of which nothing but its kind is said, such as `repo:*`.
_ANYBODY = re.compile(r"[a-z_]*:?\*(?::.*)?")


@rule(
    id="OwaspLlm-WebIdentityNamesItsSubject",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The role trusts an identity provider of everybody, and does not say whose tokens it means.",
    explanation="Anybody with a repository, workspace or app at the provider gets a token, and with it the"
    " role.",
    remedy="Demand the audience and the subject of the token, such as one repository and branch.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::IAM::Role",),
)
def web_identity_names_its_subject(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Providers of one's own, and SAML, are no matter of this one."""
    return worst(answer for each in trusting(resource) for answer in _judge(each))


def _judge(statement: Statement) -> Iterator[Answer]:
    principal = None if isinstance(statement.body, Opaque) else dig(statement.body, "Principal")
    if not isinstance(principal, dict):
        return
    if isinstance(conditions := dig(statement.body, "Condition"), Opaque):
        yield Unknown(f"{statement.path}.Condition", conditions.why)
        return
    for provider in map(_address, items(principal.get("Federated"))):
        for claim in next((claims for known, claims in _CLAIMS if known.search(provider)), ()):
            if _demands(statement, claim):
                yield Compliant(f"{statement.path} names its {claim}")
            else:
                yield NonCompliant(
                    f"{statement.path}.Condition", f"nothing says which {claim} of {provider} is meant"
                )


def _demands(statement: Statement, claim: str) -> bool:
    keys = {key for _, key, _ in statement.tests() if key.endswith(f":{claim}")}
    values = [value for key in keys for value in statement.demanded(key)]
    return bool(values) and not any(_ANYBODY.fullmatch(literally(value)) for value in values)


def _address(provider: Value) -> str:
    """The address of a provider, also of one that stands in these templates."""
    if isinstance(provider, Reference):
        return literally(provider.resource.get("Url"))
    return literally(provider).rpartition("oidc-provider/")[2]
