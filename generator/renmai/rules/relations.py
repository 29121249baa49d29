"""What people are to one another, who brought whom, and what mentions what."""

from __future__ import annotations

from renmai.model.book import Book
from renmai.model.records import Contact, Record

#: What the other one is, where that is another word.
INVERSE = {
    "parent": "child",
    "child": "parent",
    "manager": "report",
    "report": "manager",
    "mentor": "mentee",
    "mentee": "mentor",
}

#: By the id of a contact: the id of each other one and what that one is to it.
Relations = dict[str, list[tuple[str, str]]]


def relations(book: Book) -> Relations:
    """The relations of every contact, from both sides; written on both sides it is one.

    One's own words come first, then what others wrote, inverted, in the order of their paths.
    """
    found: dict[str, dict[tuple[str, str], tuple[str, str]]] = {id: {} for id in book.contacts}
    written: list[tuple[str, str, str]] = [
        (contact.id, other.id, relation.how or "")
        for contact in book.contacts.values()
        for relation in contact.relations
        if (other := book.contact(relation.who)) and other is not contact
    ]
    for mine, yours, how in written:
        found[mine].setdefault((yours, how.casefold()), (yours, how))
    for mine, yours, how in written:
        inverse = INVERSE.get(how.casefold(), how)
        found.setdefault(yours, {}).setdefault((mine, inverse.casefold()), (mine, inverse))
    return {id: list(each.values()) for id, each in found.items()}


def introduced_by(book: Book, contact: Contact) -> Contact | None:
    """Who introduced this contact to one."""
    return book.contact(contact.met.through) if contact.met else None


def introduced(book: Book) -> dict[str, list[str]]:
    """By the id of a contact, the ids of those it introduced to one, in order."""
    found: dict[str, list[str]] = {}
    for contact in book.contacts.values():
        by = introduced_by(book, contact)
        if by is not None and by is not contact:
            found.setdefault(by.id, []).append(contact.id)
    return {id: sorted(ids) for id, ids in found.items()}


def backlinks(book: Book) -> dict[str, list[Record]]:
    """By the id of a record, the other records whose body mentions it, by id."""
    found: dict[str, dict[str, Record]] = {}
    for record in book.records:
        refs = list(record.mentions)
        for entry in record.log:
            if entry.people:
                refs += entry.people
        for ref in refs:
            target = book.target(ref)
            if target is not None and target.id != record.id:
                found.setdefault(target.id, {})[record.id] = record
    return {id: [each[other] for other in sorted(each)] for id, each in found.items()}
