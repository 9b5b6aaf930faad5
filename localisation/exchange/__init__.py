"""Strings out to translation agencies and back: PO and XLIFF 2, many pages in one file."""

from .files import FORMATS, Format
from .incoming import Refusal, import_units
from .units import Unit, units_for

__all__ = ["FORMATS", "Format", "Refusal", "Unit", "import_units", "units_for"]
