"""What a figure shows, in words: a function of map and measures for each, in a module of its name.

The map is one that may be shown already; nothing is hidden here.
"""
