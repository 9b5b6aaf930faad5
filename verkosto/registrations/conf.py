"""Settings of this app, each with its default. A project needs to name none of them."""

from email.utils import parseaddr

from django.conf import settings
from django.templatetags.static import static

from verkosto.core.page_urls import absolute_url

RATE_LIMITS = {
    # Sign-ups by one network address at all desks, and by everybody at one desk.
    "address": "600/hour",
    "desk": "20000/hour",
    # Sign-ups by one network address without proof of work; beyond them, the email address has to be confirmed.
    "address_unproven": "60/hour",
    # Requests for personal links by one network address without proof of work, and with it.
    "link": "20/hour",
    "link_proven": "300/hour",
    # Answers of the API that have to be made for one network address: those in the cache are not counted.
    "api": "6000/hour",
    # Requests with one token, and by one network address with tokens that are not valid.
    "api_token": "6000/hour",
    "api_unknown_token": "60/hour",
    # Colleagues to whom one person tries to give a place: a refusal says that somebody is registered.
    "hand_over": "5/day",
    # Wrong codes for one check-in link, and from one network address.
    "check_in_code": "5 per 15 minutes",
    "check_in_code_address": "30 per 15 minutes",
    # Password resets for one account's address, and by one network address.
    "password_reset": "3/hour",
    "password_reset_address": "20/hour",
    # Failed logins of one account from one address, so that nobody else behind that address is shut out.
    "sign_in": "5 per 15 minutes",
    # Failed logins of one account from all addresses together; beyond them, the attempts that are still accepted.
    "sign_in_account": "20 per 15 minutes",
    "sign_in_slowly": "1 per minute",
    # For how long an address is remembered from which an account was logged in to.
    "sign_in_known": "1 per 30 days",
    # Sign-ins by passkey or at a provider that one network address begins. Nothing is guessed, but each is a session.
    "sign_in_begin": "200 per 15 minutes",
    # Logout tokens by one network address, and how often one of them is taken.
    "provider_logout": "600/hour",
    "logout_token": "1/day",
    # How often one code of an authenticator app is taken.
    "second_factor_code": "1 per 5 minutes",
}
MAILS_AN_HOUR = 3
QUEUE_LIMIT = 0.5


def rate_limit(kind: str) -> str:
    """Return the limit of a kind as the ``limits`` package writes it, or "" for none (``REGISTRATION_LIMITS``)."""
    limits = {**RATE_LIMITS, **getattr(settings, "REGISTRATION_LIMITS", {})}
    return limits.get(kind) or ""


def mails_an_hour() -> int:
    """Return how many mails that strangers can cause one address gets in an hour (``REGISTRATION_MAILS_AN_HOUR``)."""
    return int(getattr(settings, "REGISTRATION_MAILS_AN_HOUR", MAILS_AN_HOUR))


def queue_limit() -> float:
    """Return how many seconds a form may wait for the web server before the queue page answers it; 0 for ever.

    ``REGISTRATION_QUEUE_LIMIT``.
    """
    return float(getattr(settings, "REGISTRATION_QUEUE_LIMIT", QUEUE_LIMIT))


def asks_proof_of_work() -> bool:
    """Return whether forms ask the browser for a proof of work (``REGISTRATION_PROOF_OF_WORK``)."""
    return bool(getattr(settings, "REGISTRATION_PROOF_OF_WORK", False))


def trusted_proxies() -> int:
    """Return how many proxies of our own stand before the site (``TRUSTED_PROXIES``)."""
    return int(getattr(settings, "TRUSTED_PROXIES", 0))


def site_name() -> str:
    """Return the name under which the site writes (``WAGTAIL_SITE_NAME``)."""
    return str(getattr(settings, "WAGTAIL_SITE_NAME", ""))


def mail_logo() -> str:
    """Return the address of a picture for the top of mails, "" for the site's name as text (``REGISTRATION_MAIL_LOGO``).

    A path of a static file, or an https address; at most 200 by 48 pixels are shown.
    """
    named = str(getattr(settings, "REGISTRATION_MAIL_LOGO", ""))
    return named if named.startswith(("https://", "http://")) or not named else absolute_url(static(named))


def calendar_address() -> str:
    """Return where calendars send answers, with "{key}"; "" if they send none (``REGISTRATION_CALENDAR_ADDRESS``)."""
    return str(getattr(settings, "REGISTRATION_CALENDAR_ADDRESS", ""))


def calendar_mailbox() -> str:
    """Return the URL of the mailbox with these answers, "" for none (``REGISTRATION_CALENDAR_MAILBOX``)."""
    return str(getattr(settings, "REGISTRATION_CALENDAR_MAILBOX", ""))


def calendar_secret() -> str:
    """Return the secret part of the URL at which a provider delivers them (``REGISTRATION_CALENDAR_SECRET``)."""
    return str(getattr(settings, "REGISTRATION_CALENDAR_SECRET", ""))


def sensitive_answers_keys() -> tuple[str, ...]:
    """Return the keys with which sensitive answers are encrypted (``SENSITIVE_ANSWERS_KEYS``): the first writes, all read.

    Without keys they are stored as they are.
    """
    return tuple(getattr(settings, "SENSITIVE_ANSWERS_KEYS", ()))


def sender_address() -> str:
    """Return the bare address that mails come from (``DEFAULT_FROM_EMAIL``)."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
