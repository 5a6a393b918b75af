"""Measures of plain words: how hard a text is to read, what it must not say, how long it takes."""

from __future__ import annotations

import re

SENTENCE_END = re.compile(r"[.?](?=[\s”’\])]|$)")

FORBIDDEN = {
    "en": re.compile(
        r"\b(clean|dirty|addict|alcoholic|junkie|abuse|suffer|victim|user|submit|invalid"
        r"|diagnos|disorder|disease|illness|sober|abstinen|relapse"
        r"|those people|god|higher power|pray|bless|spirit|faith|church|sin\b|serenity"
        r"|fellowship|sponsor)",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(limpi[oa]s?\b|suci[oa]|adict|alcohólic|drogadict|borrach|yonqui|abus[oa]|sufr|víctima"
        r"|usuari|envíe|inválid|no válid|diagn[oó]stic|trastorno|enfermedad|enferm[oa]|sobri[oa]"
        r"|abstinen|reca[íe]|esa gente|dios\b|poder superior|rez[aoe]|bendi|espíritu|espiritual"
        r"|fe\b|iglesia|pecad|serenidad|confraternidad|padrin|madrin)",
        re.IGNORECASE,
    ),
}
# The server keeps no link; it cannot promise what people see, guess or tell.
OVERCLAIM = {
    "en": re.compile(
        r"(no ?one|nobody) (can|could|will|would) (ever )?(know|see|find|tell|trace)"
        r"|\b(guarantee|always safe|fully|completely|100|never be (known|seen|found))",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"nadie (puede|podrá|va a)? ?(jamás )?(sab|ver|verá|enter|encontr|rastre)"
        r"|\b(garantiz|garantía|siempre segur|por completo|totalmente|completamente|100)",
        re.IGNORECASE,
    ),
}
# Someone who is not in a hurry reads aloud at about this many words a minute.
ALOUD = {"en": 130, "es": 130}


def words_in(text: str) -> list[str]:
    return re.findall(r"[^\W_][\w’&-]*", text)


def sentences_in(text: str) -> int:
    return max(1, len(SENTENCE_END.findall(text)))


def english_syllables(word: str) -> int:
    """Vowel groups without the silent endings; within one of a dictionary for all our words."""
    word = re.sub(r"[^a-z]", "", word.lower())
    spoken = re.sub(
        r"(?<=[^td])ed$|(?<=[^aeiouylscxzg])es$|(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$", "", word
    )
    return max(1, len(re.findall(r"[aeiouy]+?(?=ing$)|[aeiouy]+", spoken)))


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text: school years needed to read it easily."""
    tokens = re.findall(r"[A-Za-z0-9][\w’&-]*", text)
    spoken = sum(english_syllables(token) for token in tokens)
    return 0.39 * len(tokens) / sentences_in(text) + 11.8 * spoken / len(tokens) - 15.59


# One nucleus: a strong vowel with the weak ones around it, or weak ones alone. An accent on a weak
# vowel makes it strong, and two strong ones are two syllables.
_NUCLEUS = re.compile(r"[iuüy]*[aeoáéóíú][iuüy]*|[iuüy]+")


def spanish_syllables(word: str) -> int:
    """Vowel nuclei, without the silent u of que, qui, gue and gui."""
    word = re.sub(r"(?<=q)u|(?<=g)u(?=[eéií])", "", word.lower())
    word = re.sub(r"y(?=[aeiouáéíóú])", "ll", word)
    return max(1, len(_NUCLEUS.findall(word)))


def reading_ease(text: str) -> float:
    """Szigriszt-Pazos' perspicuity of a Spanish text, from 0 (hard) to 100 (easy).

    F. Szigriszt Pazos, Sistemas predictivos de legibilidad del mensaje escrito (1993), read on the
    INFLESZ scale that I. M. Barrio-Cantalejo et al. validated for texts for patients (An. Sist.
    Sanit. Navar. 2008; 31: 135-152): from 55 normal, from 65 quite easy, from 80 very easy.
    """
    tokens = words_in(text)
    spoken = sum(spanish_syllables(token) for token in tokens)
    return 206.835 - 62.3 * spoken / len(tokens) - len(tokens) / sentences_in(text)


# Quite easy: what a twelve-year-old reads without trouble.
EASY = 65.0


# Formulas are made for passages: alone, "Your facilitator is reading" comes out as hard, and so
# does "¿Cómo dormiste esta semana?". What is shorter than this may have one long word instead.
PASSAGE = 10
SYLLABLES_OF_A_LONG_WORD = {"en": 4, "es": 5}


def is_plain(text: str, language: str) -> bool:
    """Whether a sixth grader reads it easily."""
    spanish = language == "es"
    if reading_ease(text) >= EASY if spanish else reading_grade(text) <= 6:
        return True
    tokens = words_in(text)
    syllables = spanish_syllables if spanish else english_syllables
    long_words = [it for it in tokens if syllables(it) >= SYLLABLES_OF_A_LONG_WORD[language]]
    return len(tokens) < PASSAGE and len(long_words) <= 1
