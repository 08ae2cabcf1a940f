"""Writes ``scenarios/group.yaml``: eight regional companies and their central services, 200 departments in all.

Two tables say what a region and the centre look like; sizes and habits differ a little from place to place, by a fixed
seed. The steady state then says how many people each department needs. Run from the folder of the project::

    python experiments/make_group.py
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from sim.model.calendar import DAYS_PER_YEAR
from sim.model.steady import rest
from sim.model.traffic import traffic
from sim.scenario.load import validated
from sim.scenario.parts import MARKET
from sim.scenario.reading import parse
from sim.scenario.schema import Scenario

FILE = Path(__file__).parents[1] / "scenarios" / "group.yaml"
SEED = 200
CUSTOMERS, PURCHASES_PER_YEAR = 100_000, 3.5
PURCHASES_PER_DAY = CUSTOMERS * PURCHASES_PER_YEAR / DAYS_PER_YEAR
NEW_CUSTOMERS_PER_YEAR, PRICE = 7_300, 700
SPARE_LOAD = 0.6
"""At first everybody has people to spare, so that waits and complaints are ordinary when work is counted."""
# fmt: off
REGIONS = {"north": "Norte", "south": "Sur", "east": "Este", "west": "Oeste",
           "coast": "Costa", "hills": "Sierra", "lakes": "Lagos", "isles": "Islas"}
# Who sells: parts of all purchases, those of a regional department for all regions together.
FRONT = {"sales": 0.35, "shop": 0.30, "customer service": 0.12, "key accounts": 0.08,
         "central web shop": 0.10, "central call centre": 0.05}
AVOIDABLE = {
    "it", "maintenance", "central it", "central networks",
    "central engineering", "central data", "central legal", "central tax",
}
"""Advice, repair and support: whoever was treated badly can do without."""
# fmt: on


class Kind(NamedTuple):
    """A kind of department: one row of the tables below."""

    unit: str
    spanish: str
    hours: float
    own: float
    wait: float
    asks: str


def kinds(table: str) -> dict[str, Kind]:
    """The rows of a table by name; a line that ends with a colon names the unit of those below it."""
    found, unit = {}, ""
    for line in table.strip().splitlines():
        if line.endswith(":"):
            unit = line.rstrip(":")
            continue
        name, spanish, hours, own, wait, asks = (cell.strip() for cell in line.split("|"))
        found[name] = Kind(unit, spanish, float(hours), float(own), float(wait), asks)
    return found


# Units are written "division, area". Columns: name | in Spanish | hours of work on a job | background jobs per purchase
# (of the region, or of the group) | hours that whoever asks finds right to wait | whom it asks, how often in a job;
# ! where the job waits for the answer.
REGIONAL = kinds("""
market, selling:
sales            | Ventas              | 1.5 | .05 | 24 | order desk .8!, marketing .08, it .1, personnel .02
key accounts     | Grandes cuentas     | 4   | .02 | 40 | order desk .9!, field service .3!, central legal .15!, it .1
shop             | Tienda              | .8  | .05 | 4  | warehouse .3!, order desk .1!, cleaning .2, it .1, finance .1
marketing        | Marketing           | 6   | .02 | 40 | central marketing .3!, central data .2, it .05
market, orders:
order desk       | Gestión de pedidos  | .8  | .02 | 24 | packing .9!, assembly .5!, planning .4!, finance .5, it .1!
customer service | Atención al cliente | 1.2 | .04 | 8  | field service .3!, central call centre .3, it .15!
operations, making:
planning         | Planificación       | 2   | .02 | 8  | central engineering .1!, it .1!, sales .05!
machining        | Mecanizado          | 7   | .01 | 16 | maintenance .3!, quality .2!, purchasing .4!, personnel .05
assembly         | Montaje             | 8   | .02 | 24 | machining .7!, warehouse .4!, quality .3!, maintenance .15!
quality          | Calidad             | 1.5 | .03 | 8  | central laboratory .15!, central engineering .1
operations, moving:
packing          | Embalaje            | 1.5 | .02 | 8  | transport .7!, warehouse .6!, maintenance .03!
warehouse        | Almacén             | 1   | .05 | 4  | transport .2, it .08!, maintenance .03!, cleaning .1
transport        | Transporte          | 2.5 | .04 | 16 | central logistics .15!, security .1, personnel .05
operations, upkeep:
maintenance      | Mantenimiento       | 3   | .05 | 4  | central spare parts .3!, purchasing .2!, central property .03
field service    | Asistencia técnica  | 6   | .02 | 24 | central spare parts .6!, central engineering .1!, it .05
support, money:
purchasing       | Compras             | 2   | .02 | 16 | central purchasing .35!, finance .5, warehouse .2!
finance          | Finanzas            | .8  | .05 | 16 | central accounts .25, central treasury .05!, it .1!
support, people:
personnel        | Personal            | 1.5 | .03 | 24 | central payroll .4, central recruiting .15!, it .2!
it               | Informática         | 1   | .03 | 8  | central it .25!, central networks .05!, personnel .03!
support, house:
reception        | Recepción           | .4  | .15 | 1  | security .05!, cleaning .03
cleaning         | Limpieza            | 1   | .25 | 8  | personnel .03, central property .02
security         | Seguridad           | 2   | .08 | 2  | reception .1, central property .05, central training .02
""")
CENTRAL = kinds("""
market, brand:
central marketing   | Marketing central     | 5   | .004 | 40 | central design .3!, central data .2!
central design      | Diseño central        | 5   | .003 | 40 | central it .1
central data        | Datos centrales       | 4   | .004 | 40 | central it .15!, central software .1!
market, contact:
central web shop    | Tienda en línea       | .5  | .02  | 24 | order desk .7!, central it .05!, central software .03
central call centre | Centro de llamadas    | .5  | .01  | 4  | customer service .3!, central it .05!
operations, technology:
central engineering | Ingeniería central    | 6   | .006 | 40 | central laboratory .2!, central software .05
central laboratory  | Laboratorio central   | 3   | .005 | 24 | central purchasing .1
operations, supply:
central spare parts | Recambios centrales   | 1   | .01  | 8  | central logistics .3!, central purchasing .1
central logistics   | Logística central     | 2   | .01  | 16 | central customs .2!, central it .05!
central customs     | Aduanas               | 2   | .005 | 16 | central legal .05!, central tax .05!
central purchasing  | Compras centrales     | 3   | .008 | 24 | central legal .1!, central customs .1!
support, money:
central accounts    | Contabilidad central  | 1.5 | .02  | 24 | central it .06!, central tax .05, central audit .02
central treasury    | Tesorería central     | 1.5 | .008 | 16 | central accounts .2!
central tax         | Fiscalidad central    | 3   | .004 | 40 | central legal .1!
central audit       | Auditoría interna     | 10  | .003 | 80 | finance .5!, central data .3!
support, house:
central legal       | Asesoría jurídica     | 4   | .004 | 24 | central data .05
central property    | Inmuebles             | 5   | .005 | 40 | central legal .1!, central purchasing .15!
support, people:
central payroll     | Nóminas centrales     | .8  | .02  | 16 | central accounts .1, central it .05!
central recruiting  | Selección central     | 6   | .003 | 80 | central it .1, central legal .03
central training    | Formación central     | 5   | .004 | 80 | central property .05!
central personnel   | Personal central      | 2   | .01  | 24 | central payroll .2!, central it .15!
support, computers:
central it          | Informática central   | 1.5 | .02  | 8  | central networks .25!, central personnel .04!
central networks    | Redes centrales       | 2   | .01  | 4  | central property .03, central it .03
central software    | Desarrollo central    | 12  | .004 | 80 | central data .1, central personnel .03
""")

HEADER = f"""\
# A group of eight regional companies with 22 departments each, and 24 central services for all of them.
#
# Written by experiments/make_group.py (seed {SEED}): change the program, not this file.
# All figures are illustrative: plausible, and invented. The staff is sized for where the company settles, to loads of
# about .66 to .84.
# Left at their defaults: handling_spread 0.8, blocking true, avoidable false, priority 1 (first come, first served).
# avoidable: advice, repair and support. Whoever was treated badly can do without asking, and works around.

