"""The fixed words that pages show, written for someone who may be tired, new or afraid.

Each constant says where it shows. Nothing here depends on a group or a person; what a
group may change lives in `starters.py` and then in its own rows.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
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

# Beside the box where a facilitator edits limits_text; never on a phone.
LIMITS_NOTE = _(
    "This is an example. What you must report depends on your role and where you live. "
    "Change these words until they are true for you."
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

# --- Check-in -------------------------------------------------------------------------


def checkin_promise(floor: int, *, screened: bool = False) -> str:
    """What a phone says before anyone answers: who sees it, when, the floor, any screening."""
    promise = gettext(
        "We all see the answers at once, when the question closes, and only if at least "
        "%(floor)d people answer. No name, time or order is stored."
    ) % {"floor": floor}
    if screened:
        promise += " " + gettext("Your facilitator reads the words first and may hold some back.")
    return promise


# With free text, which a small room may recognise.
UNSIGNED_NOTE = _("Your words go out with no name. In a small room, people may still guess.")
# On the laptop, before asking: the prompt is offered as a spoken round.
TOO_FEW_TO_ASK = _("There are too few phones to keep answers nameless. You could go round aloud.")
# On every screen, after closing below the floor.
TOO_FEW_ANSWERED = _(
    "Too few answered to keep it nameless, so the answers are gone. We could go round aloud."
)
# On a phone, after an answer and after a pass alike: the two must look the same.
ANSWER_TAKEN = _("Thank you. We wait for the others now.")

# On the laptop after every feelings prompt: words to say to the whole room, any or all.
AFTER_FEELINGS_INTRO = _("Speak to everyone, not to one person. You could say:")
AFTER_FEELINGS: tuple[Words, ...] = (
    _("“Thank you for being honest. Some of us may have a hard day, and some a good one.”"),
    _("“If today is hard for you, you are not the only one here.”"),
    _("“You do not have to say which answer was yours.”"),
    _("“If you want to talk with one of us, find me when we end, or send me a private signal.”"),
    _("“There are people you can call or text. Tap Help to see the list.”"),
)
PUT_LINES_ON_PHONES = _("Put the support lines on every phone")

# --- Steps ----------------------------------------------------------------------------

# The title of a new step until the group gives it its own.
STEP_TITLES: dict[str, Words] = {
    "welcome": _("Welcome"),
    "silence": _("A quiet minute"),
    "reading": _("Reading"),
    "agreement": _("Our Comfort Agreement"),
    "checkin": _("Anonymous check-in"),
    "round": _("Check-in round"),
    "sharing": _("Open sharing"),
    "topic": _("Topic"),
    "speaker": _("Speaker"),
    "grounding": _("Grounding"),
    "break": _("Break"),
    "announcements": _("Announcements"),
    "closing": _("Closing"),
}

# In the lobby and under “next”: one line on what such a step is like.
COMES_NEXT: dict[str, Words] = {
    "welcome": _("We say hello and hear how the time will go."),
    "silence": _("We sit still for a short while. There is nothing to do."),
    "reading": _("We read aloud, part by part. You can read one, or just listen."),
    "agreement": _("We look at what each of us needs to feel okay here."),
    "checkin": _("You get one question on your phone. Answer with no name, or pass."),
    "round": _("We go around. Say a few words when it is your turn, or pass."),
    "sharing": _("There is time to speak. Tap Hand if you want a turn."),
    "topic": _("We talk about one thing together. You can just listen."),
    "speaker": _("One person tells their story, and we listen."),
    "grounding": _("We slow down and find our feet again."),
    "break": _("We take a short break. Stretch, drink some water, come back."),
    "announcements": _("We hear some short news for the group."),
    "closing": _("We wrap up and say goodbye."),
}

# --- Kind words at awkward moments ----------------------------------------------------

# Unknown, ended and locked codes answer alike, so one text must be true for all three.
CODE_NOT_OPEN = _("This code does not open a meeting right now. Check it, or ask your facilitator.")
# While each person is let in by hand.
AT_THE_DOOR = _("You’re at the door. Someone will let you in soon.")
# In the lobby.
LOBBY = _("You’re in. We start soon. Take a breath and get comfortable.")
# To a phone that was removed.
REMOVED = _(
    "You have been asked to step out of this meeting. That can feel hard. "
    "The support lines are still here for you."
)
# On Pause, over the quiet screen.
PAUSED = _("This is your time. No one is told. Come back when you are ready.")
# The sender's phone, once the facilitator or the deputy has seen a private signal, of any kind.
SIGNAL_SEEN = _("This has been seen. Thank you for letting us know.")
# On a phone when the embedded laptop sleeps.
LAPTOP_AWAY = _("The laptop is away. Carry on together. Help still works.")
# On a phone when no facilitator is connected and no deputy was named.
FACILITATOR_AWAY = _("Your facilitator’s line dropped. Carry on together till they are back.")
# “Kind words for all”: the facilitator may put one of these on every phone.
KIND_WORDS: tuple[Words, ...] = (
    _("Let’s all take one slow breath together."),
    _("Let’s slow down. Each of us gets to finish."),
    _("Take care of yourself first. It is fine to step out."),
    _("Let’s look at our agreement for a moment."),
    _("Thank you for staying with each other."),
)

# --- The ended page: the receipt ------------------------------------------------------

ENDED_TITLE = _("The meeting has ended.")
ENDED_THANKS = _("Thank you for being here. Go gently.")
# In place of the thanks and of NOT_KEPT when a phone cleared itself after 15 minutes without
# the laptop: a laptop that sleeps has not forgotten yet.
ENDED_AWAY = _(
    "We lost touch with the laptop, so this page cleared itself. "
    "The laptop lets go of the rest when it wakes."
)
KEPT_TITLE = _("What the group keeps")
KEPT: tuple[Words, ...] = (
    _("The plan for its meetings, and when they are."),
    _("Its readings, its questions and its support lines."),
    _("The agreement we set, by date, with no names on it."),
    _("Any wording we put aside for next time, with no names on it."),
    _("The names facilitators use to sign in."),
)
NOT_KEPT_TITLE = _("What is gone")
NOT_KEPT: tuple[Words, ...] = (
    _("Your name, and that you came."),
    _("Your answers, and which questions were asked."),
    _("Who spoke, who read, who raised a hand and who passed."),
    _("Any private signal you sent."),
)
# Under both lists: what only the person can do.
ENDED_PHONE = _("Your phone may still list this site in its history. You can delete it there.")
ENDED_LINES = _("If you want to talk with someone now, these lines are here for you.")
