"""The test suite: fast passwords, jobs at once, mail in memory; a database file, so that threads race as when live."""

from .base import *  # noqa: F403 - a settings family
from .base import CACHES, DATABASES, INSTALLED_APPS, LOGGING, MIDDLEWARE, STORAGES, VAR_DIR, env

SECRET_KEY = "tests-only-not-a-secret"
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
LOGGING = LOGGING | {"root": {"handlers": ["console"], "level": "WARNING"}}  # saving a page logs two tasks
STAFF_REAUTHENTICATION = False  # Client.force_login proves nothing; the tests of verkosto.accounts enable it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_AUTOREFRESH = True  # look up files on request, instead of listing all at start
STATIC_ROOT = None  # static files are not collected, but served from their folders
WHITENOISE_USE_FINDERS = True
INSTALLED_APPS = [*INSTALLED_APPS, "tests.verkosto.localisation.testapp", "tests.plugin_app"]

# Most tests are about rendering pages; the tests of the page cache enable it.
MIDDLEWARE = [name for name in MIDDLEWARE if name != "verkosto.core.page_cache.PageCacheMiddleware"]
CACHES["shared"] = CACHES["default"]  # parallel test processes must not share the content version

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: threads of an in-memory database share one connection. Durability is not needed.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "tests.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
worker = env.str("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw")
# Parallel test processes must not share files: the retention of one, in a later year, would delete those of the other.
STORAGES["private"]["OPTIONS"] = {"location": VAR_DIR / "test-private" / worker, "base_url": None}
if "LOCATION" in CACHES["default"]:  # they use different databases of one Redis
    CACHES["default"]["LOCATION"] = f"{CACHES['default']['LOCATION'].rpartition('/')[0]}/{worker}"
