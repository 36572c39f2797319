"""What a caller may choose: one frozen dataclass, checked when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from cleaner.rules.rule import Rule

__all__ = ["Options"]

Extractor = Literal["own", "trafilatura", "consensus", "none"]
Script = Literal["page", "simplified", "traditional"]
KindChoice = Literal["auto", "html", "text"]
MetadataChoice = Literal["own", "full"]
CommentChoice = Literal["auto", "keep", "remove"]

_CHOICES: dict[str, tuple[str, ...]] = {
    "extractor": get_args(Extractor),
    "script": get_args(Script),
    "kind": get_args(KindChoice),
    "metadata": get_args(MetadataChoice),
    "comments": get_args(CommentChoice),
}


@dataclass(frozen=True)
class Options:
    """Everything `clean` lets its caller choose. Wrong values raise ValueError at once, with the values allowed.

    kind: what the input is; "auto" means text when no tag stands in the first 2,000 characters.
    extractor: who says which blocks are the article. "own" is cleaner's; "trafilatura" asks trafilatura and keeps a block when half
        of its tokens are in trafilatura's text; "consensus" asks it only where the own one is unsure; "none" keeps all blocks.
    script: "page" leaves Chinese in the script it has; the others convert it.
    metadata: "full" asks trafilatura and htmldate for what the page's own labels do not say.
    comments: "auto" keeps them where the page is a discussion.
    select, ignore: rule names ("spam/place-list") or families ("spam"); ignore wins. An empty select means all.
    rules: further rules, any objects with `name`, `why` and `find`.
    lists: paths of files with phrases of your own, one a line, whose lines go (docs/navigation.md).
    templates: paths of files that say what sites repeat, as `cleaner learn` writes them (docs/sites.md).
    shared_blocks: also remove the lines that these files list as shared by many unrelated sites (`spam/shared-block`).
    max_bytes: input above this many bytes (characters for a str) gets the status "too-large" and no text, as does one of a million tags
        or half a million lines.
    """

    kind: KindChoice = "auto"
    extractor: Extractor = "own"
    script: Script = "page"
    metadata: MetadataChoice = "own"
    comments: CommentChoice = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    lists: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    shared_blocks: bool = False
    max_bytes: int = 20_000_000

    def __post_init__(self) -> None:
        for name, choices in _CHOICES.items():
            if (value := getattr(self, name)) not in choices:
                raise ValueError(f"Options({name}={value!r}): expected one of {', '.join(map(repr, choices))}")
        if not isinstance(self.max_bytes, int) or self.max_bytes < 0:
            raise ValueError(f"Options(max_bytes={self.max_bytes!r}): expected a number of bytes")
        for name in ("select", "ignore", "lists", "templates", "rules"):
            value = getattr(self, name)
            if isinstance(value, str):
                raise TypeError(f"Options({name}={value!r}): pass a tuple, such as ({value!r},)")
            object.__setattr__(self, name, tuple(value))
        for rule in self.rules:
            for member in ("name", "why", "find"):
                if not hasattr(rule, member):
                    raise TypeError(f"Options(rules=…): {rule!r} has no {member!r}; a rule has name, why and find(page)")

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Options:
        """Options from a TOML table or JSON object; an unknown key raises ValueError with the keys there are."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise ValueError(f"unknown option {', '.join(unknown)}; there are {', '.join(sorted(known))}")
        return cls(**values)

    def chosen(self, rule: str) -> bool:
        """Whether the rule of this name runs under `select` and `ignore`."""
        names = (rule, rule.partition("/")[0])
        if any(name in self.ignore for name in names):
            return False
        return not self.select or any(name in self.select for name in names)
