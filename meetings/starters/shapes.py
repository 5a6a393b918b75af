"""What a starter library is made of: words of one language, ready to become a group's own rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StarterReading:
    """Something to read aloud, in parts that several people can take."""

    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class PromptWords:
    """A check-in question, and the answers to choose from where it has any."""

    question: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class StarterPrompt:
    """A check-in question with what it is: its kind, and how its answers are treated."""

    kind: str
    question: str
    options: tuple[str, ...]
    feelings: bool
    screened: bool


@dataclass(frozen=True)
class StepWords:
    """One step in words: what phones show, and the facilitator's own lines."""

    title: str
    text: str
    script: tuple[str, ...]


@dataclass(frozen=True)
class StarterStep:
    """One agenda step; `reading` and `prompt` are keys of the library, or empty."""

    kind: str
    minutes: int
    title: str
    text: str
    script: tuple[str, ...]
    reading: str
    prompt: str


@dataclass(frozen=True)
class TemplateWords:
    """How a kind of meeting is called, and what it is like."""

    name: str
    about: str


@dataclass(frozen=True)
class StarterTemplate:
    """A kind of meeting: its steps for each length in minutes."""

    name: str
    about: str
    lengths: dict[int, tuple[StarterStep, ...]]


@dataclass(frozen=True)
class StarterLine:
    """Someone to call or text, with an honest label: who answers, when, and who they may send."""

    name: str
    contact: str
    who: str
    hours: str
    emergency: str


@dataclass(frozen=True)
class GroupLines:
    """What a group says about itself before it has found its own words."""

    facilitator_name: str
    group_name: str
    agreement_title: str
    # How an agenda is called: {name} of the template, {minutes}.
    agenda_name: str
    # The second card at the door, line by line: an example, to be changed until it is true.
    limits: tuple[str, ...]
    # On every phone while people share: three ways, of which the first is the default.
    crosstalk: tuple[str, ...]
    # For groups that meet on a call. A new group has none: it may meet in a room.
    camera: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """Everything a group can start from, in one language."""

    language: str
    readings: dict[str, StarterReading]
    prompts: dict[str, StarterPrompt]
    templates: dict[str, StarterTemplate]
    # For the United States only; warm lines first.
    support_lines: tuple[StarterLine, ...]
    # Those of them that a new group starts with.
    first_support_lines: tuple[StarterLine, ...]
    statements: tuple[str, ...]
    lines: GroupLines
