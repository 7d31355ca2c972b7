"""Where a column comes from: through aliases, common tables and queries inside, down to the dataset that holds it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.optimizer.scope import Scope

from classifiers.statements.names import Names
from classifiers.statements.statement import Place

Output = tuple[str, tuple[Place, ...]]
"""An output column's name, and the columns it is made of as they are."""


class Origins:
    """The datasets and columns behind the names of one query's scopes."""

    def __init__(self, scopes: list[Scope], names: Names) -> None:
        self._names = names
        self._by_query = {id(scope.expression): scope for scope in scopes}
        self._bases_of: dict[int, frozenset[str]] = {}
        self._outputs_of: dict[int, list[Output]] = {}

    def scope_of(self, query: exp.Expr) -> Scope | None:
        """The scope that a query opens."""
        return self._by_query.get(id(query))

    def branches(self, scope: Scope) -> list[Scope]:
        """The queries that a set operation is made of; none where it is none."""
        query = scope.expression
        sides = (query.this, query.expression) if isinstance(query, exp.SetOperation) else ()
        return [found for side in sides if (found := self._by_query.get(id(side.unnest()))) is not None]

    def bases(self, source: object) -> frozenset[str]:
        """The datasets that a source is made of."""
        if isinstance(source, exp.Table):
            return frozenset({name} if (name := self._names.dataset(source)) else ())
        if not isinstance(source, Scope):
            return frozenset()
        if id(source) not in self._bases_of:
            self._bases_of[id(source)] = frozenset()  # a recursive query is made of nothing more by itself
            below = [*(inner for _, inner in source.selected_sources.values()), *self.branches(source)]
            self._bases_of[id(source)] = frozenset(name for inner in below for name in self.bases(inner))
        return self._bases_of[id(source)]

    def places(self, scope: Scope, column: exp.Column) -> tuple[Place, ...]:
        """The datasets' columns that a column means; none where it means an alias, or what is computed."""
        if isinstance(column.this, exp.Star):
            selected = scope.selected_sources.get(column.table)
            return tuple((base, "*") for base in sorted(self.bases(selected[1]))) if selected else ()
        if column.table:
            source = _called(scope, column.table)
            return self.through(source, column.name) if source is not None else ()
        if _is_alias(scope, column):
            return ()
        sources = [source for _, source in scope.selected_sources.values()]
        if len(sources) == 1:
            return self.through(sources[0], column.name)
        tables = [source for source in sources if isinstance(source, exp.Table)]
        for source in sources:
            if isinstance(source, Scope) and (found := self.through(source, column.name)):
                return found
        if len(tables) == 1:
            return self.through(tables[0], column.name)
        name = self._names.column(column.name) if tables else ""
        return (("", name),) if name else ()

    def through(self, source: object, name: str) -> tuple[Place, ...]:
        """What a source's column of that name is made of."""
        if isinstance(source, exp.Table):
            alias = source.args.get("alias")
            if isinstance(alias, exp.TableAlias) and alias.columns:
                return ()
            dataset, column = self._names.dataset(source), self._names.column(name)
            return ((dataset, column),) if dataset and column else ()
        if not isinstance(source, Scope):
            return ()
        outputs = self.outputs(source)
        for output, places in outputs:
            if output.casefold() == name.casefold():
                return places
        stars = [base for output, places in outputs if output == "*" for base, _ in places]
        if len(stars) == 1 and (column := self._names.column(name)):
            return ((stars[0], column),)
        return ()

    def outputs(self, scope: Scope) -> list[Output]:
        """A query's output columns, in order."""
        if id(scope) not in self._outputs_of:
            self._outputs_of[id(scope)] = []
            outputs = self._fresh_outputs(scope)
            if names := list(scope.outer_columns):
                outputs = [(name, places) for name, (_, places) in zip(names, outputs, strict=False)]
            self._outputs_of[id(scope)] = outputs
        return self._outputs_of[id(scope)]

    def _fresh_outputs(self, scope: Scope) -> list[Output]:
        if isinstance(scope.expression, exp.SetOperation):
            branches = [self.outputs(branch) for branch in self.branches(scope)]
            return [
                (outputs[0][0], tuple(dict.fromkeys(place for _, places in outputs for place in places)))
                for outputs in zip(*branches, strict=False)
            ]
        if isinstance(scope.expression, exp.Select):
            return [self._output(scope, node) for node in scope.expression.expressions]
        return []

    def _output(self, scope: Scope, node: exp.Expr) -> Output:
        if node.is_star:
            places: Iterator[Place] = (
                (base, "*")
                for name, (_, source) in scope.selected_sources.items()
                if not isinstance(node, exp.Column) or node.table.casefold() == name.casefold()
                for base in sorted(self.bases(source))
            )
            return "*", tuple(places)
        inner = node
        while isinstance(inner, (exp.Alias, exp.Paren, exp.Cast)):
            inner = inner.this
        return node.alias_or_name, self.places(scope, inner) if isinstance(inner, exp.Column) else ()


def _called(scope: Scope | None, name: str) -> object:
    """The source that a query, or one around it, calls so."""
    folded = name.casefold()
    while scope is not None:
        for known, source in scope.sources.items():
            if known.casefold() == folded:
                return source
        for known, (_, selected) in scope.selected_sources.items():
            if known.casefold() == folded:
                return selected
        scope = scope.parent
    return None


def _is_alias(scope: Scope, column: exp.Column) -> bool:
    """Whether a bare name is one that the query itself gave to something that is called otherwise."""
    name = column.name.casefold()
    inside: Scope | None = scope
    while inside is not None:
        for known, source in inside.sources.items():
            # A table that goes by its own name is no alias: its column may be called as it is.
            if known.casefold() == name and not (isinstance(source, exp.Table) and not source.alias):
                return True
        for alias in inside.expression.find_all(exp.TableAlias):
            if any(listed.name.casefold() == name for listed in alias.columns):
                return inside.selected_sources.get(alias.name) is None
        selects = inside.expression.expressions if isinstance(inside.expression, exp.Select) else []
        for output in selects:
            if isinstance(output, exp.Alias) and output.alias.casefold() == name:
                own = any(part.name.casefold() == name for part in output.this.find_all(exp.Column))
                if not own:
                    return True
        inside = inside.parent if inside.is_subquery else None
    return False
