"""What a status says of the work: it waits, is worked on, waits for others, is done. In several languages."""

import re
from collections.abc import Mapping
from typing import Final

from sim.study.calibrate.columns import plain
from sim.study.calibrate.log import DONE, HELD, NOTE, PHASES, WAITING, WORKING

_EXACT: Final[Mapping[int, str]] = {
    WAITING: (
        "new|open|opened|created|queued|awaiting assignment|waiting for assignment|assigned|assigned to group"
        "|reassigned|unassigned|to do|todo|backlog|submitted|registered|logged|triage|reopened|re opened|reopen"
        "|escalated|waiting|waiting for support|ready|schedule|assign|reassign|selected for development"
        "|unmatched|neu|offen|zugewiesen|erfasst|wiedereroffnet|weitergeleitet|nuevo|nueva|abierto|abierta"
        "|asignado|asignada|registrado|registrada|por hacer|reabierto|reabierta|reasignado|reasignada|escalado"
        "|escalada|en cola|pendiente de asignacion|pendiente de asignar|nouveau|ouvert|assigne|rouvert|novo"
        "|aberto|atribuido"
    ),
    WORKING: (
        "in progress|work in progress|wip|working|started|start|active|accepted|in work|in treatment|in review"
        "|in testing|in development|investigating|resume|resumed|diagnosing|acknowledged|in bearbeitung"
        "|in arbeit|angenommen|bearbeitung|en curso|en progreso|en proceso|en tratamiento|trabajando|aceptado"
        "|aceptada|en ejecucion|en revision|en cours|em andamento|em atendimento"
    ),
    HELD: (
        "on hold|hold|pending|pended|suspended|suspend|blocked|wait|deferred|paused|waiting for customer"
        "|waiting for user|waiting for vendor|waiting for third party|awaiting user info|awaiting caller"
        "|awaiting vendor|awaiting change|awaiting problem|awaiting evidence|awaiting user|awaiting customer"
        "|ruckfrage|wartend|angehalten|zuruckgestellt|pendiente|en espera|bloqueado|bloqueada|suspendido"
        "|suspendida|aplazado|pendiente de usuario|pendiente de proveedor|en attente|suspendu|pendente"
        "|em espera"
    ),
    DONE: (
        "resolved|closed|done|complete|completed|finished|solved|fixed|in call|cancelled|canceled|rejected"
        "|withdrawn|abandoned|closed complete|closed incomplete|closed skipped|wont do|won t do|duplicate"
        "|autoskip|manualskip|gelost|geschlossen|erledigt|abgeschlossen|storniert|beendet|abgelehnt|resuelto"
        "|resuelta|cerrado|cerrada|terminado|terminada|completado|completada|hecho|cancelado|cancelada"
        "|finalizado|finalizada|anulado|anulada|rechazado|resolu|clos|ferme|termine|annule|resolvido|fechado"
        "|concluido"
    ),
    NOTE: (
        "comment|commented|note|work note|work notes|update|updated|email sent|attachment|priority changed"
        "|ate abort|kommentar|notiz|comentario|nota|commentaire"
    ),
}
_STEMS: Final = (
    (
        r"^(await|wait|pend|espera|pendiente de|warte|attente de).*(assign|asign|zuweis|pickup|triage|queue|cola)",
        WAITING,
    ),
    (
        r"^(await|wait|pend|on hold|hold|block|suspen|espera|en espera|pendiente|warte|attente|en attente|aguard)",
        HELD,
    ),
    (r"^(resol|solved|clos|cerrad|cancel|reject|complet|finish|gelost|geschlossen|erledigt)", DONE),
    (r"^(in progress|en curso|in bearbeitung|work)", WORKING),
    (r"^(queue|assigned to|reassigned to|escalated to|asignad|zugewiesen)", WAITING),
)
"""How a status begins, where its whole is not known: ``Waiting for the tax office``, ``Pendiente de cliente``."""

_BY_WORD: Final = {word: phase for phase, words in _EXACT.items() for word in words.split("|")}


def phase_of(status: str, given: Mapping[str, str]) -> int | None:
    """The phase that a status begins, or ``None`` if it is not known. ``given``, by status, goes before."""
    if status in given:
        return PHASES.index(given[status])
    word = plain(status)
    for told, phase in given.items():
        if plain(told) == word:
            return PHASES.index(phase)
    if word in _BY_WORD:
        return _BY_WORD[word]
    return next((phase for pattern, phase in _STEMS if re.search(pattern, word)), None)
