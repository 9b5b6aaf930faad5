"""The test suite: fast passwords, jobs at once, mail in memory; a database file, so that threads race as when live."""

from .base import *  # noqa: F403 - a settings family
from .base import CACHES, DATABASES, INSTALLED_APPS, LOGGING, MIDDLEWARE, VAR_DIR, env

SECRET_KEY = "tests-only-not-a-secret"
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
LOGGING = LOGGING | {"root": {"handlers": ["console"], "level": "WARNING"}}  # each saved page is two jobs
WHITENOISE_AUTOREFRESH = True  # finds each file when it is asked for, instead of listing all at start
STATIC_ROOT = None  # nothing is collected: files are served from where they lie
WHITENOISE_USE_FINDERS = True
INSTALLED_APPS = [*INSTALLED_APPS, "tests.verkosto.localisation.testapp", "tests.plugin_app"]

# Most tests ask how a page is made; those of the page cache put it back.
MIDDLEWARE = [name for name in MIDDLEWARE if name != "verkosto.core.page_cache.PageCacheMiddleware"]
CACHES["shared"] = CACHES["default"]  # parallel test processes do not renew each other's pages

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in life: threads of a database in memory share one cache and its locks. Its loss would be no loss.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "tests.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
if "LOCATION" in CACHES["default"]:  # parallel test processes share a Redis, not its contents
    worker = env.str("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = f"{CACHES['default']['LOCATION'].rpartition('/')[0]}/{worker}"
