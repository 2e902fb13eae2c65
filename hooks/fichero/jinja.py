"""The templates of the package (the folder `templates`), each read with one environment that forgives nothing.

In:  the options of Jinja that a kind of text needs.   Out: the environment; a name that is not there is an error.
"""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment(**options: Any) -> Environment:
    """The environment of the package's templates. A line with only a block leaves no empty line behind."""
    return Environment(loader=PackageLoader("fichero"), undefined=StrictUndefined, trim_blocks=True, **options)
