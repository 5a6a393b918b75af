"""Readings of our own, to read aloud: no text of any fellowship, and no path that is required."""

from meetings.starters.shapes import StarterReading

READINGS: dict[str, StarterReading] = {
    "welcome": StarterReading(
        "Welcome",
        (
            "Welcome. We are glad you came. We are peers here. Many of us look after two "
            "recoveries: one for our mental health, and one for our life with drugs, drink "
            "or other habits. When one is hard, the other feels it. So we make room for both.",
            "You do not need a label, a date or a plan to sit with us. You may be new, or "
            "back after a long time. You may feel sure, or not sure at all. You can talk, or "
            "just listen. You have a place here either way.",
        ),
    ),
    "steps-welcome": StarterReading(
        "Welcome to our steps meeting",
        (
            "Welcome. This is a meeting for people who live with two recoveries and like to take "
            "them one step at a time. One is about our mental health. One is about drink, drugs "
            "or other habits. You can be here for one of them, for both, or because you are not "
            "sure yet.",
            "There is a reading, someone may tell a story, and then there is time for all of us. "
            "We do not speak for any other group or program. If you follow one, bring what helps "
            "you. If you follow none, you fit in just as well.",
            "There is nothing to join here, and no one counts your days. You will not be asked to "
            "prove how you are doing. If medicine is part of your care, it is welcome. All it "
            "takes is to want things to get a bit better, and even that may come and go.",
        ),
    ),
    "circle-welcome": StarterReading(
        "Welcome to the circle",
        (
            "Welcome to our circle. We sit here as peers, and no seat is higher than another. We "
            "come to say how we are, and to hear how others are. That may sound small. In a hard "
            "week it can be a lot.",
            "There is no wrong way to be here. You can come happy, tired, angry or blank. You can "
            "share about your mental health, about drink or drugs, or about the bus that came "
            "late. You can say a lot, say one word, or say “pass”.",
        ),
    ),
    "open-welcome": StarterReading(
        "Welcome to open talk",
        (
            "Welcome. In this meeting we pick something that matters to us, and we talk about it. "
            "It may be about mental health, about drink or drugs, or about the place where the "
            "two meet. Each of us knows a part of it, because each of us has lived a part of it.",
            "We do not have to agree. We do not have to find an answer. It is enough to say what "
            "is true for us, and to be curious about what is true for others. If you came to "
            "listen, that is a good way to take part.",
        ),
    ),
    "confidentiality": StarterReading(
        "Confidentiality",
        (
            "It is easier to speak when we feel safe. So we make each other a promise. We do "
            "not say who was here. We do not pass on the stories we hear. That goes for home, "
            "for work, for the street and for all we write online.",
            "Your own story is yours, and you may tell it where you like. You may take home "
            "what you learned and what gave you hope. If we meet in town, we let the other "
            "person choose if they want to say hello.",
            "Our promise has limits, and we say them out loud. A facilitator may have to act "
            "if someone is in danger. And no one can promise for the whole room. So share "
            "what feels right to you today, and keep the rest for later.",
        ),
    ),
    "differences": StarterReading(
        "Many ways to recover",
        (
            "People here recover in different ways. Some have stopped drinking or using. Some "
            "have cut down. Some are thinking about it. Some take medicine every day, and some "
            "take none. Some see a doctor or a counselor, and some lean on friends, art, work or "
            "long walks.",
            "What helps one of us may not help the next. So we speak about our own way and leave "
            "the rest to each person. We do not tell others what to take, what to stop, or what "
            "to call themselves. We do not rank one way above another.",
            "You may hear something here that you would never do. You may hear something that "
            "makes you want to argue. Try to let it be for a moment. Behind it there is a person "
            "who is trying to live well, just as you are.",
        ),
    ),
    "how-we-share": StarterReading(
        "How we share",
        (
            "When it is your turn, speak for yourself. Good days and bad days both belong. "
            "So do the small things. You can share one word or a few minutes. You can pass, "
            "and no one will ask why. You can ask us to come back to you.",
            "Some details can stay with a person for days. So we leave out methods, amounts "
            "and the worst scenes. We talk about what it was like, what helped, and what we "
            "need now. That is plenty.",
            "When someone else speaks, we listen. We do not have to fix it. We do not have "
            "to find the right words. If you would like ideas, ask for them. If you have an "
            "idea for someone, ask if they want to hear it first.",
        ),
    ),
    "sharing-time": StarterReading(
        "Sharing the time",
        (
            "We have a set time together, and there are many of us. So we share the time like a "
            "meal: a bit for each, and some left over. When it is your turn, you have a few "
            "minutes. You do not have to fill them.",
            "Someone may show you when one minute is left. That does not mean you said too much. "
            "It is how we make sure that the last person gets a turn as well. If you need more "
            "time, tell us. We can come back to you, or sit with you when we are done.",
            "Some of us talk a lot when we are scared. Some of us go quiet. If you have spoken "
            "twice, you might wait and let someone else begin. If you have not spoken yet, there "
            "is room for you, now or next time.",
        ),
    ),
    "crosstalk": StarterReading(
        "Listening to each other",
        (
            "While we share, we do not answer what others say. We do not give advice, ask "
            "questions or tell a bigger story of our own. Some groups call that crosstalk. We "
            "leave it out so that each person can speak and know that nobody will jump in.",
            "It may feel odd at first. You may want to comfort someone, or to help them fix it. "
            "Listening is help too. If a share moves you, you can say thank you. If you would "
            "like ideas from the group, say so when you share. Then we know that it is okay.",
        ),
    ),
    "silence": StarterReading(
        "A quiet minute",
        (
            "Let us start with a quiet minute. You can close your eyes or look at one spot. Put "
            "your feet on the floor if that feels good. There is nothing to do and nothing to get "
            "right. If quiet is hard for you today, you can move, hum or look around.",
            "Now think of why you came. It may be for you. It may be for someone you love, or for "
            "someone who could not be here. You do not have to say it. Let it sit with you for a "
            "few breaths. Then we will go on together.",
        ),
    ),
    "senses": StarterReading(
        "Five, four, three, two, one",
        (
            "Let us come back to this room for a moment. You can keep your eyes open. Skip what "
            "does not fit. Look around, with no hurry, and find five things that you can see. "
            "Name each one to yourself: a lamp, a shoe, a bit of sky.",
            "Now find four things that you can touch. It may be your sleeve, the chair, your own "
            "hands. Feel if they are warm or cool, rough or smooth. Then listen for three things "
            "that you can hear. One may be far away. One may be your own breath.",
            "Now find two things that you can smell. If there are none, think of a smell you "
            "like. Last, find one thing that you can taste, or one thing that you are glad about. "
            "You are here, in this place, in this minute. Take your time to come back.",
        ),
    ),
    "breathing": StarterReading(
        "Slow breathing",
        (
            "We will breathe slowly for a minute or two. If it does not feel good, stop and "
            "breathe in your own way, or just rest. Sit so that you are at ease. Let your "
            "shoulders drop. Let your hands lie where they like.",
            "Breathe in while I count. In, two, three, four. Now breathe out, a bit longer, as if "
            "you were blowing on hot soup. Out, two, three, four, five, six. Once more. In, two, "
            "three, four. And out, two, three, four, five, six.",
            "Go on like this in your own time, for a few more breaths: in, and a longer way out. "
            "If your mind runs off, that is what minds do. Come back to the next breath. When you "
            "are ready, look up and find the room again.",
        ),
    ),
    "newcomers": StarterReading(
        "If you are new",
        (
            "If this is your first time, we are glad you found us. We know that it can take a lot "
            "to come in. You do not have to speak today. You do not have to tell us your name, "
            "what you take, or what brought you.",
            "You may hear words that you do not know. Ask about them, or let them go by. You may "
            "hear a story that is close to your own, or one that is very far from it. Take what "
            "helps you and leave the rest here.",
            "It is fine to feel unsure when you go home. Many of us did. You might come a few "
            "times before you decide if this group is for you. If it is not, there are others, "
            "and we will be glad to help you look.",
        ),
    ),
    "both": StarterReading(
        "Two recoveries, one person",
        (
            "Some of us were told to fix one thing first. First the drinking, and then the fear. "
            "Or first the mood, and then the drugs. But we are not two people. What we feel and "
            "what we use are tied together, and so is what helps us heal.",
            "When we cannot sleep, a craving can get loud. When we drink or use, our mood can "
            "drop for days. When we hear voices or feel dread, we may reach for what has dulled "
            "it before. None of this makes us weak. It was a way to get through.",
            "The good part is that help is tied together too. A calm night helps both. So does a "
            "friend who knows the whole story. Each small step in one recovery gives the other "
            "some room. That is why we talk about both here, in one place, out loud.",
        ),
    ),
    "path": StarterReading(
        "A path in steps",
        (
            "Some of us like to recover in steps. There are well-known lists of steps, and your "
            "group may have one that it loves. This is not one of them. It is a few plain "
            "thoughts about why it can help to go one step at a time.",
            "It often starts with being honest with ourselves about what hurts, and about how "
            "tired we are. To say that out loud can be scary. It can also be a great relief. We "
            "do not have to be strong all the time to be worth some help.",
            "Then we let others in. We may lean on a friend, a group, a doctor, the sea, or "
            "something that we find hard to name. We each choose what holds us. No one here will "
            "tell you what you must believe.",
            "On the way we get to know our own story, with open eyes and a kind heart. Some of us "
            "find old hurts that we would like to mend, and we go about it slowly and with help. "
            "Where we were hurt, the blame was not ours.",
            "And we keep going. A good day is not the end of the road, and a bad day does not "
            "take us back to the start. When we have found some firm ground, we hold out a hand "
            "to the next person. It helps them, and it helps us as well.",
        ),
    ),
    "hard-days": StarterReading(
        "When a hard day comes",
        (
            "Hard days come to all of us. We may drink or use when we had planned not to. We may "
            "stop sleeping, stop eating, or not get up at all. The old thoughts may come back. It "
            "does not mean that all our work is lost.",
            "Shame tells us to stay away until we are doing better. We would like you to come "
            "anyway. Come late, come messy, come and say nothing. No one here will count your "
            "days or ask you to start over. You go on from where you are.",
            "Many of us make a plan for such days while we feel well. Who can I call? What has "
            "helped before? What do I want people to do, and what should they leave alone? A few "
            "lines on paper are enough. If you like, ask someone here to make one with you.",
        ),
    ),
    "self-care": StarterReading(
        "Care for yourself after we part",
        (
            "A meeting can stir things up, even a good one. You may feel raw, or tired, or wide "
            "awake. Many people do after hard talk. So before we part, think of one kind thing "
            "that you can do for yourself in the next few hours.",
            "Keep it small. Drink some water. Eat something warm. Take your medicine if you take "
            "any. Step outside and look at the sky. Send a friend a note. Put the phone away and "
            "sleep. You do not have to earn any of this.",
            "If the night gets long, you do not have to be alone with it. There are people on the "
            "support lines who would like to hear from you, and you do not have to be in danger "
            "to call. Until next time, go gently.",
        ),
    ),
    "closing": StarterReading(
        "Closing",
        (
            "Our time is almost up. Thank you for coming. Thank you for what you said, and "
            "for how you listened. What we heard stays here. If this meeting stirred things "
            "up for you, find one person to talk to today. You can also tap Help.",
            "Recovery is a lot to carry, and more so when there are two. You made time for it "
            "today. That counts. Until we meet again, try to be as kind to yourself as you "
            "would be to a friend. There will be a chair for you here.",
        ),
    ),
}
