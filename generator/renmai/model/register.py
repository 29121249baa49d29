"""Where a book looks for what a reference means, and for who refers to what: a register of files.

A file goes by its number, which is its place in the order of paths. To make the register of
thousands of files takes a while; to keep it while files change does not.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

from msgspec import Struct

from renmai.model.alike import caseless
from renmai.model.outline import Outline
from renmai.text.values import folded

#: Traits of files: nothing can be used but the id; the own card; something is wrong in it.
UNREADABLE, MINE, WRONG = "unreadable", "mine", "wrong"

#: What is said of a file: by the name of an index, the keys that it has there.
Lines = dict[str, tuple[str, ...]]

#: By what is looked for, the numbers of the files that have it, in order.
Index = dict[str, list[int]]


class Register(Struct, array_like=True, gc=False):
    """The files of a book, by what they are called, what they refer to, and what is said of them.

    `names` are those that a reference finds a file by, `keys` what its own references may find
    (see `Outline`), `photos` the pictures that it names, `traits` as above. `caseless` and `folded`
    hold the ids that are not so themselves: most are, and are found as they stand.
    """

    names: Index
    keys: Index
    photos: Index
    traits: Index
    caseless: Index
    folded: Index

    def put(self, number: int, lines: Lines) -> None:
        """Enter the lines of a file."""
        for name, keys in lines.items():
            index: Index = getattr(self, name)
            for key in keys:
                insort(index.setdefault(key, []), number)

    def remove(self, number: int, lines: Lines) -> None:
        """Take out the lines of a file."""
        for name, keys in lines.items():
            index: Index = getattr(self, name)
            for key in keys:
                index[key].remove(number)
                if not index[key]:
                    del index[key]


def register_of(files: Iterable[Lines]) -> Register:
    """The register of files, of which the lines are given in order."""
    made = Register({}, {}, {}, {}, {}, {})
    for number, lines in enumerate(files):
        for name, keys in lines.items():
            index: Index = getattr(made, name)
            for key in keys:
                index.setdefault(key, []).append(number)
    return made


def lines_of(id: str, outline: Outline, is_wrong: bool) -> Lines:
    """What the register says of a file."""
    traits = ((UNREADABLE, not outline.is_readable), (MINE, outline.is_me), (WRONG, is_wrong))
    bare, plain = caseless(id), folded(id)
    return {
        "names": outline.names,
        "keys": outline.keys,
        "photos": outline.photos,
        "traits": tuple(trait for trait, is_so in traits if is_so),
        "caseless": () if bare == id else (bare,),
        "folded": () if plain == id else (plain,),
    }
