"""The store of sign-ins, for the registry of personal data: found by the address of their account."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from verkosto.accounts import conf, sessions
from verkosto.accounts.models import SignIn
from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.processing import ProcessingActivity


def data_of_address(email: str) -> list[dict[str, object]]:
    """Return the sessions of the account with an address: the browser, when it began, and whether by single sign-on."""
    return [
        {
            "browser": row.browser,
            "signed_in": row.signed_in_at.isoformat(),
            "single_sign_on": bool(row.provider_session),
        }
        for row in SignIn.objects.filter(user__email__iexact=email)
    ]


def erase_address(email: str) -> int:
    """End the sessions of the account with an address, and delete their rows. Return how many."""
    return sessions.end(SignIn.objects.filter(user__email__iexact=email))


def _kept_for() -> str:
    hours = conf.session_hours()
    if not hours:
        return _("Until the session ends, and at most a day after")
    text = ngettext(
        "Until the session ends, %(n)s hour after the sign-in at the latest, and at most a day after",
        "Until the session ends, %(n)s hours after the sign-in at the latest, and at most a day after",
        hours,
    )
    return text % {"n": hours}


SIGN_INS = PersonalDataStore(
    "sign_ins",
    data_of_address,
    erase_address,
    purge=lambda now: sessions.delete_ended(),
    models=(SignIn._meta.label,),
)

SIGNING_IN = ProcessingActivity(
    title=gettext_lazy("Sign-ins of staff"),
    purpose=gettext_lazy("So that staff see where they are signed in, can end sessions, and learn of a new browser."),
    legal_basis=PrivacyNotice.LegalBasis.PUBLIC_TASK.label,
    persons=pgettext_lazy("category of persons", "Staff with an account"),
    data=gettext_lazy("Account, browser, time, the identity provider’s name of the session"),
    retention=_kept_for,
    stores=("sign_ins",),
)
