"""One library for each language, put together from its words and the plan that all share."""

from typing import Protocol

from meetings.starters import en, es, plan
from meetings.starters.shapes import (
    GroupLines,
    Library,
    PromptWords,
    StarterLine,
    StarterPrompt,
    StarterReading,
    StarterStep,
    StarterTemplate,
    StepWords,
    TemplateWords,
)


class LanguageWords(Protocol):
    """What a language brings. Its keys are those of every other language."""

    READINGS: dict[str, StarterReading]
    PROMPTS: dict[str, PromptWords]
    TEMPLATES: dict[str, TemplateWords]
    STEPS: dict[str, StepWords]
    SUPPORT_LINES: dict[str, StarterLine]
    STATEMENTS: dict[str, str]
    LINES: GroupLines


LANGUAGES: dict[str, LanguageWords] = {"en": en, "es": es}
FALLBACK = "en"


def library(language: str) -> Library:
    """Everything a group can start from: in this language, or in English where we have none."""
    plain = language.lower().replace("_", "-").split("-")[0]
    code = plain if plain in LANGUAGES else FALLBACK
    words = LANGUAGES[code]
    return Library(
        language=code,
        readings=words.READINGS,
        prompts={key: _prompt(words, key) for key in plan.PROMPTS},
        templates={key: _template(words, key) for key in plan.TEMPLATES},
        support_lines=tuple(words.SUPPORT_LINES.values()),
        first_support_lines=tuple(words.SUPPORT_LINES[key] for key in plan.FIRST_SUPPORT_LINES),
        statements=tuple(words.STATEMENTS.values()),
        lines=words.LINES,
    )


def _prompt(words: LanguageWords, key: str) -> StarterPrompt:
    planned, said = plan.PROMPTS[key], words.PROMPTS[key]
    return StarterPrompt(
        kind=planned.kind,
        question=said.question,
        options=said.options,
        feelings=planned.feelings,
        screened=planned.screened,
    )


def _template(words: LanguageWords, key: str) -> StarterTemplate:
    said = words.TEMPLATES[key]
    return StarterTemplate(
        name=said.name,
        about=said.about,
        lengths={
            minutes: tuple(_step(words, *step) for step in steps)
            for minutes, steps in plan.TEMPLATES[key].items()
        },
    )


def _step(words: LanguageWords, key: str, minutes: int) -> StarterStep:
    planned, said = plan.STEPS[key], words.STEPS[key]
    return StarterStep(
        kind=planned.kind,
        minutes=minutes,
        title=said.title,
        text=said.text,
        script=said.script,
        reading=planned.reading,
        prompt=planned.prompt,
    )
