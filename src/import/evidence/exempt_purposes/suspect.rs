//! Words that a purpose may need consent for: who measures, follows, recognises, guesses, advertises or shares cannot do
//! without one of them. Alone they prove nothing; but beside a purpose that needs no consent, no other word may be one.
//!
//! Folded; a word ends in `$`, the beginning of a word does not. A long beginning counts within a compound, too:
//! “Nutzerforschung”.

/// All of them.
pub(super) const SUSPECT: [&str; 6] = [ENGLISH, FRENCH, GERMAN, SPANISH, DUTCH, ITALIAN];

const ENGLISH: &str = "abandon adapt ads$ advert affili age$ agenc ages$ ai$ alerts$ analy anything$ arriv \
    attention$ attribut behav best$ better$ bonus bought$ bounce browsed$ buy$ buyer buying$ buys$ came$ campaign \
    categor chat$ cheap cities$ city$ click clipboard combin commission compan compar conclu count$ counted$ counter \
    counting$ counts$ covert crash creditworth crm$ custom$ customis customiz deal$ deals$ deduc demograph diagnos \
    diary distinguish divide$ divides$ duration$ earlier$ earn elsewhere email emotion employ engage enhanc errors$ \
    evaluat everything$ exit$ experiment external$ favorit favourit feedback financ fingerprint follow font friend \
    fund$ funds$ gather gender go$ goes$ gps grouped$ groups$ guess habit$ habits$ health heat histor hobb improv \
    income infer interest invit ip$ journey judge keystroke knew$ know$ knowing$ known$ knows$ landing$ later$ lead$ \
    leads$ learn left$ like$ liked$ likely$ likes$ location$ locations$ looked$ looking$ loyal mail$ mailing$ mails$ \
    map$ maps$ market match meas metric money monitor mood mouse movement near network$ newsletter night notif \
    observ offer$ offers$ often$ opinion optim other$ others$ outside pages$ parent$ partner path$ paths$ \
    performance$ personalis personaliz pixel politic popular predict prefer$ preferred$ profil profit promot \
    providers$ push$ rank rate$ rates$ rating recogn recommend reconstruct recorded$ recording recovery$ referr \
    region relevan religi remind$ reminded$ reminder$ reminders$ reminding$ reminds$ research$ resolution$ retarget \
    retrac returning$ revenue revisit reward route$ sales$ satisf scor screen$ screenshot scroll secret segment \
    sell$ selling$ sells$ sex$ share$ shared$ shares$ sharing$ sites$ smart social sold$ solvency source$ sources$ \
    speed spend$ spending$ spends$ spent spy stat$ statist stats$ studies$ study$ suggest supplier surf survey \
    tagmanager tailor target$ taste$ tastes$ telemetr test$ tested$ testing$ tests$ third$ thirds$ time$ times$ \
    town$ towns$ trace$ traced$ traces$ tracing$ track train trend typing$ understand understood upsell usage utm$ \
    vendor video viewed$ viewing$ views$ visited$ visits$ watch websites$ weekday whatever$ worth$";

const FRENCH: &str = "abandon achete$ acheter$ achetes$ adapt affili agence aim$ aime$ aimer$ alerte$ alertes$ \
    amelior ami$ amis$ analy annonc anterieur appreci apprend arriv assorti attention$ audience autres$ avantage \
    avis$ categor chemin cibl clic clique combin commercial commission compar comport compren comptabilis comptage \
    compter$ connait$ connaitre$ consulte$ consultees$ consultes$ courriel courrier croise decid defil demogra \
    deroul devin diagnos disting ecran$ emotion employ empreinte enquet entree$ entreprise envoyes$ ergonomi \
    erreurs$ espion etude evalu experim exterieur externe favori fichage fidel fois$ fournisseur frequen gagn \
    geolocal gout gratuit groupe$ groupes$ habitu historiq humeur influenc infolettre integre interess interet jug \
    lettre lien$ liens$ lieu$ lieux$ localis longtemps lu$ lue$ lues$ lus$ mail$ mails$ market meilleur mesur metri \
    mieux$ montre mouvement navigue niveau note$ notes$ notif nouveaute observ offre$ offres$ opinion optim pages$ \
    parcours$ partage$ partagees$ partager$ partages$ partenair performan personnalis pertinen plans$ podcast point$ \
    points$ police$ politi populair popular$ precedent predi prefer prestataire prochaine$ proches$ profil propos \
    provenan provien publici rappel$ rappeler$ rappels$ recommand recompens recueill regard region$ regulier relanc \
    relie religi remuner rencontr repart$ reseau rubriq sait$ salarie$ satisf savoir$ score secret segment semblable \
    sexe sites$ social sociaux societe$ societes$ solvab sondage sortie$ source$ sources$ souris souvent$ statist \
    suggere suggest suit$ suivi$ suivie$ suivies$ suivis$ suivre$ supervis surveill tard$ taux$ tendance test$ \
    tester$ tests$ tierce tiers$ trace$ tracer$ traces$ trafic trajet tri$ trier$ utilite variant veille vend$ \
    vendre$ vente$ venu$ venue$ venus$ video viennent$ vient$ ville$ villes$ visite$ visitee$ visitees$ visites$ vu$ \
    vue$ vues$ vus$";

