"""The command line: arguments in, one JSON document or Chinese sentences out; a contract for scripts and support.

The start-up file calls `main.run` and hands in a `Program`. Commands ask `casework` for everything and know no
vault, no socket and no screen; they start fast because a command's rooms are imported when it runs.
"""
