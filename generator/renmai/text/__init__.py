"""What is written: front matter, values, references, the body with its log and tasks. Pure."""
