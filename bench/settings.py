"""The site as in production, with the floor app and without rate limits on registrations."""

from cms.settings.base import *  # noqa: F403 - a settings family
from cms.settings.base import CACHES, INSTALLED_APPS, env

SECRET_KEY = "measured-only-not-a-secret"  # noqa: S105 - it guards nothing
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.forms", "wagtail.api.v2", "rest_framework", "bench.floor"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = None  # nothing is collected: files are served from where they lie
WHITENOISE_USE_FINDERS = True
REGISTRATION_LIMITS = {"address": "", "desk": "", "address_unproven": "", "api": ""}
if "FileBased" in CACHES["shared"]["BACKEND"]:  # not the generation of a demo that runs beside
    CACHES["shared"]["LOCATION"] = env.str("BENCH_CACHE", default=CACHES["shared"]["LOCATION"])
if env.bool("BENCH_WITHOUT_CACHE", default=False):
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
