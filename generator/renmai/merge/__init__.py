"""Merging two versions of a record since their common ancestor, as `sync.md` says.

Bytes in, bytes out. What merges by lines is handed to a function that does it as
`git merge-file` does, so that this room stays pure.
"""
