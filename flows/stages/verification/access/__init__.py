"""The access matrix: everybody tries everything with every kind of row; each answer is held to the rules."""
