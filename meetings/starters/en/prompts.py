"""Check-in questions. Answers run from one end to the other, so that neighbours belong together."""

from meetings.starters.shapes import PromptWords

PROMPTS: dict[str, PromptWords] = {
    "arriving": PromptWords(
        "How are you arriving today?",
        ("On solid ground", "Getting by", "Carrying a lot", "Having a hard day"),
    ),
    "energy": PromptWords(
        "How much is in your tank right now?",
        ("Plenty", "Enough for today", "Running low", "Close to empty"),
    ),
    "sleep": PromptWords(
        "How did you sleep this week?",
        ("Well, most nights", "Up and down", "Badly, most nights"),
    ),
    "care": PromptWords(
        "Which of your recoveries needs more care this week?",
        ("My mental health", "My life with drink, drugs or habits", "Both the same", "Not sure"),
    ),
    "company": PromptWords(
        "How many people did you really talk with this week?",
        ("A good few", "One or two", "Just this group", "No one yet"),
    ),
    "needs": PromptWords(
        "What would help you most from us today?",
        ("To be heard", "Ideas that worked for others", "A laugh", "Quiet company"),
    ),
    "topic": PromptWords(
        "What would you like us to talk about today?",
        (
            "Sleep, moods and worry",
            "Urges and cravings",
            "The people close to us",
            "Work, money or a place to live",
            "What gives us hope",
        ),
    ),
    "pace": PromptWords(
        "How is the pace of our meetings for you?",
        ("Too slow", "Just right", "Too fast"),
    ),
    "support": PromptWords(
        "How much support have you felt around you this week?",
        ("Hardly any", "A little", "Some", "Quite a lot", "Plenty"),
    ),
    "weight": PromptWords(
        "How heavy has this week been?",
        ("Light", "A little heavy", "Heavy", "Very heavy", "Almost too much"),
    ),
    "urges": PromptWords(
        "How strong have urges or cravings been this week?",
        ("Not there", "Faint", "Now and then strong", "Often strong", "Strong all the time"),
    ),
    "hope": PromptWords(
        "How much hope do you have for the week ahead?",
        ("None I can feel", "A little", "Some", "Quite a lot", "Plenty"),
    ),
    "kindness": PromptWords(
        "How kind have you been to yourself this week?",
        ("Not at all", "A little", "Now and then", "Mostly kind", "Very kind"),
    ),
    "ease": PromptWords(
        "How at ease do you feel in this group?",
        ("Not yet", "A little", "Fairly", "Very much"),
    ),
    "useful": PromptWords(
        "How useful was today for you?",
        ("Not really", "A little", "Quite", "Very"),
    ),
    "rest": PromptWords("Did you do one kind thing for yourself this week?"),
    "someone": PromptWords("Is there someone you could call tonight if it got hard?"),
    "fed": PromptWords("Have you had some food and some water today?"),
    "ideas": PromptWords("Would you like to hear ideas from others today?"),
    "agreement": PromptWords("Does our agreement still work for you?"),
    "feelings": PromptWords(
        "Which words fit how you feel right now?",
        (
            "Hopeful",
            "Tired",
            "Calm",
            "Worried",
            "Glad",
            "Lonely",
            "Proud",
            "Angry",
            "Thankful",
            "Sad",
            "Restless",
            "Numb",
        ),
    ),
    "body": PromptWords(
        "Which words fit your body right now?",
        (
            "Warm",
            "Tense",
            "Loose",
            "Heavy",
            "Rested",
            "Shaky",
            "Light",
            "Sore",
            "Awake",
            "Worn out",
        ),
    ),
    "helps": PromptWords(
        "What helps you on a hard day?",
        (
            "Music",
            "A walk",
            "A friend",
            "Sleep",
            "Good food",
            "A laugh",
            "Quiet",
            "My pet",
            "Writing",
            "A shower",
            "A meeting",
            "My care plan",
        ),
    ),
    "strengths": PromptWords(
        "Which of your strengths showed up this week?",
        (
            "Patience",
            "Humor",
            "Courage",
            "Kindness",
            "Honesty",
            "Asking for help",
            "Saying no",
            "Getting up",
            "Trying again",
            "Listening",
        ),
    ),
    "leaving": PromptWords(
        "Which words fit how you leave today?",
        (
            "Lighter",
            "Tired",
            "Stirred up",
            "Calm",
            "Heard",
            "Unsure",
            "Hopeful",
            "Sad",
            "Less alone",
            "Ready to rest",
        ),
    ),
    "helped": PromptWords("What is one small thing that helped you this week?"),
    "newcomer": PromptWords("What would you say to someone who is here for the first time?"),
    "bring": PromptWords("What would you like us to talk about, today or some other day?"),
    "easier": PromptWords("What would make it easier for you to be in this group?"),
}
