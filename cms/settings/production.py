"""A public site: refuses to start without its secrets, speaks HTTPS alone."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403 - a settings family
from .base import STORAGES, TRUSTED_PROXIES, email_settings, env

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = WAGTAILADMIN_BASE_URL = env.str("SITE_URL").rstrip("/")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY: give at least 50 random characters.")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS: name the site's hosts, separated by commas.")

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "cms.static_files.ManifestStaticFilesStorage"}}
vars().update(email_settings(env.str("EMAIL_URL", default="smtp://localhost:25")))

HTTPS = SITE_URL.startswith("https://")
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0  # a year
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=12)
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=60)
if HTTPS:  # a browser takes these from this host alone, over HTTPS alone: no other site of the domain can set them
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
