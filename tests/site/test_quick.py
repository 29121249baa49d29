"""The quick runtime of the templates says what Jinja2's own says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, UndefinedError, nodes
from markupsafe import Markup, escape

from renmai.site.environment import environment
from renmai.site.quick import QuickContext, QuickTemplate, escaped

TEMPLATES = {
    "parts": "{% macro two(a, b='<x>') %}<{{ a }}|{{ b }}>{% endmacro %}"
    "{% macro box(n) %}[{{ n }}{{ caller(n) }}]{% endmacro %}"
    "{% macro rest(a) %}{{ a }}{{ varargs|length }}{% endmacro %}",
    "page": "{% extends 'base' %}{% from 'parts' import two, box, rest %}{% block main %}"
    "{% for x in items %}{{ two(x) }}{{ two(x, '&') }}{{ two(b=x, a='<') }}{% endfor %}"
    "{{ rest('&', 1, 2) }}{% call(n) box(3) %}<{{ n }}&{{ say('<') }}>{% endcall %}"
    "{{ none }}{{ 1.5 }}{{ true }}{{ items|join('<') }}"
    "{% set s %}<{{ items[0] }}>{% endset %}{{ s }}"
    "{% endblock %}",
    "base": "{{ say(word='&') }}{% block main %}{% endblock %}{{ items|length }}",
}


def rendered(items: list[object], *, quick: bool) -> str:
    made = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
    if quick:
        made.template_class, made.context_class = QuickTemplate, QuickContext
    made.globals["say"] = lambda word: f"«{word}»"
    return made.get_template("page").render(items=items)


@given(st.lists(st.one_of(st.text(), st.integers(), st.text().map(Markup), st.none()), min_size=1))
def test_a_page_is_the_same(items: list[object]) -> None:
    assert rendered(items, quick=True) == rendered(items, quick=False)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.binary()))
def test_what_is_escaped_is_the_same(value: object) -> None:
    assert escaped(value) == escape(value)
    assert escaped(Markup("<b>")) == "<b>"


def test_what_is_not_there_is_an_error() -> None:
    made = environment("en").from_string("{{ page.title }}{{ page.titel }}")
    with pytest.raises((UndefinedError, AttributeError)):
        made.render(page=Markup("x"))
    with pytest.raises(UndefinedError):
        environment("en").from_string("{{ nobody }}").render()


def test_nothing_but_macros_is_called_by_its_name() -> None:
    """What is called so is not escaped: it has to be what a macro of ours returns."""
    found = environment("en")
    loader = found.loader
    assert loader is not None
    called = set[str]()
    for name in loader.list_templates():
        tree = found.parse(loader.get_source(found, name)[0])
        ours = {macro.name for macro in tree.find_all(nodes.Macro)}
        for each in tree.find_all(nodes.FromImport):
            ours |= {one if isinstance(one, str) else one[1] for one in each.names}
        calls = [call.node for call in tree.find_all(nodes.Call)]
        called |= {node.name for node in calls if isinstance(node, nodes.Name)} - ours
    assert "t" in called
    assert called <= {"t", "caller", "range"}  # the last is gone through, and never shown


BOLD = "{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}"


@pytest.mark.parametrize(
    "text",
    [
        "{{ bold(x) }}",
        "{{ bold(x=x) }}",
        "{{ bold(bold(x)) }}",
        "{{ bold(x) ~ x }}",
        "{{ bold(x) if x else x }}",
        "{{ bold(x)|upper }}",
        "{% set y = bold(x) %}{{ y }}{{ y ~ x }}",
        "{% set y %}{{ bold(x) }}{% endset %}{{ y }}",
        "{% macro twice() %}{{ caller() }}{{ caller() ~ x }}{% endmacro %}"
        "{% call twice() %}{{ bold(x) }}{% endcall %}",
        "{% for i in range(3) %}{{ i }}{% endfor %}{{ range(3) }}",
        "{{ x }}{{ x.upper() }}{{ x.replace('<', '>') }}",
    ],
)
def test_what_macros_say_is_escaped_once(text: str) -> None:
    plain = Environment(autoescape=True).from_string(BOLD + text)
    assert environment("en").from_string(BOLD + text).render(x="<i>&") == plain.render(x="<i>&")
