"""What a statement writes, and the query that says from what: every kind of change as a SELECT of its new values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from classifiers.statements.statement import Kind

_VARIABLE = ("v_", "l_", "p_", "o_", "@", ":")


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing a statement does."""

    kind: Kind
    query: exp.Query | None = None
    target: exp.Table | None = None
    columns: tuple[str, ...] = ()
    """The target's columns, in the order of the query's."""
    matched: bool = False
    """Whether the target's own rows are matched with what is read."""


def shapes(tree: exp.Expr, *, variables: bool) -> Iterator[Shape]:
    """What a parsed statement does; nothing where it is none that reads or writes rows.

    `variables`: what SELECT … INTO names is a variable, as in Oracle and MySQL, and no table.
    """
    for common in list(tree.find_all(exp.CTE)):
        # PostgreSQL lets a common table change rows and hand them on.
        if isinstance(common.this, (exp.Insert, exp.Update, exp.Delete, exp.Merge)):
            changed = common.this
            yield from shapes(changed.copy(), variables=variables)
            table = changed.this.this if isinstance(changed.this, exp.Schema) else changed.this
            common.set("this", exp.select("*").from_(table.copy()))
    if isinstance(tree, exp.MultitableInserts):
        yield from _inserts(tree)
    elif isinstance(tree, exp.Insert):
        query = tree.expression
        if isinstance(query, exp.Query):
            _move_with(tree, query)
        yield Shape("insert", query if isinstance(query, exp.Query) else None, *_into(tree.this))
    elif isinstance(tree, exp.Update):
        yield _update(tree)
    elif isinstance(tree, exp.Delete):
        yield _delete(tree)
    elif isinstance(tree, exp.Merge):
        yield _merge(tree)
    elif isinstance(tree, exp.TruncateTable):
        for table in tree.expressions:
            yield Shape("delete", target=table)
    elif isinstance(tree, exp.Query):
        yield _select(tree, variables=variables)


def _inserts(tree: exp.MultitableInserts) -> Iterator[Shape]:
    """Hive's FROM … INSERT … INSERT …, Oracle's INSERT ALL."""
    source = tree.args.get("source")
    for insert in tree.find_all(exp.Insert):
        own = insert.expression
        target, columns = _into(insert.this)
        if isinstance(own, exp.Select):
            if own.args.get("from_") is None and source is not None:
                own.set("from_", exp.From(this=source.copy()))
            yield Shape("insert", own, target, columns)
        else:
            yield Shape("insert", source.copy() if isinstance(source, exp.Query) else None, target)


def _select(query: exp.Query, *, variables: bool) -> Shape:
    into = query.args.get("into")
    if into is None:
        return Shape("select", query)
    query.set("into", None)
    target = into.this
    if not isinstance(target, exp.Table) or variables or target.name.lower().startswith(_VARIABLE):
        return Shape("select", query)
    return Shape("create", query, target)


def _into(node: exp.Expr | None) -> tuple[exp.Table | None, tuple[str, ...]]:
    if isinstance(node, exp.Schema):
        columns = tuple(column.name for column in node.expressions)
        return (node.this if isinstance(node.this, exp.Table) else None), columns
    return (node if isinstance(node, exp.Table) else None), ()


def _update(tree: exp.Update) -> Shape:
    values = [
        exp.alias_(change.expression.copy(), change.this.name, quoted=True)
        for change in tree.expressions
        if isinstance(change, exp.EQ) and isinstance(change.this, exp.Column)
    ]
    columns = tuple(value.alias for value in values)
    target, query = _rows(tree, [tree.args.get("from_") or tree.args.get("from")])
    query.set("expressions", values)
    return Shape("update", query, target, columns, matched=True)


def _delete(tree: exp.Delete) -> Shape:
    using = tree.args.get("using")
    target, query = _rows(tree, using if isinstance(using, list) else [])
    query.set("expressions", [exp.Literal.number(0)])
    named = tree.args.get("tables")
    if named:
        target = _meant(named[0], query)
    return Shape("delete", query, target, matched=True)


def _merge(tree: exp.Merge) -> Shape:
    query = exp.select()
    query.set("from_", exp.From(this=tree.this.copy()))
    query.set("joins", [exp.Join(this=tree.args["using"].copy(), on=tree.args["on"].copy())])
    _move_with(tree, query)
    values: list[exp.Expr] = []
    for when in tree.args["whens"].expressions:
        then = when.args.get("then")
        if isinstance(then, exp.Update):
            values += [
                exp.alias_(change.expression.copy(), change.this.name, quoted=True)
                for change in then.expressions
                if isinstance(change, exp.EQ)
            ]
        elif (
            isinstance(then, exp.Insert) and isinstance(then.this, exp.Tuple) and isinstance(then.expression, exp.Tuple)
        ):
            pairs = zip(then.this.expressions, then.expression.expressions, strict=False)
            values += [exp.alias_(value.copy(), column.name, quoted=True) for column, value in pairs]
    query.set("expressions", values or [exp.Literal.number(0)])
    return Shape("merge", query, tree.this, tuple(value.alias for value in values), matched=True)


def _rows(tree: exp.Expr, others: list[exp.Expr | None]) -> tuple[exp.Table | None, exp.Select]:
    """The rows that are changed, and what they are matched with, as a query."""
    query = exp.select()
    _move_with(tree, query)
    own = _lifted(tree.this)
    tables: list[exp.Expr] = []
    for other in others:
        if other is not None:
            tables += _lifted(other.this if isinstance(other, exp.From) else other)
    if any(_is_called(table.this if isinstance(table, exp.Join) else table, tree.this.name) for table in tables):
        own = []
    first, *joined = [*own, *tables]
    query.set("from_", exp.From(this=first.this if isinstance(first, exp.Join) else first))
    query.set("joins", [table if isinstance(table, exp.Join) else exp.Join(this=table) for table in joined])
    if where := tree.args.get("where"):
        query.set("where", where.copy())
    return (_meant(tree.this, query) if isinstance(tree.this, exp.Table) else None), query


def _lifted(table: exp.Expr) -> list[exp.Expr]:
    """A table and the joins that hang on it, side by side."""
    own = table.copy()
    joins = own.args.get("joins") or []
    own.set("joins", None)
    return [own, *joins]


def _is_called(table: exp.Expr, name: str) -> bool:
    return isinstance(table, exp.Table) and name.casefold() in (table.alias.casefold(), table.name.casefold())


def _meant(name: exp.Table, query: exp.Query) -> exp.Table:
    """The table that a name means, which may be its alias in the query."""
    for table in query.find_all(exp.Table):
        if table.alias and table.alias.casefold() == name.name.casefold():
            return table
    for common in query.find_all(exp.CTE):
        # Transact-SQL changes the rows of a common table, which are those of the table it selects from.
        if common.alias.casefold() == name.name.casefold():
            return next(common.this.find_all(exp.Table), name)
    return name


def _move_with(tree: exp.Expr, query: exp.Query) -> None:
    if (with_ := tree.args.get("with_")) is not None and query.args.get("with_") is None:
        query.set("with_", with_.copy())
