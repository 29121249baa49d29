"""The only room that touches the book on disk: it is read here, and what is remembered of it."""
