"""aktorkart: who works with whom around a user or a service."""

__version__ = "0.1.0"
