"""What other people's tables leave unsaid, a module for each rule.

Each works on what was `found` so far, settles one thing and says what it did: who stands at the
ends of the ties, how strength is judged, which way ties go, what rows between the same two are,
which kinds are the map's own.
"""
