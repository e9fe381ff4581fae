"""How Django is set up: one file, read from the environment.

With no environment at all the register runs on this machine alone, on its embedded services.
Naming hosts that others can reach (`ALLOWED_HOSTS`) turns on what a published site needs: a
secret key of its own, HTTPS and secure cookies. `.env.example` says what each variable does.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ics_leadership import embedded, logs
from ics_leadership.accounts.providers import openid_providers
from ics_leadership.environment import BASE_DIR, env, home

HOME = home()

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK)
PUBLISHED = not set(ALLOWED_HOSTS) <= set(LOOPBACK)
DEBUG = env.bool("DEBUG", default=False)

REGISTER_NAME = env.str("REGISTER_NAME", default="GP leadership register")
_reached_at = (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PUBLISHED else f"http://127.0.0.1:{env.int('PORT', default=8000)}"
)
REGISTER_ADDRESS = env.str("REGISTER_ADDRESS", default=_reached_at).rstrip("/")
if "*" in REGISTER_ADDRESS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS begins with a star, which is no name that letters could lead to, so REGISTER_ADDRESS must be set: "
        "the address under which people reach this register, like https://register.example.org."
    )


def generated_key(path: Path) -> str:
    """The secret key kept in `path`, made on first use and readable by its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            # Unlike a rename, a link never replaces the key that another process just made.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if PUBLISHED:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS names hosts that others can reach, so SECRET_KEY must be set: "
            "a long random text, the same for every process of this register."
        )
    SECRET_KEY = generated_key(HOME / "secret-key")

# --- what is installed

INSTALLED_APPS = [
    "ics_leadership",
    "ics_leadership.accounts",
    "organisations",
    "roles",
    "memberships",
    "pghistory",
    "pgtrigger",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    # Before staticfiles, so that `runserver` serves files as the real server does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ics_leadership.accounts.reading.SignInToReadMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ics_leadership.kept_pages.KeptPagesMiddleware",
    "ics_leadership.as_at.AsAtMiddleware",
    "ics_leadership.known_at.KnownAtMiddleware",
    "organisations.rights.RightsMiddleware",
    "ics_leadership.errors.RefusalMiddleware",
]

ROOT_URLCONF = "ics_leadership.urls"
WSGI_APPLICATION = "ics_leadership.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ics_leadership.context.frame",
                "memberships.context.demonstration",
                "memberships.context.messages_waiting",
            ],
        },
    },
]

# Django's generic classes take their type (`UserAdmin[User]`) at run time too.
django_stubs_ext.monkeypatch()

# --- data


NAMES_ALIKE = 0.45
"""Half of the letters alike is alike enough for a search that forgives typing errors."""


def database(url: str, *, pool_size: int) -> dict[str, Any]:
    """Django's description of the database at `url`; `pool_size` 0 opens a connection a request."""
    config: dict[str, Any] = env.db_url_config(url)
    options = config.setdefault("OPTIONS", {})
    # A socket's folder does not fit the host part of an address: it comes as `?host=`.
    config["HOST"] = options.pop("host", config["HOST"])
    # A prepared statement keeps its plan: making one for the very arguments takes as long as asking, and is seldom better.
    options["options"] = f"-c pg_trgm.word_similarity_threshold={NAMES_ALIKE} -c plan_cache_mode=force_generic_plan"
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {
    "default": database(embedded.database_url(), pool_size=env.int("DATABASE_POOL_SIZE", default=0)),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = embedded.redis_url()
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "register",
    },
    # What every page says, so that none has to ask another server for it.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# --- work in the background

_redis = urlsplit(REDIS_URL)
# Celery spells a Unix socket, and the number of the database behind it, differently from the cache.
CELERY_BROKER_URL = (
    f"redis+socket://{_redis.path}?{_redis.query.replace('db=', 'virtual_host=')}"
    if _redis.scheme == "unix"
    else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(HOME / "scheduler")
CELERY_BEAT_SCHEDULE = {
    "tell-senders-missed": {
        "task": "memberships.message_tasks.tell_senders_missed",
        "schedule": crontab(minute=15),
    },
    "forget-answered-messages": {
        "task": "memberships.message_tasks.forget_answered_messages",
        "schedule": crontab(hour=3, minute=45),
    },
    "clear-old-imports": {
        "task": "memberships.tasks.clear_old_imports",
        "schedule": crontab(hour=4, minute=0),
    },
    "remind-of-proposals": {
        "task": "memberships.reminder_tasks.remind_of_proposals",
        "schedule": crontab(hour=7, minute=30),
    },
    "send-weekly-letters": {
        "task": "memberships.letter_tasks.send_weekly_letters",
        # Each goes once a week, so that a scheduler that was away on Monday makes up for it.
        "schedule": crontab(hour=7, minute=0),
    },
    "forget-old-uses-of-tokens": {
        "task": "ics_leadership.tasks.forget_old_uses_of_tokens",
        "schedule": crontab(hour=3, minute=35),
    },
    "forget-ended-sessions": {
        "task": "ics_leadership.tasks.forget_ended_sessions",
        "schedule": crontab(hour=3, minute=30),
    },
}

# --- accounts

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "to-do"

# Whether the register is read without signing in. The world is not let in by forgetting a setting.
PUBLIC_READING = env.bool("PUBLIC_READING", default=not PUBLISHED)

# Signing in is django-allauth's business; what it may assume of the register's accounts stands here. Administrators
# open accounts and vouch for their addresses, so nobody signs up and no address waits to be confirmed.
ACCOUNT_ADAPTER = "ics_leadership.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLISHED else "http"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# One network of the NHS, or a whole practice, may stand behind one address.
ACCOUNT_RATE_LIMITS = {
    "tell_the_keeper": "10/10m/ip,60/d/ip",
    "tell_the_keeper_signed_in": "20/10m/user,100/d/user",
}
ACCOUNT_FORMS = {
    "login": "ics_leadership.accounts.forms.SignInForm",
    "reset_password": "ics_leadership.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "ics_leadership.accounts.forms.NewPasswordForm",
    "change_password": "ics_leadership.accounts.forms.ChangePasswordForm",
    "set_password": "ics_leadership.accounts.forms.FirstPasswordForm",
    "reauthenticate": "ics_leadership.accounts.forms.StillYouForm",
}

MFA_FORMS = {
    "authenticate": "ics_leadership.accounts.forms.SecondFactorForm",
    "reauthenticate": "ics_leadership.accounts.forms.StillYourSecondFactorForm",
    "activate_totp": "ics_leadership.accounts.forms.SetUpAppForm",
    "add_webauthn": "ics_leadership.accounts.forms.AddKeyForm",
    "edit_webauthn": "ics_leadership.accounts.forms.RenameKeyForm",
}
MFA_ADAPTER = "ics_leadership.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A code of the last half minute is taken too: clocks of telephones are rarely exact.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLISHED

SOCIALACCOUNT_ADAPTER = "ics_leadership.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": openid_providers(env)}
}

