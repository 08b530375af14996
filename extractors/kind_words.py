"""The words by which kinds of documents are told: their titles, the forms of titles, phrases of their text.

All are levelled by `words_of`: letters and digits alone, no accents, one blank between words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dossier.kinds import Kind

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
        | emargement electronique | releve d emargement electronique | preuve d emargement | rapport d emargement | suivi de presence | fiche de suivi de presence | etat mensuel de presence | releve d heures de formation | feuille de signature | feuille de signatures | presences""",
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
        | cipi | cdpi | contrat type cipi | contrat type cdpi | lettre type cdii | lettre type cipi | lettre type cdpi | contrat type | lettre type
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
    Kind.INVOICE: "net a payer | total ht | total ttc | penalites | indemnite forfaitaire | iban | echeance | reglement par virement | exoneration de tva | prix unitaire | pu ht | tva | date de facture | facture n | a regler avant | montant ht | code client | a reporter | designation",
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

_PROVES = r"(?:certificats?|attestations?|justificatifs?)"

FORMS: tuple[tuple[Kind, float, str], ...] = (
    (Kind.CERTIFICATE, 0.9, rf"{_PROVES}(?: \w+){{0,3}}? (?:realisation|fin d(?:e|u) (?:la |l |votre )?(?:formation|stage|parcours|session|action)|presence|assiduite|participation|suivi|service fait|realise)\b(?: de (?:la |l )?(?:formation|stage|action))?"),
    (Kind.CERTIFICATE, 0.6, rf"^{_PROVES}(?: individuelle?)?(?: de)?(?: la)? (?:formation|stage)\b"),
    (Kind.ATTENDANCE_SHEET, 1.0, r"(?:(?:feuilles?|fiches?|listes?|etats?|releves?|registres?|tableaux?|suivi|rapports?|planning|cahier|carnet|bordereau|journal|grille|preuves?|certificat) (?:\w+ ){0,3}?)?(?:emargements?|emarges?|emargees?)\b(?: \w+){0,2}"),
    (Kind.ATTENDANCE_SHEET, 1.2, r"^attestations? (?:\w+ ){0,3}?presences? (?:\w+ )?emargees?\b"),
    (Kind.ATTENDANCE_SHEET, 0.9, r"^(?:feuilles?|fiches?|listes?|etats?|releves?|registres?|tableaux?|suivi|cahier|carnet|grille|controle|bons?|tickets?|coupons?|volets?|bordereaux?|journal|cartes?|bulletins?|justificatifs?|planning)(?: \w+){0,3}? (?:presences?|pointages?|assiduite|signatures)\b(?: \w+){0,2}"),
    (Kind.ATTENDANCE_SHEET, 0.8, r"^(?:feuilles?|fiches?|releves?|etats?|tableaux?|suivi)(?: \w+){0,2}? (?:temps|heures)(?: \w+){0,2}? (?:formation|stage|centre)\b(?: \w+){0,2}"),
    (Kind.INVOICE, 1.0, r"^(?:duplicata |copie |original )?(?:de )?(?:facture|fact|avoir|devis|pro ?forma|note d honoraires|note de debit|note de credit|bon de commande|invoice|proforma)\b(?: (?:n|no|numero|num|du|de|ref|proforma|pro forma|d acompte|de solde|acquittee|electronique|formation))*(?: [a-z]{0,5}\d\w*)*"),
    (Kind.TRAINING_AGREEMENT, 0.95, r"^(?:convention|contrat)(?: \w+){0,7}? (?:de|d une?|a une?) (?:action (?:de )?|prestation (?:de )?|la )?(?:formation|stage|bilan de competences|vae)\b(?: \w+){0,4}"),
    (Kind.TRAINING_AGREEMENT, 0.85, r"^convention (?:simplifiee|tripartite|bilaterale|individuelle|inter ?entreprises?|intra ?entreprise|n|no|numero|de prestation|professionnelle|annuelle|cadre)\b(?: \w+){0,3}"),
    (Kind.TRAINING_AGREEMENT, 1.2, r"(?:^|\b)(?:lettre|contrat|document|accord)(?: \w+){0,3}? valant convention\b(?: \w+){0,4}|^conditions particulieres (?:de|a) (?:la |l )?(?:presente )?convention\b(?: \w+){0,5}"),
    (Kind.MISSION_CONTRACT, 1.0, r"^missions? (?:d |de |en )?(?:interim|interimaire|travail temporaire|temporaire)\b(?: \w+){0,3}"),
    (Kind.MISSION_CONTRACT, 0.4, r"^contrat de travail$"),
    (Kind.MISSION_CONTRACT, 1.0, r"^(?:contrat|avenant|lettre|ordre)(?: \w+){0,5}? (?:missions?|interim|interimaire|temporaire|mise a disposition)\b(?: \w+){0,3}"),
    (Kind.CIPI_CONTRACT, 1.3, r"(?:contrat|avenant|lettre|convention|accord)(?: \w+){0,8}? (?:cipi|cdpi|insertion professionnelle(?: interimaire)?|developpement professionnel(?: interimaire)?)\b(?: \w+){0,2}"),
    (Kind.CIPI_CONTRACT, 1.2, r"^(?:contrat|lettre) type\b(?: \w+){0,3}|^(?:cipi|cdpi)(?: \w+){0,3} (?:contrat|lettre|contractuelle?s?)\b(?: \w+){0,2}"),
    (Kind.DISTANCE_EVIDENCE, 1.2, r"^(?:releves?|rapports?|journal|historique|attestation|certificat|suivi|tableau|logs?|justificatifs?|tracabilite|etat|preuves?|detail|synthese|bilan)(?: \w+){0,7}? (?:connexions?|a distance|distanciel(?:le)?|foad|e ?learning|plateforme|lms|en ligne|virtuelles?)\b(?: \w+){0,5}"),
    (Kind.TUTOR_CERTIFICATE, 1.4, rf"(?:{_PROVES}|habilitation)(?: \w+){{0,8}}? (?:tuteurs?|tutrices?|tutorat|tutorale?s?|maitres? d apprentissage|maitres? de stage)\b(?: \w+){{0,4}}"),
    (Kind.TUTOR_CERTIFICATE, 0.7, r"^formation(?: \w+){0,4}? (?:tuteurs?|tutrices?|tutorat|tutorale?)\b(?: \w+){0,4}"),
    (Kind.PROGRAMME, 0.9, r"^(?:annexe(?: [\divx]+)? )?(?:(?:maquette|objectifs?|contenus?|calendrier|presentation|descriptif|detail|plan) (?:et|du|des|de la|de l) )?(?:programmes?|maquette(?: pedagogique)?|descriptif (?:de|du|d une) (?:la )?(?:formation|stage|action|parcours)|parcours pedagogique|organisation pedagogique|annexe pedagogique|deroules?|contenus? (?:et|de|du|des|pedagogiques?|detaillee?s?)|syllabus|fiche (?:pedagogique|programme|formation|stage|produit)|scenario pedagogique|progression(?: pedagogique)?|plan de (?:formation|cours)|referentiel)\b(?: (?:et|de|d|du|des|la|le|l|action|formation|stage|pedagogiques?|detaillee?s?|previsionnel|objectifs?|contenus?|programme|deroule|individuel|enseignements?|modules?))*"),
    (Kind.CALENDAR, 1.0, r"^(?:annexe(?: [\divx]+)? )?(?:calendriers?|plannings?|emploi du temps|rythme|echeancier)\b(?: \w+){0,7}"),
    (Kind.COMMITMENT_CHARTER, 1.2, r"(?:^|mission jeunes )charte\b(?: \w+){0,5}"),
    (Kind.PARTIES_COMMITMENT, 0.8, r"^(?:lettre|acte|fiche|attestation|document) d engagements?\b"),
    (Kind.SITUATION_PROOF, 1.0, r"(?:avis|attestation|historique|notification|justificatif|certificat|bulletin)(?: \w+){0,4}? (?:situation|inscription|droits?|paiements?|allocataire|allocations?|rsa|ass|aah|demandeurs? d emploi|indemnisation|admission|perception|prestations?|quotient familial|periodes?)\b(?: \w+){0,5}"),
    (Kind.SITUATION_PROOF, 0.5, r"^(?:france travail|pole emploi|caf|msa|caisse d allocations familiales)\b(?: \w+){0,2}"),
    (Kind.BANK_DETAILS, 1.1, r"^(?:rib|releve d identite bancaire|identite bancaire|coordonnees bancaires|vos coordonnees bancaires|iban)\b(?: \w+){0,3}"),
    (Kind.OTHER, 1.2, r"^(?:accords?|demande|notification|decision|refus)(?: \w+){0,2} (?:prise en charge|financement|subrogation)\b(?: \w+){0,3}|^(?:bordereau|relance|rappel|mise en demeure|telecopie|fax|courriel|sommaire|liste des pieces|pieces jointes|accuse de reception|fiche navette|fiche de renseignements?|bulletin d inscription|invitation|questionnaire|enquete|sondage)\b(?: \w+){0,5}"),
)  # fmt: skip
"""Forms that titles take: kind, strength, pattern. A title of an unknown wording still has a form."""

