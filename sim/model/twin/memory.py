"""Things in memory that compiled functions reach as Python reaches objects: ``job.parent.department.pressure``.

A thing is declared as a class with annotations: ``float``, ``int`` (unsigned if it is called ``key``), ``bool``, or the
class of another thing, which is kept as a pointer, or within it (``Annotated[Line, WITHIN]``). Methods that a class has
or inherits are compiled from their source, so what both engines do alike stands once. The memory itself is numpy's.
"""

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, Final, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import lower_getattr_generic, lower_setattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import intrinsic, models, overload_method, register_model
from numba.np.numpy_support import from_dtype

from sim.model.twin.source import OPTIONS, with_compiled_names

Kind = TypeVar("Kind")
Half: TypeAlias = Annotated[int, "half"]
"""An ``int`` in half the room, below two thousand million."""
WITHIN: Final = "within"
"""Of a thing that another one holds: it lies within it, so that both are fetched at once."""
LINE_OF_CACHE: Final = 64
"""Bytes; things are laid out so that what is used together lies in few such lines."""
_FETCHED: Final = 5 * LINE_OF_CACHE
_NUMBERS: dict[Any, "np.dtype[Any]"] = {
    Half: np.dtype(np.int32),
    float: np.dtype(np.float64),
    int: np.dtype(np.int64),
    bool: np.dtype(np.bool_),
    np.uint64: np.dtype(np.uint64),
}
_POINTER = np.dtype(np.uint64)


class Thing(types.Type):  # type: ignore[misc]  # numba has no types
    """The compiler's type of a pointer to a thing; each declared class has a subclass of its own."""

    declared: type

    def __init__(self) -> None:
        super().__init__(name=self.declared.__name__)

    @property
    def fields(self) -> dict[str, tuple[Any, int]]:
        """By name: the type of what is read there, and the offset in bytes."""
        return _fields(self.declared)


_thing_types: dict[type, Thing] = {}


def thing(declared: type[Kind]) -> type[Kind]:
    """Declare a class as a thing."""
    numba_class = type(declared.__name__, (Thing,), {"declared": declared})
    register_model(numba_class)(_Pointer)
    for name, method in _methods(declared):
        _understand(numba_class, name, method)
    _thing_types[declared] = numba_class()
    return declared


def _methods(declared: type) -> Iterator[tuple[str, Any]]:
    for name in dir(declared):
        method = inspect.getattr_static(declared, name)
        ours = inspect.isfunction(method) and method.__module__.startswith("sim.")
        if ours and not name.startswith("_"):
            yield name, method


def _understand(numba_class: type, name: str, method: Callable[..., Any]) -> None:
    method_source: Callable[..., Any] = with_compiled_names(method)

    def chosen(*arguments: Any, **named: Any) -> Callable[..., Any]:
        return method_source

    chosen.__signature__ = inspect.signature(method_source)  # type: ignore[attr-defined]  # the compiler binds by it
    overload_method(numba_class, name, jit_options=OPTIONS, strict=False)(chosen)


