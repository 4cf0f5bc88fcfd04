"""The twelve analyses that no general tool offers, each a function from map to findings."""
