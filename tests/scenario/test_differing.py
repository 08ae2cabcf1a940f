"""In what scenarios differ is told key by key, as a dated change would name it."""

from sim import load
from sim.scenario.dated import altered
from sim.scenario.differing import differing


def test_the_same_company_differs_in_nothing() -> None:
    base = load("plant")
    assert differing(base, base.model_copy(update={"name": "another name"})) == []


def test_keys_are_those_of_a_dated_change() -> None:
    base = load("claims/workshop")
    keys = {
        "management.delegation": 0.9,
        "departments.it.staff": 4,
        "departments.it.practices.recognition": 0.8,
        "links.it>sales.requests_per_job": 0.1,
        "laws.contagion": 0.1,
    }
    found = differing(base, altered(base, keys))
    assert {item.key: item.other for item in found} == keys
    [staff] = [item for item in found if item.key == "departments.it.staff"]
    assert staff.base == 3


def test_a_department_in_one_of_them_alone_is_one_key() -> None:
    base = load("claims/workshop")
    smaller = base.model_copy(
        update={
            "departments": tuple(part for part in base.departments if part.name != "cleaning"),
            "links": tuple(link for link in base.links if "cleaning" not in (link.supplier, link.customer)),
        }
    )
    found = {item.key: item.other for item in differing(base, smaller)}
    assert found == {"departments.cleaning": None, "links.cleaning>production": None, "links.personnel>cleaning": None}
