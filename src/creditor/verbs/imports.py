"""Owns the verb that reads a model from the text of another program."""

from __future__ import annotations

import os
from pathlib import Path

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.imported import READERS, Imported, form_of, import_text
from creditor.equations.parse import parse, read_model_text
from creditor.errors import InputError, Trouble
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.suggest import mend_with

KINDS = {"given": "givens", "let": "definitions", "find": "conditions", "start": "openings"}


def model_import(path: str | os.PathLike[str], form: str | None = None) -> Answer:
    """Read the text of another program and write it in our language; nothing of it is executed.

    Parameters
    ----------
    path : path
        Of a UTF-8 text.
    form : {"sfcr", "modelflow", "eviews", "pysolve", "dynare"}, optional
        Guessed from the name and the words of the text where it is left out.

    Returns
    -------
    Answer
        Payload ``{"form", "text", "statements", "not_understood", "renamed", "passed_over", "troubles"}``.
        Exit code 1 where a line is not understood, or the text that is written cannot be run as it is.

    Raises
    ------
    InputError
        C101, C102, C103 or C105 for a file that cannot be read or says nothing; U501 for another form.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "sim.R"
    >>> _ = path.write_text("sfcr_set(Y ~ C + G, C ~ a * Y)\\nsfcr_set(a ~ 0.6, G ~ 20)")
    >>> answer = model_import(path)
    >>> answer.exit_code, answer.payload["statements"]
    (0, {'given': 2, 'let': 2, 'find': 0, 'start': 0})
    """
    place = Path(path)
    text = read_model_text(place)
    form = form or form_of(place.name, text)
    if form not in READERS:
        raise InputError(Trouble("U501", "--from", f"no form {form!r}", "", mend_with(form, READERS)))
    found = import_text(text, form, place.name)
    if not any(found.counts.values()) and not found.refused:
        why = f"there is not one equation of the form {form} in it"
        raise InputError(Trouble("C102", place.name, "nothing to import", why, "name its form with --from"))
    troubles = () if found.refused else _troubles(found.text, place.stem)
    return _answer(place.name, form, found, troubles)


def _troubles(text: str, name: str) -> tuple[Trouble, ...]:
    """What keeps the text that is written from being run."""
    from creditor.engine.openings import opening
    from creditor.engine.program import compile_model

    try:
        opening(compile_model(elaborate(draft(parse(text, f"{name}.model")), name)), {}, 1)
    except InputError as error:
        return error.troubles
    return ()


def _answer(file: str, form: str, found: Imported, troubles: tuple[Trouble, ...]) -> Answer:
    counts = ", ".join(f"{found.counts[word]} {said}" for word, said in KINDS.items() if found.counts[word])
    story = f"{file} read as {form}: {counts or 'nothing'}. "
    lines = len(found.refused)
    story += f"{lines} not understood [E642]." if lines else "Every line is understood."
    if troubles:
        story += f" It cannot be run yet: {len(troubles)} trouble{'s' if len(troubles) > 1 else ''}."
    rows = [(str(one.line), one.text, one.what, one.why, one.mend) for one in found.refused]
    grids = [
        Grid("not-understood", "Not understood", ("line", "text", "what", "why", "mend"), tuple(rows)),
        Grid("renamed", "Names that changed", ("name", "here", "why"), found.renamed),
        Grid(
            "passed-over",
            "Passed over",
            ("line", "text", "why"),
            tuple((str(line), text, why) for line, text, why in found.passed),
        ),
    ]
    findings = [_finding(trouble) for trouble in troubles]
    return Answer(
        story,
        findings=tuple(findings),
        payload={
            "form": form,
            "text": found.text,
            "statements": dict(found.counts),
            "not_understood": [
                {
                    "code": "E642",
                    "line": one.line,
                    "text": one.text,
                    "what": one.what,
                    "why": one.why,
                    "mend": one.mend,
                }
                for one in found.refused
            ],
            "renamed": [dict(zip(("name", "here", "why"), row, strict=True)) for row in found.renamed],
            "passed_over": [dict(zip(("line", "text", "why"), row, strict=True)) for row in found.passed],
            "troubles": [finding.as_dict() for finding in findings],
        },
        grids=tuple(grid for grid in grids if grid.rows),
        title=f"{file} imported",
        exit_code=1 if found.refused or troubles else 0,
    )


def _finding(trouble: Trouble) -> Finding:
    sentence = f"{trouble.what}; {trouble.why}" if trouble.why else trouble.what
    return Finding("fault", trouble.where, sentence, mend=trouble.mend, code=trouble.code)
