"""The labels of French training papers, by what they announce. Data alone: `labels` does the finding.

Labels are written plainly; accents, case, punctuation and "n°/numéro/no" are levelled when compared.
"""

from __future__ import annotations

LABELS: dict[str, str] = {
    "trainee": """nom et prénom du bénéficiaire | nom et prénom du stagiaire | nom prénom du stagiaire
        | nom et prénom de l'apprenant | nom et prénom du salarié | nom et prénom du participant | nom prénom
        | nom et prénom | nom et prénoms | nom prénoms | prénom et nom | prénom nom | nom et prénom du candidat | nom prénom du bénéficiaire
        | bénéficiaire | bénéficiaire de l'action | bénéficiaire de la formation | bénéficiaire de l'action de formation
        | stagiaire | nom du stagiaire | nom du bénéficiaire | nom de l'apprenant | apprenant | apprenante
        | participant | participante | formé | formée | alternant | alternante | salarié formé | salarié bénéficiaire | salarié concerné
        | salarié | salariée | candidat | candidate | décerné à | décernée à | attribué à | attribuée à | remis à | remise à | intérimaire | salarié intérimaire | nom de l'alternant | nom du salarié | inscrit e | inscrit | inscrite | personne inscrite | qui est formé | qui est formée | qui est formé e | collaborateur intérimaire | collaboratrice intérimaire | personnel intérimaire
        | nom du candidat | titulaire | l'apprenant | le stagiaire | la stagiaire | identité du stagiaire
        | identité du bénéficiaire | personne formée | stagiaires | participants | bénéficiaires | assuré
        | allocataire | demandeur d'emploi | nom de l'assuré | monsieur madame | mme m | m mme | salarié en formation
        | personne accompagnée | collaborateur | salarié mis à disposition | nom prénom du salarié | nom du participant | élève | apprenti | apprentie | apprenti e | l'apprenti | l'intérimaire | le salarié | la salariée | le participant | intérimaire concerné | jeune | le jeune | la jeune | jeune concerné | jeune accompagné | identité | identité de l'apprenant | l'alternant | le candidat | la candidate | le bénéficiaire | vous""",
    "last_name": """nom | nom de naissance | nom de famille | nom patronymique | nom de naissance du salarié
        | nom du salarié intérimaire | nom d'état civil | nom naissance""",
    "used_name": "nom d'usage | nom marital | nom d'épouse | nom usuel | épouse",
    "first_name": "prénom | prénoms | prénom du stagiaire | prénom du bénéficiaire | prénom du salarié | 1er prénom",
    "birth": """né le | née le | né e le | date de naissance | né ou née le | né le à | date et lieu de naissance
        | date naissance""",
    "employer": """entreprise employeur | employeur | entreprise | entreprise du stagiaire | entreprise du bénéficiaire
        | nom de l'employeur | raison sociale de l'employeur | société | nom de l'entreprise | entreprise de rattachement
        | dénomination de l'employeur | employeur du stagiaire | employeur du bénéficiaire
        | salarié de l'entreprise | salarié de | salarié e de | salariée de | entreprise d'origine | l'employeur | entreprise société | société établissement | entreprise établissement | son employeur | sa société | son entreprise | rattachement | employée par | employé par | employé chez | collaborateur de""",
    "agency": """entreprise de travail temporaire | agence d'emploi | agence de travail temporaire | agence d'intérim
        | ett | entreprise de travail temporaire employeur | société de travail temporaire | agence | etti | l'entreprise de travail temporaire | l'agence d'emploi | l'agence de travail temporaire | l'ett | entreprise d'intérim""",
    "user_company": """entreprise utilisatrice | l'entreprise utilisatrice | vous travaillez chez | vous travaillez pour | mise à disposition auprès de | société utilisatrice | entreprise cliente | client utilisateur
        | utilisateur | eu | nom de l'entreprise utilisatrice | raison sociale de l'entreprise utilisatrice
        | entreprise d'accueil | société d'accueil | établissement d'accueil | structure d'accueil | établissement utilisateur | société cliente""",
    "provider": """organisme de formation | qui forme | organisme | organisme dispensateur | dispensateur | prestataire
        | dispensateur de formation | dispensateur de l'action | organisme principal | centre de formation
        | nom de l'organisme | nom de l'organisme de formation | prestataire de formation | centre
        | dénomination de l'organisme de formation | dénomination de l'organisme de formation principal
        | dénomination de l'organisme | organisme de formation principal | raison sociale de l'organisme
        | organisme formateur | organisme prestataire | l'organisme de formation | of | dénomination du cfa
        | organisme de formation responsable | le dispensateur | le prestataire | dispensé par | formation dispensée par
        | assurée par | formation assurée par | dispensée par | action dispensée par | organisée par""",
    "name": "dénomination | raison sociale | dénomination sociale | nom ou raison sociale | nom et prénom ou dénomination | nom ou dénomination | nom société",
    "customer": """client | qui commande | qui achète | pour le compte de qui | cliente | commanditaire | entreprise cliente | facturé à | adressé à | adressée à | facture à
        | l'entreprise bénéficiaire | cocontractant | le client | destinataire | acheteur | adresse de facturation | donneur d'ordre
        | entreprise signataire | entreprise contractante | facturer à | doit | à l'attention de | facturée à | client facturé | bénéficiaire de la convention | entreprise bénéficiaire | client bénéficiaire | entreprise bénéficiaire de la formation | société bénéficiaire | structure bénéficiaire | débiteur | débitrice | établie pour | établi pour""",
    "supplier": "émetteur | fournisseur | vendeur | prestataire émetteur | émise par | émis par | de la part de | votre organisme de formation | emetteur de la facture",
    "title": """intitulé de l'action | intitulé de la formation | intitulé de l'action de formation | intitulé
        | intitulé du stage | intitulé du parcours | formation suivie | action de formation | formation | action | nom de la formation
        | titre de la formation | intitulé du programme | libellé de la formation | libellé de l'action
        | stage | formation intitulée | action intitulée | a participé à l'action | a suivi l'action | thème de la formation
        | thème | à quoi | quelle formation | formation commandée | formation retenue | formation concernée | intitulé exact | intitulé de l'action suivie | a suivi la formation | intitulé de la prestation | objet de la formation
        | a participé à la formation | désignation de l'action | module | parcours | action suivie | action réalisée | formation visée | formation dispensée
        | l'action | action de formation suivie | formation réalisée | stage suivi | thème abordé | thème traité""",
    "qualification": """qualification visée | titre préparé | diplôme visé ou préparé | diplôme titre ou qualification visé | diplôme titre ou qualification visée
        | titre ou qualification visé | diplôme ou qualification | qualification préparée | intitulé précis | diplôme ou titre visé
        | diplôme titre visé | certification visée | diplôme ou titre visé par le salarié | titre ou diplôme préparé
        | intitulé précis de la qualification | certification préparée | titre visé | diplôme préparé | diplôme visé
        | qualification | intitulé de la qualification | intitulé du diplôme ou titre | diplôme titre préparé | intitulé de la certification""",
    "period": """dates | exécution du contrat | exécution | exécution du | période | période de réalisation | date de la formation | dates de formation | quand
        | dates de la formation | dates de réalisation | période de formation | dates de l'action | du
        | période de l'action | calendrier | s'est déroulée | période facturée | période du | date s | dates de session
        | dates de stage | jours de formation | journées de formation | jours de stage | jours suivis | journées suivies | période concernée | session | date s de formation | réalisée | déroulement | période d'exécution
        | période de la mission | dates de la mission | durée de la mission | cycle de formation | validité | période de validité
        | date de réalisation | date s de réalisation | qui s'est déroulée""",
    "start": """date de début | mission du | stage du | contrat du | entrée | entrée prévue | entrée le | première connexion | premier accès | entrée en formation | entrée en stage | entrée dans la formation | première journée | première séance | date d'entrée en formation | formation du | début | date début | début de la formation | date de début de la formation | commence le | date d'embauche | date d'effet du contrat | date de prise d'effet du contrat | date d'entrée dans l'entreprise
        | date de démarrage | date d'entrée | début de l'action | date de début d'exécution du contrat | début le
        | date de début d'exécution | début d'exécution | date de début du contrat | date de début de mission | à compter du
        | premier jour | début de la mission | date de début de la mission | date de début de formation | date de prise d'effet
        | prise d'effet | début du contrat | début de mission | date d'effet | débute le | début de formation | depuis le | début du parcours | début de parcours | début de la période | début de contrat | prise de poste | date de prise de poste""",
    "end": """date de fin | sortie | sortie prévue | sortie le | dernière connexion | dernier accès | échéance du contrat | échéance de la mission | date d'échéance du contrat | dernière journée | dernière séance | date de sortie de formation | fin | au | date fin | fin de la formation | date de fin de la formation | fin de l'action | fin le | sortie de formation | sortie de stage | date de fin du cdd | fin du cdd | fin du cdd ou de la période de professionnalisation | date de fin du cdd ou de la période de professionnalisation | date de fin de la période de professionnalisation | date de fin de l'action de professionnalisation | fin de l'action de professionnalisation
        | date de fin du contrat ou de la période de professionnalisation | date de fin du contrat | fin du contrat
        | fin du contrat ou de l'action | fin de contrat | terme prévu | fin prévue | date de fin de mission | date de fin de la mission | terme | fin de la mission
        | date de fin de formation | terme de la mission | dernier jour | date de fin prévue | date de sortie | jusqu'au
        | terme du contrat | date de fin du contrat ou de l'action | fin de mission | se termine le | prend fin le
        | fin de formation | fin du parcours | fin de parcours | fin de la période | fin de la période de professionnalisation | terme précis""",
    "cycle": """date de début du cycle de formation | date de début du cycle | premier cours | date prévue de fin | date de début de formation en cfa
        | date prévue de fin des épreuves ou examens | date prévue de fin des épreuves | début du cycle | fin du cycle
        | date d'effet d'avenant | date de fin du cycle de formation""",
    "hours_done": """durée réalisée | volume dispensé | heures dispensées | durée dispensée | volume réalisé | volume facturé | heures réalisées | durée effectivement suivie | durée effective | heures suivies
        | nombre d'heures réalisées | nombre d'heures suivies | durée effectuée | heures effectuées | durée suivie
        | heures stagiaire réalisées | heures stagiaires réalisées | volume horaire réalisé | durée totale réalisée
        | nombre d'heures effectuées | heures de présence | nombre d'heures de présence | assiduité | présence effective | présence réelle | présence constatée | temps de présence
        | durée effectivement réalisée | durée de présence | heures effectivement suivies | total des heures suivies
        | nombre d'heures effectivement suivies | heures réellement suivies | total heures réalisées | durée facturée
        | heures facturées | nombre d'heures facturées | heures effectives | total réalisé | total suivi | temps réalisé
        | durée totale suivie | nombre total d'heures réalisées | temps total | heures de formation suivies""",
    "hours_planned": """durée prévue | heures prévues | durée prévisionnelle | nombre d'heures prévues | durée théorique
        | volume horaire prévu | durée conventionnée | durée initiale | durée programmée | heures programmées | volume prévu
        | durée totale prévue | heures conventionnées | heures contractuelles | temps estimé | durée estimée""",
    "hours_absent": "heures d'absence | absences | durée d'absence | absence | heures non réalisées | heures d'absences",
    "hours": """durée | volume | nombre d'heures | durée de la formation | durée totale | heures | nb heures | nb d'heures
        | durée de l'action | volume horaire | durée en heures | total heures | total des heures | total
        | pour une durée de | nombre total d'heures | durée du stage | heures de formation | total général | durée totale de la formation
        | nombre d'heures de formation | durée de formation | nombre d'heures stagiaire | quantité d'heures | soit une durée de
        | total heures de formation | nombre d'heures par stagiaire | nombre d'heures par participant | heures par stagiaire | durée par stagiaire | durée en centre | heures en centre | combien de temps | combien d'heures | nb heures stagiaire | durée formation | pour une durée totale de""",
    "training_hours": """durée totale des actions d'évaluation d'accompagnement et de formation
        | durée totale des actions | durée totale de la formation en heures | durée de la formation en heures
        | durée totale des actions d'évaluation d'accompagnement et de formation en heures | heures de formation prévues
        | durée totale des actions de formation | durée totale des actions d'évaluation d'accompagnement et des enseignements""",
    "general_hours": """dont heures générales | heures générales | heures d'enseignement général | enseignements généraux
        | dont enseignement général | enseignement général | dont durée des enseignements généraux professionnels et technologiques
        | dont enseignements généraux professionnels et technologiques | dont enseignements généraux
        | enseignements généraux professionnels et technologiques | durée des enseignements généraux
        | dont heures d'enseignement général | dont durée des enseignements généraux""",
    "weekly_hours": "durée hebdomadaire | durée hebdomadaire du travail | horaire hebdomadaire | durée du travail | durée hebdomadaire de travail | durée minimale | durée de la période d'essai | période d'essai | horaires | heures sem | heures semaine | heures par semaine | durée hebdo | durée minimale de la mission | dont heures à distance | durée du contrat | durée de la visite",
    "issued": """fait le | le | établi le | délivré le | date d'émission du certificat | fait à | établi à | date d'établissement
        | éditée le | édité le | date d'édition | délivrée le | date de délivrance | en date du | établie le | signé le | signée le | contrat signé le | convention signée le | contrat établi le | document émis le | émis le | émise le | attestation établie le | certificat établi le | certifié exact le""",
    "signed_on": "conclusion | conclusion du contrat | date de conclusion | conclu le | date de conclusion du contrat | date de signature | date de signature du contrat | contrat conclu le | contrat signé le | contrat établi le | signature du contrat",
    "number": """facture n | n de facture | numéro de facture | n facture | facture numéro | référence facture | pièce | pièce n | n pièce
        | réf facture | avoir n | n d'avoir | facture d'avoir n | devis n | n de devis | n | référence | réf | facture | avoir
        | pro forma n | facture pro forma n | proforma n | bon de commande n | n de pièce | n document | note d'honoraires n""",
    "issue_date": """date de facture | date de la facture | date | date d'émission | date facture | émise le | émis le
        | date de facturation | facture du | en date du | date du document | date de l'avoir | date d'émission de la facture""",
    "due_date": """échéance | date d'échéance | à régler avant | à régler avant le | date limite de paiement
        | à payer avant le | date limite de règlement | payable le | date de règlement | règlement avant le | échéance le
        | date d'exigibilité | valable jusqu'au | validité du devis | à régler le""",
    "request_ref": """n de dossier | dossier n | votre dossier | dossier de financement | n de prise en charge | n dossier
        | prise en charge n | réf dossier | référence dossier | référence du dossier | n de dossier de prise en charge
        | n du dossier | référence de prise en charge | référence prise en charge | réf de prise en charge | n de dossier financeur
        | référence du financeur | référence financeur | réf financeur | n de dossier de financement | référence de financement
        | n d'accord de financement | accord de financement n | référence de l'accord | référence accord | n de drf | drf | n d'accord
        | accord de prise en charge n | n d'accord de prise en charge | n de demande | numéro de demande | dossier opco
        | n dossier opco | n de dossier opco | dossier | votre référence | vos références | vos réf | v réf | votre réf | n d'engagement
        | référence de la demande | n apc | apc n | n d'apc | réf opco | référence opco | n de contrat opco | n drf | réservation n
        | n de réservation | demande de prise en charge n | réf prise en charge | accord n | dossier akto | dossier opco 2i
        | réf client | référence client | n de la demande | n de convention | demande n | réf de dossier | réf du dossier | n dpc | dpc n""",
    "unit_price": """prix unitaire | tarif de l'heure | coût de l'heure | taux de l'heure | prix d'une heure | coût d'une heure | tarif par heure | pu ht | p u ht | prix horaire | coût horaire | tarif horaire | prix unit | taux horaire
        | prix unitaire ht | coût unitaire | prix de l'heure | prix heure | coût horaire ht | prix horaire ht | pu | tarif horaire ht""",
    "net": """total ht | montant ht | total h t | montant total ht | total hors taxes | total hors taxe | net ht
        | montant hors taxes | base ht | sous total ht | coût total net | montant net | total net ht | prix net
        | coût de la formation | coût total | coût ht | à quel prix | quel prix | coût pédagogique | prix total | montant total net | total ht eur
        | montant de la formation | prix de la formation | coût pédagogique ht | coût total ht | prix ht | total net | prix total ht
        | prix | coût total de la formation | total général ht | coût net | montant du | prix de l'action | coût de l'action
        | total net de taxe | total net de taxes | montant net de taxe | montant net de taxes | prix net de taxe | prix net de taxes | coût net de taxe | coût net de taxes | tarif net""",
    "vat": "tva | montant total de la tva | total de la tva | montant total tva | total des taxes | taxe sur la valeur ajoutée | montant tva | total tva | dont tva | tva exonérée | t v a | montant de la tva | tva exonérée eur | tva 20 | tva à 20 | taxe | taxes",
    "gross": """total ttc | coût ttc | montant ttc | total t t c | net à payer | montant total ttc | total toutes taxes comprises
        | montant à payer | net à payer ttc | total à payer | total dû | montant dû | net à payer eur | net à régler | solde à payer
        | total ttc eur | reste à payer | solde dû | total facture | montant total | total à régler | montant à régler | net à payer en euros
        | total de la facture | total facturé | net à déduire | net en votre faveur""",
    "deposit": "acompte | acompte versé | déjà réglé | acompte reçu | déduction acompte | acomptes versés | acompte déduit | avance versée",
    "iban": "iban | code iban | n iban | iban international | coordonnées bancaires | compte bancaire",
    "bic": "bic | code bic | swift | bic swift | code swift",
    "siret": "siret | n siret | numéro siret | siret n | n de siret | siret de l'établissement d'exécution du contrat | n siret de l'établissement d'exécution du contrat | numéro siret de l'employeur | siret rcs | siret de l'organisme | siret organisme | siret dispensateur | siret du dispensateur | siret prestataire | siret du prestataire | siret de l'organisme de formation | siret du centre",
    "siren": "siren | n siren | rcs",
    "vat_number": "n tva | tva intracommunautaire | n tva intracommunautaire | n de tva | tva intracom | numéro de tva | tva intra",
    "nda": """nda | n de déclaration | n déclaration | déclaration d'existence | déclaration d'existence n | n nda | déclaration d'activité | n de déclaration d'activité | n déclaration d'activité | n d'activité
        | numéro de déclaration d'activité | n existence | n d'existence | numéro d'existence | n d'agrément formation
        | déclaration d'activité n | enregistré sous le n | enregistrée sous le n | déclaration d'activité enregistrée sous le n
        | numéro d'agrément | déclaration d'activité enregistrée sous le numéro | n d'enregistrement | n da | nda n | n d'agrément | n de da""",
    "paid": """facture acquittée le | acquittée le | acquitté le | payé le | payée le | facture payée le | réglée le
        | facture réglée le | réglé le | facture acquittée | acquitté | acquittée | bon pour acquit le | pour acquit le""",
    "tutor": "tuteur en entreprise | tutrice en entreprise | tuteur | nom du tuteur | nom et prénom du tuteur | tutrice | le tuteur | tuteur désigné | nom de la tutrice | tuteur entreprise",
    "trained_on": """date de la formation | date de formation | formé le | formée le | formé e le | date de fin de la formation | achevée le | formation suivie le | date de fin de formation
        | date d'obtention | suivie le | formation achevée le | terminée le | date de validation""",
    "trainer": """formateur | formatrice | formatrice / formateur | formateur / formatrice | intervenant | intervenante | formateur référent | animateur | nom du formateur
        | formateurs | formateur s | animé par | animée par | formation animée par | intervenant e | formateur intervenant
        | nom de l'intervenant | nom et prénom du formateur | formateur trice | animatrice | formateur animateur
        | enseignant | enseignante | enseignant responsable | enseignante responsable | enseignant référent
        | formateur responsable | formateur principal | intervenant principal | professeur | moniteur | monitrice
        | instructeur | instructrice | enseignants | nom de l'enseignant | nom de l'animateur""",
    "valid_from": """valable du | valable à compter du | date de début de validité | à compter du | date d'effet | valide du
        | début de validité | date d'ouverture des droits | ouverture des droits | date d'attribution | accordée du | valable à partir du
        | droit ouvert du | début des droits | date de début des droits | attribuée du | du""",
    "valid_to": """au | valable jusqu'au | date de fin de validité | fin de validité | jusqu'au | date d'échéance des droits | expire le
        | fin des droits | valide jusqu'au | échéance des droits | date de fin de droits""",
    "terminated": """date de rupture | rupture le | date de la rupture | date d'effet de la rupture | rompu le | rompu à la date du
        | date de rupture du contrat | a pris fin le | date de fin anticipée | fin anticipée le | rompu à compter du | date effective de rupture
        | dernier jour travaillé | rupture effective le | date de fin effective | date d'effet | date de cessation""",
    "contract_kind": "mode contractuel | nature | type | forme | mode | nature du contrat | type de contrat | contrat | forme du contrat | mode contractuel de l'apprentissage | nature du contrat de travail",
    "holder": "titulaire du compte | titulaire | intitulé du compte | domiciliation du titulaire | nom du titulaire | account holder | bénéficiaire du compte | au nom de",
    "quantity": "quantité | qté | qte | nb",
    "other": """adresse | implantation | chargé e de dossier | chargé de dossier | chargée de dossier | téléphone | tél | lieu | modalité | modalités | objectifs | objectif | effectif | sexe | nir | nationalité | statut
        | nature de l'action | type d'action | adresse du client | emploi | emploi occupé | poste | motif | motif de recours | motif du recours | taux horaire brut | taux horaire de base | horaires de travail | mission prévue après la formation | la réalisation | résultat de l'évaluation | lieu de formation
        | qualification poste | salaire horaire brut | rémunération | souplesse | retraite complémentaire | code ape | code naf | idcc
        | situation avant contrat | situation avant ce contrat | rqth | inscrit france travail | inscrit à france travail | type de qualification
        | type de qualification visée | code rncp | spécialité de formation | nombre d'organismes de formation intervenant
        | convention collective applicable | caisse de retraite complémentaire | employeur spécifique | type d'employeur | régime social
        | effectif total salariés | diplôme le plus élevé | salaire brut mensuel | salaire brut mensuel à l'embauche | courriel | email
        | mail | code postal | ville | contact | représenté par | représentée par | page | public | prérequis | méthode
        | évaluation | résultat | conditions de règlement | mode de règlement | modalités de règlement | désignation | libellé | unité | montant
        | signature | cachet | cachet et signature | date et signature | paiement | règlement | identifiant | situation
        | décision | avis du jury | date du jury | jury | reconnaissance travailleur handicapé | classification | coefficient | mention
        | emploi occupé pendant le contrat | objet | programme | moyens | référent afest | référent | semaine | intitulé du poste
        | montant en euros | montant ht | total | qualité | fonction | nom du signataire | code idcc | nom de l'opco | n d'adhérent | date de réception
        | n de dépôt | cadre réservé | cadre réservé à l'organisme | horaire | jours | groupe | session n | salle | lieu de la formation | lieu de l'action | lieu de réalisation | lieu du stage | lieu de stage | banque | code banque
        | siège | siège social | forme juridique | signataire | interlocuteur | capital | capital social | code naf ape | code ape naf | prénom du tuteur | prénom de la tutrice | nom du responsable | nom du représentant
        | libellé des tâches | équipements | équipements de protection | titre de séjour | matricule | domiciliation | fait en double exemplaire | convention n | contrat n""",
    # headings: what stands under them belongs to this role
    "section_employer": "l'employeur | 1 employeur | employeur | entreprise | identification de l'employeur | 1 l'employeur",
    "section_agency": "entreprise de travail temporaire | l'entreprise de travail temporaire | agence d'emploi",
    "section_trainee": "le salarié | salarié | 2 salarié | salarié intérimaire | 2 salarié e en contrat de professionnalisation | le stagiaire | l'alternant | le bénéficiaire | 2 le salarié | salarié e | le la salarié e | l'intérimaire | 2 salarié en contrat de professionnalisation | stagiaire | le titulaire | 2 titulaire du contrat",
    "section_tutor": "le tuteur | tuteur | 3 tuteur | les tuteurs | le s tuteur s | 3 le tuteur | 3 tuteurs | le ou les tuteurs",
    "section_contract": "le contrat | 4 contrat | contrat | mission | la mission | 4 le contrat | la mission confiée | contrat de travail",
    "section_training": "la formation | 5 formation | formation | l'action de formation | action de formation | 5 la formation",
    "section_provider": "organisme | l'organisme | organisme de formation | l'organisme de formation | dispensateur | le dispensateur | organisme dispensateur | dispensateur de formation | dispensateur de l'action | prestataire de formation | centre de formation",
    "section_client": "entreprise utilisatrice | l'entreprise utilisatrice | client utilisateur | société utilisatrice | utilisateur | l'utilisateur | entreprise d'accueil | mission associée",
}  # fmt: skip
"""What is announced → labels, separated by bars. A label may announce several things; the reader's context chooses."""

INLINE = frozenset(
    (
        "siret",
        "siren",
        "nda",
        "iban",
        "bic",
        "hours",
        "hours_done",
        "hours_planned",
        "hours_absent",
        "training_hours",
        "general_hours",
        "net",
        "vat",
        "gross",
        "unit_price",
        "birth",
        "start",
        "end",
        "period",
        "issued",
        "issue_date",
        "due_date",
        "signed_on",
        "request_ref",
        "number",
        "paid",
        "weekly_hours",
        "deposit",
        "valid_from",
        "valid_to",
        "terminated",
        "trained_on",
        "cycle",
        "vat_number",
    )
)
"""What may follow its label without a colon, because its form alone tells it from prose."""
