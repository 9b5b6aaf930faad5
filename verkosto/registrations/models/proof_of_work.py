from django.db import models
from django.utils.translation import gettext_lazy as _


class SpentProofOfWork(models.Model):
    """A proof of work that has been used, until its challenge expires: each counts once."""

    nonce = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("spent proof of work")
        verbose_name_plural = _("spent proofs of work")

    def __str__(self) -> str:
        return self.nonce