name: group
title: {{en: A group of eight companies, es: Un grupo de ocho empresas}}
question:
  en: >-
    Which central services make customers of all regions wait and disappoint them, and would fewer layers of managers
    help?
  es: >-
    ¿Qué servicios centrales hacen esperar y decepcionan a los clientes de todas las regiones? ¿Ayudaría tener menos
    niveles de mando?
source:
  en: >-
    Illustrative: plausible figures, invented as an example by a program. They are not data of any real group.
  es: >-
    Ilustrativo: cifras plausibles, inventadas como ejemplo por un programa. No son datos de ningún grupo real.

days: 20                  # one month shows the waits and errors of so many; morale moves in a year: --days 250
warm_up_days: 20

# {CUSTOMERS:,} customers x {PURCHASES_PER_YEAR} purchases a year: {PURCHASES_PER_DAY:,.0f} purchases a day.
# A new customer for each one who is lost in an ordinary year; at this price the group earns a little.
market: {{customers: {CUSTOMERS}, purchases_per_year: {PURCHASES_PER_YEAR},
         new_customers_per_year: {NEW_CUSTOMERS_PER_YEAR}, price: {PRICE}}}
"""

MANAGEMENT = """\
# What the group does for its people and its customers: 0 nothing, 1 all that can be done. Each takes hours.
practices:
  involvement: 0.3         # people take part in what is decided about their work
  recognition: 0.3         # good work and initiative are seen and said
  role_clarity: 0.4        # people know what their work is for, and whom it serves
  interaction: 0.3         # managers and staff meet and talk with one another
  informal_communication: 0.3   # news go sideways too, past five layers of managers
  survey_share: 0.02       # one purchase in fifty: the customer is asked how it was

