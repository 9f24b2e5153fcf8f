#!/usr/bin/env python3
"""Says which files are no longer as they were delivered: edited, removed, or your own."""

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "MANIFEST.json"
LEFT_OUT = {".venv", ".git", "data", "backups", "__pycache__", ".ruff_cache", ".pytest_cache"}


def main() -> None:
    """Print one line a file, and a count at the end."""
    if not MANIFEST.is_file():
        raise SystemExit(f"There is no {MANIFEST.name} here: it comes with a delivery.")
    listing = json.loads(MANIFEST.read_text("utf-8"))
    delivered = {file["path"]: file["sha256"] for file in listing["files"]}
    there = present()
    found = [
        *(
            ("edited", path)
            for path in sorted(there & delivered.keys())
            if changed(path, delivered)
        ),
        *(("removed", path) for path in sorted(delivered.keys() - there)),
        *(("yours", path) for path in sorted(there - delivered.keys() - {MANIFEST.name})),
    ]
    for state, path in found:
        print(f"{state:8} {path}")
    untouched = len(delivered) - sum(state != "yours" for state, _ in found)
    print(f"{untouched} of {len(delivered)} files are as delivered.")


def present() -> set[str]:
    """Every file of the project, by its path."""
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if not LEFT_OUT & set(path.parts)}


def changed(path: str, delivered: dict[str, str]) -> bool:
    """Whether the file differs from what was delivered."""
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest() != delivered[path]


if __name__ == "__main__":
    main()
