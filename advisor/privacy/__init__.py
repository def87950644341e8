"""What leaves the device and to whom, read from an advised plan. Used by pages, files, the command line and the API."""

from advisor.privacy.lens import Lens, privacy_lens
from advisor.privacy.receivers import Receiver, SentCall
from advisor.privacy.values import PersonalValue

__all__ = ["Lens", "PersonalValue", "Receiver", "SentCall", "privacy_lens"]
