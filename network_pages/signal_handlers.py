"""Receivers of other apps' signals."""

from network_pages.membership_terms import join_by_registration
from verkosto.registrations.models import Registration
from verkosto.registrations.signals import registration_confirmed


def connect() -> None:
    registration_confirmed.connect(on_confirmed, dispatch_uid="verkosto_networks")


def on_confirmed(registration: Registration, **kwargs: object) -> None:
    join_by_registration(registration)
