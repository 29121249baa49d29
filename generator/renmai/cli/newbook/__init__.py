"""What `renmai init` writes: the files of a new book, and of the example book around today."""
