"""What the chatbot may answer from: sound documents of one's tenant, and nothing else."""

import json
from http import HTTPStatus
from typing import Any

from botocore.exceptions import ClientError

from genai_defense.local.audit import find_record
from genai_defense.local.demo_documents import (
    GUARANTEE,
    POISONED_PASSAGE,
    SOUND,
    SOUND_TEXT,
    TENANT,
    UPLOADS,
    Upload,
)
from genai_defense.local.document_stage import DocumentStage, find_stage, sha_of
from genai_defense.local.scenario import Check, Scene, Step, Verdict, brief
from genai_defense.local.sign_in import access_token, create_user
from genai_defense.local.web import Reply

_QUESTION = "How long is the guarantee of the Aurora lamp?"
_SHARED_QUESTION = "When does the repair workshop take lamps?"
_POISONED_QUESTION = "How long is the guarantee of the Cassiopeia lamp?"
_OTHER_TENANT = "globex"
_SHA256 = sha_of(SOUND_TEXT.encode())
_FORGED: tuple[dict[str, Any], ...] = (
    {"tenant": TENANT},
    {"cognito:groups": [f"tenant-{TENANT}"]},
    {"filter": {"equals": {"key": "tenant", "value": TENANT}}},
)


def _stage(scene: Scene) -> DocumentStage:
    stage = find_stage(scene.deployment)
    if stage is None:
        raise LookupError("this profile has no documents")
    return stage


def _sources(reply: Reply) -> list[str]:
    return [str(source["title"]) for source in reply.json().get("sources", [])]


def _from(reply: Reply, part: str) -> int:
    """How many sources have something in their address."""
    return sum(part in str(source["uri"]) for source in reply.json().get("sources", []))


def _answer(reply: Reply) -> str:
    return str(reply.json().get("answer", ""))


def _told(reply: Reply) -> str:
    sources = ", ".join(_sources(reply)) or "none"
    return f"{brief(reply)}: {_answer(reply)[:60]} (sources: {sources})"


def _uploaded(scene: Scene) -> Verdict:
    stage = _stage(scene)
    versions = [stage.put(upload) for upload in UPLOADS]
    return f"{len(set(versions))} taken", len(set(versions)) == len(UPLOADS)


def _answered(scene: Scene) -> Verdict:
    row = _stage(scene).published(UPLOADS[0])
    if row is None or row["status"] != "published":
        return f"the document is {row['status'] if row else 'not examined'}", False
    reply = scene.chat(_QUESTION)
    good = GUARANTEE in _answer(reply) and _from(reply, f"/{TENANT}/{_SHA256}/{SOUND}") == 1
    return _told(reply), good and reply.status == HTTPStatus.OK


def _kept_out(upload: Upload) -> Check:
    def check(scene: Scene) -> Verdict:
        stage = _stage(scene)
        row = stage.quarantined(upload.tenant, upload.name)
        if row is None:
            return "not in quarantine", False
        sha256 = row["sha256"]
        passages = [key for key in stage.keys("TRUSTED_BUCKET_NAME", "passages/") if sha256 in key]
        verdict = stage.verdict(upload.tenant, sha256)
        got = f"{row['status']} {row.get('reason', '')}, {len(passages)} passages published"
        reasons = row.get("reason", "").split(",")
        out = row["status"] == "quarantined" and verdict == "quarantined" and not passages
        return got, out and upload.reason in reasons

    return check


def _foreign(scene: Scene) -> Verdict:
    deployment = scene.deployment
    cognito, pool = deployment.client("cognito-idp"), {"UserPoolId": deployment.user_pool_id}
    stranger = create_user(deployment, "third-demo")
    cognito.create_group(**pool, GroupName=f"tenant-{_OTHER_TENANT}")
    cognito.admin_add_user_to_group(**pool, Username=stranger.name, GroupName=f"tenant-{_OTHER_TENANT}")
    token = access_token(deployment, stranger)
    asked, shared = scene.chat(_QUESTION, token), scene.chat(_SHARED_QUESTION, token)
    forged = [scene.post(json.dumps({"message": _QUESTION, **more}).encode(), token) for more in _FORGED]
    statuses = " ".join(str(reply.status) for reply in forged)
    leaked = _from(asked, f"/{TENANT}/")
    nothing = not leaked and GUARANTEE not in _answer(asked)
    nothing = nothing and all(GUARANTEE not in reply.body for reply in forged)
    refused = all(reply.status == HTTPStatus.BAD_REQUEST for reply in forged)
    found = "Thursdays" in _answer(shared) and _from(shared, "/shared/") == 1
    got = f"{asked.status}, {leaked} sources of it; forged {statuses}; {_told(shared)[:40]}"
    return got, asked.status == HTTPStatus.OK and nothing and refused and found


def _another_tenants_folder(scene: Scene) -> Verdict:
    """A role as contributors have it, with the tag of one tenant."""
    deployment, stage = scene.deployment, _stage(scene)
    iam, account = deployment.client("iam"), deployment.endpoint.account
    trust = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}
    made = iam.create_role(
        RoleName="demo-contributor",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
        Tags=[{"Key": "tenant", "Value": TENANT}],
    )
    iam.attach_role_policy(RoleName="demo-contributor", PolicyArn=deployment.contributor_policy)
    role = made["Role"]["Arn"]
    keys = deployment.client("sts").assume_role(RoleArn=role, RoleSessionName="demo")["Credentials"]
    s3, bucket = deployment.client("s3", keys), stage.names["LANDING_BUCKET_NAME"]
    outcomes: list[str] = []
    for tenant in (TENANT, _OTHER_TENANT, "shared"):
        try:
            s3.put_object(Bucket=bucket, Key=f"{tenant}/contributed.txt", Body=b"The Eridanus lamp is blue.")
            outcomes.append("taken")
        except ClientError as error:
            outcomes.append(error.response.get("Error", {}).get("Code", "no code"))
    return ", ".join(outcomes), outcomes == ["taken", "AccessDenied", "AccessDenied"]


