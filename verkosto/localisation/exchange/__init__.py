"""Exchanging strings with translation agencies: PO, XLIFF 2 and TMX, many pages in one file."""

from verkosto.localisation.exchange.files import FORMATS, Format, format_of
from verkosto.localisation.exchange.incoming import Refusal, import_units
from verkosto.localisation.exchange.memory_import import fill_in
from verkosto.localisation.exchange.units import Unit, units_for

__all__ = ["FORMATS", "Format", "Refusal", "Unit", "fill_in", "format_of", "import_units", "units_for"]
