"""What happened: signed entries, their canonical bytes, who had seen what, and the fold into cases.

Everybody may come in, for this room is pure: no disk, no clock, no cipher (a verifier is handed in), no Qt.
The rest of the world sees a vault or a center as the `Journal` port. Nothing here ever changes an entry's bytes.
"""
