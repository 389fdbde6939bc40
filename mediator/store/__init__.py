"""Where it rests: the encrypted vault, one folder with one database, two key files, a head and a lock.

`casework` comes in, and the start-up files; nobody else. One thread owns the connection. The journal is written
first, rows that screens and searches read are folded from it in the same transaction and can be thrown away.
This room never decides what may be written (that is `core` and `casework`) and never talks to a network.
"""
