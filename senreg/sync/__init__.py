"""How copies of a register meet: bundles of operations, joined as sets."""
