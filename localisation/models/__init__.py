from .detachment import Detachment
from .original import Original

__all__ = ["Detachment", "Original"]
