"""What a reader is told to mind, to do and to ask: signs, acts, what needs a yes, questions.

A finding has one order on a handout. What a flag says of this patient leaves the lists that ask
everybody for it; what a flag forbids is offered by nothing; beside an order nothing weaker stands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handouts.pack.care import CheckData, QuestionData, SignData
from handouts.pack.consistency import SOON, wholes
from handouts.pack.fulledition import TopicData
from handouts.pack.pack import Pack
from handouts.pack.structure import CauseData, FlagData, Structure


@dataclass(frozen=True)
class Situation:
    """What the rules found: the cause, its flags, the waits, where each massage is allowed, what
    nothing may offer, whether somebody has looked, which massages must stay light."""

    cause: str
    data: CauseData
    flags: Mapping[str, FlagData]
    waits: tuple[str, ...]
    allowed: Mapping[str, frozenset[str]]
    forbidden: frozenset[str]
    examined: bool
    light: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Care:
    """The ids of what is told, each list in its order of printing; see the files of those names.

    `log` are the rows to write down; `plain`: a flag forbids what the headline of the wait offers;
    `later` is the wait whose words tell how massage starts; `unsaid` are the findings
    of studies that offer what a flag forbids.
    """

    urgency: str
    signs: tuple[str, ...]
    acts: tuple[str, ...]
    asks: tuple[str, ...]
    questions: tuple[str, ...]
    log: tuple[str, ...] = ()
    plain: bool = False
    topics: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    later: str = ""
    unsaid: tuple[str, ...] = ()


def care_of(found: Situation, pack: Pack) -> Care:
    """What to tell; `urgency` is that of the most urgent wait, or nothing."""
    waits = [pack.structure.waits[name] for name in found.waits]
    urgency = min((wait.urgency for wait in waits), key=SOON.__getitem__, default="")
    acts = _acts(found, urgency, pack)
    checks = pack.structure.checks
    return Care(
        urgency=urgency, acts=acts, signs=_signs(found, urgency, acts, pack),
        asks=() if waits else tuple(
            line for name in wholes(checks) for line in _unanswered(name, checks, found)),
        questions=_questions(found, urgency, pack), log=_log(found, urgency, pack),
        plain=any(found.forbidden.intersection(wait.offers) for wait in waits[:1]),
        topics=tuple(name for name, topic in pack.structure.topics.items()
                     if _fits(topic, found)),
        exercises=_exercises(found, pack), later=_later(found, pack),
        unsaid=tuple(name for name, finding in pack.structure.findings.items()
                     if found.forbidden.intersection(finding.offers)))


def _later(found: Situation, pack: Pack) -> str:
    """The wait that tells how massage starts: the first that lets nobody start alone; so none
    does where another or a flag asks for a yes."""
    known = pack.structure.waits
    asking = [name for name in found.waits if not known[name].starts]
    alone = all(flag.wait or pack.body.routine in flag.yes for flag in found.flags.values())
    return next(iter(asking), "") or (
        next(iter(found.waits), "") if alone else pack.body.ask_first)


def _unanswered(name: str, lines: Mapping[str, CheckData] | Mapping[str, SignData],
                found: Situation) -> Iterator[str]:
    """The line, until a flag says the same of this patient; then those of its halves that no flag
    answers: a flag takes away no question about another finding."""
    if found.flags.keys().isdisjoint(lines[name].flags):
        yield name
    else:
        for half in lines[name].halves:
            yield from _unanswered(half, lines, found)


def of_kinds(cause: CauseData, pack: Pack) -> Iterator[CauseData]:
    """The cause and, of a group, its kinds: what is true of a kind may be true of this patient."""
    yield cause
    for kind in cause.kinds:
        yield from of_kinds(pack.cause(kind), pack)


def _acts(found: Situation, urgency: str, pack: Pack) -> tuple[str, ...]:
    """What to do while massage waits, care before all: what the first wait says, what the others
    and the cause add, but no step that another one says as well or speaks against, and in an
    emergency none that is done at home."""
    if not found.waits:
        return ()
    structure = pack.structure
    named = [act for wait in found.waits for act in structure.waits[wait].do]
    own = [act for cause in of_kinds(found.data, pack) for act in cause.do]
    left = [name for name in dict.fromkeys((*named, *own))
            if found.forbidden.isdisjoint(structure.acts[name].offers)
            and not _weaker(structure.acts[name].order, urgency)
            and not (urgency == "now" and structure.acts[name].home)]
    told = (name for name in left if set(left).isdisjoint(structure.acts[name].not_with))
    return tuple(sorted(told, key=lambda name: SOON.get(structure.acts[name].order, len(SOON))))


def _log(found: Situation, urgency: str, pack: Pack) -> tuple[str, ...]:
    """The rows to write down: those of the wait that leads; in an emergency there is no time."""
    structure = pack.structure
    named = structure.waits[found.waits[0]].log if found.waits and urgency != "now" else ()
    return tuple(name for name in named if found.forbidden.isdisjoint(structure.log[name].offers))


def _signs(found: Situation, urgency: str, acts: tuple[str, ...],
           pack: Pack) -> tuple[str, ...]:
    """The signs of every handout, of the cause, of the waits, without those told otherwise."""
    structure = pack.structure
    waits = [structure.waits[name] for name in found.waits]
    named = [*(name for name, sign in structure.signs.items() if sign.everywhere),
             *(name for cause in of_kinds(found.data, pack) for name in cause.signs),
             *(name for wait in waits for name in wait.signs)]
    # What one wait asks for stands though another leaves it out.
    told = {name for wait in waits for name in wait.without
            if not any(name in other.signs for other in waits)}
    by_acts = {name for act in acts for name in structure.acts[act].signs}
    findings = {structure.signs[name].finding for name in by_acts} - {""}
    told |= by_acts | {name for name, sign in structure.signs.items() if sign.finding in findings}
    left = (line for name in dict.fromkeys(named) if name not in told
            for line in _unanswered(name, structure.signs, found))
    return _of_one_order([name for name in left if column_of(
        structure.signs[name].order, urgency)], structure)


def _of_one_order(names: list[str], structure: Structure) -> tuple[str, ...]:
    """The signs; of those that tell of one finding the most urgent one (J1.6)."""
    order = {name: SOON[structure.signs[name].order] for name in names}
    found = {name: structure.signs[name].finding for name in names}
    return tuple(name for name in names if not found[name] or order[name] == min(
        order[other] for other in names if found[other] == found[name]))


def column_of(order: str, urgency: str) -> str:
    """The order under which a sign stands: its own, or that of the wait where its own would be
    weaker. None beside an emergency, whose order is everybody's."""
    if not _weaker(order, urgency):
        return order
    return "" if urgency == "now" else urgency