NO_MISSION = re.compile(
    r"^(?!.*\bmission).*\b(?:insertion professionnelle|developpement professionnel) interimaire\b"
)
"""A name of the CIPI or CDPI, which ends as that of a mission's contract does."""

KEYS: tuple[tuple[Kind, float, str], ...] = (
    (Kind.DISABILITY_NOTICE, 1.2, r"rqth|cdaph|travailleu(?:r|se)s? handicapee?s?"),
    (Kind.TERMINATION, 1.3, r"ruptures?|fin anticipee|cessation anticipee|resiliation"),
    (Kind.PARTIES_COMMITMENT, 1.2, r"engagements? (?:(?:reciproques?|mutuels?|tripartites?|respectifs?) )?(?:des|entre(?: les)?|de chacune des) (?:\w+ )?parties|engagement tripartite"),
    (Kind.AFEST_PROTOCOL, 1.3, r"afest|formation en situation de travail"),
    (Kind.CERTIFICATION_RECORD, 1.1, r"proces verbal|procs verbal|pv (?:de|du|d|cqpm?|cqpi|jury|evaluation|examen)|(?:jury|commission)(?: \w+){0,2} (?:deliberation|evaluation|certification|validation)|deliberations?(?: \w+){0,2} jury"),
    (Kind.OTHER, 1.4, r"assurances?|responsabilite civile|vigilance|certificat(?: \w+){0,3} qualiopi|qualiopi(?: \w+){0,2} certificat|hebergement|convocations?|satisfaction|evaluation a (?:chaud|froid)|evaluation d(?:e la|e l|u|e votre) (?:formation|stage|action|session|formateur)|^positionnement(?: \w+){0,2}$|(?:tests?|questionnaires?|fiche) (?:de |d |du )?positionnement|(?:entretien|grille|evaluation|bilan) (?:de|d|du) positionnement|reglement interieur|livret d accueil|kbis|k bis|contrat d apprentissage|curriculum vitae|bulletin de (?:paie|salaire)|fiche de paie|arret de travail|certificat medical|certificat de travail|releve de comptes?|avis d imposition|fiche de poste|ordre du jour|compte rendu|conditions generales|plan d acces|releve de notes|visite medicale|aptitude"),
)  # fmt: skip
"""Words that name a kind wherever they stand in a short title: kind, strength, pattern."""

