"""The title of a course: at its label, in its sentence, or alone in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.reading import Field
from extractors.candidate import GUESSED, NEAR, Candidate, candidate, settle
from extractors.french.dates import dates_in
from extractors.french.hours import hours_in
from extractors.french.letters import fold, tight
from extractors.french.people import person_of
from extractors.kinds.course_roles import heading_role
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import places
from extractors.signatures import above_closing
from extractors.titles import spoken_titles, texts, title_at
from extractors.view import Run

Leaves = Sequence[Leaf]


_NATURE = re.compile(
    r"^(?:action de formation|bilan de competences|action de vae|formation|action|nature|validation|valant)\b"
    r"[\s\d]*"
    r"(?:$|par apprentissage|/|\(|prof)"
    r"|^de formation|^art\b|^nature d(?:e\b|')|^.{0,30}\bconcourant\b"
)


def title_of(leaves: Leaves) -> Field | None:
    """The title, without what says of which nature the action is."""
    found = [c for c in texts(leaves, "title", where=_a_label) if not _is_nature(c)]
    spoken = [c for c in spoken_titles(leaves, "title") if not _is_nature(c)]
    if not found and not spoken:
        found = [c for c in texts(leaves, "other", where=_worded) if not _is_nature(c)]
    if not found and not spoken:
        found = list(_quoted(leaves)) or list(_followed(leaves)) or list(_told(leaves))
    if not found and not spoken:
        found = list(_subject(leaves))
    if not found and not spoken:
        found = list(_under_heading(leaves)) or list(_large(leaves))
    if not found and not spoken:
        found = list(_alone(leaves))
    return settle(_longest([*found, *spoken]))


def _a_label(leaf: Leaf, mark: Mark) -> bool:
    """Not a caption to sign under; "Action de formation" beside "Nature de l'action" is a value."""
    if fold(mark.run.text[: mark.start]).rstrip().endswith(":"):
        return False  # the value of another label: "relevant de l'article L. 6313-1 : action de formation"
    if re.fullmatch(r"\s*\([^():]*\)\s*", mark.run.text):
        return False  # a form's hint under what was filled in
    if not above_closing(leaf, mark.box) or re.match(r"\s*[»\"”]", mark.run.text[mark.end :]):
        return False
    row = leaf.view.rows[mark.run.row]
    before = [run for run in row if run.box.x1 <= mark.box.x0]
    above = [
        run
        for run in leaf.view.rows[mark.run.row - 1]
        if mark.run.row and run.box.x0 < mark.box.x1 and run.box.x1 > mark.box.x0
    ]
    return not any(_NATURE_LABEL.match(fold(run.text)) for run in (*before, *above))


def _worded(leaf: Leaf, mark: Mark) -> bool:
    """ "Libellé" in a form, not over the lines of a table of prices."""
    beside = leaf.view.rows[mark.run.row][1:]
    return mark.label == "libelle" and not any(leaf.labels.alone(run) for run in beside)


_HEADLINE = re.compile(
    r"\b(?:conventions?|contrat|attestation|certificat|lettre|article|annexe|programme|parties|votre|notre|objet"
    r"|conditions|dossier|page|prix|signatures?)\b|\d{5}|€"
)


def _large(leaves: Leaves) -> Iterator[Candidate]:
    """A line alone in larger letters, in the body of the paper, that is no headline and no house."""
    for leaf in leaves[:1]:
        houses = {tight(run.text) for run in leaf.view.runs if run.box.y1 < 0.1}
        large = [
            run
            for run in leaf.view.runs
            if run.height > 1.25 * leaf.view.tall
            and 0.12 < run.box.y0 < 0.6
            and len(leaf.view.rows[run.row]) == 1
            and 8 <= len(run.text) <= 110
            and above_closing(leaf, run.box)
            and not _HEADLINE.search(fold(run.text))
            and heading_role(run.text) == ""
            and _SENTENCE.search(fold(run.text)) is None
            and tight(run.text) not in houses
            and run.text[:1].isupper()
            and not leaf.labels.in_run(run)
        ]
        if len(large) == 1:
            yield candidate(
                large[0].text, large[0].passage, 0, len(large[0].text), 0.8, "in larger letters", 2
            )


_NATURE_LABEL = re.compile(r"(?:nature|type|categorie)\b")


def _is_nature(found: Candidate) -> bool:
    """What says of which nature the action is, and not what it is about."""
    person = person_of(str(found.value))
    if person is not None and person.first and str(found.value)[person.end :].startswith(","):
        return True  # "Olivier Labarre, responsable d'agence"
    if dates_in(str(found.value)[:24]) or _SENTENCE.search(fold(str(found.value))):
        return True
    return bool(_NATURE.match(fold(str(found.value)))) or len(tight(str(found.value))) < 4


_SENTENCE = re.compile(
    r"\b(?:sont|sans prejudice|certifie\w*|attestons|soussigne\w*|conservee?s|signee?|electroniquement"
    r"|feuilles? (?:d'emargement|de presence)|emargements?|demi-journees?|exactitude|ci-dessus"
    r"|supports? remis|certificats? de realisation|en fin d'action"
    r"|evaluation (?:continue|en (?:cours|fin)|des acquis|finale))\b"
)
"""What only a sentence says, or the paper of itself: no title."""


def _longest(found: list[Candidate]) -> list[Candidate]:
    """Where one title holds another, the longer one alone: a wrapped title read twice."""
    return [
        c
        for c in found
        if not any(
            o is not c
            and tight(str(c.value)) != tight(str(o.value))
            and tight(str(c.value)) in tight(str(o.value))
            for o in found
        )
    ]


_FOLLOWED = re.compile(
    r"^\W*(?:a l'issue de |a )?(?:la |le |l'|au )(?:formation|stage|action|module)\s+(?=\w)"
)
_HAS_FOLLOWED = re.compile(r"\b(?:suivi|participe|assiste|accompli|effectue|realise|pris part)e?s?\b")


def _followed(leaves: Leaves) -> Iterator[Candidate]:
    """A line that begins "la formation X", under words that say that something was followed."""
    for leaf in leaves:
        runs = leaf.view.runs
        for index, run in enumerate(runs):
            match = _FOLLOWED.match(fold(run.text))
            if match is None or not re.match(r"[A-ZÀ-Ý0-9«\"“]", run.text[match.end() :]):
                continue
            if _HAS_FOLLOWED.search(fold(" ".join(r.text for r in runs[max(0, index - 4) : index]))):
                made = title_at(run.passage, 0.9, 1, match.end())
                if made is not None and not _is_nature(made):
                    yield made


_SUBJECT = re.compile(r"^\W*(?:(?:art(?:icle)?\.?\s)?\d{1,2}\s?[.):°–-]*\s)?objet\s*:\s*(?=\S)")
_OF_PAPER = re.compile(
    r"\b(?:convention|contrat|attestation|presente?s?|formation de|realisation|organis\w+)\b"
)


def _subject(leaves: Leaves) -> Iterator[Candidate]:
    """What the clause "Objet : …" of an agreement names; a sentence about the paper itself is no title."""
    for leaf in leaves:
        for run in leaf.view.runs:
            match = _SUBJECT.match(fold(run.text))
            if match is None or not run.text[match.end() :][:1].isupper() or run.text.rstrip().endswith("."):
                continue
            made = title_at(run.passage, 0.9, 1, match.end())
            if made is not None and not _is_nature(made) and not _OF_PAPER.search(fold(str(made.value))):
                yield made


_COURSE = re.compile(
    r"\b(?:formation|stage|action(?: de formation)?|module|parcours|cursus|session)\s+"
    r"(?:(?:suivante?|intitulee?|denommee?)\s*:?\s*)?"
)
_FOLLOWED_WELL = re.compile(
    r"\b(?:suivi|participe a|assiste a|accompli|effectue)(?:\s(?:avec|dans|en) [a-z' ]{3,30})?\s*:?$"
    r"|\b(?:suivi|participe|assiste|accompli|effectue)\b.*\b(?:notre|le|la|l'|au|un|une) ?"
    r"(?:stage|formation|action(?: de formation)?|module|parcours)(?: suivante?| intitulee?)?\s*:?$"
)
_GIVEN = re.compile(
    r"\b(?:accueil\w+|inscri(?:t|te|re)|organiser?|organisera|assurer?|assurera|dispenser?|dispensera|realiser?|realisera|confie)\s"
)
"""What a provider does with a course, or with who follows it."""

_OF_SOMEONE = re.compile(r"(?:de|pour) (?:m\.|mme|mr|monsieur|madame)\s[^:]{3,45}:\s+")

_OPENS = re.compile(r"^\W*(?:la |le |l')(?:formation|stage|action|module|session)\s")
_TOOK_PLACE = re.compile(r"\b(?:dispensee?|organisee?|tenue?|deroulee?|eu lieu|suivie?|realisee?)\b")


def _told(leaves: Leaves) -> Iterator[Candidate]:
    """A sentence that says that something was followed, and a capital after a word for a course: "a suivi, du
    … au …, notre stage X"; or the line under one that breaks off there: "qui a suivi avec assiduité"."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            folded = fold(passage.text)
            followed = _HAS_FOLLOWED.search(folded) or _GIVEN.search(folded)
            begin = followed.end() if followed is not None else len(folded)
            begin = 0 if _OPENS.match(folded) and _TOOK_PLACE.search(folded) else begin
            for match in _COURSE.finditer(folded, begin):
                someone = _OF_SOMEONE.match(folded, match.end())
                at = (someone or match).end()
                named = passage.text[match.start()].isupper()  # "Élan Formation Pro"
                if not re.match(r"[A-ZÀ-Ý«\"“]", passage.text[at:]) or (named and match.start() > 2):
                    continue
                made = title_at(passage, 0.9, 1, at)
                if made is not None and not _is_nature(made):
                    yield made
                    break
        for run in leaf.view.runs:
            if _FOLLOWED_WELL.search(fold(run.text)) is None or not above_closing(leaf, run.box):
                continue
            below = _line_under(leaf, run)
            made = title_at(below.passage, NEAR, 1) if below is not None else None
            if made is not None and str(made.value)[:1].isupper() and not _is_nature(made):
                yield made


