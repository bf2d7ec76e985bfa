"""What editors ask of a statement's source: is it named, why not, and by which way did the words come?"""

from __future__ import annotations

from quotecli.attribution.sourcing.anonymity import anonymous
from quotecli.attribution.sourcing.channels import channel

__all__ = ["anonymous", "channel"]
