"""Reports of learning pairs: written by members behind their personal link, read by staff."""
