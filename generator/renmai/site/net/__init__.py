"""Where everybody stands in the picture of the net: pure functions of the ties.

People who know one another form islands, each laid out from its ties; the islands lie around the
own card, near those they are tied to; whoever has no tie stands on the rim. A length of 1 is about
the distance between two who stand side by side.
"""
