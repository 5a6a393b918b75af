import pytest

from meetings.templatetags.contacts import ways


def links(contact: str) -> list[tuple[str, str]]:
    return [(way.href, way.text) for way in ways(contact)]


def test_a_number_to_call_can_be_tapped() -> None:
    assert links("Call 1-800-662-4357") == [("tel:18006624357", "Call 1-800-662-4357")]


def test_a_bare_number_is_one_to_call() -> None:
    assert links("+44 20 7946 0000") == [("tel:+442079460000", "Call +44 20 7946 0000")]


def test_a_line_that_takes_both_offers_both() -> None:
    assert links("Call or text 988") == [("tel:988", "Call 988"), ("sms:988", "Text 988")]


def test_the_word_that_a_text_line_waits_for_is_written_already() -> None:
    assert links("Text HOME to 741741") == [("sms:741741?body=HOME", "Text HOME to 741741")]


def test_a_text_line_without_a_word_is_left_empty() -> None:
    assert links("text 85258") == [("sms:85258", "Text 85258")]


@pytest.mark.parametrize("contact", ["", "No number here yet", "Ask at room 12", "12"])
def test_without_a_number_there_is_nothing_to_tap(contact: str) -> None:
    assert links(contact) == []


def test_nothing_but_digits_reaches_the_address() -> None:
    assert links('Call 555-01"00') == [("tel:55501", "Call 555-01")]


def test_two_numbers_of_one_line_are_two_ways() -> None:
    assert links("Call 988 and press 1; text 838255") == [
        ("tel:988", "Call 988, then press 1"),
        ("sms:838255", "Text 838255"),
    ]


def test_a_contact_in_spanish_leads_to_the_same_places() -> None:
    assert links("Llama al 988 y oprime 2; manda AYUDA al 988") == [
        ("tel:988", "Call 988, then press 2"),
        ("sms:988?body=AYUDA", "Text AYUDA to 988"),
    ]
