"""Release: verified files become the archive's contents, with a manifest of checksums."""
