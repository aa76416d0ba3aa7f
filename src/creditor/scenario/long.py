"""Owns long runs: paths in pieces, memory that does not grow, progress, a stop and a later start."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.engine.certificate import NOTHING, Worst, certificate, worse
from creditor.engine.grid import STEPS
from creditor.engine.program import Program, compile_model
from creditor.engine.reduce import CHUNK
from creditor.engine.run import LARGEST, Inputs, Result, run
from creditor.engine.statistics import Fold
from creditor.errors import InputError, Trouble
from creditor.scenario.checks import check_findings, missing_findings, settled_findings
from creditor.scenario.conditions import evaluate
from creditor.scenario.run import Plan, Run, carry_out, plan_run, provenance_of
from creditor.scenario.scenario import Scenario, make_scenario
from creditor.scenario.store import Keeper, damaged, run_key
from creditor.scenario.wishes import Progress, Stopped, Uninterrupted, Wishes
from creditor.terms.finding import Finding

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LONG = 2.5e8  # bytes of a run; a larger one is taken in pieces
PIECE = 6.4e7  # bytes of a piece
MOST = 16  # chunks in a piece
STEP = 0.5  # seconds of work between two saved states, at least
SHARE = 0.05  # of the time may go into saving


def key_of(plan: Plan) -> str:
    """The key of a run in the store: of its scenario, what is shown of it, and the conditions.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> len(key_of(plan_run(make_scenario(model="sim"))))
    12
    """
    names = [plan.prepared.model.title(slot) for slot in plan.keep.shown]
    return run_key([hash_of(plan), names, [one.title for one in plan.conditions], plan.path])


def hash_of(plan: Plan) -> str:
    """Digest of whatever decides the numbers of a plan."""
    return provenance_of(plan.scenario, plan.prepared).scenario_hash


def head_of(plan: Plan) -> dict[str, Any]:
    """What the store is told of a run.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> head_of(plan_run(make_scenario(model="sim", paths=3)))["paths"]
    3
    """
    scenario = plan.scenario
    text = scenario.model
    if text.endswith(".model"):  # another folder may go on with it
        text = str(Path(text).resolve())
    said = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {
        "hash": hash_of(plan),
        "name": scenario.name,
        "model": plan.prepared.model.name,
        "periods": scenario.periods,
        "paths": scenario.paths,
        "scenario": said | {"model": text},
        "shown": [plan.prepared.model.title(slot) for slot in plan.keep.shown],
        "shares": [one.title for one in plan.conditions],
        "path": plan.path,
    }


def is_long(plan: Plan) -> bool:
    """Whether a run is taken in pieces: where its paths would fill more than 250 MB.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> is_long(plan_run(make_scenario(model="sim", paths=1000)))
    False
    """
    return len(plan.paths) > CHUNK and _bytes(plan, len(plan.paths)) > LONG


def run_any(
    scenario: Scenario,
    path: int | None = None,
    also: Iterable[str] = (),
    asked: Sequence[str] = (),
    wishes: Wishes | None = None,
) -> Run:
    """Run a scenario, in pieces where it is long.

    Parameters
    ----------
    scenario, path, also
        As for `creditor.scenario.run.run_scenario`.
    asked : sequence of str
        Conditions whose shares of paths are wanted.
    wishes : Wishes, optional

    Raises
    ------
    InputError
        As `run_scenario`; S701 where not even pieces fit; S733, S735 where the run is to be kept and cannot.
    Stopped
        On Ctrl-C; what is done is kept.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> run_any(make_scenario(model="sim", periods=2, paths=3)).statistics.paths
    3
    """
    wishes = wishes or Wishes()
    plan = plan_run(scenario, path, also, asked)
    if not is_long(plan):
        made = carry_out(plan, wishes.threads)
        return replace(made, stored=(key_of(plan), head_of(plan))) if wishes.store else made
    _check_size(plan)
    if wishes.store is False:
        return _Long(plan, wishes, None).run()
    try:
        keeper = Keeper(key_of(plan), head_of(plan)).__enter__()
    except InputError as error:
        if wishes.store or "S735" not in error.codes:
            raise
        found = error.troubles[0]
        wishes.listener.warn(f"the run is not kept: {found.where}: {found.why}")
        return _Long(plan, wishes, None).run()
    try:
        return _Long(plan, wishes, keeper).run()
    finally:
        keeper.__exit__()


def run_again(key: str, head: Mapping[str, Any], wishes: Wishes) -> Run:
    """Run what the store says of a run, from where it is.

    Parameters
    ----------
    key : str
    head : mapping
        Made by `head_of`.
    wishes : Wishes

    Raises
    ------
    InputError
        S734 where the model, or the figures that it starts from, are others than they were.
    """
    scenario, wanted = make_scenario(**head["scenario"]), (head.get("path"), head["shown"], head["shares"])
    if key_of(plan_run(scenario, *wanted)) != key:
        raise InputError(damaged(key, "the model or its figures have changed since"))
    return run_any(scenario, *wanted, wishes=wishes)


def _check_size(plan: Plan) -> None:
    """Counts for quantiles, and one chunk of paths, must fit."""
    scenario, shown = plan.scenario, len(plan.keep.shown)
    cells = shown * (scenario.periods + 1)
    size = 4.0 * cells * (STEPS + 2) + _bytes(plan, CHUNK)
    if size <= LARGEST / 2:
        return
    what = f"{shown} variables over {scenario.periods} periods need {size / 1e9:,.1f} GB for their quantiles"
    fits = int(shown * LARGEST / 2 / size)
    mend = f"keep at most {fits} of them (--keep), or run fewer periods"
    if not fits:
        most = int(scenario.periods * shown * LARGEST / 2 / size)
        mend = f"keep one variable (--keep) and run at most {most:,} periods"
    raise InputError(Trouble("S701", "scenario", what, f"the limit is {LARGEST / 2e9:g} GB", mend))


def _bytes(plan: Plan, paths: int) -> float:
    """What some paths take: what is stored and drawn of them, and all of their openings."""
    return (plan.size / len(plan.paths) + 8.0 * len(plan.prepared.model.slots)) * paths


@dataclass(frozen=True)
class _Piece:
    """What some paths gave: values [variable shown, period, path], conditions, certificate, findings."""

    values: Floats
    flags: npt.NDArray[np.bool_]
    worst: tuple[Worst, Worst]
    findings: list[Finding]


class _Long:
    """A long run on its way."""

    def __init__(self, plan: Plan, wishes: Wishes, keeper: Keeper | None) -> None:
        self.plan, self.wishes, self.keeper = plan, wishes, keeper
        self.model = plan.prepared.model
        self.stored = list(range(len(self.model.slots)) if plan.keep.stored is None else plan.keep.stored)
        self.rows = [self.stored.index(slot) for slot in plan.keep.shown]
        self.fold = Fold((len(self.rows), plan.scenario.periods + 1), plan.scenario.antithetic)
        self.worst: tuple[Worst, Worst] = (NOTHING, NOTHING)
        self.findings: dict[str, dict[str, Any]] = {}
        self.saved, self.saving = time.monotonic(), 0.0
        self.kept = 0  # paths that are in the store
        self.failed = False  # whether saving has failed, which is said once

    def run(self) -> Run:
        """Go on from what is kept, to the end."""
        try:
            with Uninterrupted():
                self._resume()
            program = self._go_on()
        except KeyboardInterrupt:
            self._save()
            raise Stopped(self._told()) from None
        self._save()
        return self._finish(program)

    def _go_on(self) -> Program:
        """Piece after piece, to the last path."""
        begun, first, paths = time.monotonic(), self.fold.paths, len(self.plan.paths)
        program, width = compile_model(self.model), self._width()
        while self.fold.paths < paths:
            self._add(self._piece(program, self.fold.paths, min(self.fold.paths + width, paths)))
            spent = time.monotonic() - begun
            left = spent / (self.fold.paths - first) * (paths - self.fold.paths)
            self.wishes.listener.progress(Progress(self.fold.paths, paths, left))
            if time.monotonic() - self.saved > max(STEP, self.saving / SHARE):
                self._save()
        return program

    def _width(self) -> int:
        """Paths of a piece: whole chunks that fill little memory."""
        return CHUNK * int(max(1, min(MOST, PIECE // _bytes(self.plan, CHUNK))))

    def _piece(self, program: Program, first: int, end: int) -> _Piece:
        """Run some paths."""
        plan, paths = self.plan, range(first, end)
        inputs = Inputs(
            plan.scenario.periods,
            len(paths),
            plan.givens(paths),
            plan.starts,
            keep=self.stored,
            threads=self.wishes.threads,
            first=first,
            whole=len(plan.paths),
        )
        result = run(program, inputs)
        flags = evaluate(self.model, plan.conditions, result.values, self.stored, first)
        found = self._findings(result.values, first)
        return _Piece(result.values[self.rows], flags, result.worst, found)

    def _add(self, piece: _Piece) -> None:
        """Add a piece; where that is stopped, it counts as a whole."""
        residual, books = (worse(a, b) for a, b in zip(self.worst, piece.worst, strict=True))
        with Uninterrupted():
            self.fold.add(piece.values, piece.flags)
            self.worst = (residual, books)
            for finding in piece.findings:
                self._note(finding)

    def _findings(self, values: Floats, first: int) -> list[Finding]:
        """What chunks of these paths have to say."""
        found: list[Finding] = []
        if first == 0:
            found += missing_findings(self.model, self.plan.starts, values, self.stored)
        for begin in range(0, values.shape[2], CHUNK):
            part = values[:, :, begin : begin + CHUNK]
            found += check_findings(self.model, part, self.stored, first + begin)
            found += settled_findings(self.model, part, self.stored, first + begin)
        return found

    def _note(self, finding: Finding) -> None:
        """The first of each kind stands for all; how many chunks have it is counted."""
        known = self.findings.setdefault(f"{finding.place}|{finding.sentence.split(' from ')[0]}", {})
        if not known:
            known |= finding.as_dict() | {"chunks": 0}
        known["chunks"] += 1

    def _resume(self) -> None:
        """Take up what is in the store; what is damaged there is left out with a word."""
        if self.keeper is None:
            return
        try:
            kept = self.keeper.load()
            if kept is None:
                return
            state, head = kept
            self.fold.restore(state)
            self.worst = tuple(tuple(one) for one in head["worst"])  # type: ignore[assignment]
            self.findings = head["findings"]
        except InputError as error:
            return self._anew(error.troubles[0].why)
        except (KeyError, ValueError, TypeError) as error:
            return self._anew(f"what was kept does not fit it ({error})")
        self.kept = self.fold.paths
        if self.kept < len(self.plan.paths):
            warn = self.wishes.listener.warn
            warn(f"goes on from path {self.kept:,}, which run {self.keeper.key} has kept")

    def _anew(self, why: str) -> None:
        """Begin with the first path, with a word."""
        self.wishes.listener.warn(f"the run begins anew: {why}")
        self.fold = Fold(self.fold.shape, self.fold.paired)
        self.worst, self.findings = (NOTHING, NOTHING), {}

    def _save(self) -> None:
        """Keep what is done; a full disk stops nothing, it is said."""
        if self.keeper is None or self.fold.paths == self.kept:
            return
        begun = time.monotonic()
        more = {"worst": self.worst, "findings": self.findings}
        try:
            self.keeper.save(self.fold.paths, self.fold.state(), more)
            self.kept = self.fold.paths
        except InputError as error:
            if not self.failed:
                self.wishes.listener.warn(str(error))
            self.failed = True
        self.saved = time.monotonic()
        self.saving = self.saved - begun

    def _told(self) -> str:
        """What is said after a stop."""
        if self.keeper is None or not self.kept:
            return "stopped; nothing is kept"
        done = f"stopped; {self.kept:,} of {len(self.plan.paths):,} paths are kept"
        return f"{done}: the same command, or creditor runs resume {self.keeper.key}, goes on from there"

    def _finish(self, program: Program) -> Run:
        plan = self.plan
        residual, books = self.worst
        empty = np.zeros((len(self.stored), plan.scenario.periods + 1, 0))
        proof = certificate(program, residual, books)
        result = Result(program, empty, proof, tuple(self.stored), self.worst)
        findings = (*plan.prepared.findings, *(self._finding(entry) for entry in self.findings.values()))
        made = Run(plan.scenario, result, provenance_of(plan.scenario, plan.prepared), findings)
        return replace(
            made,
            shown=plan.keep.shown,
            bound=plan.prepared.bound,
            moved=plan.moved,
            statistics=self.fold.finish(),
            conditions=plan.conditions,
            stored=(self.keeper.key, self.keeper.head) if self.keeper and self.kept else None,
        )

    def _finding(self, entry: dict[str, Any]) -> Finding:
        """A finding of the first chunk that has it, with how many have it."""
        fields = {name: text for name, text in entry.items() if name != "chunks"}
        found = Finding(**fields)
        if not any(word in found.evidence for word in ("paths", "smallest")):
            return found
        chunks = -(-len(self.plan.paths) // CHUNK)
        told = f"there: {found.evidence}; {entry['chunks']} of {chunks} chunks of {CHUNK:,} paths have it"
        return replace(found, evidence=told)
