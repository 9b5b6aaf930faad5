"""The panels of the registration in the page editor. Most appear when registration is enabled."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel

from verkosto.core.conditional_panels import shown_if, shown_if_or_filled
from verkosto.registrations.enums import Eligibility, Promotion

IF_ENABLED = shown_if(registration_enabled=("on",))


class DeskPanel(Panel):
    """What the page's desk already holds, and what publishing the draft changes in it.

    Its content comes from the template tag ``desk_panel`` of the admin layer, which stands above the models.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "verkosto_registrations/admin/panels/desk.html"


class PlacesPanel(MultiFieldPanel):
    """The places. They also apply without a registration of the page's own, if people register at the page above it."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        @property
        def attrs(self) -> dict[str, str]:
            parent = getattr(self.form, "parent_page", None)
            applies = parent is not None and self.instance.takes_places_of(parent)
            return {} if applies else super().attrs


def _period() -> Panel:
    dates = FieldRowPanel(["registration_opens_at", "registration_closes_at"], attrs=IF_ENABLED)
    return MultiFieldPanel(
        ["registration_enabled", dates, FieldPanel("changes_close_at", attrs=IF_ENABLED)],
        heading=_("Registration period"),
    )


def _places() -> Panel:
    if_waiting = shown_if(waiting_list=("on",))
    return PlacesPanel(
        [
            FieldRowPanel(["capacity", "places_per_registration", "limit_per_organisation"]),
            FieldRowPanel(["guest_addresses", "guest_organisations"]),
            "several_per_address",
            "handover",
            "show_places_left",
            FieldRowPanel(["waiting_list", FieldPanel("waiting_list_length", attrs=if_waiting)]),
            FieldPanel("promotion", attrs=if_waiting),
            FieldPanel("offer_hours", attrs=shown_if(waiting_list=("on",), promotion=(Promotion.OFFER,))),
        ],
        heading=_("Places"),
        attrs=IF_ENABLED,
    )


def _eligibility() -> Panel:
    members, declared = (
        shown_if(eligibility=(Eligibility.MEMBERS,)),
        shown_if_or_filled(eligibility=(Eligibility.DECLARED,)),
    )
    return MultiFieldPanel(
        [
            FieldRowPanel(
                ["eligibility", FieldPanel("members_until", attrs=members), FieldPanel("kept_places", attrs=members)]
            ),
            FieldPanel("audience_declaration", attrs=declared),
            "needs_approval",
            FieldRowPanel(
                ["confirm_email", FieldPanel("confirm_hours", attrs=shown_if(confirm_email=("on",)))],
            ),
            "reminder_hours",
        ],
        heading=_("Eligibility"),
        attrs=IF_ENABLED,
    )


registration_panels: list[Any] = [
    DeskPanel(),
    _period(),
    _places(),
    _eligibility(),
    FieldPanel("questions", attrs=IF_ENABLED),
    MultiFieldPanel(
        ["feedback_enabled", FieldPanel("feedback_questions", attrs=shown_if(feedback_enabled=("on",)))],
        heading=_("Feedback"),
        attrs=IF_ENABLED,
    ),
    MultiFieldPanel(["text_before", "text_after", "text_in_mail"], heading=_("Texts for visitors"), attrs=IF_ENABLED),
    MultiFieldPanel(
        ["privacy_notice", FieldRowPanel(["retention_days", "sensitive_retention_days"]), "archive_before_erasure"],
        heading=_("Personal data"),
        attrs=IF_ENABLED,
    ),
]
