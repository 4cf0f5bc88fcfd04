"""What a map says, in order: the one place that reports, figures, checks and notebooks ask."""
