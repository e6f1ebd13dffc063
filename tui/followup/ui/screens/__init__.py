"""Everything that lies over the board, one screen a file."""
