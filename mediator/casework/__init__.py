"""What a mediator does, one function per deed: intake, hearing, agreement, papers, performance, exchange.

The ui and the command line come in here and nowhere deeper; the start-up file hands in a `Workshop`. Every deed takes
a `Desk` (an open vault and the workshop) first. Text is cleaned once here and every deed leaves its trace in the same
transaction. This room never draws a screen, never opens a database or a socket itself, and knows no cipher.
"""
