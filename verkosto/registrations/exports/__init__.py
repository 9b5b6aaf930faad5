from verkosto.registrations.exports.formats import ExportFormat, export_formats
from verkosto.registrations.exports.rows import Export

__all__ = ["Export", "ExportFormat", "export_formats"]
