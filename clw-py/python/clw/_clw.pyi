from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from os import PathLike
from typing import Any, Literal, Protocol, SupportsIndex, TypeAlias, final

import altair
from typing_extensions import disjoint_base

__all__ = [
    "AdjustedPs",
    "Answer",
    "Attrition",
    "BeforeAfter",
    "Caseload",
    "Change",
    "ClwError",
    "Completion",
    "ControlChart",
    "Course",
    "DisclosedEvaluation",
    "DryRun",
    "EquityTable",
    "Evaluation",
    "Frame",
    "Funnel",
    "Indicator",
    "Inequality",
    "Instrument",
    "Item",
    "Mapping",
    "MatchedPairs",
    "Measure",
    "MeasureScore",
    "MinimumDetectableChange",
    "National",
    "PairCounts",
    "PartialEvaluation",
    "Plan",
    "PlannedTest",
    "PostcodeLookup",
    "Problem",
    "ProtectedTable",
    "Reach",
    "Return",
    "ScoreSheet",
    "Survival",
    "Synthesis",
    "Trajectories",
    "Wellby",
    "__version__",
    "_answer",
    "_change",
    "_check_dealt",
    "_count_dealt",
    "_course",
    "_deal",
    "_dealt_by",
    "_instrument",
    "_item",
    "_mapping",
    "_measure",
    "_measure_score",
    "_national",
    "_plan",
    "_postcodes",
    "_problem",
    "_score_sheet",
    "_sheet",
    "_sheets",
    "adjusted_ps",
    "attrition",
    "before_after",
    "check",
    "completion",
    "equity_table",
    "evaluate",
    "funnel",
    "guess_mapping",
    "indicator",
    "inequality",
    "instrument",
    "instruments",
    "minimum_detectable_change",
    "p_chart",
    "pairs_needed",
    "power",
    "protected_table",
    "reach",
    "survival",
    "synthesis",
    "wellby",
    "xmr_chart",
]

__version__: str

_Answer: TypeAlias = SupportsIndex | float | Literal["not-applicable"] | None

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...

_Column: TypeAlias = Iterable[SupportsIndex | float] | _ArrowStream | _ArrowArray

_Texts: TypeAlias = Iterable[Any] | _ArrowStream | _ArrowArray

_RuleSet: TypeAlias = Literal[
    "nhs-england-making-data-count", "western-electric-1956", "nelson-1984"
]

_Alternative: TypeAlias = Literal["two-sided", "greater", "less"]

_Direction: TypeAlias = Literal["higher-is-better", "lower-is-better"]

_Path: TypeAlias = str | PathLike[str]

_Zeros: TypeAlias = Literal["shown", "hidden"]

_Theme: TypeAlias = Literal["light", "dark"]

_Chart: TypeAlias = altair.Chart | altair.LayerChart

class ClwError(ValueError):
    code: str
    about: dict[str, Any]

def instruments() -> list[Instrument]: ...
def instrument(name: str) -> Instrument: ...
def guess_mapping(
    tables: Sequence[tuple[str, Any]], *, instruments: Sequence[Instrument] | None = None
) -> str: ...
def check(
    caseload: Caseload | None = None,
    *,
    folder: _Path | None = None,
    frames: dict[str, Any] | None = None,
    mapping: Mapping | None = None,
    instruments: Sequence[Instrument] | None = None,
    postcodes: PostcodeLookup | None = None,
    progress: bool | None = None,
) -> DryRun: ...
def evaluate(
    caseload: Caseload | None = None,
    *,
    plan: Plan | None = None,
    folder: _Path | None = None,
    frames: dict[str, Any] | None = None,
    mapping: Mapping | None = None,
    instruments: Sequence[Instrument] | None = None,
    postcodes: PostcodeLookup | None = None,
    threads: int | None = None,
    progress: bool | None = None,
) -> Evaluation: ...

