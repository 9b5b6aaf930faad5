"""Settings of a process that works beside a test on its database, with real queues and real mail."""

from cms.settings.test import *  # noqa: F403 - a settings family
from cms.settings.test import DATABASES, env

DATABASES["default"]["NAME"] = env.str("LIVE_DATABASE", default="")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = "127.0.0.1", env.int("LIVE_SMTP", default=25), 10
