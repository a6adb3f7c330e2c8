"""Who may read or run something may read or run this, not everything."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.data_actions import DATA_ACTIONS
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.principals import tested
from genai_defense.checks.reach import covers, literally, reaches
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_NARROWING = ("aws:resourcetag/", "kms:viaservice", "kms:encryptioncontext", "secretsmanager:resourcetag/")


@rule(
    id="OwaspLlm-DataActionsNameResources",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The policy allows a data action on every resource of its kind.",
    explanation="Instructions hidden in a prompt or document reach every table, bucket, secret and function"
    " of the account, not only the chatbot's.",
    remedy="Name the table, bucket, key, secret, function or endpoint in Resource.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def data_actions_name_resources(resource: Resource, graph: TemplateGraph) -> Answer:
    """A condition on tags or on the service that asks narrows as well as a name does."""
    return worst(answer for statement in granting_statements(resource, graph) for answer in _judge(statement))


def _judge(statement: Statement) -> Iterator[Answer]:
    if isinstance(statement.body, Opaque):
        yield Unknown(statement.path, statement.body.why)
        return
    actions = [each for each in items(dig(statement.body, "Action")) if literally(each).strip("*:")]
    path, resources = f"{statement.path}.Resource", items(dig(statement.body, "Resource"))
    narrowed = any(
        key.startswith(_NARROWING) and "ifexists" not in operator for operator, key, _ in tested(statement)
    )
    for names, other in DATA_ACTIONS.items():
        asked = [name for name in names.split() if any(covers(action, name) for action in actions)]
        if not asked:
            continue
        if not narrowed and any(reaches(each, other) for each in resources):
            yield NonCompliant(path, f"{asked[0]} reaches what nobody named, such as {other}")
        else:
            yield Compliant(f"{statement.path} names what {asked[0]} reaches")
