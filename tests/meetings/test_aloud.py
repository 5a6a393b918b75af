"""A facilitator sees at a glance what to say and what is only a note to her."""

from meetings.templatetags.aloud import lines_aloud


def test_each_line_of_a_script_stands_alone():
    assert lines_aloud("Hello.\n\nI am a peer too.") == [
        [(True, "Hello.")],
        [(True, "I am a peer too.")],
    ]


def test_a_note_in_brackets_is_not_said_aloud():
    assert lines_aloud("[Wait.] Is anyone not okay with this?") == [
        [(False, "Wait."), (True, "Is anyone not okay with this?")]
    ]


def test_a_bracket_left_open_is_read_as_it_stands():
    assert lines_aloud("We begin [slowly.") == [[(True, "We begin [slowly.")]]
