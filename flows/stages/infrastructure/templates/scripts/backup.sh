#!/bin/sh
# Writes a backup of the database and of the uploaded files to backups/ and prints the names.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p backups
stamp=$(date -u +%Y%m%dT%H%M%SZ)

case "${DATABASE_URL:-sqlite}" in
  sqlite*)
    source=${DATABASE_URL:-}
    source=${source#sqlite:///}
    source=${source:-data/app.db}
    target=backups/$stamp.db
    test -f "$source" || { echo "There is no database at $source yet." >&2; exit 1; }
    python3 - "$source" "$target" <<'PYTHON'
import sqlite3
import sys

with sqlite3.connect(sys.argv[1]) as source, sqlite3.connect(sys.argv[2]) as target:
    source.backup(target)
PYTHON
    ;;
  *)
    target=backups/$stamp.dump
    pg_dump --format=custom --no-owner --file="$target" "$DATABASE_URL"
    ;;
esac
echo "$target"

uploads=${UPLOAD_FOLDER:-data/uploads}
if test -d "$uploads"; then
  tar -czf "$target.uploads.tar.gz" -C "$uploads" .
  echo "$target.uploads.tar.gz"
fi
