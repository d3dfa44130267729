"""Addresses: below any mount, and safe for whatever a code holds."""

from __future__ import annotations

from web.links import Links


def test_addresses_lie_below_where_the_site_is_mounted() -> None:
    links = Links("/kaohe")
    assert links.home() == "/kaohe/"
    assert links.node("r1", "110000", "I09-1") == "/kaohe/runs/r1/regions/110000/nodes/I09-1"
    assert links.export("r1", "csv") == "/kaohe/runs/r1/ranking.csv"
    assert links.filing("110000", "2021Q1") == "/kaohe/regions/110000/reports/2021Q1"
    assert links.annotated("r1") == "/kaohe/reports/r1/annotated.xlsx"
    assert links.asset("a.css") == "/kaohe/static/a.css"


def test_what_codes_hold_cannot_leave_its_place() -> None:
    assert Links().card("a/b", "../?x#y") == "/runs/a%2Fb/regions/..%2F%3Fx%23y"


def test_names_of_reports_cannot_leave_their_place_either() -> None:
    assert Links().report("../x?y", said="1") == "/reports/..%2Fx%3Fy?said=1"
    assert Links().filing("a/b", "#") == "/regions/a%2Fb/reports/%23"


def test_empty_parts_of_a_query_are_left_out() -> None:
    assert Links().run("r", group="西部", grade="") == "/runs/r?group=%E8%A5%BF%E9%83%A8"
    assert Links().sign_in() == "/sign-in"
