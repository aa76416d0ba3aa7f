"""The face: the verbs of creditor by name, loaded when first used."""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which would load twenty modules
__version__ = "0.1.0"

_NAMES = {
    "who": "creditor.verbs.who",
    "compare_holders": "creditor.verbs.compare_holders",
    "through": "creditor.verbs.through",
    "statement": "creditor.verbs.statement",
    "burden": "creditor.verbs.burden",
    "path": "creditor.verbs.path",
    "rules": "creditor.verbs.rules",
    "effort": "creditor.verbs.effort",
    "effort_rank": "creditor.verbs.effort_rank",
    "path_rank": "creditor.verbs.path_rank",
    "path_table": "creditor.verbs.path_table",
    "alerts_add": "creditor.verbs.alert_steps",
    "alerts_advance": "creditor.verbs.alert_steps",
    "alerts_export": "creditor.verbs.alerts",
    "alerts_list": "creditor.verbs.alerts",
    "alerts_metrics": "creditor.verbs.alerts",
    "alerts_route": "creditor.verbs.alerts",
    "alerts_scan": "creditor.verbs.alert_scan",
    "alerts_share": "creditor.verbs.alert_steps",
    "alerts_show": "creditor.verbs.alerts",
    "alerts_verify": "creditor.verbs.alert_steps",
    "check": "creditor.verbs.check",
    "check_text": "creditor.verbs.check_text",
    "data_status": "creditor.verbs.data",
    "data_refresh": "creditor.verbs.data",
    "model_list": "creditor.verbs.models",
    "model_show": "creditor.verbs.show",
    "model_check": "creditor.verbs.models",
    "model_run": "creditor.verbs.runs",
    "model_sweep": "creditor.verbs.sweep",
    "model_fit": "creditor.verbs.fit",
    "model_compare": "creditor.verbs.compare",
    "model_scenarios": "creditor.verbs.runs",
    "model_explain": "creditor.verbs.show",
    "model_steady": "creditor.verbs.steady",
    "model_export": "creditor.verbs.exports",
    "model_import": "creditor.verbs.imports",
    "assess": "creditor.verbs.assess",
    "memo": "creditor.verbs.memo",
    "record": "creditor.verbs.decisions",
    "reassess": "creditor.verbs.decisions",
    "regime_list": "creditor.verbs.regimes",
    "regime_show": "creditor.verbs.regimes",
    "regime_coverage": "creditor.verbs.regimes",
    "regime_diff": "creditor.verbs.regimes",
    "regime_switch": "creditor.verbs.switch",
    "screen": "creditor.verbs.screen",
    "screen_text": "creditor.verbs.screen",
    "audit": "creditor.verbs.audit",
    "runs_list": "creditor.verbs.stored",
    "runs_remove": "creditor.verbs.stored",
    "runs_resume": "creditor.verbs.stored",
    "runs_show": "creditor.verbs.stored",
    "lint": "creditor.verbs.lint",
    "doctor": "creditor.verbs.doctor",
    "Answer": "creditor.terms.answer",
    "Table": "creditor.terms.table",
    "Finding": "creditor.terms.finding",
    "CreditorError": "creditor.errors",
    "InputError": "creditor.errors",
    "MissingError": "creditor.errors",
    "NoSolutionError": "creditor.errors",
}
__all__ = [
    "Answer",
    "CreditorError",
    "Finding",
    "InputError",
    "MissingError",
    "NoSolutionError",
    "Table",
    "__version__",
    "alerts_add",
    "alerts_advance",
    "alerts_export",
    "alerts_list",
    "alerts_metrics",
    "alerts_route",
    "alerts_scan",
    "alerts_share",
    "alerts_show",
    "alerts_verify",
    "assess",
    "audit",
    "burden",
    "check",
    "check_text",
    "compare_holders",
    "data_refresh",
    "data_status",
    "doctor",
    "effort",
    "effort_rank",
    "lint",
    "memo",
    "model_check",
    "model_compare",
    "model_explain",
    "model_export",
    "model_fit",
    "model_import",
    "model_list",
    "model_run",
    "model_scenarios",
    "model_show",
    "model_steady",
    "model_sweep",
    "path",
    "path_rank",
    "path_table",
    "reassess",
    "record",
    "regime_coverage",
    "regime_diff",
    "regime_list",
    "regime_show",
    "regime_switch",
    "rules",
    "runs_list",
    "runs_remove",
    "runs_resume",
    "runs_show",
    "screen",
    "screen_text",
    "statement",
    "through",
    "who",
]

if TYPE_CHECKING:
    from creditor.errors import CreditorError, InputError, MissingError, NoSolutionError
    from creditor.terms.answer import Answer
    from creditor.terms.finding import Finding
    from creditor.terms.table import Table
    from creditor.verbs.alert_scan import alerts_scan
    from creditor.verbs.alert_steps import alerts_add, alerts_advance, alerts_share, alerts_verify
    from creditor.verbs.alerts import alerts_export, alerts_list, alerts_metrics, alerts_route, alerts_show
    from creditor.verbs.assess import assess
    from creditor.verbs.audit import audit
    from creditor.verbs.burden import burden
    from creditor.verbs.check import check
    from creditor.verbs.check_text import check_text
    from creditor.verbs.compare import model_compare
    from creditor.verbs.compare_holders import compare_holders
    from creditor.verbs.data import data_refresh, data_status
    from creditor.verbs.decisions import reassess, record
    from creditor.verbs.doctor import doctor
    from creditor.verbs.effort import effort
    from creditor.verbs.effort_rank import effort_rank
    from creditor.verbs.exports import model_export
    from creditor.verbs.fit import model_fit
    from creditor.verbs.imports import model_import
    from creditor.verbs.lint import lint
    from creditor.verbs.memo import memo
    from creditor.verbs.models import (
        model_check,
        model_list,
    )
    from creditor.verbs.path import path
    from creditor.verbs.path_rank import path_rank
    from creditor.verbs.path_table import path_table
    from creditor.verbs.regimes import regime_coverage, regime_diff, regime_list, regime_show
    from creditor.verbs.rules import rules
    from creditor.verbs.runs import model_run, model_scenarios
    from creditor.verbs.screen import screen, screen_text
    from creditor.verbs.show import model_explain, model_show
    from creditor.verbs.statement import statement
    from creditor.verbs.steady import model_steady
    from creditor.verbs.stored import runs_list, runs_remove, runs_resume, runs_show
    from creditor.verbs.sweep import model_sweep
    from creditor.verbs.switch import regime_switch
    from creditor.verbs.through import through
    from creditor.verbs.who import who


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _NAMES:
        raise AttributeError(f"module 'creditor' has no attribute {name!r}; it has {', '.join(__all__)}")
    value: object = getattr(import_module(_NAMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
