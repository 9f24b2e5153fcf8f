"""The check of links: every page that somebody can reach, and every link on it, as each role."""
