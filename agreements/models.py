"""What a group keeps of its Comfort Agreement: words and dates, and nobody's name."""

import datetime
import uuid
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import rules


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
            rules.tidy(text)
        except rules.Refused as refused:
            if refused.code is rules.Code.EMPTY:
                message = _("Give each statement some words, or take the empty one out.")
            else:
                message = _("Keep each statement to %(most)s characters or fewer.")
            raise ValidationError(message, params={"most": rules.LONGEST}) from None


class Agreement(models.Model):
    """A group's agreement: how it is called, where it starts, what waits for next time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=80, default=default_title)
    language = models.CharField(max_length=16, default="en")
    starters = models.JSONField(default=list, blank=True, validators=[validate_texts])
    parked = models.JSONField(default=list, blank=True, validators=[validate_texts])

    def current(self) -> "Version | None":
        """The newest version, or None before the first."""
        return self.versions.order_by("-number").first()

    def board(self) -> rules.Board:
        """The board a meeting begins with: what is adopted, and what waits for next time.

        Starters are not on it: someone taps one, and then it is a suggestion like any other.
        """
        parked = tuple(self.parked)
        version = self.current()
        if version is None:
            return rules.Board(parked=parked)
        return rules.Board(version.adopted(), parked=parked, version=version.number)

    def adopt(self, board: rules.Board, date: datetime.date) -> "Version":
        """Write the board's statements as its version. Raises VersionTaken."""
        statements = rules.plain(board.statements)
        try:
            with transaction.atomic():  # A savepoint: a caller's own transaction stays usable.
                return self.versions.create(number=board.version, date=date, statements=statements)
        except IntegrityError:
            # From None: a database's message may quote the row, and the row holds words.
            raise VersionTaken from None

    def arrange(self, board: rules.Board) -> None:
        """Write the order of the board's statements; their words and number stay what they are."""
        version = self.current()
        if version is not None and set(version.adopted()) == set(board.statements):
            version.statements = rules.plain(board.statements)
            version.save(update_fields=["statements"])

    def keep_parked(self, board: rules.Board) -> None:
        """Write what the group parked, unsigned."""
        self.parked = list(board.parked)
        self.save(update_fields=["parked"])


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

    def adopted(self) -> tuple[rules.Statement, ...]:
        return msgspec.convert(self.statements, tuple[rules.Statement, ...])

    def withdraw(self) -> None:
        """Take back a version whose live change lost its race and never happened."""
        self.delete()
