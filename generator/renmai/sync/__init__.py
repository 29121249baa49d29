"""`renmai sync`: the book goes by git to the other devices, and theirs comes here."""
