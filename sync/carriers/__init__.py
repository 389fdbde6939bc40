"""The roads: network, stick, loopback. They move sealed bundles and know nothing of cases, keys or vaults.

The two start-up files and the tests come in.
"""
