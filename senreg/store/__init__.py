"""Where a register is kept: journalled TinyDB, its files, and what survives a crash.

A register is a folder. `register.json` is the snapshot (a stock TinyDB file with `_meta`);
`journal-NUMBER-OPENING.jsonl` are append-only segments of commits; `history/` holds the
segments that both snapshots already contain.
"""