# --- language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# --- files that browsers fetch

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLISHED
CSRF_FAILURE_VIEW = "ics_leadership.errors.stale_form"
SECURE_SSL_REDIRECT = PUBLISHED
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PUBLISHED else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # How often somebody may try to sign in is counted by address: theirs, not the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# --- reference data

# Where `import_ods --fetch` finds the reports of the NHS Organisation Data Service.
ODS_REPORTS_URL = env.str("ODS_REPORTS_URL", default="https://www.odsdatasearchandexport.nhs.uk/api/getReport")

# --- taking data away

REST_FRAMEWORK = {
    # A token goes first, so that strangers are told of it.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ics_leadership.accounts.tokens.ByToken",
        "ics_leadership.api.sessions.BySession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["ics_leadership.api.permissions.MayRead"],
    "DEFAULT_THROTTLE_CLASSES": ["ics_leadership.api.limits.UnitsAMinute"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "ics_leadership.api.negotiation.AsTheAddressSays",
    "DEFAULT_SCHEMA_CLASS": "ics_leadership.api.schema.TableSchema",
    "EXCEPTION_HANDLER": "ics_leadership.api.handling.handler",
    # The format is a matter of each resource: most of them are no renderers' business.
    "URL_FORMAT_OVERRIDE": None,
}

KNOX_TOKEN_MODEL = "accounts.Token"  # noqa: S105  no secret but a name
# What finds secrets in files that should hold none finds them by how they begin.
REST_KNOX = {"TOKEN_PREFIX": "gpreg_"}
# Its own table is replaced by ours.
MIGRATION_MODULES = {"knox": None}

SPECTACULAR_SETTINGS = {
    "TITLE": "GP leadership register",
    "DESCRIPTION": "Who leads general practice, as at any day: role maps, people, groups and who sits on them.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["ics_leadership.api.permissions.MayRead"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["ics_leadership.api.answers.with_parts", "memberships.api_answers.with_answers"],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "token": {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "“Token ”, then a token that you made on the page of your account.",
            }
        }
    },
}

# So many units of asking a minute holds for a token or an account, and for an address of which nothing else is known; a page
# costs one unit, a whole table ten, also one that is taken from a page of the register. 0: as many as they like.
API_UNITS_A_MINUTE = env.int("API_UNITS_A_MINUTE", default=600)
API_UNITS_A_MINUTE_OF_STRANGERS = env.int("API_UNITS_A_MINUTE_OF_STRANGERS", default=240)

# So many exports of whole tables a process writes at once; one more is asked to come again.
EXPORTS_AT_ONCE = env.int("EXPORTS_AT_ONCE", default=4)
# After so many seconds a reader who takes nothing more of one is dropped.
EXPORT_PATIENCE = env.int("EXPORT_PATIENCE", default=30)

# --- pages

# How long a page that strangers read may stand in for the same one made anew, where nothing changed meanwhile.
PAGES_KEPT_SECONDS = env.int("PAGES_KEPT_SECONDS", default=60)

# --- what people tell the keeper

# Messages hold what people wrote and where they can be reached: so many days after their answer they are deleted.
MESSAGES_KEPT_DAYS = env.int("MESSAGES_KEPT_DAYS", default=365)

# --- spreadsheets

# Uploads hold whole lists of people: so many days after they came their content is deleted.
IMPORTS_KEPT_DAYS = env.int("IMPORTS_KEPT_DAYS", default=90)

# --- what people keep

# So many months after somebody last wrote a record, or said that it is still true, readers are told and editors asked.
CONFIRM_AFTER_MONTHS = env.int("CONFIRM_AFTER_MONTHS", default=12)

# --- post and log

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="register@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(levelname)s %(name)s %(message)s"},
    },
    "filters": {
        "in_a_line": {"()": "django.utils.log.CallbackFilter", "callback": logs.in_a_line},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["in_a_line"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
