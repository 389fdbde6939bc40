"""Secrets: from a password to keys, and what keys do (sign, verify, seal, open, wrap).

Who may come in: `store` and the two start-up files; everybody else is handed an object. This is the only room
that imports a cipher library. It never touches a disk, a clock or a case, chooses no algorithm by negotiation
(suite 1 alone), and verification raises instead of answering False.
"""
