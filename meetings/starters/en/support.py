"""Someone to call or text in the United States, warm lines first.

Numbers, hours and rules change: a person checks each one before a release, and each group checks
its own list. What we do not know about a line, its label says.
"""

from meetings.starters.shapes import StarterLine

SUPPORT_LINES: dict[str, StarterLine] = {
    "warm-line": StarterLine(
        "Your local warm line (to be filled in)",
        "No number here yet",
        "Peers who have been there answer most warm lines. Each group adds its own. "
        "The list at warmline.org goes by state.",
        "To be filled in by the group",
        "Each warm line has its own rules. The group asks, and writes the answer here.",
    ),
    "nami": StarterLine(
        "NAMI HelpLine",
        "Call 1-800-950-6264; text HELPLINE to 62640",
        "Trained staff and volunteers. Mental health struggles have touched their lives too. "
        "They listen, and help you find care and groups.",
        "Monday to Friday, 10 am to 10 pm Eastern time",
        "It is not a crisis line. We do not know when they call for emergency help. "
        "You can ask them first.",
    ),
    "trans-lifeline": StarterLine(
        "Trans Lifeline",
        "Call 1-877-565-8860",
        "Trans people answer, for trans people and for anyone who has questions about "
        "their gender. You do not have to be in a crisis.",
        "Monday to Friday, 10 am to 6 pm Pacific time; hours may change",
        "They say that they do not call 911 or the police unless you ask them to.",
    ),
    "safespot": StarterLine(
        "SafeSpot, for when you use alone",
        "Call 1-800-972-0590",
        "Trained people who know overdose from their own lives. They stay on the line with you. "
        "They may record the call and erase it later.",
        "Day and night, all year",
        "If you stop talking, they send help. You choose first if that is a friend or 911.",
    ),
    "988": StarterLine(
        "988 Suicide & Crisis Lifeline",
        "Call or text 988",
        "Trained counselors, for any hard time with moods, thoughts, drugs or drink. "
        "There is a chat at 988lifeline.org too.",
        "Day and night, all year",
        "If they think a life is at risk right now, they may call for emergency help. "
        "Most calls do not end that way.",
    ),
    "veterans": StarterLine(
        "Veterans Crisis Line",
        "Call 988 and press 1; text 838255",
        "Trained counselors who know life in the forces. It is for veterans, for those who serve, "
        "and for people close to them.",
        "Day and night, all year",
        "If they think a life is at risk right now, they may call for emergency help.",
    ),
    "crisis-text-line": StarterLine(
        "Crisis Text Line",
        "Text HOME to 741741",
        "Trained volunteers who write back by text. Good for when you can’t talk out loud.",
        "Day and night, all year",
        "If they think a life is at risk right now, they may call for emergency help. "
        "Most texts do not end that way.",
    ),
    "trevor": StarterLine(
        "The Trevor Project",
        "Call 1-866-488-7386; text START to 678-678",
        "Trained counselors, for young people who are LGBTQ or not sure.",
        "Day and night, all year",
        "If they think a life is at risk right now, they may call for emergency help.",
    ),
    "samhsa": StarterLine(
        "SAMHSA National Helpline",
        "Call 1-800-662-4357",
        "Staff who tell you about care and groups near you, for free. "
        "It is not a line for long talks.",
        "Day and night, all year",
        "It is there to help you find care. We do not know when they call for emergency help. "
        "You can ask them first.",
    ),
    "911": StarterLine(
        "Emergency number",
        "Call 911",
        "A dispatcher, for when a life is in danger right now. Some places take texts to 911 too.",
        "Day and night, all year",
        "They may send an ambulance, the fire crew or the police.",
    ),
}
