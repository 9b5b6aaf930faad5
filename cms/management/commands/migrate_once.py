from django.core.management.commands import migrate

from cms.migration_lock import migration_lock


class Command(migrate.Command):
    help = "Update the database schema as migrate does; a second process waits until the first is done."

    def handle(self, *args: object, **options: object) -> str | None:
        with migration_lock(str(options["database"])):
            return super().handle(*args, **options)
