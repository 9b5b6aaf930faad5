"""What can go wrong with one attempt to deliver."""


class NotDelivered(Exception):
    """The receiver got nothing, or gave no answer in time. The text says why, for staff."""


class AddressRefused(NotDelivered):
    """The host of the receiver has an address to which nothing is sent."""
