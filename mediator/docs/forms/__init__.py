"""One module per kind of paper: a pure function from case and facts to the document model, and what it needs.

A new kind is one short file here and one line in `mediator/docs/catalogue.py`.
"""
