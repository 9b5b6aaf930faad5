from .formats import ExportFormat, export_formats
from .rows import Export

__all__ = ["Export", "ExportFormat", "export_formats"]