def _again(scene: Scene) -> Verdict:
    stage = _stage(scene)
    row = stage.row(TENANT, _SHA256)

    def state() -> tuple[dict[str, str], list[tuple[str, str]]]:
        kept = [*stage.versions("TRUSTED_BUCKET_NAME", ""), *stage.versions("MANIFEST_BUCKET_NAME", "")]
        return stage.row(TENANT, _SHA256), [one for one in kept if _SHA256 in one[0]]

    before = state()
    place = {
        "bucketName": stage.names["LANDING_BUCKET_NAME"],
        "objectKey": f"{TENANT}/{SOUND}",
        "eTag": "0" * 32,
        "versionId": row["landing_version"],
    }
    result = {"scanResultStatus": "NO_THREATS_FOUND", "threats": None}
    detail = {"scanStatus": "COMPLETED", "s3ObjectDetails": place, "scanResultDetails": result}
    stage.send_again({"source": "aws.guardduty", "detail": detail}, times=3)
    after = state()
    same = "unchanged" if after == before else "changed"
    return f"row, {len(after[1])} objects: {same}", after == before and bool(before[1])


def _slipped_in(scene: Scene) -> Verdict:
    _stage(scene).slip_in(TENANT, POISONED_PASSAGE)
    said = len(scene.model.said) if scene.model else 0
    reply = scene.chat(_POISONED_QUESTION)
    record = find_record(scene.deployment, str(reply.json().get("request_id")))
    withheld: list[str] = record.document["withheld"] if record else []
    obeyed = any("canary-" in text for text in scene.model.said[said:]) if scene.model else False
    got = (
        f"{brief(reply)}, withheld {' '.join(withheld) or 'nothing'}, {'obeyed' if obeyed else 'not obeyed'}"
    )
    good = reply.status == HTTPStatus.OK and not obeyed and "Slipped in" not in _sources(reply)
    return got, good and withheld == ["PROMPT_INJECTION"]


def _locked(scene: Scene) -> Verdict:
    stage = _stage(scene)
    bucket = stage.names["TRUSTED_BUCKET_NAME"]
    prefix = f"originals/{TENANT}/{_SHA256}/"
    ((key, version),) = stage.versions("TRUSTED_BUCKET_NAME", prefix)
    try:
        stage.s3.delete_object(Bucket=bucket, Key=key, VersionId=version)
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "no code")
        there = (key, version) in stage.versions("TRUSTED_BUCKET_NAME", prefix)
        return f"{code}, {'still there' if there else 'gone'}", code == "AccessDenied" and there
    return "deleted", False


def _withdrawn(scene: Scene) -> Verdict:
    stage = _stage(scene)
    told = stage.withdraw(_SHA256, "withdrawn in the demo")
    reply = scene.chat(_QUESTION)
    sources = _from(reply, _SHA256)
    silent = not sources and GUARANTEE not in _answer(reply)
    stage.put(Upload(name="again.md", reason="WITHDRAWN", make=UPLOADS[0].make))
    row = stage.quarantined(TENANT, "again.md") or {}
    gone = not [key for key in stage.keys("TRUSTED_BUCKET_NAME", "passages/") if _SHA256 in key]
    got = f"{len(told.get('withdrawn', []))} withdrawn, {sources} sources of it; uploaded again: "
    standing = f"{row.get('status', 'not examined')}"
    return got + standing, silent and gone and reply.status == HTTPStatus.OK and standing == "withdrawn"


NAMES = {
    "poisoned.md": "with orders to the model",
    "hidden.docx": "with hidden text (docx, vanished)",
    "hidden.pdf": "with hidden text (pdf, white on white)",
    "hidden.html": "with hidden text (html, not displayed)",
    "secret.txt": "with a token",
    "oversized.txt": "larger than allowed",
    "bomb.docx": "that unpacks to 110 MiB",
    "infected.txt": "with the EICAR test virus",
}
UPLOADING = (Step(name="Upload documents all at once", expected=f"{len(UPLOADS)} taken", check=_uploaded),)
STEPS = (
    Step(
        name="Ask what an uploaded document says",
        expected="200 answered, with the document as source",
        check=_answered,
    ),
    *(
        Step(
            name=f"Look for the document {NAMES[upload.name]}",
            expected=f"quarantined {upload.reason}",
            check=_kept_out(upload),
        )
        for upload in UPLOADS
        if upload.reason
    ),
    Step(
        name="Upload as a contributor: for one's tenant, for another one, for all",
        expected="taken, AccessDenied, AccessDenied",
        check=_another_tenants_folder,
    ),
    Step(
        name="Ask for it as another tenant, plainly and with forged fields; ask for a shared one",
        expected="200 and nothing of it; 400; the shared one",
        check=_foreign,
    ),
    Step(name="Send the scan's result three times more", expected="row and objects unchanged", check=_again),
    Step(
        name="A poisoned passage is put past the examination, and asked for",
        expected="withheld PROMPT_INJECTION, not obeyed",
        check=_slipped_in,
    ),
    Step(name="Delete a locked document", expected="AccessDenied, still there", check=_locked),
    Step(
        name="Withdraw the document by its hash, ask, upload it again",
        expected="no source of it; stays withdrawn",
        check=_withdrawn,
    ),
)
