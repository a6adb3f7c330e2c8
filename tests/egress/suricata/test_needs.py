import pytest

from tests.egress.suricata.needs import missing_tools, need


def test_ci_never_leaves_these_tests_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="suricata, ip, iptables, curl, openssl missing"):
        need(missing_tools())


def test_elsewhere_they_are_left_out_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="MEET NO TRAFFIC"):
        need("no engine")


def test_nothing_is_left_out_where_nothing_is_missing() -> None:
    need("")
