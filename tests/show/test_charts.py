"""Charts come out for every company, however odd, and their sentences and sums are true of the tables."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread

from sim.show.arrows import LINK_COLOUR, arrow
from sim.show.charts import draw_all
from sim.show.flows import MOST_LINKS, drawn_links, requests_a_year
from sim.show.key import round_numbers
from sim.show.labels import Text, placed
from sim.show.language import ENGLISH, SPACE, Language, speaking
from sim.show.layout import Box, layout
from sim.show.lettering import text_width, wrapped
from sim.show.names import shortened
from sim.show.network import draw_network, network_title
from sim.show.purchase_time import draw_purchase_time, purchase_bars, purchase_title
from sim.show.style import look, save
from sim.show.weeks import changes_by_day, course, draw_weeks, weeks_title
from sim.study.results import Results, run_replications
from tests.worlds import company

SPANISH = speaking("es")
CHARTS = {"network", "purchase_time", "weeks"}
SALES = {"name": "sales", "staff": 3, "title": {"en": "Sales", "es": "Ventas"}, "right_first_time": 0.8}
STORE = {"name": "store", "handling_hours": 2.0, "title": {"en": "The store", "es": "El almacén"}}
ODD_NAMES = ("$x_1$ and $", "東方部門", "Atención al público", "a" * 60, "w " * 29 + "w")


def ran(departments: list[dict[str, Any]], replications: int = 2, **keys: Any) -> Results:
    small: dict[str, Any] = {"days": 20, "warm_up_days": 10, "market": {"customers": 50, "purchases_per_year": 20}}
    return run_replications(company(departments, **small | keys), 1, replications, None, None)


@pytest.fixture(scope="module")
def shop() -> Results:
    return ran([SALES, STORE], 3, management={"decision_share": 0.3})


@pytest.fixture(scope="module")
def crowd() -> Results:
    departments = [{"name": f"desk {place}", "staff": 1 + place % 5, "handling_hours": 0.1} for place in range(60)]
    links: list[dict[str, Any]] = [{"supplier": "desk 0", "customer": "market"}]
    for place in range(1, 60):
        links.append({"supplier": f"desk {place}", "customer": f"desk {place // 3}", "requests_per_job": 0.5})
    return ran(departments, 1, links=links, days=5)


def texts_of(sheet: Figure) -> list[str]:
    return [text.get_text() for text in [*sheet.texts, *(text for axes in sheet.axes for text in axes.texts)]]


def assert_whole(folder: Path) -> None:
    assert {path.stem for path in folder.iterdir()} == CHARTS
    for path in folder.iterdir():
        pixels = imread(path)
        assert pixels.shape[:2] == (1080, 1920)
        assert path.stat().st_size > 15_000
        edge = np.concatenate([pixels[:, :4, :3].ravel(), pixels[:, -4:, :3].ravel(), pixels[-4:, :, :3].ravel()])
        assert edge.min() == 1, f"something is cut at the edge of {path.name}"


@pytest.mark.parametrize(
    ("departments", "replications", "keys"),
    [
        pytest.param([SALES], 1, {"days": 5, "warm_up_days": 0}, id="one department, one week, one replication"),
        pytest.param([SALES], 2, {"days": 1, "warm_up_days": 1}, id="a day"),
        pytest.param([SALES, STORE], 2, {"market": {"customers": 0}}, id="no purchases"),
        pytest.param([{"name": "sales", "handling_hours": 0.0}], 2, {}, id="no work"),
        pytest.param([{"name": name} for name in ODD_NAMES], 2, {"title": {"en": "5 $ or 10 $ 公司"}}, id="odd names"),
        pytest.param([SALES, STORE], 1, {"days": 13, "warm_up_days": 7}, id="partial weeks"),
    ],
)
@pytest.mark.parametrize("say", [ENGLISH, SPANISH], ids=["en", "es"])
def test_every_company_gets_its_charts(
    tmp_path: Path, departments: list[dict[str, Any]], replications: int, keys: dict[str, Any], say: Language
) -> None:
    draw_all(ran(departments, replications, **keys), tmp_path / "charts", say)
    assert_whole(tmp_path / "charts")


def test_a_crowd_gets_its_charts(tmp_path: Path, crowd: Results) -> None:
    draw_all(crowd, tmp_path)
    assert_whole(tmp_path)


def test_links_without_requests_are_no_trouble(tmp_path: Path) -> None:
    links = [
        {"supplier": "sales", "customer": "market"},
        {"supplier": "store", "customer": "sales", "requests_per_job": 0.0},
    ]
    results = ran([SALES, STORE], 1, links=links)
    draw_all(results, tmp_path)
    assert drawn_links(results).flows["store", "sales"] == 0


def test_the_same_results_make_the_same_bytes(tmp_path: Path, shop: Results) -> None:
    for name in ("one", "two"):
        draw_all(shop, tmp_path / name)
    for chart in CHARTS:
        assert (tmp_path / "one" / f"{chart}.png").read_bytes() == (tmp_path / "two" / f"{chart}.png").read_bytes()


def test_drawing_leaves_no_setting_behind_and_obeys_none(tmp_path: Path, shop: Results) -> None:
    draw_all(shop, tmp_path / "plain")
    with matplotlib.rc_context({"font.size": 3, "savefig.dpi": 40, "figure.facecolor": "red"}):
        before = dict(matplotlib.rcParams)
        draw_all(shop, tmp_path / "odd")
        assert dict(matplotlib.rcParams) == before
    for chart in CHARTS:
        assert (tmp_path / "odd" / f"{chart}.png").read_bytes() == (tmp_path / "plain" / f"{chart}.png").read_bytes()


def test_pyplot_is_never_loaded() -> None:
    program = "import sys, sim.show.charts; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_bars_add_up_to_the_customers_wait(shop: Results, crowd: Results) -> None:
    for results in (shop, crowd):
        bars = purchase_bars(results)
        assert sum(bar.total for bar in bars) == pytest.approx(results.value("customer_delay_hours"), rel=1e-9)
    assert purchase_bars(crowd)[-1].name.endswith("others")
    assert purchase_bars(ran([SALES], 1, market={"customers": 0})) == []


def test_the_purchase_title_names_the_longest_part_and_its_place(shop: Results) -> None:
    longest, share, place = 0.0, 0.0, ""
    delay = shop.value("customer_delay_hours")
    for part in ("handling", "queueing", "deciding", "repair"):
        there = [shop.value(f"purchase_{part}_hours", "department", name) for name in ("sales", "store")]
        if sum(there) > longest:
            longest, share = sum(there), sum(there) / delay
            place = "Sales" if there[0] > there[1] else "The store"
    title = purchase_title(shop)
    assert ENGLISH.hours(delay) in title
    assert ENGLISH.percent(share) in title
    assert title.endswith(f"most of it at {place}")


def test_the_purchase_title_says_when_there_is_nothing_to_say() -> None:
    assert purchase_title(ran([SALES], 1, market={"customers": 0})) == "No purchase was completed in 20 days"
    at_once = ran([{"name": "sales", "handling_hours": 0.0}], 1)
    assert purchase_title(at_once) == "Customers are served without any delay"
    alone = ran([{"name": "sales", "handling_distribution": "constant", "staff": 100}], 1)
    assert (
        purchase_title(alone, SPANISH)
        == f"Un cliente espera 1,0{SPACE}h; el 100{SPACE}% de ese tiempo es trabajo, todo en sales"
    )


def test_the_network_title_names_the_busiest(shop: Results) -> None:
    shares = {name: shop.value("utilisation", "department", name) for name in ("sales", "store")}
    busiest = {"sales": "Sales", "store": "The store"}[max(shares, key=lambda name: shares[name])]
    title = network_title(shop)
    assert title.startswith("Customers deal with 1 of 2 departments")
    assert f"{busiest}, is at work {ENGLISH.percent(max(shares.values()))} of its time" in title
    assert network_title(ran([SALES], 1, market={"customers": 0})) == "Nobody is at work in any department"


def test_flows_are_those_of_a_year(shop: Results) -> None:
    flows = requests_a_year(shop)
    assert flows["sales", "market"] == pytest.approx(shop.value("purchases") * 250 / 20)
    assert flows["store", "sales"] == pytest.approx(shop.value("requests") * 250 / 20)


def test_only_the_strongest_links_of_a_crowd_are_drawn(crowd: Results) -> None:
    drawn, flows = drawn_links(crowd), requests_a_year(crowd)
    assert len(drawn.flows) <= MOST_LINKS
    assert drawn.share == pytest.approx(sum(drawn.flows.values()) / sum(flows.values()))
    assert min(drawn.flows.values()) >= max(flow for link, flow in flows.items() if link not in drawn.flows)


def test_names_lie_on_no_circle_and_on_no_other_name() -> None:
    circles = {f"{x} {y}": Box(x, y, x + 20, y + 20) for x in range(0, 900, 70) for y in range(0, 600, 60)}
    names = {name: Text(f"department of {name}") for name in circles}
    room = Box(0, 0, 900, 600)
    with look():
        labels = placed(names, circles, 70, room)
    boxes = [label.box for label in labels.values()]
    assert len(boxes) > 10
    for place, box in enumerate(boxes):
        assert not any(box.meets(other) for other in [*boxes[place + 1 :], *circles.values()])
        assert room.left <= box.left
        assert box.right <= room.right


def test_columns_follow_the_distance_to_the_market(crowd: Results) -> None:
    arranged = layout(crowd.scenario, requests_a_year(crowd), Box(0, 0, 1800, 700))
    x = {name: place[0] for name, place in arranged.places.items()}
    assert x["desk 50"] < x["desk 10"] < x["desk 3"] < x["desk 1"] < x["desk 0"] < x["market"]
    assert len(set(arranged.places.values())) == 61


def test_the_order_in_a_column_avoids_crossings() -> None:
    names = [f"{kind}{place}" for kind in ("front", "back") for place in range(4)]
    links: list[dict[str, Any]] = [
        {"supplier": f"front{place}", "customer": "market", "share": 0.25} for place in range(4)
    ]
    links += [{"supplier": f"back{place}", "customer": f"front{3 - place}"} for place in range(4)]
    scenario = company([{"name": name} for name in names], links)
    places = layout(
        scenario, {(link.supplier, link.customer): 1.0 for link in scenario.links}, Box(0, 0, 900, 600)
    ).places
    front = sorted(range(4), key=lambda place: places[f"front{place}"][1])
    back = sorted(range(4), key=lambda place: places[f"back{3 - place}"][1])
    assert front == back


def test_an_arrow_without_room_is_not_drawn() -> None:
    assert arrow(np.zeros((2, 2)), 3.0, facecolor=LINK_COLOUR) is None


def test_the_course_has_a_band_only_with_replications(shop: Results) -> None:
    drawn = course(shop, "utilisation")
    assert list(drawn.weeks) == [-2, -1, 0, 1, 2, 3]
    assert (drawn.low <= drawn.mean).all()
    assert (drawn.mean <= drawn.high).all()
    single = course(ran([SALES], 1), "utilisation")
    assert np.isnan(single.low).all()
    assert not np.isnan(single.mean).any()
    assert any("no band" in text for text in texts_of(draw_weeks(ran([SALES], 1))))


def test_the_weeks_title_gives_the_range_of_observed_weeks(shop: Results) -> None:
    table = shop.weekly
    waits = table[(table["outcome"] == "customer_delay_hours") & (table["week"] >= 0)].groupby("week")["value"].mean()
    low, high = map(ENGLISH.hours, (waits.min(), waits.max()))
    assert weeks_title(shop) == f"Week by week, a customer waits {low} to {high}"


def test_the_weeks_title_compares_before_and_after_a_change() -> None:
    change = {"day": 10, "set": {"departments.sales.handling_hours": 2.5}}
    parts = [{"name": "sales", "staff": 100, "handling_distribution": "constant"}]
    results = ran(parts, 2, changes=[change])
    assert changes_by_day(results.scenario, SPANISH) == {10: "sales: horas de trabajo por caso 2,5 (día 10)"}
    before, after = weeks_title(results).split("before")
    assert f"waits 1.0{SPACE}h in the weeks" in before
    assert f"2.5{SPACE}h in those after it" in after
    assert any("day 10" in text for text in texts_of(draw_weeks(results)))


@pytest.mark.parametrize("draw", [draw_network, draw_purchase_time, draw_weeks])
def test_the_footer_says_where_a_chart_comes_from(shop: Results, draw: Any) -> None:
    texts = texts_of(draw(shop, SPANISH))
    assert "test · 3 réplicas · semilla 1 · 20 días" in texts


def test_a_dollar_is_a_dollar(tmp_path: Path) -> None:
    results = ran([{"name": "$x_1$ and $"}], 1)
    sheet = draw_network(results)
    assert any("$x_1$ and $" in text for text in texts_of(sheet))
    save(sheet, tmp_path / "chart.png")


def test_long_texts_are_shortened() -> None:
    assert shortened("  a\nname\tof two\x00 ") == "a name of two"
    assert shortened("x" * 40, 10) == "x" * 9 + "…"
    with look():
        lines = wrapped("a rather long name of a department", 150, 2)
        assert len(lines) == 2
        assert lines[-1].endswith("…")
        assert max(map(text_width, lines)) <= 150


def test_a_key_has_few_round_numbers() -> None:
    assert round_numbers(34) == [20, 5, 1]
    assert round_numbers(0) == [1]
    assert round_numbers(5800, lambda value: value < 5000) == [2000, 500, 100]
