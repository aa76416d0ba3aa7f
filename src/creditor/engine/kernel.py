"""Owns the compiled engine: periods of 64 paths, blocks solved, everything checked, in one call."""

from __future__ import annotations

import numpy as np
from numba import njit

from creditor.engine.lanes import WIDTH, execute

STEPS, HALVINGS = 50, 8
CLOSE, ACCEPTED, ILL, BOOKS = 1e-13, 1e-10, 1e10, 1e-9
FIRST, LAST = 1, 2  # columns of `sections`: runs of a recursive section, or of a block's values
SLOPES, SOLUTION, END, TEARS, COUNT, SIZE, KAPPA, LINEAR = range(3, 11)


@njit(nogil=True, cache=True, error_model="numpy")
def _move(tape, section, tears, registers, kept, best, waiting):
    """Try the step, then halves of it, on each waiting path; what is better stays in `kept` and `best`."""
    first, count, size = section[TEARS], section[COUNT], section[SIZE]
    factor = 1.0
    for _ in range(HALVINGS + 1):
        for j in range(count):
            own, step = tears[first + j, 0], tears[first + j, 2]
            for i in range(WIDTH):
                moved = kept[j, i] + factor * registers[step, i]
                registers[own, i] = moved if waiting[i] else kept[j, i]
        execute(tape, section[FIRST], section[LAST], registers)
        left = 0
        for i in range(WIDTH):
            if waiting[i]:
                here = registers[size, i]
                if here == here and (here < best[i] or best[i] != best[i]):
                    best[i] = here
                    waiting[i] = False
                    for j in range(count):
                        kept[j, i] = registers[tears[first + j, 0], i]
                else:
                    left += 1
        if left == 0:
            return
        factor *= 0.5
    for j in range(count):
        registers[tears[first + j, 0]][:] = kept[j]
    execute(tape, section[FIRST], section[LAST], registers)


@njit(nogil=True, cache=True, error_model="numpy")
def _newton(tape, section, tears, registers, kept):
    """Solve a block as `creditor.engine.solve` does; False where a path is not solved or hardly decided."""
    first, count = section[TEARS], section[COUNT]
    best, kappa = np.empty(WIDTH), np.empty(WIDTH)
    stuck, waiting = np.zeros(WIDTH, np.bool_), np.zeros(WIDTH, np.bool_)
    for j in range(count):
        kept[j] = registers[tears[first + j, 1]]
        registers[tears[first + j, 0]][:] = kept[j]
    execute(tape, section[FIRST], section[LAST], registers)
    best[:] = registers[section[SIZE]]
    estimate = registers[section[KAPPA]]
    for step in range(STEPS):
        any_active = False
        for i in range(WIDTH):
            waiting[i] = not (best[i] <= CLOSE) and not stuck[i]
            any_active |= waiting[i]
        if step > 0 and not any_active:
            break
        if step == 0 or section[LINEAR] == 0:
            execute(tape, section[SLOPES], section[SOLUTION], registers)
        for i in range(WIDTH):
            if step == 0 or waiting[i]:
                kappa[i] = estimate[i]
        if not any_active:
            break
        execute(tape, section[SOLUTION], section[END], registers)
        _move(tape, section, tears, registers, kept, best, waiting)
        for i in range(WIDTH):
            stuck[i] |= waiting[i]
    fine = True
    for i in range(WIDTH):
        fine &= best[i] <= ACCEPTED and kappa[i] <= ILL
    return fine


@njit(nogil=True, cache=True, error_model="numpy")
def _holds(tape, groups, flag, registers):
    """Whether every equation whose left side is computed holds to the last bit and is finite."""
    for i in range(WIDTH):
        registers[flag, i] = 0.0
    for group in range(groups.shape[0]):
        execute(tape, groups[group, 0], groups[group, 1], registers)
    fine = True
    for i in range(WIDTH):
        fine &= registers[flag, i] == 0.0
    return fine


@njit(nogil=True, cache=True, error_model="numpy")
def _check(tape, audits, checks, registers, real, period, offset, worst, place):
    """Residuals of the equations of unknowns; False where one is too large."""
    for audit in range(audits.shape[0]):
        execute(tape, audits[audit, 0], audits[audit, 1], registers)
        for number in range(audits[audit, 2], audits[audit, 3]):
            left, right = np.uint64(checks[number, 0]), np.uint64(checks[number, 1])
            scale, own = np.uint64(checks[number, 2]), np.uint64(checks[number, 3])
            for i in range(real):
                gap = registers[left, i] - registers[right, i]
                size = 0.0 if gap == 0.0 else abs(gap) / registers[scale, i]
                if not (size <= ACCEPTED) or registers[own, i] * 0.0 != 0.0:
                    return False
                if size > worst[0]:
                    worst[0] = size
                    place[0], place[1], place[2] = period, number, offset + i
    return True


@njit(nogil=True, cache=True, error_model="numpy")
def _balance(heads, payments, signs, registers, real, period, offset, worst, place):
    """Budgets; False where one does not close."""
    total, largest = np.empty(WIDTH), np.empty(WIDTH)
    for number in range(heads.shape[0] - 1):
        total[:] = 0.0
        largest[:] = 0.0
        for position in range(heads[number], heads[number + 1]):
            amount, sign = np.uint64(payments[position]), signs[position]
            for i in range(WIDTH):
                paid = registers[amount, i] * sign
                total[i] += paid
                size = abs(paid)
                largest[i] = largest[i] if largest[i] >= size else size
        for i in range(real):
            gap = abs(total[i])
            size = 0.0 if gap == 0.0 else gap / largest[i]
            if not (size <= BOOKS):
                return False
            if size > worst[1]:
                worst[1] = size
                place[3], place[4], place[5] = period, number, offset + i
    return True


@njit(nogil=True, cache=True, error_model="numpy")
def advance(
    tape, sections, tears, groups, audits, checks, flag, heads, payments, signs, lagged, registers, kept,
    values, common_slots, common, own_slots, own, first, last, real, offset, worst, place,
):  # fmt: skip
    """Run periods from `first` to `last`.

    Returns
    -------
    int
        The first period that is not done: `last` + 1, or one that needs `creditor.engine.chunk`, begun but
        not kept.
    """
    guess = np.empty((max(1, tears.shape[0]), WIDTH))
    for period in range(first, last + 1):
        for j in range(lagged.shape[0]):
            registers[lagged[j, 1]][:] = registers[lagged[j, 0]]
        for j in range(common_slots.shape[0]):
            registers[common_slots[j]][:] = common[j, period - 1]
        for j in range(own_slots.shape[0]):
            registers[own_slots[j]][:] = own[j, period - 1]
        for number in range(sections.shape[0]):
            section = sections[number]
            if section[0] == 0:
                execute(tape, section[FIRST], section[LAST], registers)
            elif not _newton(tape, section, tears, registers, guess):
                return period
        old, where = worst.copy(), place.copy()
        fine = _holds(tape, groups, flag, registers)
        fine = fine and _check(tape, audits, checks, registers, real, period, offset, worst, place)
        if not (fine and _balance(heads, payments, signs, registers, real, period, offset, worst, place)):
            worst[:] = old
            place[:] = where
            return period
        for j in range(kept.shape[0]):
            values[j, period, offset : offset + real] = registers[kept[j], :real]
    return last + 1
