"""The county center: it keeps what laptops send, answers with receipts and feeds, and shows folded cases to people.

Browsers, laptops (by bundles) and the start-up file `__main__` come in. It never changes or removes a laptop's entry,
never sees a private one, and holds no cipher: signing, sealing and password checks are handed in.
"""
