"""Integer programmes for the draw, solved exactly with HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy

_OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_abs_gap": 1e-6,
}


@dataclass(frozen=True)
class Limit:
    """`low` ≤ sum of coefficient × variable ≤ `high`; None leaves a side open. Terms: variable → coefficient."""

    low: float | None
    high: float | None
    terms: dict[int, float]


def minimise(costs: Sequence[float], limits: Sequence[Limit], *, binary: int, gap: float = 0.0) -> list[int] | None:
    """The values of the variables at the least total cost, or None when the limits contradict each other.

    One variable per cost: the first `binary` of them are 0 or 1, the others whole numbers from 0 up.
    With a `gap` the cost may be above the least by that share of it; the limits always hold exactly.
    """
    if not costs:
        return [] if all((limit.low or 0) <= 0 <= (limit.high or 0) for limit in limits) else None
    import highspy  # takes 0.2 s, which only a draw should pay

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.passModel(_model(costs, limits, binary=binary))
    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None  # no cost is negative, so nothing is unbounded
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS ended with {status.name}")
    return [round(value) for value in solver.getSolution().col_value]


def _model(costs: Sequence[float], limits: Sequence[Limit], *, binary: int) -> highspy.HighsLp:
    """The programme in HiGHS's own form: the matrix row by row, each row's terms at `start` to the next `start`."""
    import highspy

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(costs), len(limits)
    model.col_cost_ = list(costs)
    model.col_lower_ = [0.0] * len(costs)
    model.col_upper_ = [1.0] * binary + [highspy.kHighsInf] * (len(costs) - binary)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    model.row_lower_ = [-highspy.kHighsInf if limit.low is None else limit.low for limit in limits]
    model.row_upper_ = [highspy.kHighsInf if limit.high is None else limit.high for limit in limits]
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = [0, *accumulate(len(limit.terms) for limit in limits)]
    matrix.index_ = [place for limit in limits for place in limit.terms]
    matrix.value_ = [float(coefficient) for limit in limits for coefficient in limit.terms.values()]
    return model
