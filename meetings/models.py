"""What the group keeps. No table here holds anything about a person who came to a meeting."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from meetings.engine.bands import FLOOR
from meetings.engine.state import PromptKind, StepKind


def choices_of(kinds: type[StepKind | PromptKind]) -> list[tuple[str, str]]:
    return [(kind.value, kind.value) for kind in kinds]


class FacilitatorAccounts(BaseUserManager["Facilitator"]):
    def create_pseudonymous(self, name: str) -> Facilitator:
        """Make an account that can be entered only by a one-time link."""
        facilitator = self.model(name=name)
        facilitator.set_unusable_password()
        facilitator.save(using=self._db)
        return facilitator


class Facilitator(AbstractBaseUser):
    """An account that may lead its groups' meetings. When it was last used is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
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


class Group(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    # What phones show: the group decides whether its name is seen on them.
    shown_name = models.CharField(_("name on phones"), max_length=80, default="Meeting")
    language = models.CharField(_("language"), max_length=12, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    floor = models.PositiveSmallIntegerField(
        _("fewest answers that may be shown together"), default=FLOOR
    )
    limits_text = models.TextField(_("my limits today"), blank=True)
    crosstalk_line = models.CharField(_("about crosstalk"), max_length=200, blank=True)
    call_link = models.CharField(_("call link"), max_length=400, blank=True)
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


class Reading(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="readings")
    title = models.CharField(_("title"), max_length=80)
    parts = models.JSONField(_("parts"), default=list)

    def __str__(self) -> str:
        return self.title


class Prompt(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="prompts")
    kind = models.CharField(_("kind"), max_length=12, choices=choices_of(PromptKind))
    question = models.CharField(_("question"), max_length=200)
    options = models.JSONField(_("answers to choose from"), default=list)
    # After a feelings prompt the facilitator is given words for speaking to everyone.
    feelings = models.BooleanField(_("about feelings"), default=False)

    def __str__(self) -> str:
        return self.question


class Agenda(models.Model):
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
    kind = models.CharField(_("kind"), max_length=14, choices=choices_of(StepKind))
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
