"""The first group's words: an agenda, readings, prompts, support lines and statements to tap.

They are a start, in our own words. All of it lands in the group's own rows, for it to change.
In the facilitator's lines, [brackets] say what to do; the rest is to be said.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from meetings.words import Words


@dataclass(frozen=True)
class StarterLine:
    """Someone to call or text, with an honest label: who answers, when, and who they may send."""

    name: Words
    contact: Words
    who: Words
    hours: Words
    emergency: Words


@dataclass(frozen=True)
class StarterPrompt:
    """A check-in question with its answers to choose from."""

    kind: str
    question: Words
    options: tuple[Words, ...]
    feelings: bool


@dataclass(frozen=True)
class StarterStep:
    """One agenda step: what phones show, and the facilitator's own lines."""

    kind: str
    title: Words
    minutes: int
    text: Words
    script: tuple[Words, ...]
    reading: str = ""
    prompt: str = ""


FACILITATOR_NAME = _("Facilitator")
GROUP_NAME = _("Wednesday Dual Recovery")
SHOWN_NAME = _("Meeting")
AGREEMENT_TITLE = _("Comfort Agreement")
AGENDA_NAME = _("Thirty minutes")

# An example for the second card at the door: the facilitator changes it until it is true.
LIMITS_TEXT: tuple[Words, ...] = (
    _("I keep what you say to myself, but there are limits."),
    _("If I think that someone is in real danger, I may need to get help."),
    _(
        "A child may be at risk, or an adult who needs care. "
        "If I hear of that, I may have to report it."
    ),
    _("If I can, I will talk with you first. Ask me before you share if you are not sure."),
)

# On every phone while people share.
CROSSTALK_LINE = _("We listen to each share and do not reply. If you would like ideas, just ask.")

# Suggestions to tap, not rules: a group adopts, rewords or leaves each one.
STATEMENTS: tuple[Words, ...] = (
    _("What we hear here stays here, and so does who was here."),
    _("We leave out the names of people who are not in the room."),
    _("We speak from our own lives, not for other people."),
    _("We make room for both recoveries, and for how each one touches the other."),
    _("You can pass at any time. No one will ask why."),
    _("One voice at a time. We let each person finish."),
    _("If you step out, a thumbs-up lets us know you are okay."),
    _("We talk about how it felt. We leave out methods and amounts."),
    _("There are many ways to recover. We respect them all."),
    _("Medicine is each person’s own business. We leave that choice to them."),
    _("All feelings are welcome here. Tears and laughter are too."),
    _("Our phones are for the meeting only. We take no photos and record nothing."),
    _("We ask before we give advice."),
    _("Quiet is okay. We do not rush to fill it."),
    _("No one has to share a label, a date or their past to belong."),
    _("If some words hurt, we may say so, and we try to listen."),
    _("We share the time, so that each of us can have a turn."),
    _("First day or tenth year, each of us counts the same."),
)

# Facts are for the United States; numbers and rules change, so each group checks its own list.
SUPPORT_LINES: tuple[StarterLine, ...] = (
    StarterLine(
        _("Your local warm line (to be filled in)"),
        _("No number here yet"),
        _("Most warm lines are answered by peers who have been there. Each group adds its own."),
        _("To be filled in by the group"),
        _("Each warm line has its own rules. The group asks, and writes the answer here."),
    ),
    StarterLine(
        _("988 Suicide & Crisis Lifeline"),
        _("Call or text 988"),
        _("Trained counselors, for any hard time with moods, thoughts, drugs or drink."),
        _("Day and night, all year"),
        _(
            "If they think a life is at risk right now, they may call for emergency help. "
            "Most calls do not end that way."
        ),
    ),
    StarterLine(
        _("Crisis Text Line"),
        _("Text HOME to 741741"),
        _("Trained volunteers who write back by text. Good for when you can’t talk out loud."),
        _("Day and night, all year"),
        _(
            "If they think a life is at risk right now, they may call for emergency help. "
            "Most texts do not end that way."
        ),
    ),
    StarterLine(
        _("SAMHSA National Helpline"),
        _("Call 1-800-662-4357"),
        _(
            "Staff who tell you about care and groups near you, for free. "
            "It is not a line for long talks."
        ),
        _("Day and night, all year"),
        _(
            "It is there to help you find care. We do not know when they call for emergency help. "
            "You can ask them first."
        ),
    ),
    StarterLine(
        _("Emergency number"),
        _("Call 911"),
        _(
            "A dispatcher, for when a life is in danger right now. "
            "Some places take texts to 911 too."
        ),
        _("Day and night, all year"),
        _("They may send an ambulance, the fire crew or the police."),
    ),
)

