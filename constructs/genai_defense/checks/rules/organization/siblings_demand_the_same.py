"""What one statement of a policy demands of a call, its siblings demand as well."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, identity_statements, statements
from genai_defense.checks.principals import is_for_aws_services
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_ENDPOINT = "AWS::EC2::VPCEndpoint"
_MARKS = ("aws:principalaccount", "aws:principalarn", "aws:principaltag/")
# Each of these is about the call as a whole, whatever it reaches.
_KEYS = (
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "bedrock:GuardrailIdentifier",
    "dynamodb:LeadingKeys",
)
# These say whose resources a role reaches, whatever it does with them. An endpoint serves AWS's own as well.
_WHOSE = ("aws:ResourceAccount", "aws:ResourceOrgID")
# Each of these is about one kind of resource: by which profile a model is reached.
_KEYS_OF_A_KIND = ("bedrock:InferenceProfileArn",)


@rule(
    id="OwaspLlm-SiblingsDemandTheSame",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="A statement allows on one resource without the condition that another statement demands for"
    " the same actions.",
    explanation="Somebody meant every such call to come by the endpoint, for the account or with the"
    " guardrail, and forgot one resource: that one is the way in.",
    remedy="Give the statement the condition of its siblings.",
    source=Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=(*IDENTITY_TYPES, _ENDPOINT),
)
def siblings_demand_the_same(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Siblings are statements that allow the very same actions to the same callers."""
    if resource.type == _ENDPOINT:
        listed = statements(resource.get("PolicyDocument"), "PolicyDocument")
    else:
        listed = identity_statements(resource)
    allows = [each for each in listed if each.may_allow and not isinstance(each.body, Opaque)]
    judged = False
    for one in allows:
        for other in allows if resource.type != _ENDPOINT else ():
            for key in _WHOSE if _services(one) & _services(other) else ():
                if _demands(one, key) and not _demands(other, key):
                    return NonCompliant(f"{other.path}.Condition", f"no {key} as in {one.path}")
        for other in (each for each in allows if each is not one and _are_siblings(each, one)):
            judged = True
            for key in (*_KEYS, *(_KEYS_OF_A_KIND if _kinds(one) == _kinds(other) else ())):
                if _demands(one, key) and not _demands(other, key) and not _names_its_own(one, other, key):
                    return NonCompliant(f"{other.path}.Condition", f"no {key} as in {one.path}")
    return Compliant("siblings demand the same") if judged else NotApplicable()


def _demands(statement: Statement, key: str) -> bool:
    values = statement.demanded(key)
    return bool(values) and not any(literally(value) == "*" for value in values)


def _names_its_own(one: Statement, other: Statement, key: str) -> bool:
    """Whose a resource is need not be asked where it is named, beside a statement that names none."""
    any_ = ["*" in items(dig(each.body, "Resource")) for each in (one, other)]
    return key.startswith("aws:Resource") and any_ == [True, False]


def _are_siblings(one: Statement, other: Statement) -> bool:
    actions = [sorted(map(literally, items(dig(each.body, "Action")))) for each in (one, other)]
    return bool(actions[0]) and actions[0] == actions[1] and _callers(one) == _callers(other)


def _kinds(statement: Statement) -> set[str]:
    """The kinds of resources, as an ARN says them behind the account."""
    named = map(literally, items(dig(statement.body, "Resource")))
    return {each.split(":", 5)[-1].partition("/")[0] for each in named}


def _services(statement: Statement) -> set[str]:
    return {literally(each).partition(":")[0].lower() for each in items(dig(statement.body, "Action"))}


def _callers(statement: Statement) -> object:
    """Whom a statement names: by principal, as services of AWS, by account or by tags."""
    marks = {key for _, key, _ in statement.tests() if key.startswith(_MARKS)}
    return dig(statement.body, "Principal"), is_for_aws_services(statement), marks
