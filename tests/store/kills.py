"""A writer that is killed: it prints each edit once it was acknowledged."""

import sys
from pathlib import Path

from senreg.store.folder import Change, Store


def main(folder: str, writer: str) -> None:
    store = Store.open(Path(folder))
    number = 0
    while True:
        store.write("Edit", writer, [Change("pupils", writer, {"surname": f"{writer}-{number}"})])
        print(number, flush=True)
        number += 1
        if number % 40 == 0:
            store.snapshot()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
