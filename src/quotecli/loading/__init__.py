"""Loading: what the user names, to articles with their metadata."""

from quotecli.loading.load import Settings, load, load_files
from quotecli.loading.samples import samples
from quotecli.loading.source import Limits

__all__ = ["Limits", "Settings", "load", "load_files", "samples"]
