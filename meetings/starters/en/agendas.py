"""The four kinds of meeting, and every step's words: for phones, and for the facilitator to say.

In the facilitator's lines, [brackets] say what to do; the rest is to be said.
"""

from meetings.starters.shapes import StepWords, TemplateWords

TEMPLATES: dict[str, TemplateWords] = {
    "dual-recovery": TemplateWords(
        "Dual recovery",
        "We read, check in and share, with room for both recoveries in one place.",
    ),
    "twelve-step-style": TemplateWords(
        "12-step style",
        "Readings, a speaker and shares without replies, in our own words. Bring your own texts.",
    ),
    "checkin-circle": TemplateWords(
        "Check-in circle",
        "A slow start and rounds in which each person gets a turn. Good for a small group.",
    ),
    "open-discussion": TemplateWords(
        "Open discussion",
        "The group picks a topic and talks about it. Good when people like to answer each other.",
    ),
}

STEPS: dict[str, StepWords] = {
    "silence": StepWords(
        "A quiet start",
        "We begin with a quiet minute. If quiet is hard for you, just look around.",
        (
            "Let us get quiet together for a moment.",
            "[Read the first part slowly. Wait for three breaths. Read the second part.]",
            "[Let it be still for as long as feels right.]",
            "Thank you.",
        ),
    ),
    "welcome": StepWords(
        "Welcome",
        "We are glad you are here. Come in, sit where you like, and take a breath.",
        (
            "[Before the doors open: read your limits card. Change it until it is true for you.]",
            "Hello, and welcome. I am glad to see each of you.",
            "I am a peer too. I keep an eye on the time and on how we are doing.",
            "You can step out and come back. You can pass on anything. [Say when you will end.]",
            "You can take part with or without a phone.",
        ),
    ),
    "steps-welcome": StepWords(
        "Welcome",
        "We are glad you are here, whatever step you are on, or none.",
        (
            "[Before the doors open: read your limits card. Change it until it is true for you.]",
            "Hello, and welcome. I am a peer, and I keep an eye on the time.",
            "You can pass on anything. You can step out and come back. [Say when you will end.]",
            "Who would like to read the welcome? You can take one part or all of it.",
        ),
    ),
    "circle-welcome": StepWords(
        "Welcome",
        "Find a seat in the circle, in the room or on the call. You can just listen.",
        (
            "[Before the doors open: read your limits card. Change it until it is true for you.]",
            "Hello, and welcome to our circle. I am a peer, and I take my turn like everyone.",
            "We go slowly. You can pass each time. No one will ask why. [Say when you will end.]",
            "You can take part with or without a phone.",
        ),
    ),
    "open-welcome": StepWords(
        "Welcome",
        "Come in and get comfortable. Today we talk about what matters to us.",
        (
            "[Before the doors open: read your limits card. Change it until it is true for you.]",
            "Hello, and welcome. I am a peer, and I help us share the time.",
            "You can talk, or you can listen. You can step out and come back. "
            "[Say when you will end.]",
            "You can take part with or without a phone.",
        ),
    ),
    "newcomers": StepWords(
        "For those who are new",
        "A few words for people who are here for the first time. You do not have to say so.",
        (
            "Next are a few words for people who are new. You do not have to raise a hand.",
            "Who would like to read a part?",
            "[Do not ask who is new. Do not look at anyone.]",
            "If you have a question, ask me when we are done, or any time.",
        ),
    ),
    "confidentiality": StepWords(
        "Confidentiality reading",
        "We read this aloud in three parts. Take one if you like, or just listen.",
        (
            "Who would like to read a part? You can tap it on your phone, or just say so.",
            "[Read the parts that no one takes.]",
            "[After part three, say your own limits in your own words.]",
        ),
    ),
    "differences": StepWords(
        "Many ways to recover",
        "We read about how we differ, and why that is fine. Take a part if you like.",
        (
            "There are many ways to recover in this room. Who would like to read a part?",
            "[Read the parts that no one takes.]",
            "Thank you. We do not have to agree to sit together.",
        ),
    ),
    "both": StepWords(
        "Two recoveries, one person",
        "We read about why we talk about both recoveries here. Take a part if you like.",
        (
            "Now a reading on why we talk about both. Who would like a part?",
            "[Read the parts that no one takes.]",
            "Take a breath. If some of that was close to home, you are not the only one here.",
        ),
    ),
    "how-we-share": StepWords(
        "How we share",
        "Three short parts on how we talk and listen. Take one if you like.",
        (
            "Who would like to read a part of how we share?",
            "[Read the parts that no one takes.]",
            "You can always pass, and you can always ask us to come back to you.",
        ),
    ),
    "sharing-time": StepWords(
        "Sharing the time",
        "A reading on how we make room for everyone. Take a part if you like.",
        (
            "Who would like to read a part?",
            "[Read the parts that no one takes.]",
            "Today we have about [say how many] minutes each. I will show you when one is left.",
        ),
    ),
    "crosstalk": StepWords(
        "Listening to each other",
        "Two short parts on why we do not reply to shares. Take one if you like.",
        (
            "This one is about how we listen. Who would like to read a part?",
            "[Read the parts that no one takes.]",
            "If you would like ideas from us, just say so at the end of your share.",
        ),
    ),
    "path": StepWords(
        "A path in steps",
        "We read this aloud in five parts. Take one if you like, or just listen.",
        (
            "Who would like to read a part? Taking part is fine, and so is passing.",
            "[If your group has its own text, read that one in place of this.]",
            "[Read the parts that no one takes.]",
            "Thank you to all who read.",
        ),
    ),
    "hard-days": StepWords(
        "When a hard day comes",
        "A reading for days that go badly. Take a part if you like, or just listen.",
        (
            "This one is about hard days. We all have them. Who would like to read a part?",
            "[Read slowly. Leave a breath after each part.]",
            "If you are in a hard day right now, you did well to come.",
        ),
    ),
    "self-care": StepWords(
        "Care for yourself after we part",
        "Think of one kind thing you can do for yourself today. You can keep it to yourself.",
        (
            "Before we part, let us think about the next few hours. Who would like to read?",
            "[Read the parts that no one takes.]",
            "The support lines are under Help. They are for any hard day, not just for danger.",
        ),
    ),
    "agreement": StepWords(
        "Our Comfort Agreement",
        "What do we each need here, so that we can be real with each other?",
        (
            "This is our list of what helps us feel okay here. It belongs to all of us.",
            "Is there something to keep, to change or to add?",
            "[If the list is still empty: pick two or three to start with, and let it grow.]",
            "[Before you adopt one, ask aloud and wait.] Is anyone not okay with this?",
        ),
    ),
    "arriving": StepWords(
        "Anonymous check-in",
        "One question for all of us. Answer without your name, or pass.",
        (
            "There is a question on your phone. The app keeps no link from you to your answer.",
            "You can pass. That is fine. It looks the same from the outside.",
            "[You do not answer this one yourself.]",
            "[When the picture shows, speak to everyone.] "
            "If today is hard, you are not alone in it.",
        ),
    ),
    "feelings": StepWords(
        "Words for how we are",
        "Pick one to three words, without your name. Or pass.",
        (
            "On your phone are some words for how we may feel. Pick up to three, or pass.",
            "The app keeps no link from you to your words.",
            "[You do not answer this one yourself.]",
            "[When the words show, read a few aloud and speak to everyone.] "
            "All of these can sit in one room.",
            "If yours is a heavy one, you are not alone with it. You can talk, or just be here.",
        ),
    ),
    "needs": StepWords(
        "What would help today",
        "One question for all of us. Answer without your name, or pass.",
        (
            "There is a question on your phone about what would help us most. You can pass.",
            "The app keeps no link from you to your answer.",
            "[You do not answer this one yourself.]",
            "[When the picture shows.] Let us try to give each other some of that.",
        ),
    ),
    "choose-topic": StepWords(
        "Choosing a topic",
        "What would you like to talk about? Answer without your name, or pass.",
        (
            "There are some topics on your phone. Tap the one you would like, or pass.",
            "[You do not answer this one yourself.]",
            "[When the picture shows.] That gives us an idea. Does someone see it in another way?",
            "[If there is no picture, ask aloud and pick one together.]",
        ),
    ),
    "round": StepWords(
        "Check-in round",
        "Say your name if you like, and a few words on how you are. You can pass.",
        (
            "Now we go around. [Say how long each person has.]",
            "Tell us how you are in one recovery, or in both. Or say “pass”.",
            "If you want us to come back to you, just say so. I can go first, or someone else can.",
            "[Do not start with someone who is here for the first time.]",
        ),
    ),
    "second-round": StepWords(
        "One more round",
        "What is one small thing you will try, or one thing you need? You can pass.",
        (
            "Let us go around once more, a bit faster.",
            "What is one small thing you will try this week? Or what do you need? Or say “pass”.",
            "Small is good. It can be as small as a glass of water.",
            "[Start on the other side this time.]",
        ),
    ),
    "sharing": StepWords(
        "Open sharing",
        "The floor is open. Tap Hand, or lift your own, if you want to speak.",
        (
            "Who would like some time? Those we have not heard yet can go first.",
            "We listen. We do not reply, unless someone asks for ideas.",
            "Thank you. [After each share, leave a breath before the next.]",
            "[When one minute is left.] We have time for one more short share.",
        ),
    ),
    "steps-sharing": StepWords(
        "Sharing",
        "The floor is open. Tap Hand, or lift your own. We listen and do not reply.",
        (
            "Now there is time for all of us. [Say how long each person has.]",
            "You can share about what we read or heard, or about your own day.",
            "We say thank you after each share, and no more. It is fine to just listen.",
            "[When five minutes are left.] Is there someone we have not heard who would like to?",
        ),
    ),
    "discussion": StepWords(
        "Talking together",
        "Talk about the topic from your own life. Tap Hand, or lift your own.",
        (
            "[If your group’s line about crosstalk does not fit this, change it before you start.]",
            "Who would like to begin? Speak from your own life, and keep it short.",
            "Before you give advice, ask: “Would you like an idea?” It is fine to say no.",
            "[If two people go back and forth.] Thank you both. Who have we not heard yet?",
            "[When a few minutes are left.] What do you take with you from this?",
        ),
    ),
    "topic": StepWords(
        "Our topic",
        "One thing to think about together. You do not have to have an answer.",
        (
            "[Name the topic in one sentence. If you have none yet: asking for help, or rest.]",
            "What is this like for you, in one recovery or in both?",
            "Take a moment to think. You do not have to say what you come up with.",
            "[Leave it quiet for a minute.]",
        ),
    ),
    "second-topic": StepWords(
        "Another topic, or more of the same",
        "Do we stay with this, or turn to something new?",
        (
            "Welcome back. Shall we stay with our topic, or is there another one?",
            "[Ask aloud and wait. Look for people who have not spoken.]",
            "Is anyone not okay with that?",
        ),
    ),
    "speaker": StepWords(
        "One person’s story",
        "Someone tells a part of their story. You can just listen, or step out for a while.",
        (
            "[Ask the speaker before the meeting. Agree on the time and on leaving out methods.]",
            "Today someone tells us a part of their story: how it was, and what helps now.",
            "If it gets too close, you can tap Pause or step out. You do not have to explain.",
            "Thank you. [Leave a quiet breath before you go on. No questions from the room.]",
        ),
    ),
    "break": StepWords(
        "Break",
        "Stretch, drink some water, step outside. We will wait for you.",
        (
            "Let us take a break. [Say when you go on.]",
            "You can talk, or be on your own. Both are fine.",
            "[Use the time for a quiet word with anyone who asked for one.]",
            "[Call people back a minute before.]",
        ),
    ),
    "senses": StepWords(
        "Coming back to the room",
        "Look, touch, listen. Skip what does not fit, or just rest.",
        (
            "Let us do something simple to come back to this room. You can skip all of it.",
            "[Read slowly, and wait after each thing. No one has to say theirs aloud.]",
            "How is that? A bit more here, or just the same? Both are fine.",
        ),
    ),
    "breathing": StepWords(
        "Slow breathing",
        "A few slow breaths. If it does not feel good, breathe in your own way.",
        (
            "Let us take a few slow breaths. You can stop at any time, or just rest.",
            "[Read slowly. Count in an even voice.]",
            "[Leave it quiet for a few breaths.] Thank you. Look up when you are ready.",
        ),
    ),
    "announcements": StepWords(
        "Announcements",
        "News for the group, in short.",
        (
            "Is there news for the group? Please keep it short.",
            "[Say when you meet next, and who leads.]",
            "[Leave out any news about people who are not here.]",
        ),
    ),
    "closing": StepWords(
        "Closing",
        "One word or one small plan for the rest of your day. You can pass.",
        (
            "Let us close. One word to leave with, or one kind thing you will do for yourself.",
            "[Read the closing aloud, or ask who would like to.]",
            "The support lines are under Help. They stay on your phone when we end.",
            "When I end the meeting, the app lets go of your names and answers. Thank you.",
        ),
    ),
}
