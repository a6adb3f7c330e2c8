"""A policy is measured as IAM gets it."""

import pytest

from genai_defense.organization.policy_length import MOST_CHARS, check_length, length_of


def test_a_literal_document_counts_without_white_space() -> None:
    assert length_of({"Statement": [{"Effect": "Deny", "Action": ["a:b"]}]}) == 50


def test_what_only_a_deployment_knows_counts_as_an_arn() -> None:
    assert length_of({"R": {"Fn::GetAtt": ["It", "Arn"]}}) == len('{"R":""}') + 90
    assert length_of({"R": {"Fn::Join": ["", ["ab", {"Ref": "AWS::AccountId"}]]}}) == len('{"R":""}') + 14
    assert length_of({"R": {"Fn::GetAtt": ["It", "Version"]}}) == len('{"R":""}') + 3


def test_the_limit_itself_fits_and_one_more_does_not() -> None:
    document = {"R": "x" * (MOST_CHARS - len('{"R":""}'))}
    check_length(document, path="App/Boundary")
    with pytest.raises(ValueError, match=r"App/Boundary: the document has about 6145 characters"):
        check_length({"R": document["R"] + "x"}, path="App/Boundary")
