#!/bin/sh
# Puts a backup back in place of the database, and its uploaded files: scripts/restore.sh backups/<file>.
# Stop the application first.
set -eu
cd "$(dirname "$0")/.."
backup=${1:?"Name the backup: scripts/restore.sh backups/<file>"}
test -f "$backup" || { echo "There is no file $backup." >&2; exit 1; }

case "${DATABASE_URL:-sqlite}" in
  sqlite*)
    target=${DATABASE_URL:-}
    target=${target#sqlite:///}
    target=${target:-data/app.db}
    mkdir -p "$(dirname "$target")"
    cp "$backup" "$target.restoring"
    rm -f "$target-wal" "$target-shm"  # what was written since belongs to the database that goes
    mv "$target.restoring" "$target"
    ;;
  *)
    pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$DATABASE_URL" "$backup"
    ;;
esac
uploads=${UPLOAD_FOLDER:-data/uploads}
if test -f "$backup.uploads.tar.gz"; then
  mkdir -p "$uploads"
  tar -xzf "$backup.uploads.tar.gz" -C "$uploads"
fi
echo "restored $backup"
