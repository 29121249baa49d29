"""What a book is: its records, and what they refer to. Pure."""
