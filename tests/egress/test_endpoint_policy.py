import pytest
from aws_cdk import aws_iam as iam

from genai_defense.egress.endpoint_policy import check_gateway_statements, check_statements

_OURS = {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}


def _statement(
    principal: iam.IPrincipal | None = None,
    *,
    action: str = "s3:PutObject",
    conditions: dict[str, dict[str, str]] | None = None,
) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        principals=[principal or iam.AnyPrincipal()],
        actions=[action],
        resources=["arn:aws:s3:::records/*"],
        conditions=conditions,
    )


@pytest.mark.parametrize("check", [check_statements, check_gateway_statements])
def test_no_policy_is_no_endpoint(check: type) -> None:
    with pytest.raises(ValueError, match=r"Foreign/Way: no policy statement given.*Give at least one"):
        check("Foreign/Way", [])


@pytest.mark.parametrize("check", [check_statements, check_gateway_statements])
@pytest.mark.parametrize("action", ["*", "s3:*", "s3:Put*"])
def test_a_wildcard_action_is_refused(check: type, action: str) -> None:
    with pytest.raises(ValueError, match=r"Name each action"):
        check("Foreign/Way", [_statement(action=action, conditions=_OURS)])


def test_an_allow_of_all_but_some_actions_is_refused() -> None:
    all_but = iam.PolicyStatement(
        principals=[iam.AccountRootPrincipal()], not_actions=["s3:GetObject"], resources=["*"]
    )
    with pytest.raises(ValueError, match=r"Name each action"):
        check_statements("Foreign/Way", [all_but])


@pytest.mark.parametrize("check", [check_statements, check_gateway_statements])
def test_everybody_without_condition_is_refused(check: type) -> None:
    with pytest.raises(ValueError, match=r"allows everybody to s3:PutObject"):
        check("Foreign/Way", [_statement()])


@pytest.mark.parametrize(
    "conditions",
    [
        {"StringNotEquals": {"aws:PrincipalAccount": "999999999999"}},
        {"StringEquals": {"aws:SourceVpc": "vpc-1"}},
        {"StringLike": {"aws:PrincipalArn": "*"}},
        {"StringEqualsIfExists": {"aws:PrincipalAccount": "111122223333"}},
        {"Null": {"aws:PrincipalArn": "false"}},
    ],
)
def test_a_gateway_condition_that_names_no_principal_is_refused(
    conditions: dict[str, dict[str, str]],
) -> None:
    with pytest.raises(ValueError, match=r"Add a condition on aws:PrincipalArn or aws:PrincipalAccount"):
        check_gateway_statements("Foreign/Way", [_statement(conditions=conditions)])


def test_a_gateway_takes_only_the_principal_that_aws_accepts() -> None:
    with pytest.raises(ValueError, match=r"takes only the principal \*.*iam\.AnyPrincipal"):
        check_gateway_statements("Foreign/Way", [_statement(iam.AccountRootPrincipal(), conditions=_OURS)])


def test_narrow_statements_and_denies_pass() -> None:
    deny = iam.PolicyStatement(
        effect=iam.Effect.DENY, principals=[iam.AnyPrincipal()], actions=["s3:*"], resources=["*"]
    )
    check_gateway_statements("Foreign/Way", [_statement(conditions=_OURS), deny])
    check_statements("Foreign/Way", [_statement(iam.AccountRootPrincipal()), deny])
