"""All settings, from the environment. docs/settings.md has one line for each variable."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from facilitator import env, mail, scale
from facilitator.secret import own_key

PACKAGE = Path(__file__).resolve().parent
SOURCE = PACKAGE.parent
# A wheel carries templates, static and locale inside this package; a checkout has them beside it.
SHIPPED = PACKAGE if (PACKAGE / "templates").is_dir() else SOURCE


def _default_data_folder() -> Path:
    if (SOURCE / "pyproject.toml").is_file():
        return SOURCE / ".data"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "facilitator"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "facilitator"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "facilitator"


# --- where it runs -----------------------------------------------------------------------------

DEBUG = env.boolean("FACILITATOR_DEBUG")
FACILITATOR_DATA = env.folder("FACILITATOR_DATA", default=_default_data_folder())
PORT = env.whole_number("PORT", default=8000, least=0, most=65535)

# Empty: embedded, the laptop is the server and only local names and addresses are answered.
FACILITATOR_HOSTS = env.names("FACILITATOR_HOSTS")
EMBEDDED = not FACILITATOR_HOSTS
# facilitator.hosts decides before Django sees a request, for sockets as well as pages.
ALLOWED_HOSTS = ["*"] if EMBEDDED else FACILITATOR_HOSTS

# The start of join links and QR codes, when phones reach the server by another name.
FACILITATOR_PUBLIC_URL = env.text("FACILITATOR_PUBLIC_URL").rstrip("/")
PUBLIC_HOST = urlsplit(FACILITATOR_PUBLIC_URL).hostname or ""

FACILITATOR_HTTPS = env.boolean("FACILITATOR_HTTPS")
FACILITATOR_BEHIND_PROXY = env.boolean("FACILITATOR_BEHIND_PROXY")
FACILITATOR_PROXY_IS_QUIET = env.boolean("FACILITATOR_PROXY_IS_QUIET")
FACILITATOR_ALLOW_HTTP = env.boolean("FACILITATOR_ALLOW_HTTP")

SECRET_KEY = env.text("FACILITATOR_SECRET_KEY")
SECRET_KEY_GENERATED = not SECRET_KEY
if SECRET_KEY_GENERATED:
    SECRET_KEY = own_key(FACILITATOR_DATA)

# Empty: live state in this one process, and SQLite in the data folder.
REDIS_URL = scale.redis_address(env.text("REDIS_URL"))
DATABASE_URL = env.text("DATABASE_URL")
FACILITATOR_ALLOW_REDIS_THAT_SAVES = env.boolean("FACILITATOR_ALLOW_REDIS_THAT_SAVES")

# --- what it is made of ------------------------------------------------------------------------

# No admin (its log names people), no messages (their cookies and sessions outlive a meeting).
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "channels",
    "csp",
    "django_htmx",
    # Without "allauth" itself: a page of its own that we forgot cannot be shown.
    "allauth.account",
    "allauth.mfa",
    "agreements",
    "meetings",
    "facilitator",
]

# The subclasses in facilitator.middleware run on the event loop: Django's own classes would
# send every request through a thread some fourteen times.
MIDDLEWARE = [
    "facilitator.middleware.Security",
    "facilitator.middleware.StaticFiles",
    "facilitator.middleware.ContentSecurityPolicy",
    "facilitator.middleware.NoStore",
    "facilitator.middleware.Sessions",
    "facilitator.middleware.Locale",
    "facilitator.middleware.Common",
    "facilitator.middleware.Csrf",
    "facilitator.middleware.Authentication",
    # Async already, and only notes which request it is in.
    "allauth.account.middleware.AccountMiddleware",
    "facilitator.middleware.OnNobodysMind",
    "facilitator.middleware.OutOfReach",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "facilitator.urls"
ASGI_APPLICATION = "facilitator.asgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SHIPPED / "templates"],
        "APP_DIRS": True,
        # No auth processor: a participant's page must not touch a session.
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# Every form's fields look alike: name, hint, what is wrong, field.
FORM_RENDERER = "facilitator.rendering.Fields"

# --- what is kept ------------------------------------------------------------------------------

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FACILITATOR_DATA / "facilitator.sqlite3",
        "OPTIONS": {
            # A transaction that starts by reading cannot upgrade while another writes.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # secure_delete: deleted text is overwritten rather than left in free pages.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; "
                "PRAGMA journal_size_limit=1048576; PRAGMA busy_timeout=10000;"
            ),
        },
    },
}
if DATABASE_URL:
    DATABASES = {"default": scale.database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the live meeting: settings of meetings/ go here -------------------------------------------

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels.layers.InMemoryChannelLayer",
        # Over capacity it drops silently; an announcement is one small number per change.
        "CONFIG": {"capacity": 5000, "expiry": 3600, "group_expiry": 7 * 24 * 3600},
    },
}

if REDIS_URL:
    CHANNEL_LAYERS = {"default": scale.channel_layer(REDIS_URL, SECRET_KEY)}

# In a minute, from everywhere, in this process: then short codes are not looked at for a while.
FACILITATOR_FAILED_CODES = env.whole_number("FACILITATOR_FAILED_CODES", default=50, least=1)

# --- facilitators ------------------------------------------------------------------------------

AUTH_USER_MODEL = "meetings.Facilitator"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "meetings.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "meetings.accounts.passwords.NotCommon"},
    {"NAME": "meetings.accounts.passwords.NotTheName"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/account/in"

ACCOUNT_ADAPTER = "meetings.accounts.adapter.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_FORMS = {
    "login": "meetings.editing.accounts.SignInForm",
    "reset_password": "meetings.editing.accounts.RecoveryForm",
    "reset_password_from_key": "meetings.editing.accounts.NewPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# Counted in this process's memory. Generous: a whole house may sit behind one address.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,20/10m/key"}

MFA_ADAPTER = "meetings.accounts.adapter.Passkeys"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {"login_webauthn": "meetings.editing.accounts.PasskeySignInForm"}

# Who tried how often is in here, so it stays in memory and is never shared or saved.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Beyond this many entries old ones go: room for more strangers than one attacker has.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# Without mail, a facilitator who lost her password asks a colleague or her host for a link.
FACILITATOR_MAIL_URL = env.text("FACILITATOR_MAIL_URL")
SENDS_MAIL = bool(FACILITATOR_MAIL_URL)
_mail = mail.mail_from(FACILITATOR_MAIL_URL)
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail.backend, _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.account, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS, EMAIL_TIMEOUT = _mail.ssl, _mail.tls, 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("FACILITATOR_MAIL_FROM", "facilitator@localhost")

SESSION_ENGINE = "facilitator.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
# Strict would sign a facilitator out whenever she arrives by a link from a mail or a chat.
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "facilitator.views.csrf_failure"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = FACILITATOR_HTTPS
# The prefix stops a neighbouring subdomain from planting a cookie; browsers demand HTTPS for it.
COOKIE_PREFIX = "__Host-" if FACILITATOR_HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
LANGUAGE_COOKIE_SECURE = FACILITATOR_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- what browsers are told --------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
# Nothing to any other site. Browsers that say where a request comes from get "no-referrer" from
# facilitator.middleware.Security (docs/decisions/003-referrer-policy.md).
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if FACILITATOR_HTTPS else None
SECURE_SSL_REDIRECT = FACILITATOR_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if FACILITATOR_HTTPS else 0
# Anyone can send this header, so it counts only where a proxy is known to overwrite it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if FACILITATOR_BEHIND_PROXY else None

# --- what browsers may send --------------------------------------------------------------------

# A reading far too long must still arrive, to be given back whole with a sentence (100,000
# letters of some scripts take nine times as many bytes in a form); everything else gets 8 KB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
SHORT_FORM_BYTES = 8192
LONG_FORM_PATHS = ("/group/",)
# Anyone with the link may send words here. A text far too long comes back whole as well; beyond
# that the server's own bound holds.
WHOLE_FORM_PATHS = ("/agreement/",)
# An agenda of 200 steps is refused by a sentence of its own, so it has to arrive.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Files are not taken at all.
FILE_UPLOAD_HANDLERS: list[str] = []

# --- words and files ---------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [SHIPPED / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = FACILITATOR_DATA / "static"
STATICFILES_DIRS = [SHIPPED / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- what is logged: type and place, never content ---------------------------------------------

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "place": {"()": "facilitator.logs.TypeAndPlace"},
        "debug": {"format": "%(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            # Debugging shows content, so facilitator.checks refuses it in production.
            "formatter": "debug" if DEBUG else "place",
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Named one by one so that no library's own handler or level speaks first.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Refused requests (4xx) are warnings; only our own failures are worth a line.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.security": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
        "daphne": {"handlers": [], "level": "CRITICAL", "propagate": True},
        "daphne.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
    },
}
