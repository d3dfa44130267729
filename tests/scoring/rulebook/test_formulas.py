"""The formula language: what it takes, what it refuses and at which column, and that it always ends."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.codes import ElementCode, MemberCode
from scoring.errors import Issue, Place
from scoring.expressions import (
    Attribute,
    Call,
    Choice,
    Comparison,
    Expression,
    Figure,
    Logic,
    Number,
    OfQuarters,
    Operation,
    OverQuarters,
    Statistic,
    StatisticKind,
    Text,
    When,
)
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import DEEPEST_FORMULA, LONGEST_FORMULA, MOST_PARTS, Vocabulary

LINES = (MemberCode("市场监管"), MemberCode("药监"), MemberCode("12345热线"))
WORDS = Vocabulary(
    elements={
        "E1": (),
        "E2": (),
        "立案数": (),
        "LINE": LINES,
        "CASES": LINES,
        "OTHER": (MemberCode("甲"), MemberCode("乙")),
        "HELD": (MemberCode("甲"), MemberCode("乙")),
        "OPEN": (),
        "MARK": (),
    },
    attributes={"population", "group", "own_rank"},
    constants={"issued": Fraction(738000)},
    aliases={"办结数": ElementCode("E2")},
    choices={"OPEN": ("是", "否"), "MARK": ("合格(整改)", "不合格"), "HELD": ("是", "否")},
    worded={"group"},
    own={"own_rank"},
    statistics=True,
)
LINE, OPENED = Figure(ElementCode("LINE")), Figure(ElementCode("OPEN"))
PLACE = Place(file="I1.yaml", line=7, column=10)
E1, E2 = Figure(ElementCode("E1")), Figure(ElementCode("E2"))
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))


def root(text: str) -> Expression:
    formula, issues = parse_formula(text, WORDS, PLACE)
    assert formula is not None, [str(issue) for issue in issues]
    assert formula.text == text
    return formula.root


def of_line(*members: str, excluded: tuple[str, ...]) -> Figure:
    return Figure(LINE.element, tuple(map(MemberCode, members)), excluded=tuple(map(MemberCode, excluded)))


def held(member: str) -> Figure:
    return Figure(ElementCode("HELD"), (MemberCode(member),))


def over_lines(name: str, inner: Callable[[Figure], Expression]) -> Call:
    return Call(name, tuple(inner(Figure(LINE.element, (line,))) for line in LINES))


CASES_OF_ONE = Figure(ElementCode("CASES"), (MemberCode("药监"),))


def refusal(text: str) -> Issue:
    formula, issues = parse_formula(text, WORDS, PLACE)
    assert formula is None
    (issue,) = issues
    return issue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", ONE),
        ("0.05", Number(Fraction(1, 20))),
        ("E1", E1),
        ("办结数", E2),
        ("population", Attribute("population")),
        ("issued", Number(Fraction(738000))),
        ("E1 + E2", Operation("+", (E1, E2))),
        ("E1 - E2", Operation("-", (E1, E2))),
        ("E1 * E2 / 2", Operation("/", (Operation("*", (E1, E2)), TWO))),
        ("E1 % 2", Operation("%", (E1, TWO))),
        ("E1 ** 2", Operation("**", (E1, TWO))),
        ("-E1", Operation("neg", (E1,))),
        ("+E1", E1),
        ("1 <= E1", Comparison("<=", ONE, E1)),
        ("1 < E1 != 2", Logic("and", (Comparison("<", ONE, E1), Comparison("!=", E1, TWO)))),
        ("not E1 == 1", Logic("not", (Comparison("==", E1, ONE),))),
        ("E1 > 1 or E2 > 1", Logic("or", (Comparison(">", E1, ONE), Comparison(">", E2, ONE)))),
        ("E1 >= 1 and E2 >= 1", Logic("and", (Comparison(">=", E1, ONE), Comparison(">=", E2, ONE)))),
        ("1 if E1 > 2 else 2", Choice(Comparison(">", E1, TWO), ONE, TWO)),
        ("IF(E1 > 2, 1, 2)", Choice(Comparison(">", E1, TWO), ONE, TWO)),
        ("round_half_even(E1, 2)", Call("round_half_even", (E1, TWO))),
        ("floor(E1, 2)", Call("floor", (E1, TWO))),
        ("ceil(E1, 1)", Call("ceil", (E1, ONE))),
        ("ln(E1, 1)", Call("ln", (Operation("+", (E1, ONE)),))),
        ("LINE[not 药监]", of_line("市场监管", "12345热线", excluded=("药监",))),
        ('LINE[not (药监, "12345热线")]', of_line("市场监管", excluded=("药监", "12345热线"))),
        (
            "last_year(LINE[not 药监])",
            replace(of_line("市场监管", "12345热线", excluded=("药监",)), when=When.LAST_YEAR),
        ),
        ("sum_members(LINE / E1)", over_lines("sum_members", lambda line: Operation("/", (line, E1)))),
        ("mean_members(LINE)", over_lines("mean_members", lambda line: line)),
        (
            "min_members(LINE - CASES[药监])",
            over_lines("min_members", lambda line: Operation("-", (line, CASES_OF_ONE))),
        ),
        ("count_members(LINE >= 1)", over_lines("count_members", lambda line: Comparison(">=", line, ONE))),
        (
            'count_members(HELD == "是")',
            Call("count_members", tuple(Comparison("==", held(each), Text("是")) for each in ("甲", "乙"))),
        ),
        ("units_mean(E1)", Statistic(StatisticKind.MEAN, E1)),
        ("units_min(E1 / E2, reported)", Statistic(StatisticKind.MIN, Operation("/", (E1, E2)))),
        ("units_max(E1, peers)", Statistic(StatisticKind.MAX, E1, "peers")),
        ("units_sum(E1, every)", Statistic(StatisticKind.SUM, E1, "every")),
        ("units_stdev(E1, group)", Statistic(StatisticKind.STDEV, E1, "group")),
        ("units_percentile(E1, 2.5)", Statistic(StatisticKind.PERCENTILE, E1, position=Fraction(5, 2))),
        (
            "units_percentile(E1, 75, peers)",
            Statistic(StatisticKind.PERCENTILE, E1, "peers", position=Fraction(75)),
        ),
        ("units_rank(E1)", Statistic(StatisticKind.RANK, E1, ties="competition")),
        (
            "units_rank(-E1, peers)",
            Statistic(StatisticKind.RANK, Operation("neg", (E1,)), "peers", ties="competition"),
        ),
        ("units_rank(E1, average)", Statistic(StatisticKind.RANK, E1, ties="average")),
        ("units_rank(E1, dense, group)", Statistic(StatisticKind.RANK, E1, "group", ties="dense")),
        ("units_count(E1 > 2)", Statistic(StatisticKind.COUNT, Comparison(">", E1, TWO))),
        (
            "units_mean(E1 - units_min(E1))",
            Statistic(StatisticKind.MEAN, Operation("-", (E1, Statistic(StatisticKind.MIN, E1)))),
        ),
        ("min(E1, E2, 1)", Call("min", (E1, E2, ONE))),
        ("round(E1)", Call("round", (E1,))),
        ("round(E1, 2)", Call("round", (E1, TWO))),
        ("is_missing(E1)", Call("is_missing", (E1,))),
        ("is_missing(OPEN)", Call("is_missing", (Figure(ElementCode("OPEN")),))),
        ("last_year(E1)", Figure(E1.element, (), When.LAST_YEAR)),
        ("previous(E1)", Figure(E1.element, (), When.PREVIOUS)),
        ("last_year(LINE[药监])", Figure(ElementCode("LINE"), (MemberCode("药监"),), When.LAST_YEAR)),
        ("same_period_last_year(E1)", Figure(E1.element, (), When.LAST_YEAR)),
        ("year_to_date(E1)", Figure(E1.element, (), When.YEAR_TO_DATE)),
        ("this_quarter(E1)", Figure(E1.element, (), When.THIS_QUARTER)),
        ("whole_year(E1)", Figure(E1.element, (), When.WHOLE_YEAR)),
        ("last_whole_year(E1)", Figure(E1.element, (), When.LAST_WHOLE_YEAR)),
        ("mean_of_quarters(E1)", OverQuarters(OfQuarters.MEAN, E1)),
        ("sum_of_quarters(E1)", OverQuarters(OfQuarters.SUM, E1)),
        ("min_of_quarters(E1)", OverQuarters(OfQuarters.MIN, E1)),
        ("max_of_quarters(E1)", OverQuarters(OfQuarters.MAX, E1)),
        ("LINE", Figure(ElementCode("LINE"))),
        ("LINE[药监, 市场监管]", Figure(ElementCode("LINE"), (MemberCode("药监"), MemberCode("市场监管")))),
        pytest.param(
            'LINE["12345热线"]',
            Figure(ElementCode("LINE"), (MemberCode("12345热线"),)),
            id="a member that is no name is quoted",
        ),
        ('OPEN == "是"', Comparison("==", Figure(ElementCode("OPEN")), Text("是"))),
        ('"否" != OPEN', Comparison("!=", Text("否"), Figure(ElementCode("OPEN")))),
        ("OPEN == MARK", Comparison("==", Figure(ElementCode("OPEN")), Figure(ElementCode("MARK")))),
        ('group == "东部"', Comparison("==", Attribute("group"), Text("东部"))),
        ("OPEN", Figure(ElementCode("OPEN"))),
    ],
)
def test_a_formula_becomes_its_expression(text: str, expected: Expression) -> None:
    assert root(text) == expected


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("min（E1，2）", "min(E1, 2)"),
        ("E1×2÷E2－1＋1", "E1*2/E2-1+1"),
        ("LINE［药监］", "LINE[药监]"),
        ("E1＞1 and E2＜1", "E1>1 and E2<1"),
        pytest.param('MARK == "合格（整改）"', 'MARK == "合格(整改)"', id="in a choice's own words too"),
    ],
)
def test_full_width_signs_mean_the_same(text: str, plain: str) -> None:
    assert root(text) == root(plain)


@pytest.mark.parametrize(
    ("text", "code", "at", "words"),
    [
        ("E1 +", "formula-syntax", 5, "公式写法有误"),
        ("(E1", "formula-syntax", 1, "公式写法有误"),
        ("E1 E2", "formula-syntax", 4, "公式写法有误"),
        ("E1 + * 2", "formula-syntax", 6, "公式写法有误"),
        ("", "formula-syntax", 1, "公式写法有误"),
        ("E1 +\nE2", "formula-syntax", 1, "一行"),
        ("E1 +\x00", "formula-syntax", 1, "看不见"),
        ("E1\ud800", "formula-syntax", 1, "看不见"),
        ('"\\d" == OPEN', "formula-syntax", 1, "看不见"),
        ("E1; E2", "formula-syntax", 3, "公式写法有误"),
        ("E1 * ３", "formula-syntax", 6, "公式写法有误"),
        ("x = 1", "formula-syntax", 3, "公式写法有误"),
        ("E9", "unknown-name", 1, "没有名为 E9"),
        ("1 + popluation", "unknown-name", 5, "没有名为 popluation"),
        ("sin(E1)", "unknown-name", 1, "没有名为 sin"),
        ("立案数 + E9", "unknown-name", 7, "没有名为 E9"),
        ("LINE[海关]", "unknown-member", 6, "LINE 没有这个分类"),
        ("LINE[药监, 海关]", "unknown-member", 10, "LINE 没有这个分类"),
        ("LINE[1:2]", "unknown-member", 6, "LINE 没有这个分类"),
        ("E1[药监]", "unknown-member", 4, "(无分类)"),
        ("E9[药监]", "unknown-name", 1, "没有名为 E9"),
        ("LINE[药监, 药监]", "formula-not-allowed", 1, "每个分类写一次"),
        ("LINE[()]", "formula-not-allowed", 1, "每个分类写一次"),
        ("population[药监]", "formula-not-allowed", 1, "方括号前要写数据项"),
        ("(E1 + 1)[药监]", "formula-not-allowed", 1, "方括号前要写数据项"),
        ("1e3", "formula-number", 1, "“1e3”不是十进制数"),
        ("1_000", "formula-number", 1, "“1_000”不是十进制数"),
        ("0x10", "formula-number", 1, "“0x10”不是十进制数"),
        ("1.", "formula-number", 1, "“1.”不是十进制数"),
        ("1 + .5", "formula-number", 5, "“.5”不是十进制数"),
        ("2j", "formula-number", 1, "“2j”不是十进制数"),
        ("True", "formula-number", 1, "“True”不是十进制数"),
        ("None", "formula-number", 1, "“None”不是十进制数"),
        ('b"x" == OPEN', "formula-number", 1, "不是十进制数"),
        ("~E1", "formula-not-allowed", 1, "没有这个运算"),
        ("E1 // 2", "formula-not-allowed", 1, "没有这个运算"),
        ("1 + (E1 ^ 2)", "formula-not-allowed", 6, "没有这个运算"),
        ("E1 in LINE", "formula-not-allowed", 1, "没有这种比较"),
        ("E1 is 1", "formula-not-allowed", 1, "没有这种比较"),
        ("[E1]", "formula-not-allowed", 1, "不能这样写"),
        ("{E1}", "formula-not-allowed", 1, "不能这样写"),
        ("E1.real", "formula-not-allowed", 1, "不能这样写"),
        ("lambda: 1", "formula-not-allowed", 1, "不能这样写"),
        ("(x := 1)", "formula-not-allowed", 2, "不能这样写"),
        ('f"{E1}"', "formula-not-allowed", 1, "不能这样写"),
        ("[x for x in LINE]", "formula-not-allowed", 1, "不能这样写"),
        ("IF(E1 > 1, 2)", "formula-arguments", 1, "IF 要 3 个参数"),
        ("IF(E1, 1, 2)", "formula-type", 4, "要用条件"),
        ("IF(E1 > 1, OPEN, 2)", "formula-type", 12, "要用数字"),
        ("floor(E1, 13)", "formula-arguments", 11, "0 到 12"),
        ("round_half_even(E1, E2)", "formula-arguments", 21, "0 到 12"),
        ("LINE[not 海关]", "unknown-member", 10, "LINE 没有这个分类"),
        ("LINE[not 药监, 市场监管]", "formula-ambiguous", 6, "有歧义"),
        ("LINE[市场监管, not 药监]", "formula-ambiguous", 12, "有歧义"),
        ("OTHER[not (甲, 乙)]", "formula-not-allowed", 1, "就没有分类了"),
        ("LINE[药监][药监]", "formula-not-allowed", 1, "方括号前要写数据项"),
        ("sum_members(E1)", "formula-arguments", 1, "要有一个分了类"),
        ("sum_members(LINE[药监])", "formula-arguments", 1, "要有一个分了类"),
        ("sum_members(LINE + OTHER)", "formula-ambiguous", 1, "LINE 与 OTHER 的分类不同"),
        ("1 + max_members(LINE - sum_members(CASES))", "formula-not-allowed", 5, "不能再逐个分类计算"),
        ("count_members(LINE)", "formula-type", 15, "要用条件"),
        ("sum_members(LINE > 1)", "formula-type", 13, "要用数字"),
        ("units_mean(E1 > 1)", "formula-type", 12, "要用数字"),
        ("units_mean(OPEN)", "formula-type", 12, "要用数字"),
        ("units_mean(E1, peer)", "unknown-word", 16, "范围要写 reported、peers、every、group 之一"),
        ("units_mean(E1, population)", "unknown-word", 16, "范围要写"),
        ("units_mean(E1, 2)", "unknown-word", 16, "范围要写"),
        ("units_mean(E1, peers, every)", "formula-arguments", 1, "要 1–2 个参数"),
        ("units_percentile(E1)", "formula-arguments", 1, "units_percentile 要 2–3 个参数"),
        ("units_percentile(E1, 101)", "formula-arguments", 22, "0 到 100"),
        ("units_percentile(E1, E2)", "formula-arguments", 22, "0 到 100"),
        ("units_percentile(E1, -1)", "formula-arguments", 22, "0 到 100"),
        ("units_rank(E1, best)", "unknown-word", 16, "并列的算法或范围要写"),
        ("units_rank(E1, peers, dense)", "unknown-word", 16, "并列的算法要写"),
        ("units_rank(E1, dense, peer)", "unknown-word", 23, "范围要写"),
        ("1 - units_mean(own_rank)", "formula-not-allowed", 5, "own_rank 不能用在 units_mean 里"),
        ("min(*LINE)", "formula-arguments", 1, "min 要 2–50 个参数"),
        ("min(1, *LINE)", "formula-not-allowed", 8, "不能这样写"),
        ("min(1, key=2)", "formula-not-allowed", 1, "不能这样调用"),
        ("E1.real()", "formula-not-allowed", 1, "不能这样调用"),
        ("min(1)", "formula-arguments", 1, "min 要 2–50 个参数"),
        ("abs(1, 2)", "formula-arguments", 1, "abs 要 1 个参数"),
        ("last_year()", "formula-arguments", 1, "last_year 要 1 个参数"),
        ("last_year(E1 + 1)", "formula-arguments", 1, "只能写一个数据项"),
        ("last_year(population)", "formula-arguments", 1, "只能写一个数据项"),
        ("previous(last_year(E1))", "formula-arguments", 1, "只能写一个数据项"),
        ("round(E1, 13)", "formula-arguments", 11, "0 到 12"),
        ("round(E1, 0.5)", "formula-arguments", 11, "0 到 12"),
        ("truncate(E1, E2)", "formula-arguments", 14, "0 到 12"),
        ("mean_of_quarters(mean_of_quarters(E1))", "formula-not-allowed", 1, "不能再逐季计算"),
        ("1 + sum_of_quarters(max_of_quarters(E1))", "formula-not-allowed", 5, "不能再逐季计算"),
        ("this_quarter(whole_year(E1))", "formula-arguments", 1, "只能写一个数据项"),
        ("1 + mean_of_quarters(E1, E2)", "formula-arguments", 5, "mean_of_quarters 要 1 个参数"),
        ("-3 ** 2", "formula-ambiguous", 1, "有歧义"),
        ("1 + -E1 ** 2", "formula-ambiguous", 5, "有歧义"),
        ("+E1 ** 2", "formula-ambiguous", 1, "有歧义"),
        ("-(3) ** 2", "formula-ambiguous", 1, "有歧义"),
        ("2 ** 3 ** 2", "formula-ambiguous", 1, "有歧义"),
        ("2 ** -3 ** 2", "formula-ambiguous", 6, "有歧义"),
        ("(E1 > 1) + 1", "formula-type", 2, "要用数字"),
        ("-(E1 > 1)", "formula-type", 3, "要用数字"),
        ("abs(is_missing(E1))", "formula-type", 5, "要用数字"),
        ("is_missing(E1 > 1)", "formula-type", 12, "要用数字"),
        ("mean_of_quarters(E1 > 1)", "formula-type", 18, "要用数字"),
        ("(E1 > 1) if E1 > 1 else 2", "formula-type", 2, "要用数字"),
        ("OPEN + 1", "formula-type", 1, "要用数字"),
        ("1 + group", "formula-type", 5, "要用数字"),
        ('coalesce(E1, "是")', "formula-type", 14, "要用数字"),
        ("not E1", "formula-type", 5, "要用条件"),
        ("E1 and E2 > 1", "formula-type", 1, "要用条件"),
        ("1 if E1 else 2", "formula-type", 6, "要用条件"),
        ("(E1 > 1) == (E2 > 1)", "formula-type", 2, "条件不能再比较"),
        ("is_missing(E1) == 1", "formula-type", 1, "条件不能再比较"),
        ('OPEN > "否"', "formula-type", 1, "文字只能与文字"),
        ("OPEN == 1", "formula-type", 1, "文字只能与文字"),
        ('E1 == "是"', "formula-type", 1, "文字只能与文字"),
        ('1 < E1 == "是"', "formula-type", 1, "文字只能与文字"),
        ('OPEN == "有"', "unknown-word", 1, "OPEN 没有“有”这个选项,可选:是、否"),
        ("立案数 ÷ 办结数 + 没有的数", "unknown-name", 13, "没有名为 没有的数"),
        ('群众 == "是"', "unknown-name", 1, "没有名为 群众"),
        ("E1 " + "+ 1 " * 700, "formula-too-long", 1, f"超过 {LONGEST_FORMULA} 个字符"),
    ],
)
def test_what_the_language_has_not_is_refused_at_its_column(
    text: str, code: str, at: int, words: str
) -> None:
    issue = refusal(text)
    assert [issue.code, issue.place] == [code, Place(file="I1.yaml", line=7, column=9 + at)]
    assert f"公式第 {at} 个字符处:" in issue.zh
    assert words in issue.zh
    assert f"at character {at} of the formula" in issue.en


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("popluation", "是否想写 population?"),
        ("mim(E1, 1)", "是否想写 min?"),
        ("2 ^ 3", "乘方写作 **"),
        ("if(E1 > 1, 1, 2)", ""),
        ("If(E1 > 1, 1, 2)", "是否想写 IF?"),
        ("MAX(E1, 2)", "是否想写 max?"),
        ("AND(E1 > 1, E2 > 1)", "两个条件之间写 and"),
        ("E1 = 1", "等于写作 =="),
        ("E1 <> 1", "不等于写作 !="),
        ("E1 * 50%", "百分数写作小数,如 0.5"),
        ("E1 ≥ 1", "请写 >=、<= 或 !="),
        ("units_mean(E1, peer)", "是否想写 peers?"),
        ("units_rank(E1, compettion)", "是否想写 competition?"),
        ("unit_mean(E1)", "是否想写 units_mean?"),
    ],
)
def test_a_refusal_says_what_may_have_been_meant(text: str, fix: str) -> None:
    assert refusal(text).fix_zh == fix


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("(-3) ** 2", "(-3)**2"),
        ("-(3 ** 2)", "-(3**2)"),
        ("2 ** (3 ** 2)", "2**(3**2)"),
        ("(2 ** 3) ** 2", "(2**3)**2"),
        ("2 ** (-3)", "2**-3"),
    ],
)
def test_brackets_make_powers_plain(text: str, plain: str) -> None:
    assert root(text) == root(plain)


def test_where_only_one_unit_is_known_there_are_no_statistics() -> None:
    formula, issues = parse_formula("1 + units_mean(E1)", replace(WORDS, statistics=False), PLACE)
    assert formula is None
    assert [(issue.code, issue.place.column) for issue in issues] == [("formula-not-allowed", 14)]


def test_what_is_written_out_over_members_and_quarters_is_bounded() -> None:
    members = tuple(MemberCode(f"m{number}") for number in range(500))
    words = replace(WORDS, elements={**WORDS.elements, "WIDE": members})
    taken, issues = parse_formula("sum_members(WIDE + 1)", words, PLACE)
    assert (taken is not None, issues) == (True, ())
    refused, (issue,) = parse_formula("1 + mean_of_quarters(sum_members(WIDE + 1))", words, PLACE)
    assert (refused, issue.code, issue.place.column) == (None, "formula-too-long", 14)


def test_a_text_over_several_lines_of_its_file_has_no_column() -> None:
    _, issues = parse_formula("E1 + E9", WORDS, Place(file="a.yaml", line=3))
    assert [str(issue.place) for issue in issues] == ["a.yaml:3"]


def many(parts: int) -> str:
    return " + ".join(["1"] * parts)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        pytest.param(many(DEEPEST_FORMULA), True, id="a sum of as many terms as levels"),
        pytest.param(many(DEEPEST_FORMULA + 1), False, id="one more"),
        pytest.param("-" * (DEEPEST_FORMULA - 1) + "1", True, id="as many signs as levels"),
        pytest.param("-" * DEEPEST_FORMULA + "1", False, id="one more sign"),
        pytest.param("(" * 150 + "1" + ")" * 150, True, id="brackets are no levels"),
        pytest.param("(" * 990 + "1" + ")" * 990, False, id="but too many cannot be read"),
        pytest.param("not " * 480 + "E1", False, id="a chain of not"),
        pytest.param(f"min({','.join(['1'] * 50)})", True, id="as many arguments as a function takes"),
        pytest.param(f"min({','.join(['1'] * 51)})", False, id="one more argument"),
        pytest.param("-" * 1999 + "1", False, id="as long as a formula may be"),
        pytest.param("E1[" * 600 + "]" * 600, False, id="nested brackets of members"),
    ],
)
def test_limits_are_kept_without_exhausting_the_reader(text: str, taken: bool) -> None:
    formula, issues = parse_formula(text, WORDS, PLACE)
    assert [formula is not None, len(issues)] == [taken, 0 if taken else 1]


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_a_text_that_exhausts_pythons_own_parser_is_refused(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(ast, "parse", exhausted)
    assert refusal("E1").code == "formula-too-long"


def test_a_formula_has_at_most_so_many_parts() -> None:
    wide = "+".join(f"min({','.join(['1'] * 50)})" for _ in range(8))
    assert wide.count("1") == MOST_PARTS
    assert refusal(wide).code == "formula-too-long"
    assert root(wide[: wide.rindex("+")]) is not None


PIECES = """
units_mean( units_rank( peers units_percentile( , 25 ) IF( sum_members( LINE[not OTHER ln( floor(
E1 E9 LINE LINE[药监] OPEN group population issued 办结数 1 0.5 1e9 , ( ) [ ] { } + - * / ** % ^ ~ // < <= ==
!= is in and or not if else min( max( round( mean_of_quarters( last_year( previous( coalesce( is_missing(
lambda : . .. ... := = " ' "是" # @ ; \\ ， （ ） × 药监 ü 𠀀
"""


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES.split()), max_size=25).map(" ".join)))
@example("E1 if E1 else")
@example("\ufeffE1")
@example("'" * 3)
@example("E1\r\nE2")
@example("1if E1 > 1else 2")
def test_any_text_gives_a_formula_or_exactly_one_issue_within_it(text: str) -> None:
    formula, issues = parse_formula(text, WORDS, PLACE)
    assert len(issues) == (formula is None)
    for issue in issues:
        assert issue.place.column is not None
        assert 10 <= issue.place.column <= 10 + max(len(text), 1)
        assert issue.zh
        assert issue.en
