"""`senreg import` in a process of its own, which tells at its end the most memory it had.

Run as `python -m tests.exchange.weighed_import FILE REGISTER`. The last line of its standard
output is the peak in bytes, of itself and of the processes that it started.
"""

from __future__ import annotations

import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak() -> int:
    """The most memory that this process had so far, or one that it waited for, in bytes."""
    if sys.platform == "win32":
        return _peak_on_windows()
    import resource

    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if not STATUS.exists():
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return max(own, children) * (1 if sys.platform == "darwin" else 1024)
    # What the system counts for a process begins with the one that started it; this does not.
    (line,) = (each for each in STATUS.read_text().splitlines() if each.startswith("VmHWM"))
    return max(int(line.split()[1]), children) * 1024


def _peak_on_windows() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("size", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            *((f"figure{place}", ctypes.c_size_t) for place in range(8)),
        ]

    counters = Counters()
    counters.size = ctypes.sizeof(counters)
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = [
        wintypes.HANDLE,
        ctypes.POINTER(Counters),
        wintypes.DWORD,
    ]
    done = kernel.K32GetProcessMemoryInfo(
        kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size
    )
    assert done, "Windows did not tell the memory of this process"
    return int(counters.figure0)


def main(file: str, register: str) -> int:
    """Import a file, and tell the peak."""
    from senreg.cli.__main__ import main as senreg

    code = senreg(["import", file, "--into", register])
    print(peak())
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
