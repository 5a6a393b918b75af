"""What simulated people are called and what they say: ours, plain and warm."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# First names only, from many places. An empty one is someone who gives none.
NAMES: tuple[Words, ...] = (
    _("River"),
    _("Amina"),
    _("Joe"),
    "",
    _("Mei"),
    _("Tomás"),
    _("Sunny"),
    _("Grace"),
    _("Kofi"),
    _("Ines"),
    _("Pat"),
    _("Dae"),
    _("Noor"),
    "",
    _("Walt"),
    _("Leilani"),
    _("Sasha"),
    _("Ruth"),
    _("Bodhi"),
    _("Yusuf"),
)

# For the agreement: what someone needs, so that it is easier to be here.
SUGGESTIONS: tuple[Words, ...] = (
    _("Cameras can stay off. A voice is plenty."),
    _("We start on time and end on time, so that we can plan the rest of the day."),
    _("It is okay to cry, to laugh and to say nothing."),
    _("We say what helped us. We do not tell each other what to do."),
    _("If a topic is too much, we say “pause”, and we pause."),
    _("We use plain words, and explain the ones that are not."),
    _("A slip is talked about with care, like any other hard day."),
    _("We say goodbye when we leave early, so that nobody worries."),
    _("Pets and children may walk through the picture."),
    _("We thank each person who shared, and move on gently."),
    _("Faith is welcome here, and so is having none."),
    _("We ask people which words they use for themselves."),
    _("Five minutes each, so that the quiet ones get a turn too."),
    _("We do not compare who had it harder."),
)

# For any question that is answered in one's own words.
ANSWERS: tuple[Words, ...] = (
    _("A bit better than last week."),
    _("Tired, and glad to be here."),
    _("One day at a time."),
    _("My sister called. That helped."),
    _("Hard to say. I am here, that is something."),
    _("I slept well for once."),
    _("A lot on my mind, but not alone with it."),
    _("Small walks keep me going."),
    _("Hopeful today."),
    _("I would like it quieter in my head."),
)
