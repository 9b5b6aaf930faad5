"""Receivers of other apps' signals."""

from network_pages.member_pages import takes_members
from network_pages.membership_terms import join_by_registration
from verkosto.registrations.models import Registration
from verkosto.registrations.signals import registration_confirming


def connect() -> None:
    registration_confirming.connect(join_network, dispatch_uid="verkosto_networks")


def join_network(registration: Registration, **kwargs: object) -> None:
    if takes_members(registration.desk.translation_key):
        join_by_registration(registration)
