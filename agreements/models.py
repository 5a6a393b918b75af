"""What a group keeps of its Comfort Agreement: words and dates, and nobody's name."""

import datetime
import secrets
import uuid
from collections.abc import Iterable
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import shapes, waiting
from agreements.texts import LONGEST, same_words, tidy

# Of suggestions that nobody has looked at yet, and likewise of words put aside for next time.
MOST_WAITING = 60


class IdeasAreOff(Exception):
    """The group takes no suggestions between meetings, or not any more."""


class VersionTaken(Exception):
    """Another version with this number is already written. Nothing was changed."""


def default_title() -> str:
    return gettext("Comfort Agreement")


def validate_texts(texts: Any) -> None:
    """A list of texts that could each be suggested."""
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValidationError(_("Write one statement on each line."))
    for text in texts:
        try:
            tidy(text)
        except shapes.Refused as refused:
            if refused.code is shapes.Code.EMPTY:
                message = _("Give each statement some words, or take the empty one out.")
            else:
                message = _("Keep each statement to %(most)s characters or fewer.")
            raise ValidationError(message, params={"most": LONGEST}) from None


class Agreement(models.Model):
    """A group's agreement: how it is called, where it starts, what waits for next time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=80, default=default_title)
    language = models.CharField(max_length=16, default="en")
    starters = models.JSONField(default=list, blank=True, validators=[validate_texts])
    parked = models.JSONField(default=list, blank=True, validators=[validate_texts])
    # Whoever has it can read the agreement; a new one makes the old link lead nowhere.
    link_token = models.CharField(max_length=43, null=True, blank=True, unique=True)
    takes_ideas = models.BooleanField(default=False)

    def current(self) -> "Version | None":
        """The newest version, or None before the first."""
        return self.versions.order_by("-number").first()

    def board(self) -> shapes.Board:
        """The board a meeting begins with: what is adopted, and what waits for next time.

        Starters are not on it: someone taps one, and then it is a suggestion like any other.
        """
        parked = tuple(self.parked)
        version = self.current()
        if version is None:
            return shapes.Board(parked=parked)
        return shapes.Board(version.adopted(), parked=parked, version=version.number)

    def adopt(self, board: shapes.Board, date: datetime.date) -> "Version":
        """Write the board's statements as its version. Raises VersionTaken."""
        statements = shapes.plain(board.statements)
        try:
            with transaction.atomic():  # A savepoint: a caller's own transaction stays usable.
                return self.versions.create(number=board.version, date=date, statements=statements)
        except IntegrityError:
            # From None: a database's message may quote the row, and the row holds words.
            raise VersionTaken from None

    def arrange(self, board: shapes.Board) -> None:
        """Write the order of the board's statements; their words and number stay what they are."""
        version = self.current()
        if version is not None and set(version.adopted()) == set(board.statements):
            version.statements = shapes.plain(board.statements)
            version.save(update_fields=["statements"])

    def keep_parked(self, board: shapes.Board) -> None:
        """Write what the group parked, unsigned."""
        self.parked = list(board.parked)
        self.save(update_fields=["parked"])

    # Between meetings. Each change reads what it changes in its own transaction: of two people at
    # the same moment both are heard.

    def renew_link(self) -> None:
        """Give it a link, in the place of the one there was."""
        self.link_token = secrets.token_urlsafe(32)
        self.save(update_fields=["link_token"])

    def take_link_away(self) -> None:
        self.link_token = None
        self.save(update_fields=["link_token"])

    def switch_ideas(self, on: bool) -> None:
        self.takes_ideas = on
        self.save(update_fields=["takes_ideas"])

    @transaction.atomic
    def suggest(self, text: str) -> None:
        """Keep someone's words for the facilitators, unsigned. Raises IdeasAreOff, Refused.

        Words that wait already are taken like any others: who sends them is a stranger, and must
        not learn what waits.
        """
        self._hold()
        if not self.takes_ideas:
            raise IdeasAreOff
        ideas = list(self.ideas.all())
        texts = [waiting.new_words(text, self._adopted(), ())]
        if len(ideas) >= MOST_WAITING:
            raise shapes.Refused(shapes.Code.TOO_MANY_SUGGESTIONS)
        here = [*self.parked, *(idea.text for idea in ideas)]
        ideas += [Idea(agreement=self, text=new) for new in waiting.unknown(texts, here)]
        # All anew, by their letters: a database remembers which row was written first.
        self.ideas.all().delete()
        Idea.objects.bulk_create(sorted(ideas, key=lambda idea: idea.text))

    @transaction.atomic
    def put_aside(self, text: str) -> None:
        """Have the next meeting find these words among what it may talk about. Raises Refused."""
        self._hold()
        self._park([waiting.new_words(text, self._adopted(), self.parked)])

    @transaction.atomic
    def put_aside_again(self, texts: Iterable[str]) -> None:
        """The same with the group's own words, but for those that are there. Raises Refused."""
        self._hold()
        self._park(waiting.unknown(texts, [*self._adopted(), *self.parked]))

    @transaction.atomic
    def bring(self, idea_id: uuid.UUID) -> None:
        """Put an idea aside for the next meeting; one that is settled by now is gone already.

        Raises Refused when too much waits, and the idea stays.
        """
        self._hold()
        texts = [idea.text for idea in self.ideas.filter(pk=idea_id)]
        self.put_aside_again(texts)
        self.ideas.filter(pk=idea_id).delete()

    @transaction.atomic
    def let_idea_go(self, idea_id: uuid.UUID) -> None:
        # Else it could come back with those that a suggestion writes anew at this moment.
        self._hold()
        self.ideas.filter(pk=idea_id).delete()

    @transaction.atomic
    def take_back(self, text: str) -> None:
        """Have the next meeting not find these words."""
        self._hold()
        self.parked = [parked for parked in self.parked if parked != text]
        self.save(update_fields=["parked"])

    def _hold(self) -> None:
        """The newest of what others may be changing, which they do not until this is written."""
        held = Agreement.objects.select_for_update()
        self.refresh_from_db(fields=["parked", "takes_ideas"], from_queryset=held)

    def _adopted(self) -> list[str]:
        version = self.current()
        return [statement.text for statement in version.adopted()] if version else []

    def _park(self, texts: list[str]) -> None:
        if texts and len(self.parked) + len(texts) > MOST_WAITING:
            raise shapes.Refused(shapes.Code.TOO_MANY_SUGGESTIONS)
        self.parked = [*self.parked, *texts]
        self.save(update_fields=["parked"])
        # The same words wait in one place.
        keys = set(map(same_words, texts))
        same = [idea.pk for idea in self.ideas.all() if same_words(idea.text) in keys]
        self.ideas.filter(pk__in=same).delete()


class Version(models.Model):
    """The whole text the group adopted on a day. No author, no time of day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    date = models.DateField()
    statements = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agreement", "number"], name="one_version_per_number"),
        )

    def adopted(self) -> tuple[shapes.Statement, ...]:
        return msgspec.convert(self.statements, tuple[shapes.Statement, ...])

    def withdraw(self) -> None:
        """Take back a version whose live change lost its race and never happened."""
        self.delete()


class Idea(models.Model):
    """Words for next time that someone sent between meetings. No author, no date, no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="ideas")
    text = models.CharField(max_length=LONGEST)