money: {worker_hour: 25, manager_hour: 50, hire: 5000}

management:
  layers: 5                # head of a department, of an area, of a division, of a company; the chief of the group
  delegation: 0.6          # six decisions in ten are left to whoever does the work
  decision_share: 0.01     # the rules of a large house settle the rest; with twice as many the chief could not keep up
  decision_hours: 0.3      # about twenty minutes, once somebody attends to it
  relay_hours: 4           # half a day for each step up or down
  other_duties_share: 0.4  # plans, reports, outside meetings
  authoritarian: 0.3       # how managers lean: 0 asks and listens, 1 commands and blames
  units:                   # areas, divisions, companies; to try other numbers of layers, set units to nothing"""


def main() -> None:
    """Write the company, and say what came out."""
    company = group()
    FILE.write_text(text(company), encoding="utf-8")
    staff = sum(part["staff"] for part in company["departments"])
    print(f"{FILE.name}: {len(company['departments'])} departments, {len(company['links'])} links, {staff} people")


def group() -> dict[str, Any]:
    """The company, made and sized."""
    luck = Random(SEED)
    weights = {region: luck.uniform(0.7, 1.3) for region in REGIONS}
    sizes = {region: weight / sum(weights.values()) for region, weight in weights.items()}
    company: dict[str, Any] = {
        "departments": [department(where, name, kind, sizes, luck) for where, name, kind in everywhere()],
        "links": [*front_line(sizes), *inner_links(sizes, luck)],
    }
    size_staff(company, luck)
    return company


def text(company: dict[str, Any]) -> str:
    """The file."""
    return "\n".join(lines(company)) + "\n"


def everywhere() -> Iterator[tuple[str, str, Kind]]:
    """Where every department is, its name without the region, and its kind."""
    for region in REGIONS:
        yield from ((region, name, kind) for name, kind in REGIONAL.items())
    yield from (("central", name, kind) for name, kind in CENTRAL.items())


def at(where: str, name: str) -> str:
    """What a department is called: those of a region bear its name."""
    return name if name in CENTRAL else f"{where} {name}"


def tidy(number: float) -> float:
    """Rounded to two figures."""
    return float(f"{number:.2g}")


def department(where: str, name: str, kind: Kind, sizes: dict[str, float], luck: Random) -> dict[str, Any]:
    """A department, for the moment with one person."""
    english = at(where, name).capitalize()
    return {
        "name": at(where, name),
        "title": {
            "en": english.removesuffix(" it") + " IT" * english.endswith(" it"),
            "es": f"{kind.spanish} {REGIONS[where]}" if where in REGIONS else kind.spanish,
        },
        "staff": 1,
        "handling_hours": kind.hours,
        "right_first_time": round(luck.uniform(0.93, 0.98), 2),
        "errors_noticed": 0.7,
        "background_jobs_per_day": tidy(kind.own * PURCHASES_PER_DAY * sizes.get(where, 1.0)),
    }


