"""Settings shared by every environment; the others state only how they differ."""

from pathlib import Path
from zoneinfo import available_timezones

import environ
from csp.constants import NONCE, NONE, SELF

from cms.language_settings import language_settings
from cms.service_urls import (
    cache_settings,
    database_settings,
    email_settings,
    frontend_cache_settings,
    media_settings,
    private_storage_settings,
    search_settings,
)
from verkosto.operations.logging_settings import logging_settings

from .sign_in import *  # noqa: F403 - a settings family
from .sign_in import SIGN_IN_APPS

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # earlier keys, which are still read
# Where vulnerabilities are reported: mailto:… or https://… (RFC 9116).
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "home.views.csrf_failure"
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # number of our own reverse proxies, which set X-Forwarded-*

LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = language_settings(env.list("LANGUAGES", default=["fi", "sv", "en"]))
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default=LANGUAGES[0][0])

INSTALLED_APPS = [
    "cms",
    "home",
    "network_pages",
    "verkosto.linked_events",
    "event_pages",
    "verkosto.api",
    *SIGN_IN_APPS,
    "verkosto.embedding",
    "verkosto.subscriptions",
    "verkosto.operations",
    "verkosto.webhooks",
    "verkosto.registrations",
    "verkosto.directory",
    "verkosto.core",
    "wagtail.contrib.redirects",  # before localisation, which replaces one of its receivers
    "verkosto.localisation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "cms.middleware.ReadWholeRequestMiddleware",
    "verkosto.operations.request_ids.RequestIdMiddleware",  # before all that may log a line
    "verkosto.operations.metrics.MetricsMiddleware",
    "cms.middleware.LeaveOutBodyMiddleware",  # this and the next before all that make responses, so that they see each
    "cms.middleware.StreamLengthMiddleware",
    "cms.middleware.CompressTextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "verkosto.core.page_cache.PageCacheMiddleware",
    "cms.middleware.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.RedirectToLanguageMiddleware",
    "cms.middleware.RefuseNullBytesMiddleware",
    "cms.middleware.RefuseMalformedFormsMiddleware",
    "cms.middleware.MissingImagesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "verkosto.accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "verkosto.localisation.admin.guard.middleware.TranslationGuardMiddleware",
    "verkosto.core.publishing_rules.PublishingRulesMiddleware",
    "verkosto.registrations.admin.middleware.ConfirmApprovalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

if len(LANGUAGES) == 1:
    # There is nothing to negotiate, and its header "Vary" would keep pages out of caches.
    MIDDLEWARE.remove("cms.middleware.RedirectToLanguageMiddleware")

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
            ],
        },
    },
]

DATABASES = {"default": database_settings(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"))}
# An index of registrations has more columns on PostgreSQL; SQLite leaves them out, as it should.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = cache_settings(env.str("REDIS_URL", default=""), VAR_DIR / "cache")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The password of the demo accounts is in the README, so NoDemoPasswordBackend refuses it.
DEMO_PASSWORD = "verkosto-demo"
AUTHENTICATION_BACKENDS = ["cms.auth.NoDemoPasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "cms.auth.NoDemoPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "verkosto.accounts.breached_passwords.BreachedPasswordValidator"},
]

# Require a proof of work from the visitor's browser; without one, the email address must be confirmed.
REGISTRATION_PROOF_OF_WORK = env.bool("REGISTRATION_PROOF_OF_WORK", default=False)

# Where calendars send answers ("calendar+{key}@example.fi"), and how they are read: see docs/operators.md.
REGISTRATION_CALENDAR_ADDRESS = env.str("CALENDAR_ADDRESS", default="")
REGISTRATION_CALENDAR_MAILBOX = env.str("CALENDAR_MAILBOX_URL", default="")
REGISTRATION_CALENDAR_SECRET = env.str("CALENDAR_SECRET", default="")
# Keys with which sensitive answers are encrypted: the first writes, all read.
SENSITIVE_ANSWERS_KEYS = env.list("SENSITIVE_ANSWERS_KEYS", default=[])
# The site among the sources of LinkedEvents, and the organisation that publishes its events.
VERKOSTO_LINKED_EVENTS_DATA_SOURCE = env.str("LINKED_EVENTS_DATA_SOURCE", default="verkosto")
VERKOSTO_LINKED_EVENTS_PUBLISHER = env.str("LINKED_EVENTS_PUBLISHER", default="")
# The LinkedEvents server that gets the published events, and whose places can be imported.
VERKOSTO_LINKED_EVENTS_URL = env.str("LINKED_EVENTS_URL", default="")
VERKOSTO_LINKED_EVENTS_API_KEY = env.str("LINKED_EVENTS_API_KEY", default="")
VERKOSTO_LINKED_EVENTS_KEYWORDS = env.list("LINKED_EVENTS_KEYWORDS", default=[])
VERKOSTO_LINKED_EVENTS_ONLINE_PLACE = env.str("LINKED_EVENTS_ONLINE_PLACE", default="")
VERKOSTO_LINKED_EVENTS_PRIVATE_NETWORKS = env.bool("LINKED_EVENTS_PRIVATE_NETWORKS", default=False)
VERKOSTO_JITSI_URL = env.str("JITSI_URL", default="")
# Webhooks to other systems in networks of our own, and without TLS. Only where no stranger can add any.
VERKOSTO_WEBHOOKS_PRIVATE_NETWORKS = env.bool("WEBHOOKS_PRIVATE_NETWORKS", default=False)
VERKOSTO_WEBHOOKS_HTTP = env.bool("WEBHOOKS_HTTP", default=False)

LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "cms" / "overlay"]
TIME_ZONE = "Europe/Helsinki"
FORMAT_MODULE_PATH = "cms.formats"
USE_I18N = True
USE_TZ = True

NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cms.stylesheet.SiteStyleSheetFinder",
]
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/designsystemet", NODE_MODULES / "@digdir/designsystemet-css/dist/src"),
    ("vendor/hanken-grotesk", NODE_MODULES / "@fontsource-variable/hanken-grotesk/files"),
    ("vendor/newsreader", NODE_MODULES / "@fontsource/newsreader/files"),
]
media, MEDIA_ROOT, MEDIA_ORIGIN = media_settings(env.str("MEDIA_STORAGE_URL", default=""), VAR_DIR / "media")
MEDIA_URL = "/media/"
STORAGES = {
    "default": media,
    "staticfiles": {"BACKEND": "cms.static_files.StaticFilesStorage"},
    # Files uploaded by registrants; they have no URL.
    "private": private_storage_settings(env.str("PRIVATE_STORAGE_URL", default=""), VAR_DIR / "private"),
}

vars().update(email_settings(env.str("EMAIL_URL", default=f"filemail://{VAR_DIR / 'mail'}")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Verkosto <verkosto@localhost>")

# Players that may stand in pages, by origin ("https://media.example.fi"). Other media is linked.
VERKOSTO_EMBED_ORIGINS = env.list("EMBED_ORIGINS", default=[])
CSP_REPORT_URL = env.str("CSP_REPORT_URL", default="")  # where browsers report what the policy blocked
public_sources = {
    "default-src": [SELF],
    "script-src": [SELF, NONCE],
    "style-src": [SELF, NONCE],
    "img-src": [SELF, "data:", *filter(None, [MEDIA_ORIGIN])],
    "frame-src": [SELF, *VERKOSTO_EMBED_ORIGINS],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],  # the admin shows previews in a frame
    **({"report-uri": [CSP_REPORT_URL]} if CSP_REPORT_URL else {}),
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": public_sources}
# Wagtail's date choosers and editors use inline scripts and styles.
CONTENT_SECURITY_POLICY_ADMIN = {
    **public_sources,
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:", *filter(None, [MEDIA_ORIGIN])],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "midi",
        "payment",
        "usb",
        "browsing-topics",
    )
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# For operators: log lines as text or JSON, where the audit log and errors are sent, who reads figures.
VERKOSTO_AUDIT_LOG = env.str("AUDIT_LOG", default="")
LOGGING = logging_settings(env.str("LOG_FORMAT", default="text"), VERKOSTO_AUDIT_LOG)
VERKOSTO_METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
VERKOSTO_SENTRY_DSN = env.str("SENTRY_DSN", default="")
VERKOSTO_OPENTELEMETRY = env.bool("OPENTELEMETRY", default=False)

WAGTAIL_SITE_NAME = "Verkosto"
VERKOSTO_BASE_TEMPLATE = "base.html"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # Wagtail's field asks for no password; cms.account has one that does
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.account.PasswordResetForm"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Zones that browsers know too: Debian's "localtime" breaks the script of the account page.
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
WAGTAILSEARCH_BACKENDS = {"default": search_settings(env.str("SEARCH_URL", default=""))}
WAGTAILFRONTENDCACHE = frontend_cache_settings(env.str("FRONTEND_CACHE_URL", default=""))
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # documents of private collections are served by our own view
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # uploads are always downloaded, never opened in the browser
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.documents.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.images.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
# The admin sends no requests to other servers.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
