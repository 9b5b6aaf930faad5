"""Images that editors upload."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import WagtailImageFieldFile


class ImageForm(BaseImageForm):
    """Wagtail's form, which asks for the file again where the stored one has been lost. Wagtail's fails on it."""

    def clean_file(self) -> UploadedFile | WagtailImageFieldFile:
        file = self.cleaned_data["file"]
        if file and "file" not in self.changed_data:
            try:
                file.get_image_dimensions()
            except Exception as error:  # each format has its own
                raise ValidationError(
                    _("The file of this image is missing or damaged. Choose it again."), code="missing"
                ) from error
        return file
