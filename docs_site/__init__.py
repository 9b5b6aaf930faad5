"""The documentation site: what MkDocs needs besides the texts in ``docs``."""
