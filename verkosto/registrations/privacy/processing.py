"""What personal data is processed for, as the documents of data protection say it (GDPR, articles 13 and 30).

Each app describes its activities through the hook ``register_verkosto_processing``; those of the registrations are read
from the desks. The project names the controller through the hook ``register_verkosto_controller``, and an app that passes
registrations on names who gets them through ``register_verkosto_recipients``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import hooks

from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.conf import site_name
from verkosto.registrations.models import Desk
from verkosto.registrations.privacy.personal_data import PersonalDataStore, personal_data_stores

PROCESSING_HOOK = "register_verkosto_processing"
RECIPIENTS_HOOK = "register_verkosto_recipients"
CONTROLLER_HOOK = "register_verkosto_controller"
OUR_STAFF = gettext_lazy("Staff who look after it, and those who run the service for the controller")


@dataclass(frozen=True, kw_only=True)
class Controller:
    """Who decides why and how personal data is used."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ProcessingActivity:
    """One purpose for which personal data is kept. ``stores`` are the names of the stores that hold the data.

    ``retention`` returns in the active language how long it is kept.
    """

    title: str | Promise
    purpose: str | Promise
    legal_basis: str | Promise
    persons: str | Promise
    data: str | Promise
    retention: Callable[[], str]
    stores: tuple[str, ...]
    recipients: str | Promise = OUR_STAFF


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Another system that gets the data of people who register. ``receives`` returns whether it gets those of a desk.

    ``receives`` makes no queries: it is asked for each desk.
    """

    name: str | Promise
    receives: Callable[[Desk], bool]


def controller() -> Controller:
    """Return the controller that the last hook names, in the active language; without one, the name of the site."""
    found = [each for hook in hooks.get_hooks(CONTROLLER_HOOK) if (each := hook())]
    return found[-1] if found else Controller(name=site_name())


def activities() -> list[ProcessingActivity]:
    """Return the activities that the apps describe, without those of the registrations."""
    return [activity for hook in hooks.get_hooks(PROCESSING_HOOK) for activity in hook()]


def recipients() -> list[Recipient]:
    """Return the other systems that get registrations now, as the apps name them in the active language."""
    return [recipient for hook in hooks.get_hooks(RECIPIENTS_HOOK) for recipient in hook()]


def undescribed_stores(described: Iterable[str]) -> list[PersonalDataStore]:
    """Return the stores with data of which no activity says what they are for."""
    known = set(described)
    return [store for store in personal_data_stores() if store.models and store.name not in known]


def number_of_rows(stores: Iterable[str]) -> int:
    """Return how many rows the stores hold now. A query for each of their models, however many rows there are."""
    names = set(stores)
    labels = {label for store in personal_data_stores() if store.name in names for label in store.models}
    return sum(apps.get_model(label)._default_manager.count() for label in sorted(labels))


def staff_activity() -> ProcessingActivity:
    """Return what is kept of staff."""
    return ProcessingActivity(
        title=gettext_lazy("Roles and notifications of staff"),
        purpose=gettext_lazy("To give staff the rights that their tasks need, and to notify them of registrations."),
        legal_basis=PrivacyNotice.LegalBasis.PUBLIC_TASK.label,
        persons=pgettext_lazy("category of persons", "Staff with an account, and colleagues who are invited"),
        data=gettext_lazy(
            "Account, roles, address of an invitation, choice of notifications, and the audit log: who saw, exported or "
            "changed what"
        ),
        retention=lambda: _(
            "As long as the account is used; a role at one event until its registrations are erased; an invitation for 30 "
            "days after it was accepted or withdrawn, or has expired; the audit log until the organisation deletes it"
        ),
        stores=("roles", "colleague_invitations", "subscriptions"),
    )
