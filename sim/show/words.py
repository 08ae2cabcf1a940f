"""What charts say: texts in English and Spanish, and numbers as each language writes them."""

from typing import Final

from sim.scenario.parts import Department
from sim.scenario.schema import Scenario

SPACE = "\N{NO-BREAK SPACE}"
LONGEST_NAME = 32

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    # Everywhere
    "days": ("{days} days", "{days} días"),
    "day": ("1 day", "1 día"),
    "replications": ("{n} replications", "{n} réplicas"),
    "replication": ("1 replication", "1 réplica"),
    "seed": ("seed {seed}", "semilla {seed}"),
    # The network
    "network": (
        "Customers deal with {front} of {n} departments; the busiest of all, {name}, is at work {busy} of its time",
        "El cliente trata con {front} de {n} departamentos; el más ocupado, {name}, trabaja el {busy} de su tiempo",
    ),
    "network of all": (
        "Customers deal with all {n} departments; the busiest, {name}, is at work {busy} of its time",
        "El cliente trata con los {n} departamentos; el más ocupado, {name}, trabaja el {busy} de su tiempo",
    ),
    "network of one": (
        "One department, {name}, serves the customer; it is at work {busy} of its time",
        "Un solo departamento, {name}, sirve al cliente; trabaja el {busy} de su tiempo",
    ),
    "network at rest": ("Nobody is at work in any department", "Nadie trabaja en ningún departamento"),
    "customer": ("Customer", "Cliente"),
    "steps": ("{n} steps from the customer", "a {n} pasos del cliente"),
    "step": ("1 step from the customer", "a 1 paso del cliente"),
    "steps, short": ("{n} steps", "a {n} pasos"),
    "step, short": ("1 step", "a 1 paso"),
    "busy": ("colour: time at work", "color: tiempo de trabajo"),
    "staff": ("circle area: people", "área del círculo: personas"),
    "flow": ("arrow width: requests a year", "ancho de la flecha: peticiones al año"),
    "direction": ("Arrows run from supplier to customer", "Las flechas van del proveedor a su cliente"),
    "links drawn": (
        "drawn: {n} of {all}, with {share} of all requests",
        "se ven {n} de {all}, el {share} de las peticiones",
    ),
    "names shown": ("named: the largest and the busiest", "con nombre: los mayores y más ocupados"),
    # Where a purchase's time goes
    "handling": ("work", "trabajo"),
    "queueing": ("waiting in line", "espera en cola"),
    "deciding": ("waiting for a decision", "espera de una decisión"),
    "repair": ("repair of errors", "reparación de errores"),
    "purchase": (
        "A customer waits {hours}; {share} of that is {part}, {where}",
        "Un cliente espera {hours}; el {share} de ese tiempo es {part}, {where}",
    ),
    "purchase at once": ("Customers are served without any delay", "Los clientes son atendidos sin demora alguna"),
    "no purchase": ("No purchase was completed in {days}", "Ninguna compra se completó en {days}"),
    "all": ("all of it at {name}", "todo en {name}"),
    "most": ("most of it at {name}", "en su mayor parte en {name}"),
    "more": ("above all at {name}", "sobre todo en {name}"),
    "everywhere": ("spread over {n} departments", "repartido entre {n} departamentos"),
    "others": ("{n} others", "otros {n}"),
    "hours per purchase": (
        "mean working hours of a purchase (8 hours are a day)",
        "media de horas laborables de una compra (8 horas son un día)",
    ),
    # Week by week
    "weeks": ("Week by week, a customer waits {range}", "Semana a semana, un cliente espera {range}"),
    "one week": ("In the one week observed, a customer waits {range}", "En la única semana, un cliente espera {range}"),
    "weeks with change": (
        "A customer waits {before} in the weeks before the change, {after} in those after it",
        "Un cliente espera {before} en las semanas antes del cambio y {after} después",
    ),
    "no purchase in any week": (
        "No purchase was completed in any week",
        "Ninguna compra se completó en ninguna semana",
    ),
    "range": ("{low} to {high}", "de {low} a {high}"),
    "customer_delay_hours": ("Customer’s wait for a purchase", "Espera del cliente por compra"),
    "request_delay_hours": ("Wait for an inner request", "Espera por petición interna"),
    "utilisation": ("Time of the staff at work", "Tiempo de trabajo del personal"),
    "open_requests": ("Inner requests still open", "Peticiones internas abiertas"),
    "hours": ("working hours", "horas laborables"),
    "percent": ("% of their time", "% de su tiempo"),
    "requests": ("requests", "peticiones"),
    "week": ("week (observed from week 0)", "semana (se observa desde la 0)"),
    "warm-up": ("warm-up", "arranque"),
    "band": (
        "Line: mean of {n} replications; band: its 95 % interval, week by week",
        "Línea: media de {n} réplicas; banda: su intervalo del 95 %, semana a semana",
    ),
    "no band": (
        "One replication only: no band can say how far chance moves the line",
        "Una sola réplica: ninguna banda puede decir cuánto mueve el azar la línea",
    ),
    "dotted line": ("Dotted line", "Línea de puntos"),
    "dotted lines": ("Dotted lines", "Líneas de puntos"),
    "on day": ("day {day}", "día {day}"),
    "change": ("{what} (day {day})", "{what} (día {day})"),
    "nothing": ("nothing to show", "nada que mostrar"),
}


def said(key: str, language: str, **values: object) -> str:
    """A text in a language, English unless it is ``es``."""
    return _TEXTS[key][1 if language == "es" else 0].format(**values)


def number(value: float, language: str, digits: int = 0) -> str:
    """With a decimal comma in Spanish; thousands apart, in Spanish from five digits on."""
    text = f"{value:z,.{digits}f}".replace("-", "\N{MINUS SIGN}")
    if language != "es":
        return text
    apart = SPACE if abs(value) >= 10_000 else ""
    return text.replace(",", apart).replace(".", ",")


def brief(value: float, language: str) -> str:
    """With about two digits that count: 31, 7.3, 0.45."""
    size = abs(value)
    digits = 0 if size >= 9.95 or size == 0 else 1 if size >= 0.95 else 2
    return number(value, language, digits)


def hours(value: float, language: str) -> str:
    """Such as ``7.3 h``."""
    return f"{brief(value, language)}{SPACE}h"


def percent(share: float, language: str) -> str:
    """Such as ``62 %``; what is neither nothing nor all is not rounded to it."""
    rounded = round(share * 100)
    if share > 0 and rounded == 0:
        return f"<{SPACE}1{SPACE}%"
    if share < 1 and rounded == 100:
        return f">{SPACE}99{SPACE}%"
    return f"{number(rounded, language)}{SPACE}%"


def value_text(value: object, language: str) -> str:
    """A value of a scenario file, as a text for people."""
    if isinstance(value, float):
        return f"{value:g}".replace(".", "," if language == "es" else ".")
    return shortened(str(value))


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """A user's text on one line, with an ellipsis where it is too long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def name_of(department: Department, language: str) -> str:
    """What charts call a department."""
    return shortened(department.title.said(language) or department.name)


def names_of(scenario: Scenario, language: str) -> dict[str, str]:
    """What charts call each department, by its name in the tables."""
    return {department.name: name_of(department, language) for department in scenario.departments}
