"""What a new group says about itself: its name, its limits, crosstalk and cameras."""

from meetings.starters.shapes import GroupLines

LINES = GroupLines(
    facilitator_name="Facilitator",
    group_name="Wednesday Dual Recovery",
    agreement_title="Comfort Agreement",
    agenda_name="{name}, {minutes} minutes",
    limits=(
        "I keep what you say to myself, but there are limits.",
        "If I think that someone is in real danger, I may need to get help.",
        "A child may be at risk, or an adult who needs care. "
        "If I hear of that, I may have to report it.",
        "If I can, I will talk with you first. Ask me before you share if you are not sure.",
    ),
    crosstalk=(
        "We listen to each share and do not reply. If you would like ideas, just ask.",
        "We listen to each share and do not reply. We can talk more when we are done.",
        "You can answer each other here. Speak from your own life, and ask before you give advice.",
    ),
    camera=(
        "Camera on or off: both are fine. We take no pictures and record nothing.",
        "If you can, turn your camera on while you check in. After that it is up to you.",
        "Find a place where no one can look on or listen in. Headphones help.",
    ),
)
