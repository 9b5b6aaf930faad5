from datetime import datetime, timedelta

from django.db import connections, models, router
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def hashed_key(kind: str, *keys: str) -> str:
    """Return the key of a count. Addresses are personal data: only a keyed hash is stored, for the limit's period."""
    return salted_hmac("registrations.limits", "\0".join([kind, *keys]), algorithm="sha256").hexdigest()


class RateLimitCountQuerySet(models.QuerySet["RateLimitCount"]):
    def count_one(self, key: str, period: timedelta) -> int:
        """Count an attempt, and return how many there have been since the key's first within the period.

        One statement, so that of attempts at the same time each is counted; as SQLite and PostgreSQL write it.
        """
        connection = connections[router.db_for_write(self.model)]
        quote, now = connection.ops.quote_name, timezone.now()
        table = quote(self.model._meta.db_table)

        def stored(at: datetime) -> str | datetime | None:
            return connection.ops.adapt_datetimefield_value(at)

        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (key, attempts, expires_at) VALUES (%s, 1, %s) ON CONFLICT (key) DO UPDATE SET"  # noqa: S608 our own table
                f" attempts = CASE WHEN {table}.expires_at <= %s THEN 1 ELSE {table}.attempts + 1 END,"
                f" expires_at = CASE WHEN {table}.expires_at <= %s THEN excluded.expires_at ELSE {table}.expires_at END"
                " RETURNING attempts",
                [key, stored(now + period), stored(now), stored(now)],
            )
            return int(cursor.fetchone()[0])

    def counted(self, key: str) -> int:
        """Return how many attempts have been counted whose period is not over."""
        return self.filter(pk=key, expires_at__gt=timezone.now()).values_list("attempts", flat=True).first() or 0

    def delete_expired(self) -> int:
        """Delete the counts whose period is over. Return how many."""
        return self.filter(expires_at__lte=timezone.now()).delete()[0]


class RateLimitCount(models.Model):
    """How many attempts of one kind one client, account or address made, until the period is over.

    In the database, which all processes of a site share, whatever becomes of its cache. ``key`` is a keyed hash.
    """

    key = models.CharField(max_length=64, primary_key=True)
    attempts = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    objects = RateLimitCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of a rate limit")
        verbose_name_plural = _("counts of rate limits")

    def __str__(self) -> str:
        return self.key
