"""The site with one address more: a long file for slow readers."""

from cms.settings.test import *  # noqa: F403 - a settings family

ROOT_URLCONF = "tests.cms.slow_urls"
