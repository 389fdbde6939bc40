"""The papers: a record becomes a document model, and writers make DOCX, PDF and (of lists) XLSX of that one model.

`casework` comes in. A paper is a pure function of record, facts and faces: same input, same bytes. Nothing here
reads a vault, touches a network or decides whether a paper may be issued; `checks` looks at the finished bytes. Tables
from outside are read here too (`tables`), for this room holds the spreadsheet library.
"""
