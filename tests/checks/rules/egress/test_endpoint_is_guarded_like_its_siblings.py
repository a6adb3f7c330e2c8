"""The only endpoint with a policy for everything is found."""

from collections.abc import Callable
from typing import Any

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EndpointIsGuardedLikeItsSiblings"
QUEUE = "arn:aws:sqs:eu-west-1:111122223333:reviews"


def endpoint(*, resource: object = QUEUE, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": resource}
    return {
        "VpcEndpointType": "Interface",
        "PolicyDocument": {"Statement": [{**statement, **fields}]},
    }


def others(number: int, properties: dict[str, Any]) -> dict[str, Any]:
    return {f"E{i}": {"Type": "AWS::EC2::VPCEndpoint", "Properties": properties} for i in range(number)}


def test_one_like_the_others_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, endpoint(), others=others(3, endpoint())), Compliant)


def test_the_only_one_for_every_resource_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, endpoint(resource="*"), others=others(3, endpoint()))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument"


def test_resources_of_the_account_are_narrow_enough(ask: Callable[..., Answer]) -> None:
    ours = {"StringEquals": {"aws:ResourceAccount": {"Ref": "AWS::AccountId"}}}
    mine = endpoint(resource="*", Condition=ours)
    assert isinstance(ask(RULE, mine, others=others(3, endpoint())), Compliant)


def test_without_a_practice_nothing_is_asked(ask: Callable[..., Answer]) -> None:
    loose = endpoint(resource="*")
    assert isinstance(ask(RULE, loose, others=others(3, loose)), NotApplicable)
    assert isinstance(ask(RULE, loose), NotApplicable)


def test_what_is_written_to_logs_names_no_resource(ask: Callable[..., Answer]) -> None:
    logs = {**endpoint(resource="*"), "ServiceName": "com.amazonaws.eu-west-1.logs"}
    assert isinstance(ask(RULE, logs, others=others(3, endpoint())), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    given = {**endpoint(), "PolicyDocument": {"Ref": "Given"}}
    assert isinstance(ask(RULE, given, others=others(3, endpoint())), Unknown)
