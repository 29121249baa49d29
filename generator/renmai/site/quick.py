"""Jinja2 without what our templates make no use of: hundreds of times a page it counts.

All of it says what Jinja2 itself would say, only sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from types import CodeType, FunctionType
from typing import Any, cast

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

from renmai.site.escaping import escaped_text


class QuickCode(CodeGenerator):
    """Asks for attributes and calls straight away, and words what is always the same only once.

    View models have attributes and nothing else, and nothing that is called asks for the context.
    What a macro says is marked as safe only where it does not go straight into the page.
    """

    _shown: nodes.Expr | None = None

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        is_marked = self._is_macro(node) and node is not self._shown
        self.write("marked(Markup, " if is_marked else "")
        self.visit(node.node, frame)
        for place, arg in enumerate(node.args):
            self.write(", " if place else "(")
            self.visit(arg, frame)
        self.write(")" if node.args else "()")
        self.write(")" if is_marked else "")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        # The words are the same for every page: a global of the code, asked of no context.
        if node.name == "t":
            self.write("words")
        else:
            super().visit_Name(node, frame)

    def enter_frame(self, frame: Frame) -> None:
        loads = frame.symbols.loads
        kept = {target: load for target, load in loads.items() if load[1] != "t"}
        frame.symbols.loads = kept
        super().enter_frame(frame)
        frame.symbols.loads = loads

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self._shown = node
        if not self._is_macro(node):
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not self._is_macro(node):
            super()._output_child_post(node, frame, finalize)

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        self.writeline(f"return concat({frame.buffer})")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        match node:
            case nodes.Call(node=nodes.Name(name="t"), args=[nodes.Const(value=key)], kwargs=[]):
                words = cast("Callable[[str], str]", self.environment.globals["t"])
                return str(markupsafe.escape(words(key)))
        return super()._output_child_to_const(node, frame, finalize)

    def _is_macro(self, node: nodes.Expr) -> bool:
        """Whether a node calls a macro of ours: what it says need not be escaped."""
        match node:
            case nodes.Call(node=nodes.Name(name=name)):
                return name not in self.environment.globals
        return False


class QuickTemplate(Template):
    """A template that does not mark as safe each piece it has escaped.

    The pieces are put together and never looked at again; to mark them takes longer than to
    escape them.
    """

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        made = super().from_code(environment, code, dict(globals), uptodate)
        made.root_render_func.__globals__.update(
            escape=escaped,
            Macro=quick_macro,
            marked=str.__new__,
            words=environment.globals.get("t"),
        )
        made.blocks = {name: in_one(block) for name, block in made.blocks.items()}
        return made


class QuickContext(Context):
    """A context in which what is called is called straight away: nothing asks for the context."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return getattr(obj, "by_name", obj)(*args, **kwargs)


def in_one(block: Callable[[Context], Iterator[str]]) -> Callable[[Context], Iterator[str]]:
    """A block that gives all it has as one piece, which need not be handed on piece by piece."""
    return lambda context: iter(("".join(block(context)),))


def quick_macro(environment: Environment, func: FunctionType, *about: Any) -> Callable[..., Any]:
    """A macro that is called by place, as nearly always; by name it is one of Jinja2's."""
    made = Macro(environment, func, *about)
    if made.catch_varargs or made.catch_kwargs or made.caller:
        return made
    func.__defaults__ = (missing,) * len(made.arguments)
    func.by_name = made  # type: ignore[attr-defined]
    return func


def escaped(value: object) -> str:
    """A value as it stands in HTML: as `markupsafe.escape` has it, but not marked."""
    kind = type(value)
    if kind is str:
        return escaped_text(value)  # type: ignore[arg-type]
    if kind is int:
        return str(value)
    return value if kind is Markup else markupsafe.escape(value)  # type: ignore[return-value]
