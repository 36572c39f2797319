"""The peers, each behind one function from a page's text to its main content.

A peer that cannot live in our environment runs in one of its own (`apart`): the environment variable CLEANER_PEERS names the Python of that one,
which docs/benchmarks.md says how to make, and a worker process there reads and writes JSON lines. A peer that is not installed is reported as "not run".
"""
