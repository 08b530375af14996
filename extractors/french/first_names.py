"""First names common in France, by whether they are last names too: they tell order where capitals don't."""

from __future__ import annotations

from extractors.french.letters import fold

_HARDLY_LAST = """
abdel abdelkader abdelkarim abderrahmane abdou abdoul abdoulaye adama adele adeline adil adrien adrienne
agathe agnes ahmad ahmed aicha aida aissatou alain alan alassane alberto aleksandra alessandro alexandra
alexandre alexia alexis alfred alice alicia aline alison amadou amanda amandine amaury ambre amelie amin
amina aminata amine amira anais anastasia anatole andrea andree andreia angela angele angelina angelique
anissa anita anna annabelle anne annick annie anouk anthony antoinette antonio apolline arlette armelle
assia astrid aurelie aurelien aurore awa axel axelle aya aymeric ayoub aziza bastien beatrice benedicte
benjamin bernadette bertille bilal bilel binta blandine boris boubacar brandon brenda brigitte bruno
bryan camelia camille candice carine carla carlos carmen carole caroline cassandra catherine cathy
cecile cedric celia celine chafik chantal charlene charline charlotte chloe christel christelle
christian christiane christine christophe cindy claire clara clarisse claude claudette claudia claudine
clea clemence clementine cleo clotilde colette coline constance coralie corentin corine corinne cyprien
cyril cyrille cyrine daisy damien daniela daniele danielle daouda daphne dario deborah delphine demba
denise diana didier dimitri djamel djamila djibril dominique donatien donia dorian doriane dorothee
dylan ebru eddy edgar edith edouard edwige eglantine elea elena eleonore eliane elias eliott elisa
elisabeth elise ella elliot elodie eloise elsa emeline emeric emile emilie emilien emma emmanuel
emmanuelle enzo eric erica erika erwan erwann esteban estelle esther ethan etienne eugene eugenie eva
evan evelyne ezechiel fabien fabienne fabrice fadila faiza fanny fanta farah farid farida fatiha fatima
fatma fatou fatoumata fernand fernanda fernando filipe fiona flavie flavien flora florence florentin
florian floriane francine francisco franck francoise frank freddy frederic frederique gabriel gabriela
gabrielle gael gaelle gaetan gaetane gaston geoffrey geoffroy georgette geraldine germaine ghislain
ghislaine gilles gina ginette giovanni gisele giulia gladys gregory guilhem guillaume guillemette guy
gwenael gwenaelle gwendoline habiba hadrien hafid hakim hakima halima hamza hanane hanna hannah harouna
harry hassan hassane hatem heidi helena helene heloise herve hicham hippolyte honorine hortense houda
houssine hugo hugues ibrahim ibrahima ibtissem idriss ikram ilan ilham ilias ilies ilyes iman imane
imene ines ingrid irene irina iris isaac isabelle ismael issam ivan ivana jacky jacqueline jacques jade
jamel jamila janine jasmine jason javier jawad jean jeanne jeannine jennifer jenny jeremie jeremy jerome
jerry jessica jessy jihane jimmy joana joao joaquin jocelyn jocelyne joelle joffrey johan johann johanna
johnny jonas jonathan jordane jorge jose josee josef joseline josette josiane josselin josue joyce juan
judith jules julia juliana julie julien juliette june justine kadiatou kahina kamel karim karima karine
katarzyna kateryna katia kelly ken kenny kenza kevin khadidja khadija khaled khalid kheira kylian
kyllian laetitia lahcen laila lamia lara larbi larissa laure laureline lauren laurence laurene lauriane
laurie laurine lea leila lena leonie leonor leopold leslie lila lilas lili lilia lilian liliane lilou
lily lina lionel lisa lise lisette loane loic lola lorelei lorena lorenzo lorette lorraine lou louane
loubna louisa louise louna lucette lucia lucie lucienne lucile lucille ludivine ludmila ludovic luigi
luis luisa lydia lydie lyes lylou mael maelle maelys maeva magali magalie mahamadou maite maiwenn malika
malo malorie mamadou manel manon manuela marceline marco margaux margot marguerite maria mariam mariama
marianne maribel marie marielle marietta marilyne marina mario marion marjorie marlene marta martha
marthe martial martine marwa maryam maryline maryse maryvonne mathias mathilde mathis matteo matthias
matthieu maud maureen maxence maxim maxime maya medhi mehdi mehmet melanie melina melinda meline melissa
melodie mercedes meryem michael michaela michele micheline mickael miguel mikael mike mila milan milena
milene mina mireille mirella miriam moctar modibo mohamed mohammed moise mona monica monique morgan
morgane mouloud mounia mounir mourad moussa moustapha muriel mustapha mylene myriam nabil nabila nacer
nadege nadia nadine nadir naima najat nancy natacha natalia natasha nathalie nathan nathanael nawel
nelly nesrine nicolas nicole nina nino noa noam noelle noemie noham nolan nolwenn nora nordine noura
nourdine nouria nourredine ocean oceane octavie odette odile olga olivia olivier oriane orlane ornella
oumar oumou ousmane oussama ovidiu pablo pamela paola paolo pascal pascale patrice patricia patricio
patrick paula paulette paulin pauline pedro peggy perrine petra philippe pierre pierrette pierrick
pierrot piotr priscilla quentin rabah rachel rachid rachida rafael rahma raissa ramata rami ramzi rania
raoul raphael raphaelle raquel rayan raymonde rebecca redouane regine rejane renata renee ricardo rita
rocco rodrigo rodrigue rolande romane romaric romeo romuald ronan rosa rosalie rosaria roxane ruben ryan
rym sabine sabri sabrina safia saida saliha salima salimata salma salome samantha samia samir samira
sandra sandrine sandy sania sara sarah sasha saverio sebastien selena selim selma sephora serena serge
sergio severine shana sharon shirley sidonie sihem silvia simona simone sixtine sofia sofian sofiane
soizic solange solen solene soline sonia sophia sophie soraya souad soufiane souhila soukaina souleymane
stanislas stefan stefania stella stephane stephanie steve steven suzanne suzette sylvain sylvaine
sylvette sylviane sylvie sylwia tamara tanguy tania tarek tarik tatiana teddy tessa thais thea theo
theodore theophile therese thibaud thibault thibaut tiago tidiane timeo timothe timothee tiphaine
titouan tom tony toufik ulysse ursula valentin valentina valentine valeria valerie vanessa vera
veronique vicente vicky victoire victor victoria violaine violette virginie viviane vladimir wafa wahiba
walid wassila wendy wilfrid wilfried william willy xavier yacine yamina yanis yann yannick yannis
yasmina yasmine yassin yassine yoan yoann yohan yohann yolande youcef younes youness youri youssef
ysaline yvan yves yvette yvon yvonne zahra zakaria zakariya zeinab zelie zineb zita zoe zohra zora
zoubida
"""
_LAST_TOO = """
abdallah abel achille adam alban albert alfonso ali alix alphonse amand amar ambroise andre ange anselme
antoine antonin armand arnaud arnold arthur aubert aubin auguste augustin aziz bachir baptiste barbara
barthelemy basile benard benoit berenger bernard bertrand blaise brahim brice cesar charles cheikh
clement colin constant constantin cyr daniel david denis diego edmond elie ernest eustache evrard felix
ferdinand firmin florent france francis francois gaspard gauthier gautier georges gerard germain gervais
gilbert gontran gonzague gregoire gui gustave habib hamid henri henry hilaire hocine honore hubert
humbert isidore ismail issa jacob jamal joachim joel jordan joseph justin kader khalil lambert landry
laurent lazare leo leon leonard louis luc lucas lucien malek manuel marc marcel marcelin marin marius
martin mathieu maurice max michel mustafa narcisse nasser noe noel norbert octave omar oscar paul
philibert placide prosper raymond regis reine remi remy renaud rene richard robert robin roch rodolphe
roger roland romain rose said salim samson samuel severin simeon simon slimane sylvestre thierry thomas
toussaint tristan urbain vallier vincent vivien zacharie
"""
_ONLY_FIRST, _EITHER = frozenset(_HARDLY_LAST.split()), frozenset(_LAST_TOO.split())


def is_first_name(token: str) -> bool:
    """The word is a first name and hardly anyone's last: "Chloé", "Jean-Pierre", "Marie-Ange"."""
    parts = fold(token).strip("'.").split("-")
    if len(parts) == 1:
        return parts[0] in _ONLY_FIRST
    return len(parts) == 2 and all(part in _ONLY_FIRST or part in _EITHER for part in parts)


def may_be_first_name(token: str) -> bool:
    """The word is a first name, whatever else it may be: "Martin", "Simon"."""
    return is_first_name(token) or fold(token).strip("'.") in _EITHER
