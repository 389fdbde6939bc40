"""The desktop: what a mediator sees and types, PySide6 Widgets after one table of colours and sizes.

Only the start-up file comes in, by `app.run`. This room calls deeds of casework and nothing deeper, never decides a
rule, never opens a file of a case itself, and does no work over 50 ms on the screen's thread. `frame` is the house
front (navigation, search, status), `gate` the door before it (first run, unlock), `pages` one module a page, `pieces`
the small parts pages are made of, `data/words` every word that is shown.
"""
