from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkPagesConfig(AppConfig):
    name = "network_pages"
    verbose_name = _("Network pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The models are there from now on.
        from registrations.eligibility import member_checks
        from registrations.holders import Holder, holders

        from . import members

        member_checks.append(members.is_member)
        holders.append(Holder("memberships", members.memberships_of, members.forget))
