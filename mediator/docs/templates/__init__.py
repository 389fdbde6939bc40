"""Templates that a county or an office edits in Word: foreign code, let in by an allow-list, checked, filled apart.

`casework.templates` comes in; `papers` makes a paper of an admitted template. Nothing here runs what a file holds in
this process: `child` fills it in a process of its own, with plain values, and what comes back is read back.
"""
