"""The rules of etiquette that ship in the box (design, section 4)."""
