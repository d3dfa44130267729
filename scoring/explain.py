"""The full account of one number: what went in, from which cells, by which rule, rounded how, to what."""

from scoring.account_data import as_data
from scoring.account_sentences import sentences
from scoring.accounts import Account, LeafAccount, NodeAccount, account_of, title_of

__all__ = [
    "Account",
    "LeafAccount",
    "NodeAccount",
    "account_of",
    "as_data",
    "sentences",
    "title_of",
]
