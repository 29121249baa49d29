"""The settings of a book: what `mkdocs.yml` says below `plugins: - renmai:`."""

from typing import Annotated, Any

import msgspec

from renmai.problems import Problem, Report
from renmai.text.nodes import Mapping, Node, Scalar, Sequence
from renmai.text.schema import Field, MapOf, Part, read_part
from renmai.text.types import DURATION, MISSING, TEXT, YES_NO, At, Choice, Type
from renmai.text.values import Duration, parse_number

FILE = "mkdocs.yml"
PLUGIN = "renmai"


class Circle(Part, kw_only=True):
    """An ecosystem that people belong to; `built_in`: one is born or employed into it."""

    cadence: Annotated[Duration | None, Field(DURATION, "3m")] = None
    label: Annotated[str | None, Field(TEXT, "工作")] = None
    built_in: Annotated[bool, Field(YES_NO, "no")] = False


class CircleMap(MapOf):
    """What is said of one circle."""

    term = "circle"

    def __init__(self) -> None:
        super().__init__(Circle)


class Circles(Type):
    """A map of circles by name."""

    term = "circles"

    def read(self, node: Node, at: At, report: Report) -> Any:
        if not isinstance(node, Mapping):
            return self.refuse(node, at, report)
        circles = {}
        for name, value in node.values.items():
            if isinstance(value, Scalar) and value.absent:
                circles[name] = Circle()
                continue
            circle = CircleMap().read(value, At(f"{at.key}.{name}", node.lines[name]), report)
            circles[name] = Circle() if circle is MISSING else circle
        return circles

    def json_schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": CircleMap().json_schema()}


class Tiers(Type):
    """A map of cadences by tier; what is written adds to or overrides the default."""

    term = "tiers"

    def read(self, node: Node, at: At, report: Report) -> Any:
        if not isinstance(node, Mapping):
            return self.refuse(node, at, report)
        tiers = dict(DEFAULT_TIERS)
        for name, value in node.values.items():
            here = At(f"{at.key}.{name}", node.lines[name])
            number = parse_number(name)
            if number is None:
                self.refuse(Scalar(name, here.line, absent=False), here, report)
            elif not (isinstance(value, Scalar) and value.absent):
                cadence = DURATION.read(value, here, report)
                if cadence is not MISSING:
                    tiers[number] = cadence
        return tiers

    def json_schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": DURATION.json_schema()}


DEFAULT_TIERS = {
    5: Duration(1, "w"),
    15: Duration(1, "m"),
    50: Duration(3, "m"),
    150: Duration(6, "m"),
}

DEFAULT_CIRCLES = {
    **{name: Circle(built_in=True) for name in ("family", "classmate", "colleague")},
    **{name: Circle() for name in ("work", "hobby", "media", "finance", "community", "government")},
}


class Settings(Part, kw_only=True):
    """The settings with their defaults (`format.md`, "Settings")."""

    language: Annotated[str, Field(Choice("en", "zh"), "zh")] = "en"
    cadence: Annotated[Duration | None, Field(DURATION, "6m")] = None
    tiers: Annotated[dict[int, Duration], Field(Tiers(), "{5: 1w}")] = msgspec.field(
        default_factory=DEFAULT_TIERS.copy
    )
    circles: Annotated[
        dict[str, Circle], Field(Circles(), "{work: {cadence: 3m, label: 工作}}")
    ] = msgspec.field(default_factory=DEFAULT_CIRCLES.copy)
    recontact_within: Annotated[Duration, Field(DURATION, "1d")] = Duration(1, "d")
    recontact_window: Annotated[Duration, Field(DURATION, "90d")] = Duration(90, "d")
    horizon: Annotated[Duration, Field(DURATION, "14d")] = Duration(14, "d")


class SettingsFile(msgspec.Struct):
    """What a `mkdocs.yml` says.

    `settings` is None when it does not name the plugin; `broken` when it is no YAML at all.
    """

    settings: Settings | None
    problems: list[Problem]
    broken: bool = False


def read_settings(data: bytes) -> SettingsFile:
    """Read a `mkdocs.yml`. Tags, anchors and aliases in it are other programs' business."""
    # Those who know what is written need no YAML.
    from renmai.text.frontmatter import decode
    from renmai.text.yamltree import read_yaml

    report = Report(FILE)
    text = decode(data, report)
    tree = read_yaml(text, report, lenient=True) if text is not None else None
    if not isinstance(tree, Mapping):
        return SettingsFile(None, report.problems, broken=bool(report.problems))
    named, node, line = _plugin(tree.values.get("plugins"))
    if not named:
        return SettingsFile(None, [])
    if isinstance(node, Mapping):
        settings = read_part(Settings, node, report)
    else:
        settings = Settings()
        if node is not None and not (isinstance(node, Scalar) and node.absent):
            MapOf(Settings).refuse(node, At(PLUGIN, line), report)
    return SettingsFile(settings, report.problems)


def _plugin(plugins: Node | None) -> tuple[bool, Node | None, int]:
    """Whether the plugin is named, the node of its settings, and the line of its name."""
    if isinstance(plugins, Mapping) and PLUGIN in plugins.values:
        return True, plugins.values[PLUGIN], plugins.lines[PLUGIN]
    if isinstance(plugins, Sequence):
        for item in plugins.items:
            if isinstance(item, Scalar) and item.value == PLUGIN:
                return True, None, item.line
            if isinstance(item, Mapping) and PLUGIN in item.values:
                return True, item.values[PLUGIN], item.lines[PLUGIN]
    return False, None, 1
