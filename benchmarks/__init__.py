"""What senreg costs, each figure beside a peer measured in the same run.

`python -m benchmarks` prints a line for each budget: what senreg took, what the peer took, the
ratio, and the most it may be. The ratio is the median over pairs that ran in turn, so that a
slow or busy machine slows both. Nothing here fails a test: a budget that is missed is shown.
"""
