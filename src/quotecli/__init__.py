"""quotecli: who said what, and what was claimed, in news articles."""