@cache
def layout(declared: type) -> np.dtype[Any]:
    """How a thing lies in memory."""
    columns = {name: _column(kind) for name, kind in _annotations(declared).items()}
    natural = np.dtype(list(columns.items()), align=True)
    if natural.itemsize <= 2 * LINE_OF_CACHE:
        return natural
    places = natural.fields
    assert places is not None
    return np.dtype(
        {
            "names": list(columns),
            "formats": list(columns.values()),
            "offsets": [places[name][1] for name in columns],
            "itemsize": -(-natural.itemsize // LINE_OF_CACHE) * LINE_OF_CACHE,
        },
        align=True,
    )


def _column(kind: Any) -> np.dtype[Any]:
    return layout(get_args(kind)[0]) if _is_within(kind) else _NUMBERS.get(kind, _POINTER)


def _is_within(kind: Any) -> bool:
    return get_origin(kind) is Annotated and WITHIN in kind.__metadata__


@cache
def _fields(declared: type) -> dict[str, tuple[Any, int]]:
    kinds = _annotations(declared)
    places = layout(declared).fields
    assert places is not None
    return {
        name: (from_dtype(_NUMBERS[kind]) if kind in _NUMBERS else _thing_types[_thing_of(kind)], places[name][1])
        for name, kind in kinds.items()
    }


def _thing_of(kind: Any) -> type:
    return get_args(kind)[0] if _is_within(kind) else kind  # type: ignore[no-any-return]


def _annotations(declared: Any) -> dict[str, type]:
    """Those of a class, inherited ones first, so that what things have in common lies at the same place."""
    if hasattr(declared, "model_fields"):
        fields = {name: field.annotation for name, field in declared.model_fields.items()}
        for name, value in vars(declared).items():
            if isinstance(value, property):  # what follows from keys is written down as they are
                fields[name] = get_type_hints(value.fget)["return"]
        return {name: kind for name, kind in fields.items() if kind in _NUMBERS}
    names = dict.fromkeys(name for base in reversed(declared.__mro__) for name in inspect.get_annotations(base))
    hints = get_type_hints(declared, include_extras=True)
    hints |= {"key": np.uint64}
    return {name: hints[name] for name in names}


class _Pointer(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, frontend: Thing) -> None:
        super().__init__(manager, frontend, ir.IntType(8).as_pointer())


@infer_getattr
class _Attributes(AttributeTemplate):  # type: ignore[misc]
    key = Thing

    def generic_resolve(self, of: Thing, name: str) -> Any:
        return of.fields[name][0] if name in of.fields else None


def _named(builder: Any, name: str, instruction: Any) -> Any:
    """Fields of different names never overlap: what was read of one is good after another was written."""
    module, zero = builder.module, ir.IntType(64)(0)
    field = module.add_metadata([name, module.add_metadata(["things"]), zero])
    instruction.set_metadata("tbaa", module.add_metadata([field, field, zero]))
    return instruction


def _place(context: Any, builder: Any, of: Thing, pointer: Any, name: str) -> tuple[Any, Any]:
    kind, offset = of.fields[name]
    place = builder.gep(pointer, [context.get_constant(types.int64, offset)], inbounds=True)
    return kind, builder.bitcast(place, context.get_data_type(kind).as_pointer())


@lower_getattr_generic(Thing)  # type: ignore[untyped-decorator]
def _read(context: Any, builder: Any, of: Thing, pointer: Any, name: str) -> Any:
    kind, place = _place(context, builder, of, pointer, name)
    if _is_within(_annotations(of.declared)[name]):
        return builder.bitcast(place, context.get_value_type(kind))
    read = _named(builder, name, builder.load(place))
    return context.data_model_manager[kind].from_data(builder, read)


@lower_setattr_generic(Thing)  # type: ignore[untyped-decorator]
def _write(context: Any, builder: Any, signature: Any, arguments: Any, name: str) -> None:
    of, given = signature.args
    kind, place = _place(context, builder, of, arguments[0], name)
    value = context.data_model_manager[kind].as_data(builder, context.cast(builder, arguments[1], given, kind))
    _named(builder, name, builder.store(value, place))


def reached(declared: type[Kind]) -> Callable[[int], Kind]:
    """A compiled function that takes an address for a thing."""
    kind = _thing_types[declared]

    def at(_: Any, address: Any) -> Any:
        def pointer(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.inttoptr(arguments[0], context.get_value_type(kind))

        return kind(types.uint64), pointer

    return cast("Callable[[int], Kind]", intrinsic(at))


def seen_as(declared: type[Kind]) -> Callable[[Any], Kind]:
    """A compiled function that takes what several things have in common for one of them."""
    kind = _thing_types[declared]

    def seen(_: Any, other: Any) -> Any:
        return kind(other), lambda context, builder, signature, arguments: arguments[0]

    return cast("Callable[[Any], Kind]", intrinsic(seen))


def _nth(_: Any, first: Any, index: Any) -> Any:
    def pointer(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        size = context.get_constant(types.int64, layout(first.declared).itemsize)
        step = builder.mul(context.cast(builder, arguments[1], index, types.int64), size)
        return builder.gep(arguments[0], [step], inbounds=True)

    return first(first, index), pointer


def _exists(_: Any, one: Any) -> Any:
    return types.boolean(one), lambda context, builder, signature, arguments: cgutils.is_not_null(builder, arguments[0])


def _same(_: Any, one: Any, other: Any) -> Any:
    return types.boolean(one, other), lambda context, builder, signature, arguments: builder.icmp_unsigned(
        "==", *arguments
    )


def _none(_: Any, like: Any) -> Any:
    return like(like), lambda context, builder, signature, arguments: cgutils.get_null_value(arguments[0].type)


def _copy(_: Any, target: Any, source: Any) -> Any:
    def copied(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        size = context.get_constant(types.intp, layout(target.declared).itemsize)
        cgutils.raw_memcpy(builder, arguments[0], arguments[1], size, 1)
        return context.get_dummy_value()

    return types.void(target, source), copied


def _hand_over(_: Any, one: Any, figures: Any) -> Any:
    def handed(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        double = context.get_data_type(types.float64)
        row = builder.bitcast(arguments[1], double.as_pointer())
        for number, (name, (kind, _offset)) in enumerate(one.fields.items()):
            value = context.cast(builder, _read(context, builder, one, arguments[0], name), kind, types.float64)
            builder.store(value, builder.gep(row, [context.get_constant(types.int64, number)], inbounds=True))
        return _wiped(context, builder, signature, arguments)

    return types.void(one, figures), handed


def _wipe(_: Any, one: Any) -> Any:
    return types.void(one), _wiped


def _wiped(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    size = context.get_constant(types.intp, layout(signature.args[0].declared).itemsize)
    cgutils.memset(builder, arguments[0], size, 0)
    return context.get_dummy_value()


def _fetch(_: Any, one: Any) -> Any:
    def fetched(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        whole, pointer = ir.IntType(32), ir.IntType(8).as_pointer()
        prefetch = builder.module.declare_intrinsic(
            "llvm.prefetch", [pointer], ir.FunctionType(ir.VoidType(), [pointer, whole, whole, whole])
        )
        for begin in range(0, min(layout(one.declared).itemsize, _FETCHED), LINE_OF_CACHE):
            place = builder.gep(arguments[0], [context.get_constant(types.int64, begin)])
            builder.call(prefetch, [place, whole(0), whole(3), whole(1)])
        return context.get_dummy_value()

    return types.void(one), fetched


fetch = cast("Callable[[Any], None]", intrinsic(_fetch))
"""Ask the memory for the beginning of a thing that is needed soon; nothing waits for it, and it may be anything."""
nth = cast("Callable[[Kind, int], Kind]", intrinsic(_nth))
"""The n-th of things that lie one after another, counted from the first."""
exists = cast("Callable[[Any], bool]", intrinsic(_exists))
"""Whether a pointer points to anything."""
same = cast("Callable[[Any, Any], bool]", intrinsic(_same))
"""Whether two pointers point to the same thing."""
none = cast("Callable[[Kind], Kind]", intrinsic(_none))
"""A pointer of the same kind that points to nothing."""
copy = cast("Callable[[Kind, Kind], None]", intrinsic(_copy))
"""Write the second thing over the first."""
wipe = cast("Callable[[Any], None]", intrinsic(_wipe))
"""Set all of a thing to zero, false, nothing."""
hand_over = cast("Callable[[Any, Any], None]", intrinsic(_hand_over))
"""Write the numbers of a thing into a row of figures, which begins with the one given, and set them to zero."""
