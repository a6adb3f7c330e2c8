"""What a Deny names as resources is what its actions are about."""

from collections.abc import Mapping

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.denials import POLICY_HOLDERS, denials
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, items

_ARN_FIELDS = 6
# Service of the action, to the services in whose name its resources are.
# Source: https://docs.aws.amazon.com/service-authorization/latest/reference/ (read 2026-11-24), one page a
# service; those that act on resources of any service, such as tag and backup, are left out.
_RESOURCES_OF: Mapping[str, frozenset[str]] = {
    **{
        service: frozenset({service})
        for service in (
            "access-analyzer", "account", "aoss", "bedrock-agentcore", "cloudtrail", "config", "dynamodb",
            "ecr", "events", "execute-api", "guardduty", "iam", "kms", "lambda", "logs", "macie2",
            "network-firewall", "organizations", "route53resolver", "s3", "s3vectors", "secretsmanager",
            "securityhub", "sns", "sqs", "states", "verifiedpermissions",
        )
    },
    "bedrock": frozenset({"aws-marketplace", "bedrock", "sagemaker"}),
    "cloudformation": frozenset({"cloudformation"}),
    "cloudfront": frozenset({"cloudfront", "wafv2"}),
    "ec2": frozenset({"aws-marketplace", "ec2", "ssm", "vpc-lattice"}),
    "sts": frozenset({"iam", "sts"}),
    "wafv2": frozenset(
        {"amplify", "apigateway", "apprunner", "appsync", "cloudfront", "cognito-idp", "ec2",
         "elasticloadbalancing", "wafv2"}
    ),
}  # fmt: skip


@rule(
    id="OwaspLlm-DenyReachesWhatItDenies",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="A Deny names resources that its actions are not about.",
    explanation="An action is never asked for on a resource of another service: what the policy seems to"
    " forbid is allowed.",
    remedy="Name resources of the service that each action belongs to, or an asterisk.",
    source=Source(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
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
    resource_types=POLICY_HOLDERS,
)
def deny_reaches_what_it_denies(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Judges only resources that are written as ARNs, and services whose ARNs are known."""
    return worst(_judge(each) for each in denials(resource))


def _judge(statement: Statement) -> Answer:
    written = [literally(each).split(":") for each in items(dig(statement.body, "Resource"))]
    if not written or any(len(arn) < _ARN_FIELDS or set(arn[2]) & {"*", "?", "{"} for arn in written):
        return NotApplicable()
    services = {arn[2] for arn in written}
    for action in map(literally, items(dig(statement.body, "Action"))):
        known = _RESOURCES_OF.get(action.partition(":")[0].lower())
        if known is not None and not known & services:
            return NonCompliant(
                f"{statement.path}.Resource", f"{action} is denied on {', '.join(sorted(services))} only"
            )
    return Compliant(f"{statement.path} names resources of its actions")
