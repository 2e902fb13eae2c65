"""What of version 1 of the open data would no longer be true: the schema it was published with, against another.

The schemas of tests/api-v1/ are those of the first publication; they are never edited.
"""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]


def broken(first: Schema, now: Schema) -> list[str]:
    """Every way in which a program written for the `first` schema could fail with data of the schema `now`."""
    return sorted(set(_compare("", first, now, first, now)))


def _compare(place: str, first: Schema, now: Schema, first_root: Schema, now_root: Schema) -> Iterator[str]:
    then, today = _shapes(first, first_root), _shapes(now, now_root)
    if "any" not in then:
        for kind in sorted(today.keys() - then.keys()):
            yield f"{place or 'the row'} may be {kind} now"
    for kind in then.keys() & today.keys():
        old, new = then[kind], today[kind]
        if "enum" in new and "enum" in old:
            for word in sorted(set(old["enum"]) - set(new["enum"])):
                yield f"{place} never says {word} now"
        if "enum" in old and "enum" not in new:
            yield f"{place} has no list of words now"
        if old.get("format") != new.get("format"):
            yield f"{place} is written in another form"
        if kind == "array" and "items" in old:
            yield from _compare(f"{place}[]", old["items"], new.get("items", {}), first_root, now_root)
        for name, field in old.get("properties", {}).items():
            path = f"{place}.{name}".lstrip(".")
            if name not in new.get("properties", {}):
                yield f"{path} is gone"
                continue
            if name in old.get("required", ()) and name not in new.get("required", ()):
                yield f"{path} may be missing now"
            yield from _compare(path, field, new["properties"][name], first_root, now_root)


def _shapes(schema: Schema, root: Schema) -> dict[str, Schema]:
    """The types a value may have, each with its schema; references and alternatives resolved."""
    if "$ref" in schema:
        target: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return _shapes(target, root)
    found: dict[str, Schema] = {}
    for option in schema.get("anyOf", ()):
        found |= _shapes(option, root)
    return found or {schema.get("type", "any"): schema}
