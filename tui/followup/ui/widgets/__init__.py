"""The parts of the board that are drawn."""
