"""Settings of the server, from the environment and the data folder.

``NOSOLOGY_HOME`` names the data folder (keys, embedded database); ``NOSOLOGY_DATABASE`` a PostgreSQL address
(``postgresql://user:password@host/name``), without it an SQLite file in the data folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from nosology.codes.home import data_home
from nosology.web.databases import read_database
from nosology.web.keys import read_keys
from nosology.web.ops.logs import logging_settings
from nosology.web.rates import read_rate

HOME = data_home()
_KEYS = read_keys(HOME)

SECRET_KEY = _KEYS.secret
SECRET_KEY_FALLBACKS = list(_KEYS.older_secrets)
NOSOLOGY_FIELD_KEYS = list(_KEYS.fields)
NOSOLOGY_INDEX_KEYS = list(_KEYS.indexes)
NOSOLOGY_KEYS_FILE = HOME / "keys.json"  # read anew when it changes, so that a running server follows a rotation

DEBUG = False
ALLOWED_HOSTS = os.environ.get("NOSOLOGY_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SECURE = os.environ.get("NOSOLOGY_SECURE", "") == "1"  # served over TLS, by a proxy in front

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "nosology.store",
    "nosology.web.apps.WebConfig",
]

MIDDLEWARE = [
    "nosology.web.ops.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "nosology.web.api.transport.ApiOverTls",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "nosology.web.access.AccessMiddleware",
    "nosology.web.auth.limits.SessionLimits",
    "nosology.web.auth.limits.SecondFactor",
    "nosology.web.auth.limits.AnswerHeaders",
    "nosology.web.auth.throttle.Throttle",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nosology.web.ops.errors.ErrorMiddleware",
    "nosology.web.auth.plain_text.PlainText",
]

ROOT_URLCONF = "nosology.web.urls"
WSGI_APPLICATION = "nosology.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nosology.web.access.access_context",
                "nosology.web.navigation.navigation_context",
                "nosology.web.auth.limits.session_context",
            ]
        },
    }
]

DATABASES = {"default": read_database(os.environ.get("NOSOLOGY_DATABASE", ""), HOME)}
AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

FILE_UPLOAD_HANDLERS = [
    "nosology.web.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 60
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Rates and used one-time codes are counted in the database, so that all processes count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "server_cache",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {  # how often somebody asks: counted in each process, without a query
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
NOSOLOGY_RATES = {  # requests in a minute and process; "" for no limit
    "account": read_rate("NOSOLOGY_RATE_ACCOUNT", 600),
    "address": read_rate("NOSOLOGY_RATE_ADDRESS", 300),
}

CSRF_FAILURE_VIEW = "nosology.web.ops.errors.csrf_failed"
LOGGING = logging_settings(os.environ.get("NOSOLOGY_LOG", "INFO").upper())

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # this server sends no mail
ACCOUNT_ADAPTER = "nosology.web.auth.adapter.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("NOSOLOGY_PROXIES", "1" if SECURE else "0"))
MFA_ADAPTER = "nosology.web.auth.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Nosology"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # browsers allow it for localhost alone
USERSESSIONS_TRACK_ACTIVITY = False

NOSOLOGY_ANCHORS = os.environ.get("NOSOLOGY_ANCHORS", "") or HOME / "audit-anchors.jsonl"
NOSOLOGY_AUDIT_KEY = os.environ.get("NOSOLOGY_AUDIT_KEY", "") or HOME / "audit-key.pem"
NOSOLOGY_ANCHOR_EVERY = 100  # events of a chain

NOSOLOGY_BREACHED_PASSWORDS = os.environ.get("NOSOLOGY_BREACHED_PASSWORDS", "")  # a file or folder of Pwned Passwords
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "nosology.web.auth.passwords.BreachedPasswordValidator"},
]

SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
SESSION_COOKIE_AGE = 12 * 3600  # however busy: a session ends after a shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
NOSOLOGY_SESSIONS_AT_ONCE = 3  # of one person; the oldest ends
NOSOLOGY_IDLE_MINUTES = 15  # an organisation may choose another
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(health|ready)/?$", r"^api/"]  # asked by the machine itself; refused in plain
    SECURE_HSTS_SECONDS = 2 * 365 * 86400
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    CSRF_TRUSTED_ORIGINS = [f"https://{each}" for each in ALLOWED_HOSTS]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []
