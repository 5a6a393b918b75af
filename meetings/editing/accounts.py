"""Forms about a facilitator's own account, and for signing in to it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from meetings import accounts
from meetings.accounts import passkeys
from meetings.accounts.adapter import Accounts
from meetings.editing.fields import Line, TimeZone
from meetings.engine import names
from meetings.models import Facilitator
from meetings.starters import local_time_zone

REQUIRED = _("Write something here first.")
NOT_AN_ADDRESS = _("Write an address like sam@example.org.")
ODD_PASSKEY = Accounts.error_messages["incorrect_code"]
# What a made-up answer of a browser runs into inside the libraries that read it.
STUMBLES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
# Beyond this a password is only work for the server.
LONGEST_PASSWORD = 256
LONGEST_EMAIL = 254


class Name(forms.CharField):
    """A name to sign in with, as other people see it."""

    def __init__(self, *, whose: Facilitator | None = None, **options: Any) -> None:
        self.whose = whose
        options.setdefault("label", _("Your name here"))
        options.setdefault(
            "help_text",
            _("Any name you like. Your group sees it, and you sign in with it."),
        )
        options.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "spellcheck": "false",
                    "dir": "auto",
                }
            ),
        )
        options.setdefault("error_messages", {"required": REQUIRED})
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        name = names.tidy(super().clean(value))
        if not name:
            raise forms.ValidationError(REQUIRED)
        if names.is_too_long(name):
            raise forms.ValidationError(
                _("This name is too long. Keep it to %(most)d letters."),
                params={"most": names.LONGEST_NAME},
            )
        if "@" in name:
            raise forms.ValidationError(_("Leave out the @, so that it is not read as e-mail."))
        taken = accounts.named(name)
        if taken is not None and (self.whose is None or taken.pk != self.whose.pk):
            raise forms.ValidationError(NAME_TAKEN)
        return name


NAME_TAKEN = _("Someone here has this name. Add something to it, or choose another.")


class Email(forms.EmailField):
    """An address, no longer than the database keeps one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=LONGEST_EMAIL,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={
                "required": REQUIRED,
                "invalid": NOT_AN_ADDRESS,
                "max_length": _("This is too long for an e-mail. Look at it once more."),
            },
            **options,
        )


class Password(forms.CharField):
    """A password as it was typed, spaces and all."""

    def __init__(self, *, new: bool, **options: Any) -> None:
        self.whose: Facilitator | None = None
        self.new = new
        autocomplete = "new-password" if new else "current-password"
        options.setdefault("label", _("New password") if new else _("Your password"))
        if new:
            options.setdefault("help_text", _("At least 10 letters. A few words are good."))
        options.setdefault("error_messages", {"required": REQUIRED})
        options.setdefault("max_length", LONGEST_PASSWORD)
        options["error_messages"].setdefault(
            "max_length", _("This is too long. Keep it to 256 letters.")
        )
        super().__init__(
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
            **options,
        )

    def clean(self, value: Any) -> str:
        password: str = super().clean(value)
        if self.new:
            validate_password(password, self.whose)
        return password


class SignInForm(LoginForm):
    """By name or e-mail, and password."""

    use_required_attribute = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["login"] = forms.CharField(
            label=_("Your name or e-mail"),
            max_length=254,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "spellcheck": "false",
                    "dir": "auto",
                }
            ),
            error_messages={"required": REQUIRED},
        )
        self.fields["password"] = Password(new=False, label=_("Password"))
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        login = super().clean_login()
        return login if "@" in login else names.tidy(login)


class RecoveryForm(ResetPasswordForm):
    """Ask for a mail. The answer is the same whether or not there is an account."""

    use_required_attribute = False
    email = Email(label=_("Your e-mail"))

    def clean_email(self) -> str:
        """Only an address that she has confirmed leads to her account."""
        email: str = self.cleaned_data["email"].lower()
        confirmed = EmailAddress.objects.filter(email=email, verified=True)
        self.users = [address.user for address in confirmed.select_related("user")]
        return email


class NewPasswordForm(forms.Form):
    """After a recovery link."""

    use_required_attribute = False
    password = Password(new=True)

    def __init__(
        self, *arguments: Any, user: Any = None, temp_key: str | None = None, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.user = user
        _field(self, "password").whose = user

    def save(self) -> None:
        self.user.set_password(self.cleaned_data["password"])
        self.user.save(update_fields=["password"])


def _field(form: forms.BaseForm, name: str) -> Any:
    return form.fields[name]


class WelcomeForm(forms.Form):
    """Someone invited makes an account."""

    use_required_attribute = False
    name = Name()
    password = Password(new=True, label=_("Choose a password"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _field(self, "password").whose = Facilitator(
            name=names.tidy(str(self.data.get(self.add_prefix("name"), "")))
        )


class NameForm(forms.Form):
    place = "name_form"
    use_required_attribute = False
    name = Name()

    def __init__(self, *arguments: Any, whose: Facilitator, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.initial["name"] = whose.name
        _field(self, "name").whose = whose


class _ConfirmedForm(forms.Form):
    """Asks for the password she has, so that a laptop left alone changes no locks.

    Not when she came by a one-time link a moment ago, as someone does who forgot it.
    """

    use_required_attribute = False

    def __init__(
        self, *arguments: Any, whose: Facilitator, confirmed: bool, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.whose = whose
        if confirmed or not whose.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.whose.check_password(current):
            raise forms.ValidationError(_("That is not your password. Try once more."))
        return current


class PasswordForm(_ConfirmedForm):
    place = "password_form"
    current = Password(new=False, label=_("The password you have now"))
    password = Password(new=True)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _field(self, "password").whose = self.whose


class EmailForm(_ConfirmedForm):
    place = "email_form"
    current = Password(new=False)
    email = Email(
        label=_("Your e-mail"),
        help_text=_("Only to find a new password. We send one mail so that you can confirm it."),
    )
    field_order = ("email", "current")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if EmailAddress.objects.filter(user=self.whose, email=email, verified=True).exists():
            raise forms.ValidationError(Accounts.error_messages["duplicate_email"])
        return email


class PasskeyForm(_ConfirmedForm):
    # Script looks at this one before the device is asked.
    use_required_attribute = True
    label = Line(
        label=_("A name for this passkey"),
        help_text=_("So that you know it later, like “my phone”."),
        max_length=40,
    )
    current = Password(new=False)
    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": ODD_PASSKEY, "invalid": ODD_PASSKEY},
    )

    def clean_credential(self) -> dict[str, Any]:
        """What may be kept of the new passkey."""
        credential = self.cleaned_data["credential"]
        try:
            auth.parse_registration_response(credential)
            seen = auth.complete_registration(credential)
            kept = passkeys.without_traces(credential)
        except STUMBLES:
            raise forms.ValidationError(ODD_PASSKEY) from None
        if not seen.is_user_verified():
            raise forms.ValidationError(ODD_PASSKEY)
        return kept


class PasskeySignInForm(LoginWebAuthnForm):
    """By passkey alone."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except STUMBLES:
            raise forms.ValidationError(ODD_PASSKEY) from None


class GroupNameForm(forms.Form):
    """A group on the host's page."""

    use_required_attribute = False
    name = Line(label=_("Name of the group"), max_length=80)


class NewGroupForm(GroupNameForm):
    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    time_zone = TimeZone(
        label=_("Time zone"),
        help_text=_("A large city in it will do, like New York."),
        max_length=60,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.initial["time_zone"] = local_time_zone()
