from django import forms

from verkosto.registrations.models import DeskSubscription


class SubscriptionForm(forms.ModelForm):
    """What a member of staff wants to be notified of, and how often."""

    class Meta:
        model = DeskSubscription
        fields = ["frequency", "new_registrations", "awaiting_approval", "full", "failed_messages"]
        widgets = {"frequency": forms.RadioSelect}