def _line_under(leaf: Leaf, run: Run) -> Run | None:
    """The next line in a run's column: the lines of a diploma stand far apart."""
    for row in leaf.view.rows[run.row + 1 : run.row + 4]:
        for other in row:
            if other.box.x0 < run.box.x1 and other.box.x1 > run.box.x0:
                return other if other.box.y0 - run.box.y1 < 6 * leaf.view.tall else None
    return None


def _under_heading(leaves: Leaves) -> Iterator[Candidate]:
    """The first line under a heading that is nothing but "La formation"."""
    for held in places(leaves, ("section_training",), _heads):
        for place in held:
            made = title_at(place.passage, NEAR, 1) if place.manner == "below" else None
            if made is None or dates_in(str(made.value)[:24]) or hours_in(str(made.value)[:12]):
                continue
            if not _is_nature(made):
                yield made


def _heads(leaf: Leaf, mark: Mark) -> bool:
    return mark.value_at >= len(mark.run.text) and above_closing(leaf, mark.box)


_CALLED = re.compile(r"\b(?:ci-apres|denommee?s?|designee?s?|appelee?s?|mention)\W*(?:(?:le|la|les)\W*)?$")
"""What comes before a quoted word that names a party."""


def _quoted(leaves: Leaves) -> Iterator[Candidate]:
    """A line in quotation marks under "a suivi la formation"."""
    for leaf in leaves:
        for block in leaf.view.blocks:
            match = re.search(r'[«"“]\s*(?P<in>[^»"”]{5,180}?)\s*[»"”]', block.passage.text)
            if match is None or _CALLED.search(fold(block.passage.text[: match.start()])):
                continue
            if not re.search(r"lu et approuve|apres|dite?\b", fold(match["in"])):
                yield candidate(match["in"], block.passage, match.start("in"), match.end("in"), 0.9, "", 1)


_NO_TITLE = re.compile(
    r"\b(?:certificat|attest\w+|diplome|salariee?|monsieur|madame|siret|nda|article|code du travail"
    r"|signee?|electroniquement|identifiant|transaction|realisation|assiduite|page|fait|signature|cachet|ref|tel|objectifs?|resultats?)\b|\d{5}|@|www|:"
)


def _alone(leaves: Leaves) -> Iterator[Candidate]:
    """The one line of a diploma that is no heading, no name, no address and no label: a guess."""
    held = [
        row[0]
        for leaf in leaves[:1]
        for row in leaf.view.rows
        if len(row) == 1
        and 0.15 < row[0].box.y0 < 0.6
        and above_closing(leaf, row[0].box)
        and not leaf.labels.in_run(row[0])
        and _may_be_title(row[0])
    ]
    if len(held) == 1:
        made = title_at(held[0].passage, GUESSED, 2)
        if made is not None:
            yield made


def _may_be_title(run: Run) -> bool:
    folded = fold(run.text)
    person = person_of(run.text)
    said = _NO_TITLE.search(folded) or _SENTENCE.search(folded) or dates_in(run.text)
    return not said and run.text[:1].isupper() and len(run.line.words) > 1 and not (person and person.sure)
