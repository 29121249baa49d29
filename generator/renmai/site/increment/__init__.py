"""What a build remembers for the next one, so that a small change is a small build.

The page of a record is made of three things: what follows of that record, which can change only
with its file and the files that refer to it (`changes`); what it shows of others, which is noted
while it is made (`watch`); and what is the same for the whole site, with which all is made anew.
"""
