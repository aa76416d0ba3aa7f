"""Owns the compiled engine: periods of 64 paths, blocks solved, everything checked, in one call."""

from __future__ import annotations

import numpy as np
from numba import njit

from creditor.engine.lanes import WIDTH, execute

STEPS, HALVINGS = 50, 8
CLOSE, ACCEPTED, ILL, BOOKS = 1e-13, 1e-10, 1e10, 1e-9
FIRST, LAST = 1, 2  # columns of `sections`: runs of a recursive section, or of a block's values
SLOPES, SOLUTION, END, TEARS, COUNT, SIZE, KAPPA, LINEAR, ONCE, ONCE_END = range(3, 13)


@njit(nogil=True, cache=True, error_model="numpy")
def _copy(source, target, registers):
    """One register into another."""
    a, b = np.uint64(source), np.uint64(target)
    for i in range(WIDTH):
        registers[b, i] = registers[a, i]


@njit(nogil=True, cache=True, error_model="numpy")
def _step(section, tears, registers, kept, waiting, factor):
    """Put the unknowns where a part of the step leads, on each waiting path."""
    for j in range(section[COUNT]):
        row = section[TEARS] + j
        own, step, k = np.uint64(tears[row, 0]), np.uint64(tears[row, 2]), np.uint64(j)
        for i in range(WIDTH):
            moved = kept[k, i] + factor * registers[step, i]
            registers[own, i] = moved if waiting[i] != 0.0 else kept[k, i]


@njit(nogil=True, cache=True, error_model="numpy")
def _move(tape, section, tears, registers, kept, best, waiting, taken):
    """Try the step, then halves of it, on each waiting path; what is better stays in `kept` and `best`."""
    size = np.uint64(section[SIZE])
    factor = 1.0
    for _ in range(HALVINGS + 1):
        _step(section, tears, registers, kept, waiting, factor)
        execute(tape, section[FIRST], section[LAST], registers)
        left = 0.0
        for i in range(WIDTH):
            here = registers[size, i]
            better = (here == here) & ((here < best[i]) | (best[i] != best[i])) & (waiting[i] != 0.0)
            taken[i] = 1.0 if better else 0.0
            best[i] = here if better else best[i]
            waiting[i] = 0.0 if better else waiting[i]
        for i in range(WIDTH):
            left += waiting[i]
        for j in range(section[COUNT]):
            own, k = np.uint64(tears[section[TEARS] + j, 0]), np.uint64(j)
            for i in range(WIDTH):
                kept[k, i] = registers[own, i] if taken[i] != 0.0 else kept[k, i]
        if left == 0.0:
            return
        factor *= 0.5
    for j in range(section[COUNT]):
        own, k = np.uint64(tears[section[TEARS] + j, 0]), np.uint64(j)
        for i in range(WIDTH):
            registers[own, i] = kept[k, i]
    execute(tape, section[FIRST], section[LAST], registers)


@njit(nogil=True, cache=True, error_model="numpy")
def _newton(tape, section, tears, registers, kept, room):
    """Solve a block as `creditor.engine.solve` does; False where a path is not solved or hardly decided.

    ``room`` is for five numbers of each path. Where machine code for a first step at once is there, and that
    solves every path, it is all that is done.
    """
    best, kappa, stuck, waiting, taken = room[0], room[1], room[2], room[3], room[4]
    size, condition = np.uint64(section[SIZE]), np.uint64(section[KAPPA])
    for j in range(section[COUNT]):
        row, k = section[TEARS] + j, np.uint64(j)
        _copy(tears[row, 1], tears[row, 0], registers)
        guess = np.uint64(tears[row, 1])
        for i in range(WIDTH):
            kept[k, i] = registers[guess, i]
    if section[ONCE] < section[ONCE_END]:
        execute(tape, section[ONCE], section[ONCE_END], registers)
        fine = True
        for i in range(WIDTH):
            fine &= (registers[size, i] <= CLOSE) & (registers[condition, i] <= ILL)
        if fine:
            return True
        for j in range(section[COUNT]):
            own, k = np.uint64(tears[section[TEARS] + j, 0]), np.uint64(j)
            for i in range(WIDTH):
                registers[own, i] = kept[k, i]
    execute(tape, section[FIRST], section[LAST], registers)
    for i in range(WIDTH):
        best[i], stuck[i] = registers[size, i], 0.0
    for step in range(STEPS):
        active = 0.0
        for i in range(WIDTH):
            waiting[i] = 0.0 if (best[i] <= CLOSE) | (stuck[i] != 0.0) else 1.0
        for i in range(WIDTH):
            active += waiting[i]
        if step > 0 and active == 0.0:
            break
        if step == 0 or section[LINEAR] == 0:
            execute(tape, section[SLOPES], section[SOLUTION], registers)
        for i in range(WIDTH):
            kappa[i] = registers[condition, i] if (step == 0) | (waiting[i] != 0.0) else kappa[i]
        if active == 0.0:
            break
        execute(tape, section[SOLUTION], section[END], registers)
        _move(tape, section, tears, registers, kept, best, waiting, taken)
        for i in range(WIDTH):
            stuck[i] = 1.0 if waiting[i] != 0.0 else stuck[i]
    fine = True
    for i in range(WIDTH):
        fine &= (best[i] <= ACCEPTED) & (kappa[i] <= ILL)
    return fine


