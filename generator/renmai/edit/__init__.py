"""Changes to what is written: pure functions from bytes to bytes. Pure."""
