"""The exchange as pure states, what goes up and down, and joining a center.

`carriers`, the center and the two start-up files come in. Bytes in, bytes out: no file, no socket, no clock; the
journal, the shelf, the ciphers and the road are ports (`ports.py`).
"""
