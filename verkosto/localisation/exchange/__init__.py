"""Exchanging strings with translation agencies: PO and XLIFF 2, many pages in one file."""

from verkosto.localisation.exchange.files import FORMATS, Format
from verkosto.localisation.exchange.incoming import Refusal, import_units
from verkosto.localisation.exchange.units import Unit, units_for

__all__ = ["FORMATS", "Format", "Refusal", "Unit", "import_units", "units_for"]
