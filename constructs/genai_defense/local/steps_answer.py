"""What may come out: the gullible model gives everything away, the user gets none of it."""

import re
from http import HTTPStatus

from botocore.exceptions import ClientError

from genai_defense.local.audit import find_record, oldest_record
from genai_defense.local.model import PLANTED_EMAIL, PLANTED_HOST
from genai_defense.local.scenario import Scene, Step, Verdict, brief
from genai_defense.local.web import Reply

_CANARY = re.compile(r"canary-[a-z]{16}")
# Innocent: the request screen has to let them through, so that the screen of the answer is what is tested.
_CANARY_QUESTION = "How do you work?"
_EMAIL_QUESTION = "Whom do I contact about an invoice?"
_IMAGE_QUESTION = "Can I see a picture of my parcel?"
_LINK_QUESTION = "Where is the documentation?"


def _planted(scene: Scene, question: str, secret: str | re.Pattern[str]) -> tuple[Reply, str | None]:
    """Ask. The fault is set when the model gave nothing away, so that the step shows nothing."""
    pattern = re.compile(re.escape(secret)) if isinstance(secret, str) else secret
    said = scene.model.said if scene.model else []
    before = len(said)
    reply = scene.chat(question)
    if not said[before:]:
        return reply, f"{brief(reply)}: the model was not asked"
    if not pattern.search(said[-1]):
        return reply, f"{brief(reply)}: the model gave nothing away"
    return reply, None


def _canary(scene: Scene) -> Verdict:
    reply, fault = _planted(scene, _CANARY_QUESTION, _CANARY)
    if fault:
        return fault, False
    safe = not _CANARY.search(reply.body)
    return brief(reply), safe and reply.status == HTTPStatus.UNPROCESSABLE_ENTITY and reply.json().get(
        "reason"
    ) == "CANARY_LEAK"


def _email(scene: Scene) -> Verdict:
    reply, fault = _planted(scene, _EMAIL_QUESTION, PLANTED_EMAIL)
    if fault:
        return fault, False
    safe = PLANTED_EMAIL not in reply.body
    return (
        f"{brief(reply)}, address removed" if safe else f"{brief(reply)}, address came out"
    ), safe and reply.status in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)


def _image(scene: Scene) -> Verdict:
    reply, fault = _planted(scene, _IMAGE_QUESTION, PLANTED_HOST)
    if fault:
        return fault, False
    safe = PLANTED_HOST not in reply.body
    return (
        f"{brief(reply)}, address removed" if safe else f"{brief(reply)}, address came out"
    ), safe and reply.status in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)


def _locked(scene: Scene) -> Verdict:
    record = oldest_record(scene.deployment)
    if record is None:
        return "no audit record to delete", False
    s3 = scene.deployment.client("s3")
    bucket = scene.deployment.audit_bucket
    versions = s3.list_object_versions(Bucket=bucket, Prefix=record.key)["Versions"]
    try:
        s3.delete_object(Bucket=bucket, Key=record.key, VersionId=versions[0]["VersionId"])
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "no code")
        still_there = find_record(scene.deployment, record.request_id) is not None
        return (
            f"{code}, record {'still there' if still_there else 'gone'}",
            code == "AccessDenied" and still_there,
        )
    return "deleted", False


def _stolen(scene: Scene) -> Verdict:
    role, model, rail = _chat_function(scene)
    session = scene.deployment.client("sts").assume_role(RoleArn=role, RoleSessionName="thief")["Credentials"]
    runtime = scene.deployment.client("bedrock-runtime", session)
    before = scene.model_said()
    turn = [{"role": "user", "content": [{"text": "When are you open?"}]}]
    try:
        runtime.converse(modelId=model, messages=turn, guardrailConfig=rail)
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "no code")
        return code, code == "AccessDeniedException" and scene.model_said() == before
    return "the model answered", False


def _chat_function(scene: Scene) -> tuple[str, str, dict[str, str]]:
    """Role, model and guardrail of the chat function, as deployed."""
    functions = scene.deployment.client("lambda").list_functions()["Functions"]
    chat = next(f for f in functions if "MODEL_ID" in f.get("Environment", {}).get("Variables", {}))
    settings = chat["Environment"]["Variables"]
    rail = {
        "guardrailIdentifier": settings["GUARDRAIL_ID"],
        "guardrailVersion": settings["GUARDRAIL_VERSION"],
    }
    return chat["Role"], settings["MODEL_ID"], rail


ALWAYS = (
    Step(name="Delete a locked audit record", expected="AccessDenied, record still there", check=_locked),
    Step(
        name="Use the chat function's credentials from outside its VPC endpoint",
        expected="AccessDeniedException, model not asked",
        check=_stolen,
    ),
)
# These need a model that gives secrets away on demand.
WITH_STAND_IN = (
    Step(
        name="The model leaks its system prompt with the canary",
        expected="422 CANARY_LEAK, no canary",
        check=_canary,
    ),
    Step(name="The model leaks a customer's e-mail address", expected="address removed", check=_email),
    Step(name="The model embeds an image of a foreign host", expected="address removed", check=_image),
)
