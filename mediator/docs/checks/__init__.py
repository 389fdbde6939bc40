"""The checks of a finished paper (documents.md 6), each over the bytes that will leave, read by other libraries.

`every.inspect` runs them all before a paper is issued; each other file is named after the part of a paper it looks at.
Nothing here writes, and a finding names no person.
"""
