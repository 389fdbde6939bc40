"""Bytes of the exchange and back: bundles, frames, receipts, cards, names on a stick; limits come first.

`session` and `carriers` come in. Nothing here does I/O, keeps state or knows what an entry says.
"""
