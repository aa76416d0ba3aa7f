"""JSON is a pure function of the payload: shortest doubles, no NaN, absent keys left out, order kept."""

import datetime
import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.export.json import to_json

PLAIN = st.recursive(
    st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), PLAIN, max_size=5))
def test_round_trip_and_the_same_twice(payload):
    text = to_json(payload)
    assert json.loads(text) == payload and list(json.loads(text)) == list(payload)
    assert to_json(payload) == text and text.endswith("}\n")


def test_numbers_are_converted_and_shortest():
    payload = {
        "fraction": Fraction(1, 3),
        "decimal": Decimal("0.1"),
        "double": np.float64(0.1),
        "single": np.float32(0.5),
        "whole": np.int64(7),
        "truth": np.bool_(True),
        "array": np.array([[1.0, 2.0]]),
        "day": datetime.date(2026, 3, 19),
        "pair": (1, 2),
    }
    assert json.loads(to_json(payload)) == {
        "fraction": 1 / 3,
        "decimal": 0.1,
        "double": 0.1,
        "single": 0.5,
        "whole": 7,
        "truth": True,
        "array": [[1.0, 2.0]],
        "day": "2026-03-19",
        "pair": [1, 2],
    }
    assert '"double": 0.1,' in to_json(payload)


def test_absent_keys_are_left_out_and_places_in_lists_kept():
    assert json.loads(to_json({"a": None, "b": {"c": None}, "d": [None, 1]})) == {"b": {}, "d": [None, 1]}


@pytest.mark.parametrize(
    "bad", [float("nan"), float("inf"), -float("inf"), np.float64("nan"), Decimal("NaN")]
)
def test_not_finite_is_refused_with_its_place(bad):
    with pytest.raises(ValueError, match=r"payload\.rows\[1\]\.value"):
        to_json({"rows": [{}, {"value": bad}]})
    with pytest.raises(ValueError, match=r"payload\.a\[0\]"):
        to_json({"a": np.array([np.nan])})


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError, match=r"payload\.a is a object"):
        to_json({"a": object()})
    with pytest.raises(TypeError, match=r"payload\.a is a set"):
        to_json({"a": {1}})
    with pytest.raises(TypeError, match="keys are texts"):
        to_json({1: 2})


def test_letters_stay_readable():
    assert "债务" in to_json({"a": "债务"})
