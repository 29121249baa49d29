"""What follows from a book on a day: one module a question, each a pure function (`rules.md`)."""