@njit(nogil=True, cache=True, error_model="numpy")
def _holds(tape, groups, flag, registers):
    """Whether every equation whose left side is computed holds to the last bit and is finite."""
    flag = np.uint64(flag)
    for i in range(WIDTH):
        registers[flag, i] = 0.0
    for group in range(groups.shape[0]):
        execute(tape, groups[group, 0], groups[group, 1], registers)
    fine = True
    for i in range(WIDTH):
        fine &= registers[flag, i] == 0.0
    return fine


@njit(nogil=True, cache=True, error_model="numpy")
def _scores(tape, audits, tops, registers):
    """The largest scaled residual and the largest gap of a budget, path by path, in two registers."""
    residual, books = np.uint64(tops[3]), np.uint64(tops[4])
    for i in range(WIDTH):
        registers[residual, i] = 0.0
        registers[books, i] = 0.0
    for audit in range(audits.shape[0]):
        execute(tape, audits[audit, 0], audits[audit, 1], registers)
    execute(tape, tops[0], tops[1], registers)


@njit(nogil=True, cache=True, error_model="numpy")
def _check(tape, audits, checks, registers, real, period, offset, worst, place):
    """Find the largest residual of the equations of unknowns, and where it is."""
    for audit in range(audits.shape[0]):
        execute(tape, audits[audit, 0], audits[audit, 1], registers)
        for number in range(audits[audit, 2], audits[audit, 3]):
            left, right = np.uint64(checks[number, 0]), np.uint64(checks[number, 1])
            scale = np.uint64(checks[number, 2])
            for i in range(real):
                gap = registers[left, i] - registers[right, i]
                size = 0.0 if gap == 0.0 else abs(gap) / registers[scale, i]
                if size > worst[0]:
                    worst[0] = size
                    place[0], place[1], place[2] = period, number, offset + i


@njit(nogil=True, cache=True, error_model="numpy")
def _balance(heads, payments, signs, registers, real, period, offset, worst, place):
    """Find the largest gap of a budget over its largest payment, and where it is."""
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
            if size > worst[1]:
                worst[1] = size
                place[3], place[4], place[5] = period, number, offset + i


@njit(nogil=True, cache=True, error_model="numpy")
def advance(
    tape, sections, tears, groups, audits, checks, tops, heads, payments, signs, lagged, registers, kept,
    values, common_slots, common, own_slots, own, first, last, real, offset, worst, place,
):  # fmt: skip
    """Run periods from `first` to `last`.

    Returns
    -------
    int
        The first period that is not done: `last` + 1, or one that needs `creditor.engine.chunk`, begun but
        not kept.
    """
    guess, room = np.empty((max(1, tears.shape[0]), WIDTH)), np.empty((5, WIDTH))
    residual, books = np.uint64(tops[3]), np.uint64(tops[4])
    for period in range(first, last + 1):
        for j in range(lagged.shape[0]):
            _copy(lagged[j, 0], lagged[j, 1], registers)
        for j in range(common_slots.shape[0]):
            registers[common_slots[j]][:] = common[j, period - 1]
        for j in range(own_slots.shape[0]):
            registers[own_slots[j]][:] = own[j, period - 1]
        for number in range(sections.shape[0]):
            section = sections[number]
            if section[0] == 0:
                execute(tape, section[FIRST], section[LAST], registers)
            elif not _newton(tape, section, tears, registers, guess, room):
                return period
        if not _holds(tape, groups, tops[2], registers):
            return period
        _scores(tape, audits, tops, registers)
        fine, residual_up, books_up = True, False, False
        for i in range(WIDTH):
            fine &= (registers[residual, i] <= ACCEPTED) & (registers[books, i] <= BOOKS)
            residual_up |= registers[residual, i] > worst[0]
            books_up |= registers[books, i] > worst[1]
        if not fine:
            return period
        if residual_up:
            _check(tape, audits, checks, registers, real, period, offset, worst, place)
        if books_up:
            _balance(heads, payments, signs, registers, real, period, offset, worst, place)
        for j in range(kept.shape[0]):
            row = np.uint64(kept[j])
            for i in range(real):
                values[j, period, offset + i] = registers[row, i]
    return last + 1
