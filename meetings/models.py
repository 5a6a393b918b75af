"""What the group keeps. No table here holds anything about a person who came to a meeting."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from meetings.engine.bands import FLOOR


class FacilitatorAccounts(BaseUserManager["Facilitator"]):
    def create_pseudonymous(self, name: str, *, is_host: bool = False) -> Facilitator:
        """Make an account that can be entered only by a one-time link, until it has a password."""
        facilitator = self.model(name=name, is_host=is_host)
        facilitator.set_unusable_password()
        facilitator.save(using=self._db)
        return facilitator


class Facilitator(AbstractBaseUser):
    """An account that may lead its groups' meetings. When it was last used is not kept.

    The name is whatever she likes to be called. An e-mail address is hers to give or not: it is
    kept only so that she can find a new password herself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # Keeps the server: makes groups and invites facilitators. Leads only where she is one.
    is_host = models.BooleanField(_("hosts this server"), default=False)
    last_login = None

    objects: ClassVar[FacilitatorAccounts] = FacilitatorAccounts()

    USERNAME_FIELD = "name"

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A link that signs one facilitator in, once. Only a digest of its token is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    facilitator = models.ForeignKey(Facilitator, on_delete=models.CASCADE)
    expires = models.DateTimeField()


class Revised(models.Model):
    """Something that two facilitators may edit at once: whoever saves second is told."""

    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Group(Revised):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    # What phones show: the group decides whether its name is seen on them. Empty: "Meeting".
    shown_name = models.CharField(_("name on phones"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    floor = models.PositiveSmallIntegerField(
        _("fewest answers that may be shown together"), default=FLOOR
    )
    limits_text = models.TextField(_("my limits today"), blank=True)
    # Free text shows how someone writes: off, unless the group wants it.
    free_text = models.BooleanField(_("questions answered in your own words"), default=False)
    crosstalk_line = models.CharField(_("about crosstalk"), max_length=200, blank=True)
    camera_line = models.CharField(_("about cameras"), max_length=200, blank=True)
    # Shown, never fetched.
    call_link = models.CharField(_("call link"), max_length=400, blank=True)
    # Whoever has it can read the group's calendar; a new one makes the old feed go quiet.
    calendar_token = models.CharField(max_length=43, null=True, blank=True, unique=True)
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT)
    facilitators = models.ManyToManyField(Facilitator, related_name="groups")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(floor__gte=FLOOR), name="floor_is_only_ever_raised"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link that makes someone a facilitator of a group, once. A digest of its token is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    expires = models.DateTimeField()


class Rhythm(models.TextChoices):
    """How often a group meets, counted from the first date."""

    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    # The third Wednesday, say; the last one when the first date is a fifth.
    MONTHLY_BY_WEEKDAY = "monthly-weekday", _("every month, on that weekday")
    # The 31st is a shorter month's last day.
    MONTHLY_BY_DATE = "monthly-date", _("every month, on that date")


class MeetingTime(Revised):
    """When a group plans to meet, on the clock of its own time zone. Never whether it did."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meeting_times")
    rhythm = models.CharField(_("how often"), max_length=16, choices=Rhythm)
    first = models.DateField(_("first date"))
    time = models.TimeField(_("time"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    until = models.DateField(_("last date"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["first", "time"]


class SupportLine(models.Model):
    """Someone to call or text, labelled with who answers and what they may do."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="support_lines")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=80)
    contact = models.CharField(_("number or text"), max_length=80)
    who = models.CharField(_("who answers"), max_length=200)
    hours = models.CharField(_("hours"), max_length=80)
    emergency = models.CharField(_("about emergency services"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return self.name


class Reading(Revised):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="readings")
    title = models.CharField(_("title"), max_length=80)
    parts = models.JSONField(_("parts"), default=list)

    def __str__(self) -> str:
        return self.title


class Prompt(Revised):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="prompts")
    # One of meetings.engine.state.PromptKind.
    kind = models.CharField(_("kind"), max_length=12)
    question = models.CharField(_("question"), max_length=200)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    # After a feelings prompt the facilitator is given words for speaking to everyone.
    feelings = models.BooleanField(_("about feelings"), default=False)
    # Free text only: the facilitator reads the answers first. Phones say so before anyone answers.
    screened = models.BooleanField(_("read first by the facilitator"), default=False)

    def __str__(self) -> str:
        return self.question


class Agenda(Revised):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="agendas")
    name = models.CharField(_("name"), max_length=80)

    def __str__(self) -> str:
        return self.name

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps.all())


class AgendaStep(models.Model):
    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    # One of meetings.engine.state.StepKind.
    kind = models.CharField(_("kind"), max_length=14)
    title = models.CharField(_("title"), max_length=80)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    # What phones show, and what only the facilitator sees.
    text = models.TextField(_("on phones"), blank=True)
    script = models.TextField(_("for the facilitator"), blank=True)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, blank=True)
    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return self.title