SIGNED_BY = (
    r"\bsignatures? (?:\w+ ){0,2}?(?:stagiaires?|participants?|apprenants?|formateurs?|formatrices?|intervenants?"
    r"|animateurs?|enseignants?)\b"
)
"""The headings under which trainees and trainers sign."""

SPEAKS: tuple[tuple[Kind, float, str], ...] = (
    (Kind.CERTIFICATE, 4.6, r"\b(?:atteste|certifie|certifions|attestons|confirmons|declare)\w*\b.{0,260}\ba (?:bien |effectivement |regulierement )?(?:suivi|participe|assiste|ete presente?)\b"),
    (Kind.CERTIFICATE, 2.0, r"\b(?:duree|heures) (?:totale |reellement |effectivement )?(?:realisees?|suivies?|effectuees?|effective)\b"),
    (Kind.CERTIFICATE, 1.5, r"\bnature de l action\b.{0,40}\baction de formation\b"),
    (Kind.ATTENDANCE_SHEET, 2.5, SIGNED_BY),
    (Kind.ATTENDANCE_SHEET, 1.5, r"\b(?:emargements?|emarge)\b"),
    (Kind.ATTENDANCE_SHEET, 1.0, r"\bmatin\b.{0,80}\bapres midi\b"),
    (Kind.INVOICE, 2.5, r"\b(?:net a payer|total ttc|montant ttc|total a payer|montant total a regler|net a regler|total a regler)\b"),
    (Kind.INVOICE, 1.5, r"\b(?:tva (?:non applicable|exoneree)|exonere\w* de tva|261 4 4|293 b)\b"),
    (Kind.INVOICE, 1.0, r"\b(?:facture|fact) (?:n |no |numero )?[a-z]{0,4} ?\d{2,}"),
    (Kind.CERFA, 6.0, r"\b12434\b"),
    (Kind.CERFA, 3.0, r"\b6325 1\b.{0,30}\b6325 2\d\b"),
    (Kind.TRAINING_AGREEMENT, 3.0, r"\b(?:entre les soussigne\w*|il (?:est|a ete) convenu|est conclue? la (?:presente )?convention|article 1\w* objet)\b"),
    (Kind.TRAINING_AGREEMENT, 2.5, r"\b6353 [12]\b"),
    (Kind.TRAINING_AGREEMENT, 2.0, r"\b(?:dedit|dispositions financieres|resiliation de la (?:presente )?convention)\b"),
    (Kind.TRAINING_AGREEMENT, 3.0, r"\bpour (?:l organisme|le centre|le prestataire|l ecole|l institut|le pole)(?: de)?(?: formation)?\b.{0,160}\bpour (?:l entreprise|le client|la societe|le beneficiaire|l employeur|l agence)\b|\b(?:l organisme(?: de formation)?|le prestataire) (?:l entreprise|le client|l employeur|le beneficiaire)\b"),
    (Kind.TRAINING_AGREEMENT, 1.5, r"\b(?:prix|cout|montant|tarif)(?: \w+){0,4} (?:ht|hors taxes?|net de tax\w*|nets? de tva)\b"),
    (Kind.TRAINING_AGREEMENT, 1.5, r"\b(?:conditions financieres|prix de l (?:heure|action)|cout de (?:la|l) (?:formation|action))\b"),
    (Kind.MISSION_CONTRACT, 3.0, r"\b(?:interimaire|salarie temporaire)\b.{0,400}\bentreprise utilisatrice\b|\bentreprise utilisatrice\b.{0,400}\b(?:interimaire|souplesse)\b"),
    (Kind.MISSION_CONTRACT, 2.5, r"\b(?:motif (?:de |du )?(?:recours|la mission)|1251 (?:16|5|6)|souplesse|salaire de reference|indemnite de fin de mission)\b"),
    (Kind.MISSION_CONTRACT, 2.0, r"\b(?:accroissement (?:temporaire )?d(?:e l)? activite|remplacement d un(?:e)? salariee?|rapatriement)\b"),
    (Kind.MISSION_CONTRACT, 1.5, r"\b(?:(?:societe|entreprise) utilisatrice|lieu de (?:la )?mission|periode d essai)\b"),
    (Kind.CIPI_CONTRACT, 3.5, r"\b(?:au titre|dans le cadre|en application) d(?:u|un|e l) (?:cipi|cdpi|contrat d insertion professionnelle|contrat de developpement professionnel)\b"),
    (Kind.CIPI_CONTRACT, 3.5, r"\bcontrat (?:d insertion|de developpement) professionnel(?:le)? interimaire conclu\b"),
    (Kind.CIPI_CONTRACT, 2.0, r"\b(?:part|depart|envoye|partira|partez) (?:\w+ )?en formation\b"),
    (Kind.DISABILITY_NOTICE, 4.0, r"\b(?:reconnai\w+|beneficie|accord\w+|attribu\w+)\b.{0,80}\b(?:travailleu\w+ handicape\w*|rqth)\b"),
    (Kind.DISABILITY_NOTICE, 2.0, r"\b(?:cdaph|commission des droits et de l autonomie)\b"),
    (Kind.DISTANCE_EVIDENCE, 3.5, r"\b(?:temps (?:passes?|total|de connexion|effectif)|duree (?:totale )?de connexion|derniere connexion|adresse ip)\b"),
    (Kind.DISTANCE_EVIDENCE, 2.5, r"\b(?:6313 3 1|classes? virtuelles?|ouverte et a distance|modules? en ligne|sequences? a distance)\b"),
    (Kind.TERMINATION, 4.8, r"\b(?:atteste|certifie|certifions|attestons|confirmons|declare|informe|notifi)\w*\b.{0,260}\bcontrat\b.{0,160}\b(?:rompue?|rupture|resilie|pris fin (?:de maniere anticipee|par anticipation|avant))\b"),
    (Kind.TERMINATION, 3.5, r"\b(?:a ete rompu|est rompu|date (?:d effet )?de (?:la )?rupture|rupture anticipee|a pris fin (?:de maniere anticipee|par anticipation|avant))\b"),
    (Kind.TUTOR_CERTIFICATE, 3.0, r"\b(?:fonctions? (?:de tuteur|tutorale)|exercer (?:la|sa|les) (?:mission|fonction)s? de tuteur|formation (?:de |des |du )?tuteurs?|devenir tuteur)\b"),
    (Kind.PROGRAMME, 2.5, r"\bobjectifs? (?:pedagogiques?|de la formation|operationnels?)\b.{0,900}\b(?:contenus?|deroule|module|jour 1|sequence|programme)\b"),
    (Kind.PROGRAMME, 1.5, r"\b(?:pre ?requis|public (?:vise|concerne))\b"),
    (Kind.PROGRAMME, 1.5, r"\b(?:moyens|methodes|modalites) (?:pedagogiques|d evaluation|et methodes)\b"),
    (Kind.PROGRAMME, 1.0, r"\b(?:module|jour|sequence) 1\b.{0,500}\b(?:module|jour|sequence) 2\b"),
    (Kind.CALENDAR, 2.0, r"\bjours? en (?:centre|entreprise|formation)\b|\bf formation\b|\be entreprise\b"),
    (Kind.COMMITMENT_CHARTER, 3.0, r"\bm(?:ission| ission) jeunes\b"),
    (Kind.COMMITMENT_CHARTER, 2.0, r"\bcharte\b"),
    (Kind.PARTIES_COMMITMENT, 3.0, r"\b(?:hors (?:de la |de toute )?production|lieu dedie|salle dediee|locaux dedies|aucune tache de production|non productivite)\b"),
    (Kind.PARTIES_COMMITMENT, 1.5, r"\bs engage(?:nt)? a\b"),
    (Kind.AFEST_PROTOCOL, 3.0, r"\b(?:phases? reflexives?|sequences? reflexives?|entretiens? reflexifs?|referent afest|accompagnateur afest)\b"),
    (Kind.CERTIFICATION_RECORD, 3.0, r"\b(?:avis (?:du jury|de la commission)|membres du jury|decision du jury|date du jury|president du jury|jury (?:paritaire|d evaluation|de certification))\b"),
    (Kind.CERTIFICATION_RECORD, 1.0, r"\bcandidat\w*\b.{0,200}\b(?:admis\w*|favorable|recue?|valide\w*|ajournee?)\b"),
    (Kind.SITUATION_PROOF, 4.6, r"\b(?:atteste|certifie|certifions|attestons|confirmons)\w*\b.{0,200}\b(?:inscrite?\b.{0,60}\bdemandeurs? d emploi|inscrite? (?:a|aupres de) (?:pole emploi|france travail)|(?:allocataire|beneficiaire|percoit|beneficie)\b.{0,60}\b(?:rsa|aah|ass|revenu de solidarite active|allocation))"),
    (Kind.SITUATION_PROOF, 3.0, r"\binscrite?\b.{0,60}\bdemandeurs? d emploi\b|\b(?:inscrite? (?:a|aupres de) (?:pole emploi|france travail))\b"),
    (Kind.SITUATION_PROOF, 2.5, r"\b(?:beneficiaire|allocataire|beneficie|percoit|prestations?)\b.{0,120}\b(?:rsa|revenu de solidarite active|aah|ass|allocations?)\b"),
    (Kind.SITUATION_PROOF, 1.5, r"\b(?:france travail|pole emploi|caisse d allocations familiales|caf)\b"),
    (Kind.BANK_DETAILS, 2.0, r"\b(?:code banque|code guichet|cle rib)\b"),
    (Kind.OTHER, 5.0, r"^.{0,160}\b(?:de|from) \w+.{0,80}?\b(?:envoye|date|sent)\b.{0,120}?\b(?:objet|subject)\b"),
    (Kind.OTHER, 3.0, r"\b(?:veuillez trouver|vous trouverez|je vous (?:transmets|prie de trouver|adresse)|nous vous (?:transmettons|adressons))\b.{0,40}\b(?:ci joint\w*|ci apres|piece\w* jointe\w*|les (?:pieces|documents))\b"),
    (Kind.OTHER, 3.0, r"\b(?:net imposable|salaire de base|cotisations? salariales?|conges acquis|net a payer avant impot)\b"),
    (Kind.OTHER, 2.5, r"\b(?:prise en charge (?:acceptee|accordee|de votre demande)|demande est acceptee|pieces a (?:fournir|joindre|retourner))\b"),
    (Kind.OTHER, 2.5, r"\b(?:experiences? professionnelles?|centres d interet|competences professionnelles)\b"),
    (Kind.OTHER, 3.0, r"\b(?:tres|peu|pas) satisf\w+\b"),
    (Kind.OTHER, 2.0, r"\b(?:reste impayee?s?|sauf erreur de notre part|vous etes convoque\w*|cotisations sociales|declarations sociales)\b"),
)  # fmt: skip
"""What the text of a kind says, wherever it stands: kind, weight, pattern over the whole text."""

SHEET_WORDS = frozenset(
    re.findall(
        r"[a-z]+",
        """feuille fiche liste etat releve rapport registre emargement emargements presence presences numerique
        electronique individuel journaliere formation action intitule organisme formateur formatrice intervenant
        stagiaire stagiaires participant nom prenom noms prenoms signature signatures matin apres midi am pm date dates
        jour horaire horaires heure heures duree du de la le les des au et page sur lieu session semaine adresse siret
        nda total client entreprise rue avenue lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars
        avril mai juin juillet aout septembre octobre novembre decembre""",
    )
)
"""Words that any attendance sheet's heading has, whatever the training."""
