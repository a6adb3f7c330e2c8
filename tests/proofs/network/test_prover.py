from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.read.deployment import read_deployments
from genai_defense.proofs.network import prove
from genai_defense.proofs.proof import Verdict
from tests.proofs.kit import Body, Kit, template_proofs

_FOREIGN = Path(__file__).parents[2] / "checks" / "foreign"
_OUT = "network-out-passes-firewall"
_BACK = "network-back-passes-firewall"
_BEDROCK = "network-bedrock-passes-endpoint"
_ROUTE = "AWS::EC2::Route"
_ENDPOINT = "AWS::EC2::VPCEndpoint"
_MODEL = "AccessEndpoint"


def test_the_kit_holds(each_kit: Kit) -> None:
    proofs = each_kit.proofs(prove)
    assert not any(proof.fails for proof in proofs.values())
    assert proofs[_OUT].verdict is proofs[_BEDROCK].verdict is Verdict.HOLDS


def test_it_says_what_it_is_about(assembly_of: Callable[[str], Path]) -> None:
    assert Kit(assembly_of("dev")).proofs(prove)[_OUT].witness == "2 application subnets, no route out"
    witness = Kit(assembly_of("prod")).proofs(prove)[_OUT].witness
    assert witness.startswith("3 application subnets, 3 ways out, such as NetworkApplication1Subnet")


def test_private_endpoints_of_every_service_that_is_called_are_the_witness(each_kit: Kit) -> None:
    witness = each_kit.proofs(prove)[_BEDROCK].witness
    assert "to bedrock-runtime by AccessEndpoint" in witness
    assert "to bedrock-agent-runtime by RetrievalEndpoint" in witness


def _around(target: str) -> Callable[[Kit], None]:
    def bend(kit: Kit) -> None:
        table = kit.one(_ROUTE, "ApplicationToFirewall1")["RouteTableId"]
        properties = {"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", target: "somewhere"}
        kit.add("Network", "Around", _ROUTE, properties)

    return bend


def _past_the_firewall(kit: Kit) -> None:
    route = kit.one(_ROUTE, "ApplicationToFirewall2")
    del route["VpcEndpointId"]
    route["NatGatewayId"] = kit.one(_ROUTE, "FirewallToNat2")["NatGatewayId"]


def _straight_back(kit: Kit) -> None:
    kit.drop(_ROUTE, "PublicToFirewall1")


def _other_zone(kit: Kit) -> None:
    other = kit.one(_ROUTE, "PublicToFirewall2")["VpcEndpointId"]
    kit.one(_ROUTE, "PublicToFirewall1")["VpcEndpointId"] = other


def _open_policy(kit: Kit) -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    kit.one(_ENDPOINT, _MODEL)["PolicyDocument"] = {"Statement": [statement]}


def _no_policy(kit: Kit) -> None:
    del kit.one(_ENDPOINT, _MODEL)["PolicyDocument"]


def _public_names(kit: Kit) -> None:
    kit.one(_ENDPOINT, "RetrievalEndpoint")["PrivateDnsEnabled"] = False


def _no_endpoint(kit: Kit) -> None:
    kit.drop(_ENDPOINT, _MODEL)


def _chat_outside(kit: Kit) -> None:
    del kit.one("AWS::Lambda::Function", "ChatPrivate")["VpcConfig"]


@pytest.mark.parametrize(
    ("bend", "claim", "names"),
    [
        (_around("VpcPeeringConnectionId"), _OUT, "NetworkApplication1Subnet"),
        (_around("TransitGatewayId"), _OUT, "transit gateway 'somewhere' by Around"),
        (_around("GatewayId"), _OUT, "by Around"),
        (_past_the_firewall, _OUT, "NetworkApplication2Subnet"),
        (_chat_outside, _OUT, "ChatPrivateFunction"),
        (_straight_back, _BACK, "NetworkApplication1Subnet"),
        (_other_zone, _BACK, "us-east-1b"),
        (_open_policy, _BEDROCK, "AccessEndpoint"),
        (_no_policy, _BEDROCK, "AccessEndpoint"),
        (_public_names, _BEDROCK, "RetrievalEndpoint"),
        (_no_endpoint, _BEDROCK, "ChatPrivateFunction"),
        (_chat_outside, _BEDROCK, "ChatPrivateFunction"),
    ],
)
def test_what_is_taken_away_is_found_and_named(
    kit: Kit, bend: Callable[[Kit], None], claim: str, names: str
) -> None:
    bend(kit)
    proof = kit.proofs(prove)[claim]
    assert proof.verdict is Verdict.FAILS
    assert any(names in each for each in proof.counterexamples)


def test_without_a_way_out_and_without_an_endpoint_nothing_reaches_bedrock(
    assembly_of: Callable[[str], Path],
) -> None:
    dev = Kit(assembly_of("dev"))
    dev.drop(_ENDPOINT, _MODEL)
    proof = dev.proofs(prove)[_BEDROCK]
    assert proof.verdict is Verdict.HOLDS
    assert "to bedrock-runtime: no way at all" in proof.witness


def _subnet(**vpc: Any) -> Body:
    return {"Type": "AWS::EC2::Subnet", "Properties": vpc}


def test_routes_that_stand_elsewhere_are_unknown_and_fail() -> None:
    """A subnet in a network of somebody else has a main route table that nobody sees."""
    body = {"Parameters": {"Vpc": {"Type": "String"}}, "Resources": {"App": _subnet(VpcId={"Ref": "Vpc"})}}
    proof = template_proofs(prove, body)[_OUT]
    assert proof.verdict is Verdict.UNKNOWN
    assert proof.fails
    assert proof.counterexamples[0].startswith("App uses the main route table")


def test_a_subnet_of_load_balancers_is_no_application_subnet_unless_something_runs_there() -> None:
    balancer = {
        "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "Properties": {"Subnets": [{"Ref": "Pub"}]},
    }
    resources: Body = {
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        "Pub": _subnet(VpcId={"Ref": "Vpc"}, CidrBlock="10.0.0.0/24"),
        "Balancer": balancer,
    }
    assert template_proofs(prove, {"Resources": resources})[_OUT].verdict is Verdict.NOT_APPLICABLE
    instance = {"Type": "AWS::EC2::Instance", "Properties": {"SubnetId": {"Ref": "Pub"}}}
    assert (
        template_proofs(prove, {"Resources": {**resources, "Host": instance}})[_OUT].verdict is Verdict.HOLDS
    )


def test_a_deployment_without_a_network_has_nothing_to_prove() -> None:
    body = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
    proofs = template_proofs(prove, body)
    assert {proof.verdict for proof in proofs.values()} == {Verdict.NOT_APPLICABLE}
    assert not any(proof.fails for proof in proofs.values())


@pytest.mark.parametrize(
    ("file", "claim", "verdict"),
    [
        ("sam_chat.yaml", _BEDROCK, Verdict.FAILS),
        ("data_heavy_rag.yaml", _OUT, Verdict.NOT_APPLICABLE),
        ("terraform_style.json", _BEDROCK, Verdict.HOLDS),
        ("assistant.template.json", _OUT, Verdict.FAILS),
    ],
)
def test_foreign_templates_are_understood(file: str, claim: str, verdict: Verdict) -> None:
    (deployment,) = read_deployments(_FOREIGN / file)
    assert {proof.id: proof.verdict for proof in prove(deployment)}[claim] is verdict
