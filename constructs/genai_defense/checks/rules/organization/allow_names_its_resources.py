"""An action that can name its resource does."""

from collections.abc import Iterator

from genai_defense.checks.action_resources import actions_with_resource
from genai_defense.checks.alike import practices, reaches_everything
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.data_actions import DATA_ACTIONS
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.model_access import TAKE_A_RESOURCE
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.principals import tested
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

# Rules of their own ask about these.
_ASKED_ELSEWHERE = frozenset([*" ".join(DATA_ACTIONS).split(), *TAKE_A_RESOURCE, "iam:PassRole"])
# What AWS's own policies for a service's role allow on everything: AWSLambdaBasicExecutionRole,
# AWSLambdaVPCAccessExecutionRole, AmazonECSTaskExecutionRolePolicy, AmazonEC2ContainerServiceforEC2Role,
# AmazonEC2ContainerServiceRole, AmazonSSMManagedInstanceCore.
_AWS_DOES = (
    "ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface ec2:CreateNetworkInterfacePermission"
    " ec2:DeleteNetworkInterface ec2:DeleteNetworkInterfacePermission ec2:UnassignPrivateIpAddresses"
    " ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer"
    " ecs:CreateCluster ecs:DeregisterContainerInstance ecs:Poll ecs:RegisterContainerInstance"
    " ecs:StartTelemetrySession ecs:SubmitAttachmentStateChanges ecs:SubmitContainerStateChange"
    " ecs:SubmitTaskStateChange ecs:UpdateContainerInstancesState"
    " elasticloadbalancing:DeregisterInstancesFromLoadBalancer elasticloadbalancing:DeregisterTargets"
    " elasticloadbalancing:RegisterInstancesWithLoadBalancer elasticloadbalancing:RegisterTargets"
    " logs:CreateLogGroup logs:CreateLogStream logs:FilterLogEvents logs:PutLogEvents"
    " ssm:PutComplianceItems ssm:PutInventory ssm:UpdateInstanceAssociationStatus"
)
_READS = ("Describe", "Get", "List")
# Each says as well as a name which resources are meant.
_NARROWING = (
    "aws:resourcetag/",
    "ec2:subnet",
    "ec2:vpc",
    "ecs:cluster",
    "iam:awsservicename",
    "kms:encryptioncontext",
    "kms:requestalias",
    "kms:resourcealiases",
    "kms:viaservice",
)


@rule(
    id="OwaspLlm-AllowNamesItsResources",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The policy allows an action on every resource, though the action can name the one it is for.",
    explanation="Whoever steers the workload publishes to every topic and bus, and changes every user pool,"
    " address list and copy of the account, also those of other applications.",
    remedy="Name the ARNs in Resource; actions that can name none stand in a statement of their own.",
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
    resource_types=IDENTITY_TYPES,
)
def allow_names_its_resources(resource: Resource, graph: TemplateGraph) -> Answer:
    """Data actions have a rule of their own; reads of settings, and what AWS allows so, go by practice."""
    return worst(answer for each in granting_statements(resource, graph) for answer in _judge(each, graph))


def _judge(statement: Statement, graph: TemplateGraph) -> Iterator[Answer]:
    if isinstance(statement.body, Opaque):
        yield Unknown(statement.path, statement.body.why)
        return
    asked = [
        each for action in items(dig(statement.body, "Action")) for each in actions_with_resource(action)
    ]
    if not asked:
        return
    if not reaches_everything(statement):
        yield Compliant(f"{statement.path} names what it is for")
        return
    narrowed = any(_narrows(key) and "ifexists" not in operator for operator, key, _ in tested(statement))
    for action in asked:
        service, _, name = action.partition(":")
        usual = narrowed or action in _AWS_DOES.split() or name.startswith(_READS)
        if usual and practices(graph)[action.lower()].names:
            yield NonCompliant(
                f"{statement.path}.Resource", f"{action} on everything, which others allow on what they name"
            )
        elif not usual and action not in _ASKED_ELSEWHERE and not _sends_texts(action, graph):
            yield NonCompliant(f"{statement.path}.Resource", f"{action} can name what it is for in {service}")


def _narrows(key: str) -> bool:
    return key.startswith(_NARROWING) or ":resourcetag/" in key


def _sends_texts(action: str, graph: TemplateGraph) -> bool:
    """Messages to telephones have no topic, so that a deployment without topics cannot name one."""
    return action == "sns:Publish" and not any(graph.of_type("AWS::SNS::Topic"))
