"""The state machine of an approval, as data: tell, wait for a human, act."""

from typing import Any

from aws_cdk import Duration

# Of the whole execution, beside the wait: telling and acting with all their tries.
_AROUND_THE_WAIT = Duration.minutes(30)
_PASSING = [
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
]
REFUSED_ERROR = "Refused"
"""With this error a human's no ends the wait (lambda/approvals/desk.py)."""


def approval_workflow(
    *, topic_arn: str, request_function_arn: str, action_function_arn: str, wait: Duration, page: str
) -> dict[str, Any]:
    """The definition in Amazon States Language.

    Args:
        topic_arn: Whom to tell.
        request_function_arn: Keeps what waits, with the task token.
        action_function_arn: Does what was approved.
        wait: How long a human may take. Then the action is refused.
        page: Where approvals are decided, in words for the message, without quotes.
    """
    return {
        "Comment": "An action with effect waits for a human. No answer in time is a no.",
        "StartAt": "TellApprovers",
        "TimeoutSeconds": wait.to_seconds() + _AROUND_THE_WAIT.to_seconds(),
        "States": {
            "TellApprovers": _tell(topic_arn, wait, page),
            "WaitForHuman": _wait(request_function_arn, wait),
            "Act": _act(action_function_arn),
            "RefusedByHuman": {"Type": "Succeed"},
            "RefusedByTimeout": {"Type": "Succeed"},
        },
    }


def _tell(topic_arn: str, wait: Duration, page: str) -> dict[str, Any]:
    minutes = wait.to_minutes()
    text = f"Waits for an approver of tenant {{}}: {{}} with {{}}. Decide within {minutes} minutes on {page}"
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::sns:publish",
        "Parameters": {
            "TopicArn": topic_arn,
            "Subject": "An action of the chatbot waits for approval",
            # Tool, order and amount; every one of them kept the registry's patterns.
            "Message.$": f"States.Format('{text}', $.tenant, $.tool, States.JsonToString($.arguments))",
        },
        "TimeoutSeconds": 30,
        # Never null: CloudFormation drops nulls, and without a path the result takes the input's place.
        "ResultPath": "$.told",
        "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 3}],
        # Approvers who look at the page see it without a message as well.
        "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.untold", "Next": "WaitForHuman"}],
        "Next": "WaitForHuman",
    }


def _wait(function_arn: str, wait: Duration) -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {
            "FunctionName": function_arn,
            "Payload": {"token.$": "$$.Task.Token", "action.$": "$"},
        },
        "TimeoutSeconds": wait.to_seconds(),
        "ResultPath": "$.decision",
        # No retry: the token has got out already. A request that could not be kept fails the execution.
        "Catch": [
            {"ErrorEquals": [REFUSED_ERROR], "ResultPath": "$.decision", "Next": "RefusedByHuman"},
            {"ErrorEquals": ["States.Timeout"], "ResultPath": "$.decision", "Next": "RefusedByTimeout"},
        ],
        "Next": "Act",
    }


def _act(function_arn: str) -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
            "FunctionName": function_arn,
            # The function reads everything else from the approval, where the decision is written.
            "Payload": {"approval_id.$": "$.approval_id", "tenant.$": "$.tenant"},
        },
        "ResultSelector": {"result.$": "$.Payload"},
        "TimeoutSeconds": 60,
        # Safe to repeat: the approval id books once.
        "Retry": [
            {
                "ErrorEquals": [*_PASSING, "States.TaskFailed"],
                "IntervalSeconds": 2,
                "MaxAttempts": 5,
                "BackoffRate": 2,
                "JitterStrategy": "FULL",
            }
        ],
        "End": True,
    }
