"""A scene or a board put on matplotlib axes."""
