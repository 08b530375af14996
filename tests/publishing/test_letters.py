"""Letters: in French, with motives, evidence and means of contest; never a motive short, never an account."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from dossier.decision import Decision, Effect, Finding, Verdict
from publishing.letters import NoAddressee, NoMotive, write_letters
from publishing.wording import short_date
from tests.publishing.made_dossiers import Night, a_night

NIGHT = a_night(60)
AS_OF = dt.date(2026, 5, 4)


def text_of(path: Path) -> str:
    document = pdfium.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def written(folder: Path, night: Night = NIGHT, **how: bool) -> dict[str, str]:
    paths = write_letters(folder, night.decisions, night.requests, night.claims, AS_OF, **how)
    return {path.stem: text_of(path) for path in paths}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return written(tmp_path_factory.mktemp("letters"))


def with_verdict(verdict: Verdict) -> list[Decision]:
    return [decision for decision in NIGHT.decisions if decision.verdict is verdict]


def test_each_rejected_and_incomplete_claim_has_one_letter(letters: dict[str, str]) -> None:
    rejected = {f"{d.claim}-rejet-projet" for d in with_verdict(Verdict.REJECT)}
    asked = {f"{d.claim}-pieces-a-fournir" for d in with_verdict(Verdict.INCOMPLETE)}
    assert rejected and asked
    assert {name for name in letters if "rejet" in name} == rejected
    assert {name for name in letters if "pieces" in name} == asked


def test_nothing_is_written_to_who_waits_for_a_person(letters: dict[str, str]) -> None:
    waiting = {d.claim for d in with_verdict(Verdict.REVIEW)}
    assert waiting
    assert not [name for name in letters if any(name.startswith(claim) for claim in waiting)]


def test_a_request_for_pieces_says_what_is_missing_and_until_when(letters: dict[str, str]) -> None:
    decision = with_verdict(Verdict.INCOMPLETE)[0]
    text = letters[f"{decision.claim}-pieces-a-fournir"]
    assert decision.claim in text and decision.request in text
    assert "3 juin 2026" in text
    assert "R. 6332-26" in text
    for finding in decision.findings:
        assert finding.message[:30].replace("\u00a0", " ") in text


def test_a_rejection_is_motivated_and_only_a_draft_until_a_person_confirms(tmp_path: Path) -> None:
    decision = with_verdict(Verdict.REJECT)[0]
    draft = written(tmp_path / "draft")[f"{decision.claim}-rejet-projet"]
    final = written(tmp_path / "final", validated=True)[f"{decision.claim}-rejet"]
    assert "À VALIDER" in draft and "À VALIDER" not in final
    for text in (draft, final):
        assert "R. 6332-24" in text
        assert "Voies de contestation" in text
        assert decision.findings[0].message[:30] in text


def test_no_account_number_leaves_the_house(tmp_path: Path) -> None:
    decision = with_verdict(Verdict.INCOMPLETE)[0]
    iban = NIGHT.requests[0].provider.iban
    spaced = " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
    finding = Finding(
        "invoice.iban", Effect.MISSING, f"Le compte {spaced} n’est pas connu.", "s", iban, spaced
    )
    night = dataclasses.replace(NIGHT, decisions=(dataclasses.replace(decision, findings=(finding,)),))
    (text,) = written(tmp_path, night).values()
    assert iban[10:20] not in text.replace(" ", "")
    assert "IBAN masqué" in text


def test_no_letter_without_a_motive_or_an_addressee(tmp_path: Path) -> None:
    decision = with_verdict(Verdict.REJECT)[0]
    mute = dataclasses.replace(decision, findings=())
    with pytest.raises(NoMotive):
        write_letters(tmp_path, [mute], NIGHT.requests, NIGHT.claims, AS_OF)
    with pytest.raises(NoAddressee):
        write_letters(tmp_path, [decision], [], [], AS_OF)


def test_written_again_it_stays_one_letter(tmp_path: Path) -> None:
    once = write_letters(tmp_path, NIGHT.decisions, NIGHT.requests, NIGHT.claims, AS_OF)
    again = write_letters(tmp_path, NIGHT.decisions, NIGHT.requests, NIGHT.claims, AS_OF)
    assert once == again
    assert len(list(tmp_path.iterdir())) == len(once)


def test_a_hostile_claim_id_stays_in_the_folder(tmp_path: Path) -> None:
    decision = dataclasses.replace(with_verdict(Verdict.REJECT)[0], claim="../../etc/passwd")
    claim = dataclasses.replace(NIGHT.claims[0], id="../../etc/passwd", request=decision.request)
    (path,) = write_letters(tmp_path / "in", [decision], NIGHT.requests, [claim], AS_OF)
    assert path.parent == tmp_path / "in"


def test_dates_are_written_as_french_people_do() -> None:
    assert short_date(AS_OF) == "04/05/2026"
