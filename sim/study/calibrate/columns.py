"""Which column of an export says what: by the names that products give them, or by the user's word."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sim.scenario.problems import Problem, ScenarioError, nearest, shown
from sim.study.calibrate.log import ROLES

_NAMES: Final[Mapping[str, str]] = {
    "task": "task|task id|task number|work item|activity instance|aufgabe|tarea|tache",
    "parent": "parent|parent id|parent task|parent number|made for|ubergeordnet|padre|tarea padre",
    "case": (
        "case|case id|case concept name|caseid|number|ticket|ticket id|ticket number|issue key|key|issue id"
        "|incident|incident id|incident number|request id|request number|sr number|service request|vorgang"
        "|vorgangsnummer|ticketnummer|fall|fallnummer|incidencia|numero de incidencia|numero incidencia"
        "|no de incidencia|n de incidencia|no incidencia|n incidencia|caso|id caso|id de caso|numero"
        "|numero de ticket|solicitud|dossier|chamado|id"
    ),
    "time": (
        "time|timestamp|time timestamp|complete timestamp|event time|event timestamp|date time|datetime|changed"
        "|changed at|changed on|change date time|change date|updated|updated at|updated on|sys updated on"
        "|last updated|zeitpunkt|zeitstempel|geandert|geandert am|fecha y hora|fecha hora|fecha|momento"
        "|fecha de cambio|fecha del cambio|horodatage|date et heure|data hora|datum|date"
    ),
    "opened": (
        "opened|opened at|created|created at|created on|creation date|submitted|reported|reported at|start date"
        "|open time|start|start time|start timestamp|erstellt|erstellt am|eroffnet|abierto|fecha de apertura"
        "|fecha apertura|fecha de creacion|creado|cree le|ouvert"
    ),
    "started": (
        "started|started at|work start|work started|actual start|acknowledged|acknowledged at|assigned at"
        "|assigned on|accepted at|in progress at|begonnen|begonnen am|iniciado|inicio del trabajo"
        "|fecha de inicio"
    ),
    "resolved": (
        "resolved|resolved at|resolved on|resolution date|finished|finished at|completed|completed at|end"
        "|end time|end timestamp|end date|closed|closed at|closed on|gelost am|erledigt am|geschlossen am"
        "|beendet|resuelto|fecha de resolucion|fecha de cierre|fecha cierre|cerrado|termine"
    ),
    "status": (
        "status|state|new status|new state|lifecycle transition|incident state|issue status|to status|to|event"
        "|activity|concept name|zustand|neuer status|estado|nuevo estado|estado nuevo|statut|etat|situacao"
    ),
    "group": (
        "group|assignment group|assigned group|support group|resolver group|team|assigned team|queue|org group"
        "|department|owner group|gruppe|bearbeitergruppe|zustandige gruppe|abteilung|grupo|grupo asignado"
        "|grupo de asignacion|grupo resolutor|equipo|departamento|area|groupe|equipe|fila"
    ),
    "person": (
        "person|assigned to|assignee|owner|resource|org resource|agent|technician|user|worker|employee"
        "|bearbeiter|bearbeiterin|zugewiesen an|mitarbeiter|tecnico|persona|asignado a|asignado|agente"
        "|responsable|technicien"
    ),
    "requester": (
        "requester|requester id|requested by|requested for|reporter|caller|caller id|opened by|customer|contact"
        "|melder|antragsteller|anforderer|kunde|solicitante|peticionario|cliente|usuario|demandeur"
    ),
    "rating": (
        "rating|satisfaction|satisfaction rating|csat|score|survey score|bewertung|zufriedenheit|valoracion"
        "|satisfaccion|puntuacion|note de satisfaction"
    ),
    "outcome": "outcome|work outcome|quality",
    "agreed": (
        "agreed hours|sla hours|sla|sla target hours|target hours|due in hours|vereinbarte stunden"
        "|horas acordadas|plazo horas"
    ),
}


def plain(name: str) -> str:
    """A name without accents, case and signs: ``Nº de Incidencia`` and ``no_de_incidencia`` are the same."""
    letters = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    without = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", without.casefold()))


_ROLE_NAMES: Final = {role: tuple(names.split("|")) for role, names in _NAMES.items()}


def recognised(header: Sequence[str], given: Mapping[str, str], file: str, line: int = 1) -> dict[str, str]:
    """By role, the column that says it. ``given`` goes before what is recognised; an empty name there means none.

    ``ScenarioError`` if a given role or column does not exist, or two columns have one name that is needed.
    """
    problems = [
        Problem(
            "--columns", 0, role, f"{shown(role)} is no role; the roles are {', '.join(ROLES)}", nearest(role, ROLES)
        )
        for role in given
        if role not in ROLES
    ]
    problems += [
        Problem(
            "--columns",
            0,
            role,
            f"there is no column {shown(name)} in {file}; the columns are {', '.join(header)}",
            nearest(name, header),
        )
        for role, name in given.items()
        if name and name not in header
    ]
    if problems:
        raise ScenarioError(problems)
    by_plain: dict[str, str] = {}
    for name in header:
        by_plain.setdefault(plain(name), name)
    taken = {name for name in given.values() if name}
    found = {role: name for role, name in given.items() if name}
    for role, names in _ROLE_NAMES.items():
        if role in given:
            continue
        fits = [by_plain[word] for word in names if word in by_plain and by_plain[word] not in taken]
        if fits:
            found[role] = fits[0]
            taken.add(fits[0])
    twice = sorted({name for name in found.values() if list(header).count(name) > 1})
    if twice:
        raise ScenarioError(
            Problem(file, line, name, "two columns have this name; give them different names") for name in twice
        )
    return found


def settled(found: Mapping[str, str], given: Mapping[str, str], *, once: bool) -> dict[str, str]:
    """The columns of one form of log: a line an event, or a line a job with its times; ``once``: no case stands twice.

    An export with a line a case has when it was changed last, too: its events are when it was opened and resolved.
    """
    chosen = dict(found)
    a_line_a_job = "opened" in found and "resolved" in found
    if "time" in found and a_line_a_job and once and "time" not in given:
        del chosen["time"]
    for role in ("opened", "started", "resolved") if "time" in chosen else ("status",):
        if role in chosen and role not in given:
            del chosen[role]
    if not {"task", "parent"} <= chosen.keys():
        for role in ("task", "parent"):
            if role not in given:
                chosen.pop(role, None)
    return chosen


def missing(found: Mapping[str, str], header: Sequence[str], file: str, *, groups_known: bool) -> Iterable[Problem]:
    """What a log cannot do without, and has not."""
    columns = f"the columns are {', '.join(header)}"
    if "case" not in found:
        yield Problem(file, 1, "case", _needed("case", columns), closest(_ROLE_NAMES["case"], header))
    if "group" not in found and not groups_known:
        rule = _needed("group", columns) + "; or give the people's departments with --org"
        yield Problem(file, 1, "group", rule, closest(_ROLE_NAMES["group"], header))
    if "time" not in found and not ("opened" in found and "resolved" in found):
        rule = _needed("time", columns) + "; or opened and resolved, for a line a job"
        yield Problem(file, 1, "time", rule, closest(_ROLE_NAMES["time"], header))


def _needed(role: str, columns: str) -> str:
    return f"no column was recognised that says {ROLES[role]}; {columns}; name it with --columns {role}=COLUMN"


def closest(words: Iterable[str], header: Sequence[str]) -> str:
    """The column whose name looks most like one of some words."""
    by_plain = {plain(name): name for name in header}
    for word in words:
        found = nearest(word, by_plain)
        if found:
            return by_plain[found]
    return ""
