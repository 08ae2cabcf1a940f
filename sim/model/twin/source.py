"""The model's own functions, compiled from their source as it stands: laws, luck, what a person goes through.

A compiled function must find compiled functions under the names that it uses. So each is given a copy of its globals in
which the model's functions and modules are replaced; nothing of the source changes. Numbers of ``luck`` are unsigned
there, as its docstring asks.
"""

import builtins
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any, Final, TypeVar

import numpy as np
from numba import njit

from sim.model import luck

Function = TypeVar("Function", bound=Callable[..., Any])
Module = TypeVar("Module", bound=ModuleType)
OPTIONS: Final = {"nogil": True, "error_model": "numpy"}
INNER: Final = OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "forceinline": False}


def compiled(function: Function) -> Function:
    """A function of the twin, compiled when it is first called by another."""
    return njit(**INNER)(function)  # type: ignore[no-any-return]


def inlined(function: Function) -> Function:
    """A function of the twin that every request passes through, written into those that call it: a call costs more."""
    return njit(**INNER | {"forceinline": True})(function)  # type: ignore[no-any-return]


def as_compiled(function: Function) -> Function:
    """A function of the model, compiled from its source."""
    if function not in _COMPILED:
        _COMPILED[function] = compiled(with_compiled_names(function))
    return _COMPILED[function]  # type: ignore[no-any-return]


def module(of_the_model: Module) -> Module:
    """All functions of one of the model's modules, compiled; its constants as they are."""
    copy: Any = ModuleType(of_the_model.__name__)
    for name, value in vars(of_the_model).items():
        if not name.startswith("__"):
            setattr(copy, name, _replaced(value, of_the_model.__name__))
    return copy  # type: ignore[no-any-return]


def with_compiled_names(function: Callable[..., Any]) -> Any:
    """The same function with compiled ones under the names that it uses."""
    assert isinstance(function, FunctionType)
    names = {
        name: _replaced(function.__globals__[name], function.__module__, function.__code__.co_names)
        for name in function.__code__.co_names
        if name in function.__globals__
    }
    names |= {"__builtins__": builtins, "__name__": function.__module__}
    return FunctionType(function.__code__, names, function.__name__, function.__defaults__)


def _replaced(value: Any, where: str, used: tuple[str, ...] = ()) -> Any:
    if isinstance(value, FunctionType) and value.__module__.startswith("sim.model"):
        return as_compiled(value)
    if isinstance(value, ModuleType) and value.__name__.startswith("sim.model"):
        copy = ModuleType(value.__name__)
        for name in used:
            if hasattr(value, name):
                setattr(copy, name, _replaced(getattr(value, name), ""))
        return copy
    if where == luck.__name__ and type(value) is int:
        return np.uint64(value)
    return value


_COMPILED: Final[dict[Any, Any]] = {}
_derived = compiled(with_compiled_names(luck.derived))
_uniform = compiled(with_compiled_names(luck.uniform))


@compiled
def derived(key: Any, purpose: int, occurrence: int = 0) -> Any:
    """As ``luck.derived``."""
    return _derived(np.uint64(key), np.uint64(purpose), np.uint64(occurrence))


@compiled
def uniform(key: Any, purpose: int, occurrence: int = 0) -> float:
    """As ``luck.uniform``."""
    return float(_uniform(np.uint64(key), np.uint64(purpose), np.uint64(occurrence)))


_COMPILED.update({luck.derived: derived, luck.uniform: uniform})