@final
class Caseload:
    @staticmethod
    def from_folder(
        folder: _Path,
        *,
        mapping: Mapping | None = None,
        instruments: Sequence[Instrument] | None = None,
        postcodes: PostcodeLookup | None = None,
    ) -> Caseload: ...
    @staticmethod
    def from_frames(
        frames: dict[str, Any],
        *,
        mapping: Mapping,
        instruments: Sequence[Instrument] | None = None,
        postcodes: PostcodeLookup | None = None,
    ) -> Caseload: ...
    def people(
        self,
        *,
        plan: Plan | None = None,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Any: ...
    def follow_ups_due(
        self,
        *,
        first: date | str,
        last: date | str,
        plan: Plan | None = None,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Any: ...

@final
class PostcodeLookup:
    @staticmethod
    def from_file(mapping: _Path) -> PostcodeLookup: ...
    @staticmethod
    def from_frame(
        frame: _ArrowStream | _ArrowArray,
        *,
        columns: dict[str, str],
        version: str | None = None,
        dates: Sequence[str] | None = None,
    ) -> PostcodeLookup: ...
    @property
    def version(self) -> str: ...
    @property
    def account(self) -> dict[str, Any]: ...
    def _repr_html_(self) -> str: ...
    def __len__(self) -> int: ...

@final
class Mapping:
    @staticmethod
    def from_toml(text: str) -> Mapping: ...
    @staticmethod
    def from_file(path: _Path) -> Mapping: ...
    @staticmethod
    def from_dict(mapping: dict[str, Any]) -> Mapping: ...
    @property
    def files(self) -> dict[str, str]: ...
    def to_toml(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class DryRun:
    @property
    def people(self) -> int: ...
    @property
    def tables(self) -> dict[str, Any]: ...
    @property
    def problems(self) -> list[str]: ...
    @staticmethod
    def from_json(text: str) -> DryRun: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def merge(self, other: DryRun, problems: int) -> DryRun: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Plan:
    @staticmethod
    def from_toml(text: str, *, instruments: Sequence[Instrument] | None = None) -> Plan: ...
    @staticmethod
    def from_file(path: _Path, *, instruments: Sequence[Instrument] | None = None) -> Plan: ...
    @staticmethod
    def from_dict(
        plan: dict[str, Any], *, instruments: Sequence[Instrument] | None = None
    ) -> Plan: ...
    @property
    def title(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Evaluation:
    @staticmethod
    def from_json(text: str, *, instruments: Sequence[Instrument] | None = None) -> Evaluation: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    @property
    def people(self) -> int: ...
    @property
    def summary(self) -> str: ...
    def merge(self, other: Evaluation) -> Evaluation: ...
    def disclosed(
        self,
        *,
        hide_up_to: int = 4,
        zeros: _Zeros = "shown",
        rounding_base: int | None = None,
        after: Sequence[Evaluation] = (),
    ) -> DisclosedEvaluation: ...
    def report_html(self) -> str: ...
    def charts(self, *, theme: _Theme = "light") -> list[dict[str, Any]]: ...
    def chart(self, chart: str | None = None, /, *, theme: _Theme | None = None) -> _Chart: ...
    def _repr_html_(self) -> str: ...
    def __getitem__(self, part: str, /) -> Any: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class DisclosedEvaluation:
    @staticmethod
    def from_json(text: str) -> DisclosedEvaluation: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    @property
    def summary(self) -> str: ...
    def report_html(self) -> str: ...
    def csv(self) -> str: ...
    def charts(self, *, theme: _Theme = "light") -> list[dict[str, Any]]: ...
    def chart(self, chart: str | None = None, /, *, theme: _Theme | None = None) -> _Chart: ...
    def _repr_html_(self) -> str: ...
    def __getitem__(self, part: str, /) -> Any: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class PartialEvaluation:
    @staticmethod
    def from_json(text: str, *, plan: Plan) -> PartialEvaluation: ...
    def to_json(self) -> str: ...
    def merge(self, other: PartialEvaluation) -> PartialEvaluation: ...
    def evaluation(self) -> Evaluation: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Return:
    @staticmethod
    def of(
        evaluation: Evaluation,
        *,
        name: str,
        area: str | None = None,
        delivered_by: str | None = None,
        practices: int | None = None,
        link_workers_full_time_equivalent: float | str | None = None,
        note: str | None = None,
        hide_up_to: int | None = None,
        zeros: _Zeros = "shown",
        rounding_base: int | None = None,
    ) -> Return: ...
    @staticmethod
    def from_json(text: str, *, instruments: Sequence[Instrument] | None = None) -> Return: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    @property
    def programme(self) -> str: ...
    @property
    def hides_small_counts(self) -> bool: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class National:
    @staticmethod
    def of(returns: Sequence[Return], *, synthesis: dict[str, Any] | None = None) -> National: ...
    @property
    def evaluation(self) -> Evaluation | None: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __getitem__(self, part: str, /) -> Any: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Frame:
    @staticmethod
    def from_arrow(frame: Any) -> Frame: ...
    @staticmethod
    def from_texts(columns: Sequence[tuple[str, Sequence[str | None]]]) -> Frame: ...
    def to_csv(self) -> str: ...
    @property
    def columns(self) -> list[str]: ...
    def __copy__(self) -> Frame: ...
    def __deepcopy__(self, memo: dict[int, Any], /) -> Frame: ...
    def _repr_html_(self) -> str: ...
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

@final
class Instrument:
    @staticmethod
    def from_toml(text: str) -> Instrument: ...
    @staticmethod
    def from_dict(definition: dict[str, Any]) -> Instrument: ...
    def to_dict(self) -> dict[str, Any]: ...
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def items(self) -> tuple[Item, ...]: ...
    @property
    def measures(self) -> tuple[Measure, ...]: ...
    def score(self, answers: Iterable[_Answer]) -> ScoreSheet: ...
    def score_frame(
        self,
        frame: _ArrowStream | _ArrowArray,
        *,
        columns: Sequence[str] | None = None,
        keep: Sequence[str] | None = None,
        labels: dict[str, Any] | None = None,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Any: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Item:
    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def lowest(self) -> int: ...
    @property
    def highest(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Measure:
    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def direction(self) -> Literal["higher-is-better", "lower-is-better"]: ...
    @property
    def lowest(self) -> float: ...
    @property
    def highest(self) -> float: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class ScoreSheet:
    @property
    def instrument(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def measures(self) -> tuple[MeasureScore, ...]: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __getitem__(self, measure: str, /) -> MeasureScore: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class MeasureScore:
    @property
    def measure(self) -> str: ...
    @property
    def outcome(self) -> Literal["scored", "not-scored"]: ...
    @property
    def points(self) -> int | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def raw(self) -> int | None: ...
    @property
    def answered(self) -> int | None: ...
    @property
    def band_set(self) -> str | None: ...
    @property
    def band(self) -> str | None: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Problem:
    @property
    def code(self) -> Literal["out-of-range", "not-applicable", "all-blank", "blank"]: ...
    @property
    def item(self) -> int | None: ...
    @property
    def id(self) -> str | None: ...
    @property
    def value(self) -> int | None: ...
    @property
    def lowest(self) -> int | None: ...
    @property
    def highest(self) -> int | None: ...
    @property
    def message(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class PairCounts:
    @staticmethod
    def count(measure: Measure, baseline: _Column, follow_up: _Column) -> PairCounts: ...
    @staticmethod
    def matched(
        measure: Measure,
        *,
        baseline_ids: Iterable[str | SupportsIndex | float | None],
        baseline: _Column,
        follow_up_ids: Iterable[str | SupportsIndex | float | None],
        follow_up: _Column,
    ) -> MatchedPairs: ...
    @staticmethod
    def from_json(text: str) -> PairCounts: ...
    def to_json(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def cells(self) -> tuple[tuple[int, int, int], ...]: ...
    def merge(self, other: PairCounts) -> PairCounts: ...
    def change(
        self,
        *,
        measure: Measure | None = None,
        level: float = 0.95,
        band_sets: Sequence[str] | None = None,
        change_rules: Sequence[str] | None = None,
        progress: bool | None = None,
        **options: Any,
    ) -> Change: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class MatchedPairs(Answer):
    @property
    def pairs(self) -> PairCounts: ...

@final
class Change:
    @property
    def n(self) -> int: ...
    def charts(self, *, theme: _Theme = "light") -> list[dict[str, Any]]: ...
    def chart(self, chart: str | None = None, /, *, theme: _Theme | None = None) -> _Chart: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def _repr_html_(self) -> str: ...
    def __getitem__(self, statistic: str, /) -> Any: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Trajectories:
    @staticmethod
    def gather(
        measure: Measure,
        people: Iterable[str | SupportsIndex],
        times: _Column,
        points: _Column,
        *,
        unit: Literal["day", "week", "session"],
    ) -> Trajectories: ...
    @staticmethod
    def from_json(text: str) -> Trajectories: ...
    def to_json(self) -> str: ...
    @property
    def people(self) -> int: ...
    @property
    def sittings(self) -> int: ...
    def merge(self, other: Trajectories) -> Trajectories: ...
    def course(self, *, level: float = 0.95, **options: Any) -> Course: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Course:
    @property
    def people(self) -> int: ...
    def charts(self, *, theme: _Theme = "light") -> list[dict[str, Any]]: ...
    def chart(self, chart: str | None = None, /, *, theme: _Theme | None = None) -> _Chart: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __getitem__(self, part: str, /) -> Any: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...

# What `clw.spark` and pickles are made with.
_Columns: TypeAlias = Sequence[tuple[str, Sequence[str]]]

def _dealt_by(
    table: str,
    columns: Sequence[str],
    mapping: Mapping,
    instruments: Sequence[Instrument] | None,
) -> tuple[list[str], bool]: ...
def _deal(
    frame: _ArrowStream | _ArrowArray,
    table: str,
    mapping: Mapping,
    instruments: Sequence[Instrument] | None,
) -> Frame: ...
def _count_dealt(
    dealt: _ArrowStream,
    columns: _Columns,
    kept: Sequence[str],
    mapping: Mapping,
    plan: Plan,
    instruments: Sequence[Instrument] | None,
    postcodes: PostcodeLookup | None = None,
) -> PartialEvaluation: ...
def _answer(kind: str, text: str) -> Answer: ...
def _change(pairs: PairCounts, measure: Measure | None, level: float, options: str) -> Change: ...
def _course(course: str, scale: str) -> Course: ...
def _item(text: str) -> Item: ...
def _measure(instrument: Instrument, name: str) -> Measure: ...
def _measure_score(text: str) -> MeasureScore: ...
def _national(returns: Sequence[Return], synthesis: str) -> National: ...
def _problem(text: str) -> Problem: ...
def _score_sheet(text: str) -> ScoreSheet: ...
def _check_dealt(
    dealt: _ArrowStream,
    columns: _Columns,
    kept: Sequence[str],
    mapping: Mapping,
    instruments: Sequence[Instrument] | None,
    postcodes: PostcodeLookup | None = None,
) -> DryRun: ...
def _mapping(json: str) -> Mapping: ...
def _postcodes(lookup: str, account: str) -> PostcodeLookup: ...
def _sheets(path: str) -> list[str]: ...
def _sheet(path: str, sheet: str) -> str: ...
def _plan(json: str, instruments: Sequence[Instrument] | None) -> Plan: ...
def _instrument(text: str) -> Instrument: ...

@disjoint_base
class Answer:
    @property
    def sentence(self) -> str: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def _repr_html_(self) -> str: ...
    def __getitem__(self, part: str, /) -> Any: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class AdjustedPs(Answer): ...

@final
class Attrition(Answer): ...

@final
class BeforeAfter(Answer): ...

@final
class Completion(Answer): ...

@final
class ControlChart(Answer): ...

@final
class EquityTable(Answer): ...

@final
class Funnel(Answer): ...

@final
class Indicator(Answer): ...

@final
class Inequality(Answer): ...

@final
class MinimumDetectableChange(Answer): ...

@final
class PlannedTest(Answer): ...

@final
class ProtectedTable(Answer): ...

@final
class Reach(Answer): ...

@final
class Survival(Answer): ...

@final
class Synthesis(Answer): ...

@final
class Wellby(Answer): ...

def completion(
    flow: dict[str, int], *, improved: int | None = None, level: float = 0.95
) -> Completion: ...
def survival(
    days: _Column | None = None,
    followed_up: Iterable[SupportsIndex | bool] | _ArrowStream | _ArrowArray | None = None,
    *,
    counts: dict[int, dict[str, int]] | None = None,
    by: Sequence[int] | None = None,
    interval: Literal["log-log", "log", "plain"] = "log-log",
    level: float = 0.95,
) -> Survival: ...
def p_chart(
    periods: _Texts,
    counts: _Column,
    of: _Column,
    *,
    limits: Literal["three-sigma", "exact-binomial"],
    rules: _RuleSet | Sequence[Any],
    recalculate_from: Sequence[str] | None = None,
    baseline_periods: int | None = None,
) -> ControlChart: ...
def xmr_chart(
    periods: _Texts,
    values: Iterable[SupportsIndex | float | None] | _ArrowStream | _ArrowArray,
    *,
    constants: Literal["rounded", "unrounded"],
    rules: _RuleSet | Sequence[Any],
    recalculate_from: Sequence[str] | None = None,
    baseline_periods: int | None = None,
) -> ControlChart: ...
def funnel(
    practices: _Texts,
    counts: _Column,
    of: _Column,
    *,
    limits: Literal["exact-binomial", "interpolated-binomial", "mid-p"]
    | dict[str, Any]
    | None = None,
    target: Literal["pooled"] | dict[str, float] | None = None,
) -> Funnel: ...
def before_after(
    before: tuple[int, int], after: tuple[int, int], *, level: float = 0.95
) -> BeforeAfter: ...
def attrition(
    measure: Measure,
    baseline: _Column,
    follow_up: Iterable[SupportsIndex | float | None] | _ArrowStream | _ArrowArray,
    *,
    traits: dict[str, _Texts] | None = None,
    options: dict[str, Any] | None = None,
    weighting: dict[str, Any] | None = None,
) -> Attrition: ...
def inequality(
    *,
    counts: _Column | None = None,
    rates: _Column | None = None,
    populations: _Column,
    kind: Literal["proportion", "rate"] | dict[str, Any],
    better: _Direction,
    level: float = 0.95,
) -> Inequality: ...
def indicator(
    months: _Texts,
    counts: _Column,
    of: _Column,
    *,
    definition: str | dict[str, Any],
    length: Literal["month", "quarter", "half-year", "financial-year"],
    target: float | None = None,
    first: str | None = None,
    last: str | None = None,
    without_month: tuple[int, int] | None = None,
    level: float = 0.95,
) -> Indicator: ...
def reach(referred: _Column, lists: _Column, *, level: float = 0.95) -> Reach: ...
def equity_table(
    bands: Sequence[dict[str, Any]],
    *,
    axis: dict[str, Any],
    not_placed: dict[str, Any] | None = None,
    lists: dict[str, Any] | None = None,
    level: float = 0.95,
) -> EquityTable: ...
def power(
    *,
    effect: float,
    standard_deviation_of_change: float,
    pairs: int,
    alternative: _Alternative = "two-sided",
    level: float = 0.95,
    measure: Measure | None = None,
) -> PlannedTest: ...
def pairs_needed(
    *,
    effect: float,
    standard_deviation_of_change: float,
    power: float,
    alternative: _Alternative = "two-sided",
    level: float = 0.95,
    measure: Measure | None = None,
) -> PlannedTest: ...
def minimum_detectable_change(
    *,
    standard_error_of_measurement: float | None = None,
    standard_deviation: float | None = None,
    reliability: float | None = None,
    measure: Measure | None = None,
) -> MinimumDetectableChange: ...
def adjusted_ps(
    p_values: dict[str, float], *, method: Literal["holm", "benjamini-hochberg"]
) -> AdjustedPs: ...
def synthesis(
    *,
    pairs: dict[str, PairCounts] | None = None,
    shares: dict[str, tuple[int, int]] | None = None,
    transform: Literal["log-odds", "arcsine-root"] | None = None,
    estimates: dict[str, tuple[float, float]] | None = None,
    measure: Measure | None = None,
    options: dict[str, Any] | None = None,
) -> Synthesis: ...
def wellby(
    pairs: PairCounts,
    *,
    duration_years: float | str | Decimal,
    attributed_share: float | str | Decimal,
    level: float = 0.95,
) -> Wellby: ...
def protected_table(
    cells: dict[str, int],
    *,
    sums: dict[str, Sequence[str]] | None = None,
    hide_up_to: int = 4,
    zeros: _Zeros = "shown",
    rounding_base: int | None = None,
) -> ProtectedTable: ...