const GERMAN: &str = "abbruch abgestimm abgleich absicht affili agentur aktion alles$ alter$ analy anbieter$ \
    anbietern$ andere$ anderen$ anderer$ angebot angepass angeseh anpass anzahl$ arbeitgeb aufenthalt aufgeruf \
    aufmerksam aufzeich ausgeb ausgespah auswert bedienung beliebt belohn beobacht besser$ besten$ besuche$ \
    besucherzahl besuchs$ besucht beurteil bevorzugt bewert bildschirm bisher bonitat bonus chat diagnos dienstleist \
    dritt einblend eingebett einkommen einschatz einstieg einteil empfehl empfohl entscheid erfass erinner$ \
    erinnern$ erinnert$ erinnerung erkennt$ ermittel errat experim extern finanz firmen folgt$ forsch freund \
    gebraucht gefall geheim gekauft geklickt gekommen geld$ gelesen geratetyp geschlecht geschmack gesundheit \
    geteilt getest gewohnheit gezeigt$ gleichgesinn gruppe haufig herkunft historie$ individu interess kampagn \
    kategor kauf$ kaufe kaufte kenn$ kennen$ kennenlern klick kombini konsum kontaktier kostenlos kundenbild laune \
    leistung lern lieblings mail$ mails$ market maus$ mausbeweg meinung messung metrik motiv nachfass nachste$ \
    nachsten$ nachverfolg nachvollz nahe$ netzwerk neuigkeit newsletter note$ noten$ nutzlich nutzt$ nutzung oft$ \
    optim partner passend personali pfad politi popular pramie preis profil provision punkte quelle rang$ rate$ \
    region rekonstru relevan religi ruckmeld schatz schreibt$ schriftart score segment seiten$ sitzungszahler \
    sortier sozial spater spion standort statisti stimmung suchbegriff surf teilen$ test$ tests$ themen$ trend treue \
    ubermittel uberwach umfrage umsatz unterhalt unterscheid variant verbesser verdien vergleich verglich verhalt \
    verkauf verknupf verlass verlauf vermittel vermut versteh vertrieb verweil video vorgeschlag vorlieb vorschlag \
    vorzuschlag websites$ weg$ wege$ weiss$ weiter$ weitergab weitergeb weitergeg weitergeleit werb wert$ wiederkehr \
    wiederkomm wissen$ wohnort zahlpixel zahlt$ zielgrupp zubehor zufrieden zugeschnitt zuordn zusammen$ zuschneid";

const SPANISH: &str = "abandon adapta adivin afilia ajen amig anali animo$ anterior$ anteriores$ anuncia anuncio \
    aprend audiencia averigu avisarle boletin busca campan categor chat ciudad clasific clic combin comercial \
    comision compar comportam compra$ comprado compran$ comprar$ comprender$ conjunt conoce$ conocer$ consulta$ \
    consultad consulto contabiliz contar$ correo cruza cuantas cuentan$ decid deduc dejo$ demogra desplaz despues$ \
    detecta$ diagnos diferenci dinero distin edad$ emocion emple empresa encuesta enlace ensena entend envian \
    enviarle errores$ escrib espi estadist estado$ estudi evalua experim extern favorit ficha fideli financ fuente \
    gana$ gasta geolocal graba gratu grupo gusta gusto habito$ habitos habitos$ habitual habitual$ habituales$ \
    histor huella informes$ ingresos$ interes invita jefe juzga leid llegad lugar$ lugares$ mapa marketing medicion \
    medida$ medir$ mejor metric mide$ mirad monitor movimient navega nivel notific novedad observ ocult ofert ofrec \
    opinion optim otras$ otros$ paginas$ pantalla$ participa perfil personaliz polit popular precedent predi prefer \
    proced promo prosp proveedor provenien prueba$ publicid puntos$ puntua raton recom reconoc reconstru recordarle \
    recordator recorrid redes$ region$ relacionad relevan relig rendimient repet repit reporta revel riesgo salida$ \
    satisf secret segment seguimient seguir$ sepa$ sexo sitios$ social socio$ socios$ solvencia sondeo suger sugier \
    supervis tasa tendenc tercer$ tercero$ terceros$ trafico trayect ubica ultima$ ultimas$ ultimo$ ultimos$ \
    utilidad valora variant veces$ vend venta$ ventaja ventas$ viene$ vienen$ vigil vincul visita$ visitad visitas$ \
    vistas$ visto$ vuelva$ vuelven$";

