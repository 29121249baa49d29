"""The folders of a book that hold its records."""

CONTACTS = "contacts"
EVENTS = "events"
COMMUNITIES = "communities"

FOLDERS = (CONTACTS, EVENTS, COMMUNITIES)