def front_line(sizes: dict[str, float]) -> list[dict[str, Any]]:
    """Shares to four decimals; the last one is what is missing to 1."""
    found: list[dict[str, Any]] = []
    for name, part in FRONT.items():
        for where, size in {"central": 1.0}.items() if name in CENTRAL else sizes.items():
            link = {"supplier": at(where, name), "customer": MARKET, "share": round(part * size, 4)}
            found.append(link | {"acceptable_wait_hours": (REGIONAL | CENTRAL)[name].wait})
    found[-1]["share"] = round(1 - sum(link["share"] for link in found[:-1]), 4)
    return found


def inner_links(sizes: dict[str, float], luck: Random) -> Iterator[dict[str, Any]]:
    """What all departments ask for; the centre asks the regions in proportion to their sizes."""
    for where, name, kind in everywhere():
        for wish in kind.asks.split(", "):
            supplier, _, rate = wish.rpartition(" ")
            abroad = where == "central" and supplier in REGIONAL
            places = sizes.items() if abroad else [(where, luck.uniform(0.85, 1.15))]
            for place, part in places:
                link = {
                    "supplier": at(place, supplier),
                    "customer": at(where, name),
                    "requests_per_job": tidy(float(rate.rstrip("!")) * part),
                    "acceptable_wait_hours": (REGIONAL | CENTRAL)[supplier].wait,
                }
                if not rate.endswith("!"):
                    link["blocking"] = False
                if supplier in AVOIDABLE:
                    link["avoidable"] = True
                yield link


def size_staff(company: dict[str, Any], luck: Random) -> None:
    """People for a load between .66 and .84; the handling time takes up what whole people leave over.

    The work is counted where the company settles, so words of customers and meetings are in it.
    """
    load = traffic(scenario(company)).load
    for part in company["departments"]:
        part["staff"] = max(1, round(load[part["name"]] / SPARE_LOAD))
    found = rest(scenario(company))
    load = dict(zip(found.net.scenario.department_names, map(float, found.last.load), strict=True))
    for part in company["departments"]:
        offered, wanted = load[part["name"]] * part["staff"], luck.uniform(0.66, 0.84)
        part["staff"] = max(1, round(offered / wanted))
        part["handling_hours"] = round(part["handling_hours"] * part["staff"] * wanted / offered, 2)


def scenario(company: dict[str, Any]) -> Scenario:
    """What the file would say as it stands."""
    return validated(parse(text(company), FILE.name), FILE.stem)


def lines(company: dict[str, Any]) -> Iterator[str]:
    """The lines of the file."""
    yield HEADER
    for key in ("departments", "links"):
        yield f"{key}:"
        before = ""
        for part in company[key]:
            group = part["name"].split()[0].capitalize() if key == "departments" else f"Who serves {part['customer']}"
            if group != before:
                yield f"\n  # {group}."
            before = group
            yield from flow("  - {", [f"{name}: {plain(value)}" for name, value in part.items()], "}")
        yield ""
    yield MANAGEMENT
    for tier in ("2", "3", "4"):
        yield f'    "{tier}":'
        for unit, members in units(tier).items():
            yield from flow(f"      {unit}: [", members, "]")


def units(tier: str) -> dict[str, list[str]]:
    """Heads of areas, divisions or companies, with the departments that answer to them."""
    found: dict[str, list[str]] = {}
    for where, name, kind in everywhere():
        division, area = kind.unit.split(", ")
        unit = {"2": f"{where} {area}", "3": f"{where} {division}", "4": where}[tier]
        found.setdefault(unit, []).append(at(where, name))
    return found


def plain(value: Any) -> str:
    """A value as YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {plain(item)}" for key, item in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def flow(start: str, items: list[str], end: str) -> Iterator[str]:
    """A collection on one line where it fits into 120 characters, else on more."""
    line, indent = start, " " * (len(start) - len(start.lstrip()) + 3)
    for index, item in enumerate(items):
        piece = item + (end if index == len(items) - 1 else ",")
        if len(line) + 1 + len(piece) > 120:
            yield line
            line = indent + piece
        else:
            line += ("" if line == start else " ") + piece
    yield line


if __name__ == "__main__":
    main()
