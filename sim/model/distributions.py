"""From uniforms to hours: the distributions of handling times, each monotone in the luck that drives it.

Scalar functions with ``math`` only, so that they can be compiled unchanged beside a compiled ``luck``. Monotone means
that the same job stays a long one when a department works at another mean or spread.
"""

import math

from sim.model.luck import ERLANG_PHASE, derived, uniform

CONSTANT = 0
EXPONENTIAL = 1
LOGNORMAL = 2
ERLANG = 3
KINDS = {"constant": CONSTANT, "exponential": EXPONENTIAL, "lognormal": LOGNORMAL, "erlang": ERLANG}


def handling_hours(  # noqa: PLR0913, PLR0917 - scalars only, for a compiler
    kind: int, mean: float, shape: float, key: int, purpose: int, occurrence: int = 0
) -> float:
    """Hours of work, > 0 where the mean is, drawn for a key and purpose.

    ``mean`` is the expected value in hours. ``shape`` is σ of the logarithm for the lognormal, the number of phases
    for Erlang, and has no meaning else: see ``shape_of``.
    """
    if kind == CONSTANT or mean == 0.0:
        return mean
    if kind == EXPONENTIAL:
        return exponential(mean, uniform(key, purpose, occurrence))
    if kind == LOGNORMAL:
        return lognormal(mean, shape, uniform(key, purpose, occurrence))
    return erlang(mean, shape, derived(key, purpose, occurrence))


def shape_of(kind: int, spread: float) -> float:
    """The shape that gives a coefficient of variation: σ = √ln(1 + spread²), or round(1/spread²) phases."""
    if kind == LOGNORMAL:
        return math.sqrt(math.log1p(spread * spread))
    if kind == ERLANG:
        return float(round(1.0 / (spread * spread)))
    return 0.0


def exponential(mean: float, u: float) -> float:
    """Exponential with the given mean, rising in u."""
    return -mean * math.log1p(-u)


def lognormal(mean: float, sigma: float, u: float) -> float:
    """Lognormal with the given mean (of the variable itself) and σ of its logarithm, rising in u."""
    return mean * math.exp(sigma * standard_normal(u) - 0.5 * sigma * sigma)


def erlang(mean: float, phases: float, key: int) -> float:
    """Sum of exponential phases that share the mean equally."""
    total = 0.0
    for phase in range(int(phases)):
        total += math.log1p(-uniform(key, ERLANG_PHASE, phase))
    return -mean / phases * total


def standard_normal(u: float) -> float:
    """The standard normal quantile of u in (0, 1), to about 16 digits.

    Rational approximations of Wichura 1988, "Algorithm AS 241: the percentage points of the normal distribution",
    Applied Statistics 37:477.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
        top = (((top + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
        top = (top + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
        low = ((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
        low = (((low + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
        low = (low + 4.2313330701600911252e1) * r + 1.0
        return q * top / low
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = ((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
        top = (((top + 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
        top = (top + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
        low = ((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
        low = (((low + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
        low = (low + 2.05319162663775882187e0) * r + 1.0
    else:
        r -= 5.0
        top = ((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
        top = (((top + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
        top = (top + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
        low = ((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
        low = (((low + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
        low = (low + 5.99832206555887937690e-1) * r + 1.0
    return top / low if q >= 0.0 else -top / low
