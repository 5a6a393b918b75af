"""The fixed words that pages show, written for someone who may be tired, new or afraid.

Each constant says where it shows. Nothing here depends on a group or a person; what a
group may change lives in `starters` and then in its own rows. What belongs to one page or one
region stands in its template.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Card:
    """One short card at the door: a title and its paragraphs."""

    title: Words
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True)
class Breath:
    """One half of a paced breath: what to do, and for how many seconds."""

    text: Words
    seconds: int


# --- Home and joining -----------------------------------------------------------------

# Home and `/j/CODE`: above the field for a name.
JOIN_TITLE = _("You’re welcome here, just as you are.")
JOIN_PROMISE = _("No account. No recording. Nothing about you is kept when the meeting ends.")
# Under the field for a name.
NAME_HINT = _("A first name or any name you like. You may leave it blank.")

# --- The three cards at the door, for late joiners too --------------------------------

STAYS_HERE = Card(
    _("What stays here"),
    (
        _("The names, faces and stories in this room stay in this room."),
        _("Take home what you learned. Leave behind who said it."),
        _("No one can promise this for every person here. Share what feels okay to share."),
    ),
)

# Card two: this line, then the group's own limits_text.
LIMITS_TITLE = _("My limits today")
LIMITS_INTRO = _(
    "There are limits to what your facilitator can keep private. "
    "You can ask about them at any time."
)


APP_KEEPS = Card(
    _("What this app keeps"),
    (
        _(
            "It keeps what belongs to the group. That is the plan, the readings, the questions, "
            "the support lines and our agreement."
        ),
        _(
            "It does not keep what belongs to you: your name, your answers, your raised hand "
            "or that you came. It holds them only while we meet."
        ),
        _("Your own phone may still list this site in its history."),
    ),
)

# Last line of card three, only over plain HTTP.
PLAIN_WIFI = _(
    "Others on this Wi-Fi could read along if they know how and choose to try. "
    "If that worries you, keep it to your voice and leave the phone aside."
)

# The one button under the cards. No count and no name goes with it.
CARDS_HEARD = _("I’ve heard this")


def door_cards(limits_text: str, *, plain_http: bool) -> tuple[Card, Card, Card]:
    """The three cards in order, with the group's own limits and, on plain HTTP, the Wi-Fi line."""
    limits = tuple(line.strip() for line in limits_text.splitlines() if line.strip())
    keeps = APP_KEEPS
    if plain_http:
        keeps = Card(keeps.title, (*keeps.paragraphs, PLAIN_WIFI))
    return STAYS_HERE, Card(LIMITS_TITLE, (LIMITS_INTRO, *limits)), keeps


# --- /what-happens --------------------------------------------------------------------

WHAT_HAPPENS_TITLE = _("What happens in a meeting")
WHAT_HAPPENS_INTRO = _(
    "It is okay to be nervous. You do not have to speak, and you can leave at any time."
)
WHAT_HAPPENS: tuple[Words, ...] = (
    _("You come in with any name you like, or none. It is fine to be late."),
    _("Someone says hello and tells us how the time will go."),
    _("We read a short page aloud. You can read a part, or just listen."),
    _("We look at our agreement. It is a short list of what helps us feel okay together."),
    _("There may be a question on your phone. Answer without your name, or pass."),
    _("We go around, and each of us can say a few words. You can pass. No one will ask why."),
    _("Then we share. Tap Hand if you want to speak. At the end, we say goodbye together."),
)
WHAT_HAPPENS_CLOSE = _("If it gets to be too much, tap Pause for a quiet minute, or tap Help.")

# --- Pause and Help: kept on the phone, so they work with the network off ---------------

BREATHING_TITLE = _("Slow breathing")
BREATHING_INTRO = _("Put your feet on the floor if you can. Let your shoulders drop.")
# Shown in turn, again and again.
BREATHING: tuple[Breath, ...] = (
    Breath(_("Breathe in, slow and soft."), 4),
    Breath(_("Breathe out, a bit longer."), 6),
)
BREATHING_CLOSE = _(
    "Keep going for as long as it helps. If it does not feel good, stop and breathe your own way."
)

SENSES_TITLE = _("Five, four, three, two, one")
SENSES_INTRO = _(
    "Look around, take your time, and name things to yourself. Skip what does not fit."
)
SENSES: tuple[Words, ...] = (
    _("Five things you can see."),
    _("Four things you can touch."),
    _("Three things you can hear."),
    _("Two things you can smell."),
    _("One thing you can taste, or one thing you like."),
)
SENSES_CLOSE = _("You are here, in this room, in this minute. You can do it again if you like.")

HELP_TITLE = _("Help")
HELP_INTRO = _(
    "Most of these are for any hard day, not just for danger. Pick what feels right to you."
)
# Above the list: opening Help is silent.
HELP_SILENT = _("No one in the room is told that you opened this page.")
# Below the list: rules change, and a label is only as good as what the group knows.
HELP_RULES = _("Each line has its own rules. You can ask what theirs are before you give a name.")

# --- Questions ------------------------------------------------------------------------

# The two answers to a yes/no question, on phones and in the picture.
YES_NO_ANSWERS: dict[str, Words] = {"yes": _("Yes"), "no": _("No")}

# --- Kind words at awkward moments ----------------------------------------------------

# Unknown, ended and locked codes answer alike, so one text must be true for all three.
CODE_NOT_OPEN = _("This code does not open a meeting right now. Check it, or ask your facilitator.")
# Too many wrong codes were tried: short ones, right or wrong, are not looked at for a while.
CODE_IS_SHORT = _(
    "Many wrong codes are being tried right now, so yours needs four more letters. They are at the "
    "end of the address on the laptop. You can also scan the square there, or wait a minute."
)
# On Pause, over the quiet screen.
PAUSED = _("This is your time. No one is told. Come back when you are ready.")
# On a phone when the embedded laptop sleeps.
LAPTOP_AWAY = _("The laptop is away. Carry on together. Help still works.")
