"""What all figures stand on: looks, letters, the page and its names, words and files."""
