"""An acknowledgement is narrow, well-formed and reasoned, or it is refused."""

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs

from genai_defense.checks.acknowledge import acknowledge

REASON = "The bucket holds only public pictures that the build can make again at any time."


@pytest.fixture(scope="module")
def stack() -> cdk.Stack:
    return cdk.Stack(cdk.App(), "Stack")


@pytest.fixture
def bucket(stack: cdk.Stack) -> s3.Bucket:
    return s3.Bucket(stack, f"Bucket{len(stack.node.children)}")


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "   ",
        "Accepted.",
        "Accepted" * 10,
        "This is a false positive of the rule, as the team has found out in review.",
        "Sample code does not need replication of its buckets to other regions.",
        "Not applicable to this stack because the team does not think that it is.",
    ],
)
def test_a_reason_that_explains_nothing_is_refused(bucket: s3.Bucket, reason: str) -> None:
    with pytest.raises(ValueError, match=r"which control|explains nothing"):
        acknowledge(bucket, "AwsSolutions-S1", reason=reason)


@pytest.mark.parametrize(
    "finding",
    [
        "S1",
        "AwsSolutions::AwsSolutions-S1",
        "AwsSolutions-",
        "AwsSolutions-IAM5[]",
        "Nag-S1",
        "AwsSolutions-*",
    ],
)
def test_an_id_that_cannot_match_is_refused(bucket: s3.Bucket, finding: str) -> None:
    with pytest.raises(ValueError, match="not a finding id"):
        acknowledge(bucket, finding, reason=REASON)


def test_at_least_one_finding_is_named(bucket: s3.Bucket) -> None:
    with pytest.raises(ValueError, match="no finding given"):
        acknowledge(bucket, reason=REASON)


def test_a_second_reason_for_the_same_finding_is_refused(bucket: s3.Bucket) -> None:
    """The CDK would silently keep only the last reason."""
    acknowledge(bucket, "AwsSolutions-IAM5[Action::a b]", reason=REASON)
    with pytest.raises(ValueError, match="already"):
        acknowledge(bucket, "AwsSolutions-IAM5[Action::a b]", reason=REASON + " And more.")


def test_a_construct_that_is_not_one_resource_is_refused(stack: cdk.Stack) -> None:
    with pytest.raises(TypeError, match="not one CloudFormation resource"):
        acknowledge(stack, "AwsSolutions-S1", reason=REASON)


def test_a_resource_with_resources_below_it_is_refused(stack: cdk.Stack) -> None:
    queue = sqs.CfnQueue(stack, "Outer")
    sqs.CfnQueue(queue, "Inner")
    with pytest.raises(TypeError, match="Stack/Outer/Inner"):
        acknowledge(queue, "AwsSolutions-SQS3", reason=REASON)


def test_the_resource_itself_may_be_given(stack: cdk.Stack) -> None:
    queue = sqs.CfnQueue(stack, "Queue")
    acknowledge(queue, "AwsSolutions-SQS3", reason=REASON)
    data = [entry.data for entry in queue.node.metadata if entry.type == "aws:cdk:acknowledged-rules"]
    assert data == [{"AwsSolutions::AwsSolutions-SQS3": REASON}]
