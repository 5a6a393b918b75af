"""Settings fail loudly: each helper names its variable and shows no value."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from facilitator import env

NAME = "FACILITATOR_TEST_ONLY"


@pytest.fixture(params=["unset", "", "   "])
def empty(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if request.param != "unset":
        monkeypatch.setenv(NAME, request.param)


@pytest.mark.usefixtures("empty")
def test_what_is_unset_or_empty_has_its_default(tmp_path: Path) -> None:
    assert env.text(NAME, "calm") == "calm"
    assert env.boolean(NAME) is False
    assert env.boolean(NAME, default=True) is True
    assert env.whole_number(NAME, default=8000) == 8000
    assert env.names(NAME) == []
    assert env.folder(NAME, default=tmp_path / "x") == tmp_path / "x"


@pytest.mark.parametrize("word", ["1", "true", "YES", "On", " 1 "])
def test_yes_is_said_in_four_ways(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, word)
    assert env.boolean(NAME) is True


@pytest.mark.parametrize("word", ["0", "false", "NO", "Off"])
def test_no_is_said_in_four_ways(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, word)
    assert env.boolean(NAME, default=True) is False


def test_a_list_is_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "a.example, b.example")
    assert env.names(NAME) == ["a.example", "b.example"]


def test_a_home_folder_may_be_written_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "~/meetings")
    assert env.folder(NAME, default=Path("x")) == Path.home() / "meetings"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.text(NAME), "SECRET\nSECOND"),
        (lambda: env.boolean(NAME), "SECRET"),
        (lambda: env.boolean(NAME), "2"),
        (lambda: env.whole_number(NAME, default=1), "SECRET"),
        (lambda: env.whole_number(NAME, default=1), "-1"),
        (lambda: env.whole_number(NAME, default=1), "1_000"),
        (lambda: env.whole_number(NAME, default=1), "٣"),
        (lambda: env.whole_number(NAME, default=1, most=65535), "65536"),
        (lambda: env.whole_number(NAME, default=5, least=5), "4"),
        (lambda: env.names(NAME), "SECRET,,b"),
        (lambda: env.folder(NAME, default=Path("x")), __file__),
    ],
)
def test_an_odd_value_is_refused_by_name(
    read: object, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, value)
    assert callable(read)
    with pytest.raises(ImproperlyConfigured) as refused:
        read()
    assert NAME in str(refused.value)
    assert "SECRET" not in str(refused.value)