WELCOME = "welcome"
CONFIDENTIALITY = "confidentiality"
HOW_WE_SHARE = "how we share"
CLOSING = "closing"

READINGS: dict[str, tuple[Words, tuple[Words, ...]]] = {
    WELCOME: (
        _("Welcome"),
        (
            _(
                "Welcome. We are glad you came. We are peers here. Many of us look after two "
                "recoveries: one for our mental health, and one for our life with drugs, drink "
                "or other habits. When one is hard, the other feels it. So we make room for both."
            ),
            _(
                "You do not need a label, a date or a plan to sit with us. You may be new, or "
                "back after a long time. You may feel sure, or not sure at all. You can talk, or "
                "just listen. You have a place here either way."
            ),
        ),
    ),
    CONFIDENTIALITY: (
        _("Confidentiality"),
        (
            _(
                "It is easier to speak when we feel safe. So we make each other a promise. We do "
                "not say who was here. We do not pass on the stories we hear. That goes for home, "
                "for work, for the street and for all we write online."
            ),
            _(
                "Your own story is yours, and you may tell it where you like. You may take home "
                "what you learned and what gave you hope. If we meet in town, we let the other "
                "person choose if they want to say hello."
            ),
            _(
                "Our promise has limits, and we say them out loud. A facilitator may have to act "
                "if someone is in danger. And no one can promise for the whole room. So share "
                "what feels right to you today, and keep the rest for later."
            ),
        ),
    ),
    HOW_WE_SHARE: (
        _("How we share"),
        (
            _(
                "When it is your turn, speak for yourself. Good days and bad days both belong. "
                "So do the small things. You can share one word or a few minutes. You can pass, "
                "and no one will ask why. You can ask us to come back to you."
            ),
            _(
                "Some details can stay with a person for days. So we leave out methods, amounts "
                "and the worst scenes. We talk about what it was like, what helped, and what we "
                "need now. That is plenty."
            ),
            _(
                "When someone else speaks, we listen. We do not have to fix it. We do not have "
                "to find the right words. If you would like ideas, ask for them. If you have an "
                "idea for someone, ask if they want to hear it first."
            ),
        ),
    ),
    CLOSING: (
        _("Closing"),
        (
            _(
                "Our time is almost up. Thank you for coming. Thank you for what you said, and "
                "for how you listened. What we heard stays here. If this meeting stirred things "
                "up for you, find one person to talk to today. You can also tap Help."
            ),
            _(
                "Recovery is a lot to carry, and more so when there are two. You made time for it "
                "today. That counts. Until we meet again, try to be as kind to yourself as you "
                "would be to a friend. There will be a chair for you here."
            ),
        ),
    ),
}

ARRIVING = "arriving"
SUPPORT = "support"
FEELINGS = "feelings"