def _weaker(order: str, urgency: str) -> bool:
    """Whether an order is weaker than the most urgent one; beside none, nothing is."""
    return bool(order and urgency) and SOON[order] > SOON[urgency]


def _questions(found: Situation, urgency: str, pack: Pack) -> tuple[str, ...]:
    """The questions that fit, the cause's own first."""
    own = found.data.waiting_questions if found.waits else found.data.questions
    known = pack.structure.questions
    return tuple(name for name in dict.fromkeys((*own, *known)) if _fits(known[name], found)
                 and not _weaker(known[name].order, urgency))


def _exercises(found: Situation, pack: Pack) -> tuple[str, ...]:
    """The exercises of the cause that every flag leaves; none while massage must wait."""
    return () if found.waits else tuple(
        name for name, exercise in pack.structure.exercises.items()
        if found.cause in exercise.causes and (found.examined or not exercise.examined)
        and all(name in flag.exercises for flag in found.flags.values()))


def _fits(question: QuestionData | TopicData, found: Situation) -> bool:
    where = found.allowed.get(question.massage, frozenset())
    return (question.when in ("", "wait" if found.waits else "massage")
            and (not question.causes or found.cause in question.causes)
            and (not question.massage or bool(where)) and where.issuperset(question.on)
            and not (isinstance(question, QuestionData) and question.firm
                     and question.massage in found.light)
            and found.forbidden.isdisjoint(question.offers))
