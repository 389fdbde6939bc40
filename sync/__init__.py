"""The road between a room and its county: bundles, the exchange, its carriers, and the county center.

Four rooms: `wire` (bytes), `session` (states), `carriers` (network, stick, loopback), `center` (the county).
The first three know entries and nothing of cases, ciphers or vaults; what they need is handed in.
"""