PROMPTS: dict[str, StarterPrompt] = {
    ARRIVING: StarterPrompt(
        "choice",
        _("How are you arriving today?"),
        (
            _("On solid ground"),
            _("Getting by"),
            _("Carrying a lot"),
            _("Having a hard day"),
        ),
        feelings=True,
    ),
    SUPPORT: StarterPrompt(
        "scale",
        _("How much support have you felt around you this week?"),
        (_("Hardly any"), _("A little"), _("Some"), _("Quite a lot"), _("Plenty")),
        feelings=True,
    ),
    FEELINGS: StarterPrompt(
        "words",
        _("Which words fit how you feel right now?"),
        (
            _("Hopeful"),
            _("Tired"),
            _("Calm"),
            _("Worried"),
            _("Glad"),
            _("Lonely"),
            _("Proud"),
            _("Angry"),
            _("Thankful"),
            _("Sad"),
            _("Restless"),
            _("Numb"),
        ),
        feelings=True,
    ),
}

STEPS: tuple[StarterStep, ...] = (
    StarterStep(
        "welcome",
        _("Welcome"),
        2,
        _("We are glad you are here. Come in, sit where you like, and take a breath."),
        (
            _(
                "[Before the doors open: read your limits card. "
                "Change it until it is true for you.]"
            ),
            _("Hello, and welcome. I am glad to see each of you."),
            _("I am a peer too. I keep an eye on the time and on how we are doing."),
            _("We have half an hour. You can step out and come back. You can pass on anything."),
            _("You can take part with or without a phone."),
        ),
        reading=WELCOME,
    ),
    StarterStep(
        "reading",
        _("Confidentiality reading"),
        3,
        _("We read this aloud in three parts. Take one if you like, or just listen."),
        (
            _("Who would like to read a part? You can tap it on your phone, or just say so."),
            _("[Read the parts that no one takes.]"),
            _("[After part three, say your own limits in your own words.]"),
        ),
        reading=CONFIDENTIALITY,
    ),
    StarterStep(
        "agreement",
        _("Our Comfort Agreement"),
        5,
        _("What do we each need here, so that we can be real with each other?"),
        (
            _("This is our list of what helps us feel okay here. It belongs to all of us."),
            _("Is there something to keep, to change or to add?"),
            _("[If the list is still empty: pick two or three to start with, and let it grow.]"),
            _("[Before you adopt one, ask aloud and wait.] Is anyone not okay with this?"),
        ),
    ),
    StarterStep(
        "checkin",
        _("Anonymous check-in"),
        3,
        _("One question for all of us. Answer without your name, or pass."),
        (
            _("There is a question on your phone. The app keeps no link from you to your answer."),
            _("You can pass. That is fine. It looks the same from the outside."),
            _("[You do not answer this one yourself.]"),
            _(
                "[When the picture shows, speak to everyone.] "
                "If today is hard, you are not alone in it."
            ),
        ),
        prompt=ARRIVING,
    ),
    StarterStep(
        "round",
        _("Check-in round"),
        8,
        _("Say your name if you like, and a few words on how you are. You can pass."),
        (
            _("Now we go around. You have about one minute each."),
            _("Tell us how you are in one recovery, or in both. Or say “pass”."),
            _("I can go first, or someone else can."),
            _("[Do not start with someone who is here for the first time.]"),
        ),
    ),
    StarterStep(
        "sharing",
        _("Open sharing"),
        6,
        _("The floor is open. Tap Hand, or lift your own, if you want to speak."),
        (
            _("Who would like some time? Those we have not heard yet can go first."),
            _("We listen. We do not reply, unless someone asks for ideas."),
            _("[When one minute is left.] We have time for one more short share."),
        ),
    ),
    StarterStep(
        "closing",
        _("Closing"),
        3,
        _("One word or one small plan for the rest of your day. You can pass."),
        (
            _("Let’s close. One word to leave with, or one kind thing you will do for yourself."),
            _("[Read the closing aloud, or ask who would like to.]"),
            _("The support lines are under Help. They stay on your phone when we end."),
            _("When I end the meeting, the app lets go of your names and answers. Thank you."),
        ),
        reading=CLOSING,
    ),
)
