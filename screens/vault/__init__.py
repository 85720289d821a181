"""What opens a register: unlocking it, making its passphrase and its recovery key, locking it."""
