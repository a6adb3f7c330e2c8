"""The figures are right where they can be counted by hand, and a file that is not its manifest's is none."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import handler as handler_module
from evaluation.results import Case, ResultError, parse
from evaluation.statistics import LEAST_CASES, compare, stability_index
from evaluation.store import DatasetReader, LineageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_s3 import S3Client

_LINE = {"group": "de", "refused": False, "correct": True, "score": 0.9}
_SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=200)


class FakeS3:
    """Objects by key, each in one version."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put(
        self, purpose: str, name: str, lines: list[dict[str, Any]], time: str = "2026-11-24T10:00:00Z"
    ) -> None:
        """A version of a data set with its manifest."""
        content = "\n".join(map(json.dumps, lines)).encode()
        sha256 = hashlib.sha256(content).hexdigest()
        key = f"datasets/{purpose}/{name}/{sha256}/results.jsonl"
        manifest = {"key": key, "version_id": "v1", "sha256": sha256}
        self.objects[key] = content
        self.objects[f"manifests/{purpose}/{name}/{time}-{sha256}.json"] = json.dumps(manifest).encode()

    def get_paginator(self, _name: str) -> FakeS3:
        return self

    def paginate(self, *, Bucket: str, Prefix: str) -> Iterator[dict[str, Any]]:  # noqa: N803 - boto3's names
        assert Bucket == "store"
        yield {"Contents": [{"Key": key} for key in self.objects if key.startswith(Prefix)]}

    def get_object(self, *, Bucket: str, Key: str, **_version: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        assert Bucket == "store"
        content = self.objects[Key]
        return {"Body": io.BytesIO(content), "ContentLength": len(content)}


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> FakeS3:
    store = FakeS3()
    monkeypatch.setenv("EVALUATION_SETS", "answers")
    monkeypatch.setattr(handler_module, "reader", lambda: DatasetReader(cast("S3Client", store), "store"))
    return store


def _lines(group: str, count: int, *, refused: int = 0, score: float = 0.95) -> list[dict[str, Any]]:
    return [
        {"group": group, "refused": number < refused, "correct": number >= refused, "score": score}
        for number in range(count)
    ]


def _cases(*groups: list[dict[str, Any]]) -> list[Case]:
    return [Case(**line) for lines in groups for line in lines]


def test_the_figures_of_a_counted_example() -> None:
    current = _cases(_lines("de", 40, refused=10), _lines("fr", 40, refused=2))
    figures = compare(current, current)
    assert figures.drift == 0
    assert figures.refusal_rate == pytest.approx(12 / 80)
    assert figures.accuracy == pytest.approx(68 / 80)
    assert figures.refusal_gap == pytest.approx(10 / 40 - 2 / 40)
    assert (figures.cases, figures.groups) == (80, 2)


def test_a_group_that_is_too_small_is_not_called_disadvantaged() -> None:
    figures = compare(
        _cases(_lines("de", 40), _lines("rare", LEAST_CASES - 1, refused=20)), _cases(_lines("de", 40))
    )
    assert (figures.refusal_gap, figures.groups) == (0, 1)


def test_scores_that_moved_are_drift_and_scores_that_did_not_are_none() -> None:
    high, low = [0.95] * 100, [0.15] * 100
    assert stability_index(high + low, high + low) == 0
    assert stability_index(high[:90] + low[:10], high + low) > 0.25
    assert stability_index(high[:52] + low[:48], high[:50] + low[:50]) < 0.1


@given(_SCORES, _SCORES)
def test_the_index_is_never_negative_and_the_same_both_ways(one: list[float], other: list[float]) -> None:
    assert stability_index(one, other) >= 0
    assert stability_index(one, other) == pytest.approx(stability_index(other, one))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"no JSON",
        json.dumps({**_LINE, "text": "what somebody said"}).encode(),
        json.dumps({**_LINE, "score": 1.5}).encode(),
        json.dumps({**_LINE, "score": True}).encode(),
        json.dumps({**_LINE, "refused": "no"}).encode(),
        json.dumps({**_LINE, "group": "x" * 65}).encode(),
        b'{"group": "de", "refused": false, "correct": true, "score": NaN}',
    ],
)
def test_what_is_no_result_is_refused_and_not_quoted(content: bytes) -> None:
    with pytest.raises(ResultError) as refused:
        parse(content)
    assert "somebody" not in str(refused.value)


def test_the_newest_version_is_compared_and_published(
    s3: FakeS3, context: LambdaContext, capsys: pytest.CaptureFixture[str]
) -> None:
    s3.put("baseline", "answers", _lines("de", 40))
    s3.put("evaluation", "answers", _lines("de", 40), time="2026-11-23T10:00:00Z")
    s3.put("evaluation", "answers", _lines("de", 40, refused=8, score=0.2))
    figures = handler_module.handler({}, context)["answers"]
    assert figures["refusal_rate"] == pytest.approx(0.2)
    assert figures["drift"] > 0.25
    published = capsys.readouterr().out
    for metric in ("EvaluationDrift", "EvaluationRefusalGap", "EvaluationAccuracyGap"):
        assert f'"{metric}"' in published


def test_a_file_that_was_changed_is_not_evaluated_and_counted(
    s3: FakeS3, context: LambdaContext, capsys: pytest.CaptureFixture[str]
) -> None:
    s3.put("baseline", "answers", _lines("de", 40))
    s3.put("evaluation", "answers", _lines("de", 40))
    (changed,) = [key for key in s3.objects if key.startswith("datasets/evaluation/")]
    s3.objects[changed] = b'{"group": "de", "refused": false, "correct": true, "score": 1}'
    with pytest.raises(RuntimeError, match="not evaluated: answers"):
        handler_module.handler({}, context)
    published = capsys.readouterr().out
    assert '"EvaluationFailed"' in published
    assert '"EvaluationDrift"' not in published


def test_one_broken_evaluation_hides_no_other(
    s3: FakeS3, context: LambdaContext, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALUATION_SETS", "missing,answers")
    s3.put("baseline", "answers", _lines("de", 40))
    s3.put("evaluation", "answers", _lines("de", 40))
    with pytest.raises(RuntimeError, match="not evaluated: missing"):
        handler_module.handler({}, context)
    assert '"EvaluationDrift"' in capsys.readouterr().out


def test_a_huge_file_is_not_read(s3: FakeS3) -> None:
    s3.objects["manifests/evaluation/answers/x.json"] = b" " * 10_000_001
    with pytest.raises(LineageError, match="larger than 10 MB"):
        DatasetReader(cast("S3Client", s3), "store").newest("evaluation", "answers")
