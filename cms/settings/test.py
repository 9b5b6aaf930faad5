"""The test suite: fast passwords, jobs at once, mail and cache in memory."""

from .base import *  # noqa: F403 - a settings family
from .base import INSTALLED_APPS, VAR_DIR

SECRET_KEY = "tests-only-not-a-secret"
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = VAR_DIR / "test-media"
WHITENOISE_AUTOREFRESH = True  # finds each file when it is asked for, instead of listing all at start
WHITENOISE_USE_FINDERS = True
INSTALLED_APPS = [*INSTALLED_APPS, "tests.localisation.testapp"]
