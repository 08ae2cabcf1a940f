"""Arithmetic in a study file: what a key is, given the factors. Nothing in it can be executed.

Numbers, names of factors, ``+ - * / // % **``, brackets, and ``min``, ``max``, ``round``, ``abs``: read as Python reads
them, and worked out node by node.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

Value: TypeAlias = float | int | bool | str

_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: math.pow,
}
_SIGNS: Final[Mapping[type[ast.unaryop], Callable[[Any], Any]]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}
_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {"min": min, "max": max, "round": round, "abs": abs}
_LONGEST: Final = 500
"""Choice: characters of an expression."""


class ExpressionError(ValueError):
    """An expression that cannot be read, or worked out."""


class Expression:
    """An expression in factors; ``ExpressionError`` where it is none. A name alone gives the factor as it is."""

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise ExpressionError(f"is longer than {_LONGEST} characters")
        try:
            self._tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise ExpressionError("is no arithmetic: numbers, factors, + - * / // % **, min, max, round, abs") from None
        self.names = frozenset(_names(self._tree))

    def value(self, factors: Mapping[str, Value]) -> Value:
        """What it comes to; ``ExpressionError`` if that is no finite number."""
        try:
            found = _worked_out(self._tree, factors)
        except (ArithmeticError, TypeError, ValueError) as error:
            raise ExpressionError(f"cannot be worked out: {error}") from None
        if isinstance(found, float) and not math.isfinite(found):
            raise ExpressionError(f"comes to {found}")
        return found  # type: ignore[no-any-return]


def _names(node: ast.expr) -> list[str]:
    """The factors in it, if every piece of it is allowed."""
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float()):
            return []
        case ast.Name(id=name):
            return [name]
        case ast.UnaryOp(op=sign, operand=inner) if type(sign) in _SIGNS:
            return _names(inner)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _names(left) + _names(right)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS and arguments:
            return [inner for one in arguments for inner in _names(one)]
    raise ExpressionError(f"holds {ast.unparse(node)!r}, which is no arithmetic")


def _worked_out(node: ast.expr, factors: Mapping[str, Value]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return factors[name]
        case ast.UnaryOp(op=sign, operand=inner):
            return _SIGNS[type(sign)](_worked_out(inner, factors))
        case ast.BinOp(left=left, op=operation, right=right):
            return _OPERATORS[type(operation)](_worked_out(left, factors), _worked_out(right, factors))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _FUNCTIONS[name](*(_worked_out(one, factors) for one in arguments))
    raise AssertionError(node)
