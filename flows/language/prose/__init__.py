"""Free text read for what it suggests: archetypes, a lexicon and a light analysis of English sentences."""

from flows.language.prose.proposal import Proposal, propose

__all__ = ["Proposal", "propose"]
