"""What is kept: training data with two sides, an evaluation of it, and a table that comes back."""

import json
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from genai_defense.datasets import Origin, contribute
from genai_defense.local.scenario import Scene, Step, Verdict

_STACK = "GenAiDefense-Data"
_CASES = 60


def _outputs(scene: Scene) -> dict[str, str]:
    (stack,) = scene.deployment.client("cloudformation").describe_stacks(StackName=_STACK)["Stacks"]
    return {entry["OutputKey"]: entry["OutputValue"] for entry in stack["Outputs"]}


def has_store(scene: Scene) -> bool:
    """Whether a store of data sets is deployed."""
    return "DatasetBucketName" in _outputs(scene)


def _client_of(scene: Scene, role: str, service: str) -> Any:
    """A client with the rights of one of the two sides."""
    sts = scene.deployment.client("sts")
    session = sts.assume_role(RoleArn=_outputs(scene)[role], RoleSessionName="demo")["Credentials"]
    return scene.deployment.client(service, session)


def _refused(call: Any) -> str:
    try:
        call()
    except ClientError as error:
        return str(error.response.get("Error", {}).get("Code"))
    return "allowed"


def _lines(*, refused: int) -> bytes:
    cases = [
        {"group": group, "refused": number < refused, "correct": number >= refused, "score": 0.9}
        for group in ("de", "fr")
        for number in range(_CASES)
    ]
    return "\n".join(map(json.dumps, cases)).encode()


def _contribute(scene: Scene, purpose: Any, content: bytes) -> str:
    origin = Origin(purpose=purpose, name="answers", source="the local run", licence="CC0-1.0")
    return contribute(
        content,
        "results.jsonl",
        bucket=_outputs(scene)["DatasetBucketName"],
        origin=origin,
        clients=partial(_client_of, scene, "DatasetContributorRoleArn"),
    )


def _two_sides(scene: Scene) -> Verdict:
    bucket = _outputs(scene)["DatasetBucketName"]
    manifest = _contribute(scene, "baseline", _lines(refused=3))
    contributor = _client_of(scene, "DatasetContributorRoleArn", "s3")
    reader = _client_of(scene, "DatasetReaderRoleArn", "s3")
    found = json.loads(reader.get_object(Bucket=bucket, Key=manifest)["Body"].read())
    version = {"Bucket": bucket, "Key": found["key"], "VersionId": found["version_id"]}
    answers = [
        _refused(partial(contributor.get_object, Bucket=bucket, Key=manifest)),
        _refused(partial(reader.put_object, Bucket=bucket, Key=manifest, Body=b"{}")),
        _refused(partial(scene.deployment.client("s3").delete_object, **version)),
    ]
    return f"added and read; the other ways, and a deletion: {', '.join(answers)}", answers == [
        "AccessDenied"
    ] * 3


def _evaluate(scene: Scene) -> Verdict:
    _contribute(scene, "baseline", _lines(refused=3))
    _contribute(scene, "evaluation", _lines(refused=30))
    functions = scene.deployment.client("lambda")
    pages = functions.get_paginator("list_functions").paginate()
    (name,) = [
        entry["FunctionName"]
        for page in pages
        for entry in page["Functions"]
        if entry["Handler"] == "evaluation.handler.handler"
    ]
    answer = functions.invoke(FunctionName=name)
    figures = json.loads(answer["Payload"].read()).get("answers", {})
    good = figures.get("refusal_rate") == 0.5 and figures.get("refusal_gap") == 0  # noqa: PLR2004 - 30 of 60
    return f"refusal rate {figures.get('refusal_rate')}, gap {figures.get('refusal_gap')}", good


def _restore(scene: Scene) -> Verdict:
    """What docs/restore-drill.md has people do; here the newest state is the only moment there is."""
    client = scene.deployment.client("dynamodb")
    source = scene.deployment.quota_table
    target = f"{source}-drill"
    client.restore_table_to_point_in_time(
        SourceTableName=source, TargetTableName=target, UseLatestRestorableTime=True
    )
    try:
        rows = {name: _rows(client, name) for name in (source, target)}
    finally:
        client.delete_table(TableName=target)
    same = rows[source] == rows[target]
    found = f"{len(rows[target])} rows, {'the same' if same else 'others'}"
    return found, same and len(rows[target]) > 0


def _rows(client: Any, table: str) -> set[str]:
    pages = client.get_paginator("scan").paginate(TableName=table)
    return {json.dumps(row, sort_keys=True) for page in pages for row in page["Items"]}


STORE = (
    Step(
        name="Add training data and read it, each side alone",
        expected="added and read; the other ways, and a deletion: AccessDenied, AccessDenied, AccessDenied",
        check=_two_sides,
    ),
    Step(
        name="Evaluate a model that refuses more than before",
        expected="refusal rate 0.5, gap 0",
        check=_evaluate,
    ),
)
RESTORE = (Step(name="Restore a table and compare", expected="the same rows", check=_restore),)
