"""Addresses of facilitators' own pages. What is not listed of the library's pages is not there."""

from __future__ import annotations

from django.urls import path, re_path

from meetings.views.accounts import hosting, invitations, keys, own, signing
from meetings.views.preparing import people

_group = "group/<uuid:group_id>/people"
_hosted_group = "host/groups/<uuid:group_id>/"
_hosted_person = "host/facilitators/<uuid:person_id>/"
_recovery = "account/recovery/"

# Names are those by which the library finds the way from one of its pages to the next.
urlpatterns = [
    path("account/login/", signing.sign_in, name="account_login"),
    path("account/login/passkey", signing.passkey, name="mfa_login_webauthn"),
    path(_recovery, signing.recovery, name="account_reset_password"),
    path(f"{_recovery}sent", signing.recovery_sent, name="account_reset_password_done"),
    re_path(
        r"^account/recovery/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        signing.new_password,
        name="account_reset_password_from_key",
    ),
    path(
        f"{_recovery}done", signing.new_password_kept, name="account_reset_password_from_key_done"
    ),
    path("account/in", own.landing),
    path("account/", own.account),
    path("account/name", own.name),
    path("account/password", own.password),
    path("account/email", own.email),
    path("account/email/forgotten", own.email_forgotten),
    re_path(
        r"^account/email/(?P<key>[-:\w]+)/$", signing.confirm_email, name="account_confirm_email"
    ),
    path("account/passkeys/add", keys.add),
    path("account/passkeys/<int:key>/remove", keys.remove),
    path("account/out", own.out_everywhere),
    path("groups/", own.groups),
    path("invitation/<slug:token>", invitations.invitation),
    path(_group, people.people),
    path(f"{_group}/invitations", people.invite),
    path(f"{_group}/invitations/<slug:digest>/withdraw", people.withdraw),
    path(f"{_group}/<uuid:person_id>/link", people.issue_link),
    path(f"{_group}/<uuid:person_id>/remove", people.remove),
    path(f"{_group}/leave", people.leave),
    path("host/", hosting.host),
    path("host/groups/", hosting.groups),
    path(_hosted_group, hosting.group),
    path(f"{_hosted_group}invitations", hosting.invite),
    path(f"{_hosted_group}delete", hosting.delete_group),
    path("host/invitations/<slug:digest>/withdraw", hosting.withdraw),
    path(_hosted_person, hosting.person),
    path(f"{_hosted_person}link", hosting.issue_link),
    path(f"{_hosted_person}hosting", hosting.hosting),
    path(f"{_hosted_person}delete", hosting.delete_person),
]
