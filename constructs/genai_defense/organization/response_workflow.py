"""The state machine of a response, as data: count and decide, act one by one, tell."""

from typing import Any

_PASSING = [
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
]
_THROTTLED = {
    # A burst is decided as fast as the functions' reserved concurrency allows, and none of it is lost.
    "ErrorEquals": ["Lambda.TooManyRequestsException"],
    "IntervalSeconds": 2,
    "MaxAttempts": 25,
    "BackoffRate": 1.5,
    "MaxDelaySeconds": 30,
    "JitterStrategy": "FULL",
}
_INCIDENT = "$$.Execution.Name"


def response_workflow(*, decision_function_arn: str, responder_function_arn: str) -> dict[str, Any]:
    """The definition in Amazon States Language.

    Every step may be taken again: an event counts once, an action is in force once, its records are written
    once. An action that fails after all tries is told to people, and the others are done all the same.

    Args:
        decision_function_arn: Counts and decides.
        responder_function_arn: Acts and tells.
    """
    act = {"step": "act", "incident.$": _INCIDENT, "action.$": "$$.Map.Item.Value"}
    tell = {"step": "tell", "incident.$": _INCIDENT, "results.$": "$.results"}
    return {
        "Comment": "Counts a security event, does what its thresholds say, tells people.",
        "StartAt": "Decide",
        "TimeoutSeconds": 1800,
        "States": {
            "Decide": {
                **_invoke(decision_function_arn, {"event.$": "$"}),
                "ResultSelector": {"actions.$": "$.Payload.actions"},
                "ResultPath": "$.plan",
                "Next": "AnythingToDo",
            },
            "AnythingToDo": {
                "Type": "Choice",
                "Choices": [{"Variable": "$.plan.actions[0]", "IsPresent": True, "Next": "Act"}],
                "Default": "Nothing",
            },
            "Nothing": {"Type": "Succeed"},
            "Act": {
                "Type": "Map",
                "ItemsPath": "$.plan.actions",
                "ItemSelector": act,
                "MaxConcurrency": 1,
                "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "INLINE"},
                    "StartAt": "Do",
                    "States": {
                        "Do": {
                            **_invoke(responder_function_arn, {"event.$": "$"}),
                            "OutputPath": "$.Payload",
                            # The item stays as it was, so that people are told which action failed.
                            "Catch": [
                                {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed"}
                            ],
                            "End": True,
                        },
                        "Failed": {"Type": "Pass", "End": True},
                    },
                },
                "ResultPath": "$.results",
                "Next": "Tell",
            },
            "Tell": {
                **_invoke(responder_function_arn, tell),
                "ResultPath": "$.told",
                "End": True,
            },
        },
    }


def _invoke(function_arn: str, payload: dict[str, Any]) -> dict[str, Any]:
    whole = payload.pop("event.$", None)
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
            "FunctionName": function_arn,
            **({"Payload.$": whole} if whole else {"Payload": payload}),
        },
        "TimeoutSeconds": 60,
        "Retry": [
            _THROTTLED,
            {
                "ErrorEquals": [*_PASSING, "States.TaskFailed", "States.Timeout"],
                "IntervalSeconds": 1,
                "MaxAttempts": 4,
                "BackoffRate": 2,
                "JitterStrategy": "FULL",
            },
        ],
    }
