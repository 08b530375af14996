"""What kind of document a page begins or belongs to, from its titles first and its vocabulary second.

A title is a short line near the top, often larger. Other papers are mentioned in running text ("la feuille
d'émargement", "la convention"): there a phrase weighs little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from dossier.kinds import Kind
from extractors.french.letters import words_of
from extractors.leaf import Leaf

TITLES: Mapping[Kind, str] = {
    Kind.CERTIFICATE: """certificat de realisation | attestation de fin de formation | attestation d assiduite
        | attestation de presence | attestation de formation | attestation de fin de stage | attestation individuelle de formation
        | certificat individuel de realisation | attestation de realisation | attestation de participation | certificat de formation
        | attestation de suivi de formation | attestation de stage | certificat de realisation de l action | attestation de realisation de l action
        | attestation individuelle de fin de formation | certificat d assiduite | certificat de fin de formation | attestation de service fait""",
    Kind.ATTENDANCE_SHEET: """feuille d emargement | feuille de presence | feuilles d emargement | liste d emargement | etat de presence
        | releve de presence | emargement | liste de presence | fiche de presence | fiche d emargement | registre de presence | etat d emargement
        | feuille de presence journaliere | etat de presence individuel | feuille d emargement individuelle | releve d emargement
        | releve des presences | attestation de presence emargee | feuille de presence hebdomadaire | emargements | certificat d emargement electronique
        | emargement electronique | releve d emargement electronique | preuve d emargement | rapport d emargement | suivi de presence | fiche de suivi de presence | etat mensuel de presence | releve d heures de formation | feuille de signature | feuille de signatures""",
    Kind.INVOICE: """facture | avoir | facture d avoir | note de credit | devis | proposition commerciale | facture pro forma | pro forma | proforma
        | facture proforma | bon de commande | commande | note d honoraires | facture n | facture de formation | invoice | facture acquittee
        | facture d acompte | facture de solde | proposition financiere | devis n | avoir n | credit note | facture definitive | duplicata de facture""",
    Kind.CERFA: """contrat de professionnalisation | cerfa n 12434 | cerfa 12434 | cerfa contrat de professionnalisation""",
    Kind.TRAINING_AGREEMENT: """convention de formation | convention de formation professionnelle | convention de formation professionnelle continue
        | convention simplifiee de formation | convention simplifiee de formation professionnelle | contrat de formation professionnelle
        | convention de stage de formation | convention de prestation de formation | convention bilaterale de formation | convention d action de formation
        | convention tripartite de formation | convention de formation continue | contrat de prestation de formation | convention individuelle de formation""",
    Kind.MISSION_CONTRACT: """contrat de mission | contrat de travail temporaire | contrat de mission temporaire | contrat de mission interim
        | contrat de travail temporaire contrat de mission | lettre de mission | contrat de mission d un salarie temporaire | avenant au contrat de mission | contrat d interim""",
    Kind.CIPI_CONTRACT: """contrat d insertion professionnelle interimaire | contrat de developpement professionnel interimaire
        | contrat type cipi | contrat type cdpi | lettre type cdii | lettre type cipi | lettre type cdpi | contrat type | lettre type
        | contrat cipi | contrat cdpi | contrat d insertion professionnelle interimaire cipi | contrat de developpement professionnel interimaire cdpi
        | cipi contrat type | cdpi contrat type | lettre de mission formation cdii | lettre type cdi interimaire | avenant formation cipi | contrat de formation cipi | contrat de formation cdpi""",
    Kind.DISABILITY_NOTICE: """avis de la cdaph | notification de decision | avis cdaph | decision de la cdaph | reconnaissance de la qualite de travailleur handicape
        | commission des droits et de l autonomie des personnes handicapees | notification de decision de la cdaph | decision rqth
        | notification rqth | notification de droits | attestation de reconnaissance de la qualite de travailleur handicape | attestation rqth""",
    Kind.DISTANCE_EVIDENCE: """releve de connexion | releve de connexions | attestation d assiduite foad | attestation d assiduite sequences a distance
        | attestation d assiduite a distance | journal de connexion | releve d activite a distance | historique de connexion | suivi foad
        | attestation d assiduite formation a distance | releve de connexions foad | releve d activite foad | rapport de connexion | log de connexion
        | logs de connexion | releve des temps de connexion | attestation de formation a distance | attestation d assiduite formation ouverte et a distance
        | releve de formation a distance | tracabilite foad | suivi de formation a distance | rapport d activite e learning | releve de connexions plateforme | justificatif de formation a distance | preuve d assiduite a distance""",
    Kind.TERMINATION: """attestation de rupture | rupture du contrat de professionnalisation | notification de rupture | rupture anticipee
        | attestation de rupture du contrat de professionnalisation | declaration de rupture | attestation de rupture anticipee
        | rupture anticipee du contrat de professionnalisation | notification de rupture anticipee | rupture d un commun accord | constat de rupture | formulaire de rupture | signalement de rupture | rupture de contrat | avis de rupture""",
    Kind.TUTOR_CERTIFICATE: """attestation de formation de tuteur | attestation de formation tuteur | certificat de formation au tutorat
        | attestation de formation au tutorat | attestation de tutorat | attestation de formation a la fonction tutorale | certificat de tuteur | formation a la fonction tutorale
        | attestation tuteur | certificat de formation tuteur | attestation de formation des tuteurs | certificat de tuteur formation | attestation de stage tuteur
        | attestation de suivi de formation tuteur | attestation formation tutorat | habilitation a la fonction de tuteur | attestation de formation de tutrice""",
    Kind.PROGRAMME: """programme de formation | programme detaille | programme de l action de formation | programme | programme pedagogique
        | fiche programme | contenu de la formation | programme de stage | plan de formation | programme de l action | deroule pedagogique
        | programme et objectifs | annexe pedagogique | fiche formation | programme detaille de la formation | contenu pedagogique | syllabus | annexe 1 programme | referentiel de formation | deroule de la formation""",
    Kind.CALENDAR: """calendrier de l alternance | planning previsionnel | calendrier de formation | planning de formation | calendrier
        | calendrier previsionnel | planning d alternance | calendrier alternance | planning de l alternance | calendrier de la formation
        | rythme d alternance | planning | planning previsionnel contrat de professionnalisation | calendrier d alternance | emploi du temps | calendrier des periodes de formation | planning alternance | calendrier previsionnel de formation""",
    Kind.COMMITMENT_CHARTER: """charte d engagement | charte d engagement mission jeunes | programme mission jeunes charte d engagement
        | charte mission jeunes | charte d engagements | charte d engagement du jeune | engagement mission jeunes | charte d engagement reciproque""",
    Kind.PARTIES_COMMITMENT: """engagement des parties | lettre d engagement des parties | engagements des parties | engagement reciproque des parties
        | engagement tripartite | formation en entreprise utilisatrice engagement des parties | acte d engagement des parties""",
    Kind.AFEST_PROTOCOL: """protocole afest | protocole de formation afest | protocole de formation afest et engagement des parties | protocole individuel de formation
        | protocole individuel de formation afest | action de formation en situation de travail protocole | protocole de formation en situation de travail
        | protocole d accord afest | protocole afest et engagement des parties | protocole individuel de formation en situation de travail | afest protocole""",
    Kind.CERTIFICATION_RECORD: """proces verbal d evaluation | pv de deliberation du jury | proces verbal de jury | pv d evaluation
        | proces verbal de deliberation | pv de jury | proces verbal du jury | proces verbal de deliberation du jury | pv cqpm | deliberation du jury
        | releve de decision du jury | proces verbal de certification | pv de certification | fiche d evaluation cqpm | proces verbal d examen | pv d examen
        | proces verbal | deliberation du jury paritaire | proces verbal de la commission d evaluation | proces verbal de validation | notification de resultat de certification | procs verbal d evaluation""",
    Kind.SITUATION_PROOF: """attestation pole emploi | attestation france travail | attestation de situation | avis de situation
        | attestation d inscription | attestation caf | attestation de paiement | attestation de droits | attestation rsa | attestation d inscription sur la liste des demandeurs d emploi
        | attestation de periodes d inscription | mdph attestation | france travail attestation | pole emploi attestation | caf attestation | situation de l interesse e | situation de l interesse
        | attestation de quotient familial | attestation d allocataire | attestation de perception | historique d inscription | attestation de versement
        | notification d admission | attestation d ouverture de droits | attestation de droit au rsa | attestation msa | justificatif de situation | attestation allocation | attestation de beneficiaire | attestation aah | attestation ass | attestation d indemnisation""",
    Kind.BANK_DETAILS: """rib | rib iban | releve d identite bancaire | identite bancaire | coordonnees bancaires | rib releve d identite bancaire | iban rib
        | releve d identite bancaire rib | releve d identite bancaire iban | titulaire du compte | iban bic""",
    Kind.OTHER: """curriculum vitae | cv | ordre du jour | compte rendu | bordereau d envoi | bordereau de transmission | reglement interieur | livret d accueil | newsletter
        | carte d identite | permis de conduire | carte nationale d identite | questionnaire de satisfaction | bulletin de paie | bulletin de salaire | fiche de paie
        | conditions generales de vente | devis assurance | attestation d assurance | attestation de responsabilite civile | extrait kbis | fiche de poste | page de garde
        | evaluation a chaud | enquete de satisfaction | note de service | note d information | convocation | invitation | plan d acces | accuse de reception | courrier | carte vitale | diplome | telecopie
        | attestation de vigilance | attestation sur l honneur | contrat d apprentissage | attestation de travail | certificat de travail | certificat medical | arret de travail | attestation d hebergement | facture edf | releve de compte | avis d imposition | justificatif de domicile""",
}  # fmt: skip
"""Titles of each kind, as `words_of` levels them."""

BODY: Mapping[Kind, str] = {
    Kind.CERTIFICATE: "a suivi l action | dispensateur de l action | concourant au developpement des competences | sans prejudice des delais imposes | present certificat | certifie la realisation | duree realisee | duree effectivement suivie | valant certificat de realisation | a suivi la formation | a participe a l action | 3 ans a compter de la fin de l annee du dernier paiement",
    Kind.ATTENDANCE_SHEET: "signature du stagiaire | signature du formateur | signature stagiaire | chaque stagiaire signe | visa matin | nom et prenom du stagiaire | matin | apres midi | signatures | non signe | signature formateur",
    Kind.INVOICE: "net a payer | total ht | total ttc | penalites | indemnite forfaitaire | iban | echeance | reglement par virement | exoneration de tva | prix unitaire | pu ht | tva | date de facture | facture n | a regler avant",
    Kind.CERFA: "12434 | articles l 6325 1 | nom de naissance | mode contractuel | situation avant ce contrat | caisse de retraite complementaire | periode de professionnalisation | code rncp | enseignements generaux professionnels | date de conclusion | type de qualification",
    Kind.TRAINING_AGREEMENT: "entre les soussignes | il est convenu | dispositions financieres | dedit ou abandon | ci apres l organisme | article 1 | coût total net | l 6353 1 | modalites de reglement | article 2 | prix et reglement | en contrepartie | ci apres l entreprise",
    Kind.MISSION_CONTRACT: "entreprise utilisatrice | l 1251 16 | motif de recours | souplesse | mis a la disposition | accroissement temporaire | remuneration brute | salaire horaire | la mission debute | le present contrat de mission | periode d essai | retraite complementaire",
    Kind.CIPI_CONTRACT: "cipi | cdpi | depart en formation | au titre du cipi | mission associee | accord de reservation | n de drf | vous demeurez salarie | contrat type | lettre type",
    Kind.DISABILITY_NOTICE: "cdaph | travailleur handicape | personnes handicapees | maison departementale | valable du | reconnaissance est accordee | cette decision peut etre contestee | mdph",
    Kind.DISTANCE_EVIDENCE: "a distance | connexion | temps passe | modules | classe virtuelle | plateforme | temps estime | assistance pedagogique | foad | e learning | duree de connexion",
    Kind.TERMINATION: "rupture | rompu | a pris fin | par anticipation | date de rupture | rupture anticipee",
    Kind.TUTOR_CERTIFICATE: "tuteur | fonction de tuteur | tutorat | fonction tutorale | nom du tuteur",
    Kind.PROGRAMME: "objectifs pedagogiques | contenu | prerequis | deroule | moyens et modalites | public | sequence | methode | evaluation",
    Kind.CALENDAR: "jours en centre | journees de formation | janvier | fevrier | octobre | novembre | alternance | en entreprise",
    Kind.COMMITMENT_CHARTER: "mission jeunes | charte | m engage a respecter | mission locale | s engage",
    Kind.PARTIES_COMMITMENT: "les parties s engagent | lieu dedie | hors production | engagement des parties | tache de production",
    Kind.AFEST_PROTOCOL: "afest | phase reflexive | referent afest | situation de travail | entretien reflexif | mise en situation",
    Kind.CERTIFICATION_RECORD: "jury | certification obtenue | favorable | deliberation | candidat | commission d evaluation | avis du jury",
    Kind.SITUATION_PROOF: "inscrit | demandeur d emploi | allocataire | rsa | france travail | pole emploi | caf | beneficie de | identifiant | depuis le | allocation",
    Kind.BANK_DETAILS: "iban | bic | titulaire | domiciliation | code banque | cle rib | code guichet",
    Kind.OTHER: "madame monsieur | salutations distinguees | veuillez trouver ci joint | objet | cordialement | experiences | centres d interet | nous restons a votre disposition | nous vous informons",
}  # fmt: skip
"""Phrases that speak for a kind wherever they stand."""

FORM_TITLE = re.compile(r"^(?:objet|sujet|re|concerne) ")


@dataclass(frozen=True, slots=True)
class KindFound:
    """The kind of a page. ``titled``: a title of its own says so, so a new part begins here."""

    kind: Kind
    confidence: float
    titled: bool
    title: str = ""


@lru_cache(maxsize=1)
def _titles() -> tuple[tuple[str, Kind], ...]:
    return tuple(
        (words_of(title), kind) for kind, titles in TITLES.items() for title in titles.split("|") if title.strip()
    )


@lru_cache(maxsize=1)
def _body() -> tuple[tuple[str, Kind], ...]:
    return tuple((words_of(p), kind) for kind, phrases in BODY.items() for p in phrases.split("|") if p.strip())


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    words: str
    top: float
    height: float
    wide: float
    box_x0: float


def _lines(leaf: Leaf) -> list[_Line]:
    made = []
    seen: set[int] = set()
    for block in leaf.view.blocks:
        if 2 <= len(block.runs) <= 3 and len(block.passage.text) <= 100:
            box = block.box
            made.append(
                _Line(block.passage.text, words_of(block.passage.text), box.y0, block.runs[0].height, box.x1 - box.x0, box.x0)
            )
            seen.update(id(run) for run in block.runs)
    for run in leaf.view.runs:
        box = run.box
        made.append(_Line(run.text, words_of(run.text), box.y0, run.height, box.x1 - box.x0, box.x0))
    return made


def titles_of(leaf: Leaf) -> list[tuple[float, Kind, str]]:
    """Title lines with their weight, heaviest first."""
    tall = leaf.view.tall
    found: list[tuple[float, Kind, str]] = []
    for line in _lines(leaf):
        if not line.words or len(line.words) > 110:
            continue
        subject = FORM_TITLE.match(line.words)
        words = line.words[subject.end() :] if subject else line.words
        matched = _match(words, leaf.ocr)
        if matched is None:
            continue
        kind, likeness, cover = matched
        weight = 10 * likeness * cover
        large = line.height / tall if tall else 1.0
        weight *= min(2.2, max(0.8, large)) ** 1.2
        letters = [c for c in line.text if c.isalpha()]
        if letters and sum(c.isupper() for c in letters) > 0.8 * len(letters):
            weight *= 1.25
        if line.top > 0.55:
            weight *= 0.2
        elif line.top > 0.35:
            weight *= 0.55
        if subject:
            weight *= 1.6
        found.append((weight, kind, line.text))
    return sorted(found, key=lambda item: -item[0])


def _match(words: str, ocr: bool) -> tuple[Kind, float, float] | None:
    """The kind whose title the line is: how alike, and how much of the line the title covers."""
    best: tuple[float, float, Kind, float, float] | None = None
    padded = f" {words} "
    for title, kind in _titles():
        if f" {title} " in padded:
            likeness = 1.0
            begins = words.startswith(title) or words.endswith(title)
        elif ocr and len(title) >= 8 and len(words) >= len(title) - 2:
            likeness = fuzz.partial_ratio(title, words) / 100
            begins = True
            if likeness < 0.85:
                continue
        else:
            continue
        cover = min(1.0, len(title) / max(len(words), 1))
        if not begins:
            cover *= 0.8
        if words.startswith(title):
            cover = max(cover, 0.5) if len(title) >= 6 else cover
        score = likeness * (cover + 0.004 * len(title))
        if best is None or (score, len(title)) > (best[0], best[1]):
            best = (score, len(title), kind, likeness, cover)
    return (best[2], best[3], best[4]) if best is not None else None


def kind_of(leaf: Leaf) -> KindFound:
    """The kind of one page by itself."""
    titles = titles_of(leaf)
    text = f" {words_of(leaf.view.text)} "
    scores: dict[Kind, float] = dict.fromkeys(Kind, 0.0)
    best_title: dict[Kind, tuple[float, str]] = {}
    for weight, kind, line in titles:
        if weight > best_title.get(kind, (0.0, ""))[0]:
            best_title[kind] = (weight, line)
    for kind, (weight, _) in best_title.items():
        scores[kind] += weight
    for phrase, kind in _body():
        if f" {phrase} " in text or (leaf.ocr and len(phrase) >= 12 and phrase.replace(" ", "") in text.replace(" ", "")):
            scores[kind] += 1.0 if len(phrase) >= 8 else 0.6
    _structure(leaf, text, scores, best_title)
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (kind, top), (_, second) = ranked[0], ranked[1]
    titled = best_title.get(kind, (0.0, ""))[0] >= 4.0
    if top < 3.0 or (not titled and top < 4.5):
        return KindFound(Kind.OTHER, 0.6 if top < 2.0 else 0.5, False)
    margin = (top - second) / top
    confidence = min(0.99, 0.55 + 0.5 * margin + (0.12 if titled else 0.0))
    if kind is Kind.OTHER:
        confidence = min(confidence, 0.9)
    return KindFound(kind, confidence, titled, best_title.get(kind, (0.0, ""))[1])


_TUTOR = re.compile(r"\btut(?:eur|rice|orat|orale?)s?\b")


def _structure(leaf: Leaf, text: str, scores: dict[Kind, float], titles: Mapping[Kind, tuple[float, str]]) -> None:
    """What phrases alone get wrong: tables of signatures, months, keys of a bank, who is certified."""
    heads = " ".join(words_of(line) for _, line in titles.values())
    if scores[Kind.CERTIFICATE] > 0 and _TUTOR.search(heads):
        scores[Kind.TUTOR_CERTIFICATE] += 8
    if scores[Kind.CERTIFICATE] > 0 and len(_TUTOR.findall(text)) >= 2:
        scores[Kind.TUTOR_CERTIFICATE] += 4
    if re.search(r"\b(?:a distance|foad|connexions?|e learning)\b", heads) and scores[Kind.DISTANCE_EVIDENCE] > 0:
        scores[Kind.DISTANCE_EVIDENCE] += 6
    if "afest" in heads:
        scores[Kind.AFEST_PROTOCOL] += 6
    if re.search(r"\b(?:cipi|cdpi)\b", heads) and re.search(r"\b(?:contrat|lettre)\b", heads):
        scores[Kind.CIPI_CONTRACT] += 6
    if "12434" in text:
        scores[Kind.CERFA] += 5
    if re.search(r"\bmission jeunes\b", heads):
        scores[Kind.COMMITMENT_CHARTER] += 3
    months = len(set(re.findall(r"\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre) 20\d\d\b", text)))
    if months >= 3:
        scores[Kind.CALENDAR] += 2 + months * 0.5
    if scores[Kind.OTHER] >= 2 and not any(w >= 6 for w, _ in titles.values()):
        scores[Kind.OTHER] += 3
    if len(leaf.view.words) > 90:
        scores[Kind.BANK_DETAILS] -= 6
    if scores[Kind.CERTIFICATION_RECORD] and "jury" not in text and "evaluation" not in text:
        scores[Kind.CERTIFICATION_RECORD] -= 2
