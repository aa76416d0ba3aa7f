"""The split of a ledger into arrays."""

from __future__ import annotations

import numpy as np
import scipy.sparse

from creditor.ledger import flows
from creditor.ledger.network import build, final_name

TEXT = "k state 5; k state 1; l k 2; k l 4; k k 9; a k 3; b l 1; b state 2; x k 0; y z 8"


def test_the_arrays_hold_every_claim_once(book) -> None:
    network = build(book(TEXT), "state")
    assert network.intermediaries == ("k", "l", "z") and network.closed == ()
    assert network.entering.tolist() == [6.0, 0.0, 0.0]
    assert np.asarray(network.cross).tolist() == [[0.0, 4.0, 0.0], [2.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    assert network.leaving.tolist() == [3.0, 1.0, 8.0]
    assert network.liabilities.tolist() == [5.0, 5.0, 8.0]
    assert [(claim.holder, float(claim.amount)) for claim in network.direct] == [("b", 2.0)]
    assert [(claim.holder, k) for claim, k in network.owned] == [("a", 0), ("b", 1), ("x", 0), ("y", 2)]
    assert network.owned_amounts.tolist() == [3.0, 1.0, 0.0, 8.0]
    assert network.owned_positions.tolist() == [0, 1, 0, 2]
    assert network.cross_claims == [(0, 1, 4.0), (1, 0, 2.0)]


def test_who_is_looked_through_can_be_chosen(book) -> None:
    assert build(book(TEXT), "state", through=["l", "l"]).intermediaries == ("l",)
    assert build(book(TEXT), "state", final=["k"]).intermediaries == ("l", "z")
    assert build(book("a state 1; a b 0"), "state").intermediaries == ()


def test_groups_without_owners_are_strongly_connected(book) -> None:
    ledger = book("k state 1; l k 1; m l 1; k m 1; n m 1; o n 1; p o 1; o p 1; q state 1; a q 1")
    network = build(ledger, "state", through=[*"klmnopq"])
    assert network.closed == (("k", "l", "m"), ("n",), ("o", "p"))
    assert network.stuck == {"k": 0, "l": 0, "m": 0, "n": 1, "o": 2, "p": 2}
    assert network.intermediaries == ("q",)
    assert final_name(network.closed, "n") == "UNALLOCATED" and final_name(network.closed, "q") == "q"


def test_many_intermediaries_are_kept_sparse(book, monkeypatch) -> None:
    dense = build(book(TEXT), "state")
    monkeypatch.setattr(flows, "SPARSE_FROM", 2)
    monkeypatch.setattr(flows, "SPARSE_DENSITY", 0.5)
    sparse = build(book(TEXT), "state")
    assert isinstance(dense.cross, np.ndarray) and scipy.sparse.issparse(sparse.cross)
    assert sparse.cross.toarray().tolist() == dense.cross.tolist()
    assert sorted(sparse.cross_claims) == dense.cross_claims
    assert sparse.liabilities.tolist() == dense.liabilities.tolist()
