"""Owns machine code of bodies: made by LLVM for this processor, kept on disk, called by address."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm
import numpy as np
from llvmlite import ir

from creditor.engine.bodies import Body, Source
from creditor.engine.vectors import DOUBLE, LANES, VECTOR, Lanes, constant

WIDTH = 64
WHOLE, INDEX = ir.IntType(64), ir.IntType(32)
MARK, DIGEST = b"creditor machine code 1\n", 32
KEPT = 1 << 30  # bytes of machine code that stay on disk
_READY = threading.Lock()
_ENGINES: list[Any] = []  # code lives as long as its engine


class _Function:
    """One body as a function (cells, first cell, labels, registers)."""

    def __init__(self, module: Any, name: str, body: Body) -> None:
        kinds = [INDEX.as_pointer(), WHOLE, WHOLE, DOUBLE.as_pointer()]
        self.function = ir.Function(module, ir.FunctionType(ir.VoidType(), kinds), name)
        self.cells, self.first, self.count, self.registers = self.function.args
        self.body = body
        self.builder = ir.IRBuilder(self.function.append_basic_block("entry"))
        self.lanes = Lanes(self.builder)
        if body.columns:
            with self._counted(self.count) as label:
                start = self.builder.add(self.first, self.builder.mul(label, WHOLE(body.columns)))
                self._paths([self._begin(start, column) for column in range(body.columns)])
        else:
            self._paths([])
        self.builder.ret_void()

    def _counted(self, count: Any, step: int = 1) -> Any:
        return _Counted(self.builder, count, step)

    def _begin(self, start: Any, column: int) -> Any:
        """The first number of the register that a column of a label names."""
        builder = self.builder
        cell = builder.load(builder.gep(self.cells, [builder.add(start, WHOLE(column))]))
        return builder.mul(builder.sext(cell, WHOLE), WHOLE(WIDTH))

    def _paths(self, columns: Sequence[Any]) -> None:
        """The rows, for sixteen paths after the other."""
        with self._counted(WHOLE(WIDTH), LANES) as path:
            made: list[Any] = []
            held: dict[Source, Any] = {}

            def place(where: Source) -> Any:
                kind, number = where
                base = columns[int(number)] if kind == "cell" else WHOLE(int(number) * WIDTH)
                spot = self.builder.gep(self.registers, [self.builder.add(base, path)])
                return self.builder.bitcast(spot, VECTOR.as_pointer())

            def value(source: Source) -> Any:
                kind, number = source
                if kind == "made":
                    return made[int(number)]
                if kind == "number":
                    return constant(number)
                if source not in held:
                    held[source] = self.builder.load(place(source), align=8)
                return held[source]

            for code, operands, kept, before in self.body.rows:
                result = self.lanes.row(
                    code, [value(source) for source in operands], None if before is None else value(before)
                )
                made.append(result)
                if kept is not None:
                    held[kept] = result
                    self.builder.store(result, place(kept), align=8)


class _Counted:
    """A loop from 0 to a count: ``with`` gives the counter."""

    def __init__(self, builder: Any, count: Any, step: int) -> None:
        self.builder, self.count, self.step = builder, count, step

    def __enter__(self) -> Any:
        builder = self.builder
        before = builder.block
        self.body = builder.append_basic_block("body")
        self.after = builder.append_basic_block("after")
        builder.cbranch(builder.icmp_signed("<", WHOLE(0), self.count), self.body, self.after)
        builder.position_at_end(self.body)
        self.counter = builder.phi(WHOLE)
        self.counter.add_incoming(WHOLE(0), before)
        return self.counter

    def __exit__(self, *_: object) -> None:
        builder = self.builder
        following = builder.add(self.counter, WHOLE(self.step))
        self.counter.add_incoming(following, builder.block)
        builder.cbranch(builder.icmp_signed("<", following, self.count), self.body, self.after)
        builder.position_at_end(self.after)


def text_of(bodies: Sequence[Body]) -> str:
    """The bodies as LLVM's assembly: functions f0, f1 and so on."""
    module = ir.Module("bodies")
    for number, body in enumerate(bodies):
        _Function(module, f"f{number}", body)
    return str(module)


def addresses(bodies: Sequence[Body], folder: Path | None) -> Any:
    """Where the functions of bodies begin, as an array of whole numbers.

    Parameters
    ----------
    bodies : sequence of Body
    folder : Path or None
        Where machine code is kept; what is damaged there is made anew.

    Examples
    --------
    >>> body = Body(((0, (("register", 0), ("register", 1)), ("register", 2), None),), 0)
    >>> len(addresses([body], None))
    1
    """
    if not bodies:
        return np.zeros(0, dtype=np.int64)
    with _READY:
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        code = _code(bodies, folder)
        target = _target()
        engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target)
        engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        engine.finalize_object()
        _ENGINES.append(engine)
        found = [engine.get_function_address(f"f{number}") for number in range(len(bodies))]
    return np.array(found, dtype=np.int64)


def _target() -> Any:
    features = llvm.get_host_cpu_features().flatten()
    target = llvm.Target.from_triple(llvm.get_process_triple())
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=features,
        opt=2,
        reloc="default",
        codemodel="jitdefault",
        jit=True,
    )


def _code(bodies: Sequence[Body], folder: Path | None) -> bytes:
    """Machine code from the folder, or made here and put into it."""
    maker = (llvmlite.__version__, llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten())
    sources = [Path(__file__).with_name(name).read_bytes() for name in ("vectors.py", "machine.py")]
    key = hashlib.sha256(b"".join([repr((maker, tuple(bodies))).encode(), *sources])).hexdigest()
    place = folder / f"bodies-{key[:24]}.o" if folder else None
    kept = _kept(place)
    if kept is not None:
        return kept
    module = llvm.parse_assembly(text_of(bodies))
    module.verify()
    code: bytes = _target().emit_object(module)
    if place is not None:
        _keep(place, code)
    return code


def _kept(place: Path | None) -> bytes | None:
    """What stands on disk, if it is whole."""
    try:
        data = place.read_bytes() if place else b""
        code = data[len(MARK) + DIGEST :]
        if data.startswith(MARK) and hashlib.sha256(code).digest() == data[len(MARK) : len(MARK) + DIGEST]:
            assert place is not None
            os.utime(place)
            return code
    except OSError:
        pass
    return None


def _keep(place: Path, code: bytes) -> None:
    """Write and rename; without room or right it is simply not kept. The longest unused make room."""
    aside = place.with_suffix(f".{os.getpid()}")
    try:
        aside.write_bytes(MARK + hashlib.sha256(code).digest() + code)
        os.replace(aside, place)
        others = sorted(place.parent.glob("bodies-*.o"), key=lambda path: path.stat().st_mtime)
        total = sum(path.stat().st_size for path in others)
        for path in others:
            if total <= KEPT:
                break
            total -= path.stat().st_size
            path.unlink()
    except OSError:
        aside.unlink(missing_ok=True)
