"""Pictures of every type of page, every view of the admin and every kind of mail, to be looked at: ``make pictures``."""
