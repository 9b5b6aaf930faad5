"""Documents that editors upload."""

import zipfile

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from verkosto.core.zip_archives import ARCHIVE_ERRORS, ArchiveTooLarge, check_expanded_size


class DocumentForm(BaseDocumentForm):
    """Wagtail's form, which refuses archives that unpack to more than a document ever does.

    Visitors download documents and open them: a small file that fills their memory is no document.
    """

    def clean_file(self) -> UploadedFile | FieldFile:
        file = self.cleaned_data["file"]
        if not file or "file" not in self.changed_data:
            return file
        try:
            with zipfile.ZipFile(file) as archive:
                check_expanded_size(archive)
        except ArchiveTooLarge as error:
            raise ValidationError(_("The file unpacks to too much data. Save it again, or as a PDF.")) from error
        except ARCHIVE_ERRORS:
            pass  # not an archive, such as text or PDF, or one that no program can open
        finally:
            file.seek(0)
        return file
