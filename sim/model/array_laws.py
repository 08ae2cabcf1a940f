"""The laws for arrays: the same source with numpy's functions under the same names, so that no law is written twice.

``laws.agility`` of this module takes arrays of any shapes that go together and gives what the scalar law gives for
each element. What is not an expression for arrays becomes one: ``a if c else b`` and an early ``return`` are both
sides' values, chosen element by element. Both sides are computed, so a division by zero on the side that is not
chosen is nothing to warn of.
"""

import ast
import inspect
from types import SimpleNamespace
from typing import Any, Final

import numpy as np

from sim.model import laws as scalar_laws

_NAMES: Final = {
    "math": np,
    "min": np.minimum,
    "max": np.maximum,
    "abs": np.abs,
    "float": np.asarray,
    "where": np.where,
}


class _Elementwise(ast.NodeTransformer):
    """Choices become ``where``."""

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        """``a if c else b``."""
        self.generic_visit(node)
        return _where(node.test, node.body, node.orelse)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """``if c: return a`` before the last ``return b``."""
        self.generic_visit(node)
        *before, last = node.body
        value = _returned(last)
        while before and isinstance(choice := before[-1], ast.If):
            [early] = choice.body
            value = _where(choice.test, _returned(early), value)
            before.pop()
        node.body = [*before, ast.Return(value)]
        return node

    def visit_Import(self, node: ast.Import) -> None:
        """``math`` is numpy here."""


def _returned(statement: ast.stmt) -> ast.expr:
    assert isinstance(statement, ast.Return)
    assert statement.value is not None
    return statement.value


def _where(test: ast.expr, first: ast.expr, second: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("where", ast.Load()), [test, first, second], [])


def _for_arrays() -> Any:
    tree = ast.fix_missing_locations(_Elementwise().visit(ast.parse(inspect.getsource(scalar_laws))))
    names: dict[str, Any] = dict(_NAMES)
    exec(compile(tree, "<the laws for arrays>", "exec"), names)
    return SimpleNamespace(**{name: names[name] for name, value in vars(scalar_laws).items() if callable(value)})


laws: Final = _for_arrays()
