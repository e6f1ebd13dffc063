"""The board in a browser, through textual-serve (extra ``web``); design, sections 7 and 10."""