const DUTCH: &str = "aanbevel aanbied aandacht aankop aanpas aanrad aantal$ actie$ acties$ adverten affili afgestem \
    afhak afkomst afstem analy anderen$ bedrijf bedrijv beelden$ begrijp begrip bekeek bekek bekijk belangstell \
    beloon beoord beslis best$ beste$ beter$ bewak bezocht bezoekcijf bezoeken$ bezoekgedrag bijgehoud bronnen$ \
    buurt campagne categor chat combin commerc commiss contact$ deden$ deel$ deelt$ delen$ derde$ derden$ diagnos \
    doelgr doorg doorver eerder emotie enquete ervaring experim extern favoriet financ fouten foutregistr geboorte \
    gebruikspatr gedeeld gedrag geheim gekocht gekomen geld$ gelezen geliefd geluister gemeten geolocat geraad \
    geschiedenis gescor geslacht geteld getoond gevolgd gewoont gezien$ gezin gezondheid gratis groep herinner \
    herken herkomst historie indel individ inkomen inschat interess inzicht kaartdienst keer$ kennen$ keren$ \
    klantwaard klembord klik knelpunt koop$ kopen$ kopers$ koppel korting$ kredietwaard kwam$ kwamen$ laatst \
    langskom later$ leeftijd leeslijst leesniv leest$ leuk leverancier locatie loyal mail$ mails$ market media$ \
    mediabureau meet$ mening mensen$ meten$ meting muis nabij naburig netwerk nieuws observ onderscheid onderwerp \
    onderzoek opgenom opname optim pad$ partner passen$ personalis persoonlijk$ politiek populair prestat profiel \
    raadt$ rangsch rapportage reactietijd reclame reconstr referent regio reis relevan religi route$ routes$ schat$ \
    scherm$ schrijft$ scor scroll segment sessiecijfer sessieteller smaak social sorteer spaar spion statisti \
    stemming stijl storing stuur suggest tel$ telemetr tellen$ teller$ telling telt$ terugker terugkom terugziet \
    test$ testen$ testgroep tests$ tevreden trend trouw uitgev uitprob vaak$ variant verband verbeter verdien \
    vergelijk verkoop verkop vermoed verstrek verwijzend video vingerafdr volg$ volgen$ volgt$ voorgest voorkeur$ \
    voorspel voorstel vorige$ vriend websites$ weet$ werkgever weten$ winst zelfde$ zoekgedrag zoekwoord";

const ITALIAN: &str = "abbandon abbin abitual abitud acquista acquisti$ adatt affidabil affili altre$ altri$ altrove \
    amici$ amico$ analis analiz annunc approfond argoment arrivat attenzion azien campagn categor cercat chat \
    classific clic collega$ combin commercial compor compra$ comprat comprend condivi confront conosc consultat \
    conta$ contar$ contare$ conteggi creditiz cronolog decid dedott demogra denar diagnos differenzi distingu \
    efficac emozion errori$ esperienz esperim estern eta$ fedel fidat fiducia finanz fonte fornitor frequen genere$ \
    geolocal giudiz gradim gratu grupp guadagn gusti$ gusto$ impront incroc indovin influenz interess invita inviti$ \
    lette$ letti$ link$ luoghi$ mappa$ mappe$ market migli misura monitor mostrart motivo$ movim navig newsletter \
    notific novita$ offert opin osserv ottimal ottimizz pagine$ partner passat percors performan personalizz piac \
    politic popolar posizion precedent precedenz preferi premi prestaz preved profil promem promoz prova$ prove$ \
    proven proviamo$ provien provvig pubblic punteg punti$ raccogl raccolt raccom region religi rendim resocont \
    ricav ricerch ricompens ricondu riconosc ricontatt ricordar ricostru rileva$ rilevan rilevar rilevaz rintracc \
    ripet risparm ritorn salut sapere$ schermo$ scoper scopr scorr scrive$ segment segret segu$ segue$ seguir sesso$ \
    sezion sfogli simil siti$ social soddisf sondagg sorvegl spes spia$ spiar statist stima$ storic suggeri tendenz \
    terz$ terze$ terzi$ test$ traccia$ tracciam traffic tragitt umor unisce$ usabil uscita$ utilit valut vantagg \
    variant vend$ vende$ vendit venut vicin video viene$ visitat visite$ vist$ viste$ visto$ volte$ voto$";
