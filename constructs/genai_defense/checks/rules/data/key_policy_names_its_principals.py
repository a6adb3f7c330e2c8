"""A key is used by whom its policy names, and by nobody else."""

from genai_defense.checks.answer import Answer, Compliant, worst
from genai_defense.checks.policy import statements
from genai_defense.checks.principals import names_principals
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-KeyPolicyNamesItsPrincipals",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The policy of the key allows its use to everybody.",
    explanation="Any account can decrypt conversations and records with the key as soon as it gets hold of"
    " them, and no IAM policy of yours stands in its way.",
    remedy="Name accounts, roles or services, or demand aws:PrincipalOrgID or kms:CallerAccount.",
    source=Source(
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::KMS::Key",),
)
def key_policy_names_its_principals(key: Resource, _graph: TemplateGraph) -> Answer:
    """Without a policy of its own, a key has the default one, which names the account."""
    policy = key.get("KeyPolicy")
    if policy is None:
        return Compliant("the default policy names the account")
    return worst(names_principals(each) for each in statements(policy, "KeyPolicy"))
