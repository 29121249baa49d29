"""renmai: contacts, events and communities in Markdown; who is due, and a private site."""

__version__ = "0.1.0"
