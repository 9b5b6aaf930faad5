"""Development and the demo: everything on this machine, nothing secret."""

from .base import *  # noqa: F403 - a settings family
from .base import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="development-only-not-a-secret")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
AUTHENTICATION_BACKENDS = ["cms.auth.RateLimitedBackend"]
STATIC_ROOT = None  # static files are not collected, but served from their folders
WHITENOISE_USE_FINDERS = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
