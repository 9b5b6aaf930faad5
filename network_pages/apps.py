from django.utils.translation import gettext_lazy as _

from verkosto.core import app_config


class NetworkPagesConfig(app_config.VerkostoAppConfig):
    name = "network_pages"
    label = "verkosto_networks"
    verbose_name = _("Network pages")
    needs = ("event_pages", "verkosto.registrations", "verkosto.directory", "verkosto.core")

    def ready(self) -> None:
        # The models are there from now on.
        from network_pages import members
        from verkosto.registrations.domain.eligibility import member_checks
        from verkosto.registrations.privacy.personal_data import Holder, holders

        member_checks.append(members.is_member)
        holders.append(Holder("memberships", members.memberships_of, members.forget))
