"""Where and how everything stands on the page, in millimetres; drawn by others."""
