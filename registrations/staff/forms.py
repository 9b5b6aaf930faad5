from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """A word of the staff."""

    text = forms.CharField(
        label=_("New note"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The registrant does not see notes, but gets them when asking for their own data."),
    )
