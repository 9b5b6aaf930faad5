from django import forms

from verkosto.registrations.enums import Attendance


class CheckInForm(forms.Form):
    """A registration, and whether the person attended; an empty value undoes a check-in."""

    reference = forms.CharField(max_length=16)
    attendance = forms.ChoiceField(choices=[(Attendance.ATTENDED, ""), (Attendance.UNKNOWN, "")], required=False)
