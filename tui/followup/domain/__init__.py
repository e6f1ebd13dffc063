"""The pure heart of followup: applications, events, steps, stages and the board.

Nothing here reads a file, a network or the time; ``now`` is always handed in.
"""
