//! Words that say nothing of a purpose, whatever they stand beside: “this”, “visitor”, “stores”. Folded; a word ends in `$`,
//! the beginning of a word does not.
//!
//! Words that turn a purpose into another are not among them: “number”, “several”, “other”, “partners”, “improve”, “devices”,
//! plurals of “session” and “visit”.

/// All of them.
pub(super) const NEUTRAL: [&str; 9] = [ENGLISH, FRENCH, GERMAN, SPANISH, DUTCH, ITALIAN, VERBS, THINGS, SOFTWARE];

const ENGLISH: &str = "being$ sure$ now$ yes$ yourself$ themselves$ itself$ soon$ later$ immediately$ able$ based$ basis$ due$ both$ either$ always$ never$ allowing$ possible$ solely$ exclusively$ simply$ visit$ the$ a$ an$ of$ to$ and$ or$ in$ on$ at$ by$ for$ from$ with$ within$ without$ as$ is$ are$ be$ been$ was$ were$ \
    has$ have$ had$ having$ will$ would$ can$ could$ may$ might$ must$ should$ not$ no$ nor$ does$ do$ did$ don$ t$ s$ re$ ve$ \
    this$ that$ these$ those$ it$ its$ they$ them$ their$ you$ your$ yours$ we$ us$ our$ ours$ i$ me$ my$ he$ she$ his$ her$ who$ \
    which$ what$ whether$ when$ while$ where$ how$ if$ so$ then$ than$ after$ before$ during$ until$ once$ only$ also$ any$ all$ \
    each$ every$ same$ own$ one$ two$ step$ steps$ through$ throughout$ between$ against$ into$ out$ up$ such$ some$ there$ \
    already$ still$ just$ again$ next$ first$ last$ end$ ends$ already$ correct$ correctly$ properly$ proper$ proprietary$ \
    current$ currently$ usually$ generally$ general$ temporary$ temporarily$ strictly$ required$ needed$ purpose$ purposes$ \
    order$ way$ well$ whole$ entire$ full$ main$ special$ particular$ specific$ certain$ unique$ random$ randomly$ \
    anonymous$ anonymously$ internal$ technical$ technically$ standard$ default$ native$ automatic$ automatically$ \
    like$ e$ g$ o$ etc$ via$ per$ using$ about$ because$ since$ open$ active$ inactivity$ box$ own$ ";

const FRENCH: &str = "plus$ nouveau$ nouvelle$ memoire$ soient$ etant$ ayant$ avait$ toujours$ jamais$ possible$ celui$ celle$ ceux$ celles$ lui$ eux$ ici$ voulez$ souhaitez$ desire$ base$ cadre$ cas$ suite$ besoin$ directement$ exclusivement$ simplement$ definit$ definie$ defini$ le$ la$ les$ l$ un$ une$ des$ de$ du$ d$ au$ aux$ a$ et$ ou$ en$ dans$ sur$ sous$ par$ pour$ avec$ sans$ afin$ \
    que$ qu$ qui$ quoi$ dont$ ce$ cet$ cette$ ces$ c$ il$ ils$ elle$ elles$ on$ nous$ vous$ je$ j$ m$ moi$ se$ s$ y$ n$ ne$ pas$ \
    est$ sont$ etre$ ete$ etes$ etait$ soit$ ont$ avez$ avoir$ as$ peut$ peuvent$ doit$ doivent$ fait$ faire$ faite$ faites$ \
    votre$ vos$ notre$ nos$ son$ sa$ ses$ leur$ leurs$ mon$ ma$ mes$ si$ lors$ lorsque$ lorsqu$ quand$ pendant$ durant$ tant$ \
    entre$ vers$ chez$ depuis$ jusqu$ jusque$ apres$ avant$ deja$ encore$ aussi$ ainsi$ tout$ toute$ tous$ toutes$ chaque$ meme$ \
    memes$ uniquement$ seulement$ seul$ seule$ bien$ bon$ bonne$ correct$ correctement$ actuel$ actuelle$ courante$ courant$ cours$ \
    temporaire$ temporairement$ unique$ anonyme$ aleatoire$ interne$ technique$ techniques$ standard$ defaut$ automatique$ \
    automatiquement$ fin$ debut$ selon$ via$ matiere$ concernant$ relatif$ relatifs$ relative$ relatives$ propos$ ecran$ \
    contre$ travers$ grace$ prochain$ afin$ oui$ non$";

const GERMAN: &str = "demselben$ desselben$ deren$ dessen$ erneut$ wieder$ weiter$ weiterhin$ immer$ nie$ niemals$ moglich$ moglichst$ ausschliesslich$ lediglich$ zwingend$ hierbei$ hier$ dort$ darin$ darauf$ basierend$ mittels$ anhand$ aufgrund$ sobald$ solange$ bevor$ nachdem$ mochten$ wollen$ will$ soll$ der$ die$ das$ den$ dem$ des$ ein$ eine$ einen$ einem$ einer$ eines$ und$ oder$ in$ im$ ins$ an$ am$ ans$ auf$ aus$ \
    bei$ beim$ mit$ von$ vom$ zu$ zum$ zur$ fur$ durch$ uber$ unter$ um$ ab$ nach$ vor$ wahrend$ bis$ seit$ ohne$ gegen$ zwischen$ \
    hinweg$ innerhalb$ ist$ sind$ sein$ seine$ seinen$ seiner$ war$ wird$ werden$ wurde$ wurden$ worden$ hat$ haben$ habt$ kann$ \
    konnen$ muss$ mussen$ soll$ sollen$ nicht$ kein$ keine$ keinen$ dieser$ diese$ dieses$ diesen$ diesem$ dass$ ob$ wenn$ wann$ \
    wo$ wie$ was$ wer$ welche$ welcher$ welches$ welchen$ es$ er$ sie$ ihr$ ihre$ ihren$ ihrem$ ihrer$ ihres$ ihnen$ wir$ uns$ \
    unser$ unsere$ unseren$ unserem$ unserer$ unseres$ mein$ meine$ meinem$ meinen$ sich$ selbst$ so$ auch$ nur$ bereits$ schon$ \
    noch$ sowie$ alle$ allen$ aller$ jede$ jeder$ jedem$ jeden$ jedes$ selben$ selbe$ gleichen$ gleiche$ denselben$ dieselbe$ \
    derselben$ damit$ dadurch$ dafur$ dazu$ dabei$ danach$ diesbezuglich$ ende$ lang$ korrekt$ korrekte$ korrekten$ richtig$ \
    richtigen$ aktuell$ aktuelle$ aktuellen$ vorubergehend$ temporar$ eindeutig$ eindeutige$ eindeutigen$ zufallig$ zufallige$ \
    anonym$ anonyme$ anonymen$ intern$ interne$ technisch$ technische$ technischen$ automatisch$ standard$ zweck$ zwecke$ \
    jeweilig$ jeweilige$ jeweiligen$ bzw$ z$ b$ ggf$ per$ bezuglich$ hinsichtlich$ aufrecht$ bei$ vorhanden$ ";

const SPANISH: &str = "nuevo$ nueva$ vez$ siempre$ nunca$ posible$ exclusivamente$ caso$ parte$ forma$ manera$ modo$ aqui$ hay$ poder$ quiere$ desea$ usted$ previamente$ necesita$ el$ la$ los$ las$ lo$ un$ una$ unos$ unas$ de$ del$ al$ a$ y$ e$ o$ u$ en$ con$ por$ para$ sin$ sobre$ entre$ desde$ \
    hasta$ durante$ tras$ mediante$ frente$ contra$ que$ quien$ cual$ cuando$ donde$ como$ si$ no$ ni$ se$ le$ les$ me$ su$ sus$ \
    nuestro$ nuestra$ nuestros$ nuestras$ mi$ mis$ este$ esta$ estos$ estas$ esto$ ese$ esa$ es$ son$ ser$ sido$ sea$ esta$ estan$ \
    estar$ ha$ han$ haya$ hayan$ he$ puede$ pueden$ debe$ deben$ cada$ todo$ toda$ todos$ todas$ mismo$ misma$ ya$ tambien$ solo$ \
    unicamente$ asi$ fin$ inicio$ final$ actual$ correcto$ correcta$ correctamente$ temporal$ temporalmente$ unico$ unica$ \
    anonimo$ anonima$ interno$ interna$ tecnico$ tecnica$ automatico$ automaticamente$ estandar$ defecto$ mientras$ dentro$ \
    fuera$ segun$ traves$ ";

const DUTCH: &str = "bent$ ben$ mijn$ mag$ mogen$ wil$ wilt$ willen$ zien$ opnieuw$ altijd$ nooit$ mogelijk$ enkel$ uitsluitend$ hier$ daar$ daarmee$ hiermee$ waarmee$ waarin$ zoals$ terwijl$ zodra$ zolang$ voordat$ nadat$ aangeven$ deel$ manier$ gaan$ versie$ de$ het$ een$ en$ of$ in$ op$ aan$ bij$ met$ van$ voor$ door$ uit$ tot$ te$ ter$ om$ naar$ over$ onder$ tijdens$ tussen$ \
    tegen$ zonder$ binnen$ vanaf$ na$ dit$ dat$ die$ deze$ is$ zijn$ was$ wordt$ worden$ werd$ heeft$ hebt$ hebben$ kan$ kunnen$ \
    moet$ moeten$ niet$ geen$ er$ hij$ zij$ ze$ u$ uw$ jij$ je$ jouw$ wij$ we$ ons$ onze$ hun$ haar$ zich$ zelf$ of$ als$ wanneer$ \
    waar$ wat$ wie$ welke$ hoe$ ook$ alleen$ al$ nog$ weer$ zodat$ alle$ elke$ elk$ ieder$ iedere$ zelfde$ dezelfde$ hetzelfde$ \
    goed$ goede$ juist$ juiste$ correct$ correcte$ huidig$ huidige$ tijdelijk$ tijdelijke$ uniek$ unieke$ willekeurig$ anoniem$ \
    anonieme$ intern$ interne$ technisch$ technische$ automatisch$ standaard$ einde$ lang$ via$ per$ doel$ behulp$";

const ITALIAN: &str = "nuovo$ nuova$ sempre$ mai$ possibile$ esclusivamente$ caso$ parte$ modo$ base$ qui$ essi$ esso$ essa$ vuole$ desidera$ poter$ finche$ affinche$ il$ lo$ la$ i$ gli$ le$ l$ un$ uno$ una$ di$ del$ dello$ della$ dell$ dei$ degli$ delle$ da$ dal$ dalla$ dall$ dai$ \
    dalle$ a$ al$ allo$ alla$ all$ ai$ agli$ alle$ in$ nel$ nello$ nella$ nell$ nei$ nelle$ su$ sul$ sullo$ sulla$ sull$ sui$ sulle$ \
    con$ per$ tra$ fra$ senza$ contro$ durante$ dopo$ prima$ fino$ verso$ tramite$ e$ ed$ o$ od$ che$ chi$ cui$ quale$ quali$ \
    quando$ dove$ come$ se$ non$ ne$ si$ e$ sono$ essere$ stato$ stata$ stati$ state$ sia$ ha$ hanno$ abbia$ avere$ puo$ possono$ \
    deve$ devono$ questo$ questa$ questi$ queste$ quello$ suo$ sua$ suoi$ sue$ tuo$ tua$ tuoi$ tue$ nostro$ nostra$ nostri$ \
    nostre$ loro$ mi$ ti$ ci$ vi$ ogni$ tutto$ tutta$ tutti$ tutte$ stesso$ stessa$ gia$ anche$ solo$ soltanto$ fine$ inizio$ \
    attuale$ corrente$ corretto$ corretta$ correttamente$ temporaneo$ temporanea$ temporaneamente$ unico$ unica$ univoco$ univoca$ \
    casuale$ anonimo$ anonima$ interno$ interna$ tecnico$ tecnica$ automaticamente$ predefinito$ mentre$ secondo$ \
    ultima$ ultimo$";

/// Keeping, setting, using, checking, allowing.
const VERBS: &str = "answer$ answers$ answered$ reach$ reached$ click$ clicked$ tick$ ticked$ fill$ filled$ type$ typed$ submit$ submits$ submitted$ complete$ completed$ change$ changes$ changed$ switch$ switched$ turn$ turned$ return$ returns$ serve$ serves$ come$ comes$ get$ gets$ got$ go$ goes$ going$ take$ takes$ taken$ find$ finds$ found$ open$ opens$ start$ starts$ started$ begin$ begins$ begun$ finish$ finished$ continue$ continues$ carry$ carries$ carried$ appear$ appears$ guarantee$ guarantees$ validate$ validates$ making$ written$ implement appliqu distribuer$ repond$ repondu$ revenir$ revenez$ cliquez$ clique$ coche$ valide$ valider$ validez$ applique$ rempliss remplit$ remplir$ change$ changer$ continuer$ effectuer$ effectue$ effectuee$ mettre$ met$ mis$ mise$ vise$ lutte$ lutter$ consiste$ delivre$ emis$ emise$ automatise$ automatisee$ automatises$ envoi$ envois$ recevoir$ recu$ soumet soumettre$ ouvrir$ ouvert$ ouverte$ aufrechterhalt aufrechterhaltung$ aufrechtzuerhalten$ beantwortet$ klicken$ geklickt$ angeklickt$ offnen$ geoffnet$ andern$ geandert$ wechsel$ wechselt$ fortsetzen$ ubernommen$ ubernimmt$ ubermitt ubermittelt$ absenden$ abgeschickt$ durchfuhr durchgefuhrt$ realisier bereitstell bereitgestellt$ ausliefer abschliess abgeschlossen$ zuruckkehren$ aktiviert$ deaktiviert$ responde$ responder$ volver$ vuelve$ cambiar$ cambia$ abre$ abrir$ rellen enviar$ enviado$ enviados$ hacer$ hace$ hecho$ realiz realizar$ aplic completar$ continuar$ procesar$ procesa$ iniciado$ veranderen$ verandert$ wijzig klikt$ klikken$ openen$ terugkeer$ afmaken$ invult$ vult$ versturen$ verzenden$ verwerk verwerkt$ verwerken$ uitvoeren$ starten$ gestart$ doorgaan$ krijgt$ krijgen$ komt$ biedt$ bieden$ terecht$ liggen$ ligt$ zit$ zitten$ staan$ staat$ inlogt$ sluit$ consente$ consentono$ restare$ rimane$ rimanere$ tornare$ torna$ cambiare$ cambia$ apre$ aprire$ compila$ inviare$ inviato$ inviati$ fatto$ fare$ effettua effettuata$ applica$ applicare$ completare$ continuare$ elabora$ avviare$ avvia$ iniziare$ tenere$ tiene$ keep$ keeps$ keeping$ kept$ store$ stores$ stored$ storing$ storage$ save$ saves$ saved$ saving$ remember rememb \
    hold$ holds$ held$ maintain preserv retain registered$ contain \
    indicat signal$ signals$ show$ shows$ tell$ tells$ know$ knows$ lets$ let$ set$ sets$ setting$ place$ places$ placed$ put$ \
    use$ uses$ used$ usage$ provid support supports$ allow enabl ensur makes$ make$ help$ helps$ manag handl control$ controls$ \
    determin detect check$ checks$ checked$ verif recogni identif identifi distingu differentiat assign relat associat \
    correspond belong$ belongs$ creat generat read$ reads$ pass$ sent$ send$ sends$ deliver restor recover enter$ entered$ \
    visit$ navigat brows$ browsing$ expire expir delet clos remain$ remains$ stay$ stays$ run$ runs$ work$ works$ \
    function operat made$ given$ gave$ prevent avoid$ avoids$ avoiding$ need$ needs$ requir hid$ \
    hide$ hides$ hidden$ display$ displays$ displayed$ facilitat process$ processes$ processing$ \
    permet$ permettant$ permettre$ permettent$ conserv memoris stock stocke$ souven \
    souvient$ souvenir$ gard garde$ garder$ retient$ retenir$ maintient$ maintenir$ maintien$ mainten contient$ contenir$ \
    indique$ indiquer$ sert$ servir$ servant$ utilis depos depose$ pose$ place$ place$ assur garant gere$ gerer$ gestion$ \
    verifi detect determin identifi reconn reconnaitre$ distingu attribu associ cree$ creer$ genere$ lire$ lu$ envoy restaur \
    navig saisi saisie$ visit ferm expir supprim reste$ rester$ fonctionn execut affich masqu masquer$ ferme$ donne$ donner$ \
      evit empech aide$ aider$ sauvegard sauvegarde$ rappel retrouv \
    speicher gespeichert$ merkt$ merken$ halt$ halten$ behalt$ behalten$ beibehalt bewahrt$ enthalt$ enthalten$ erinnert$ \
    zeigt$ zeigen$ angezeigt$ anzeigen$ gibt$ geben$ setzt$ gesetzt$ verwend verwendet$ genutzt$ nutzt$ nutzung$ nutzen$ \
    benutzt$ dient$ dienen$ ermoglich erlaub$ sorgt$ stellt$ sicherstell gewahrleist verwalt gesteuert$ steuert$ steuern$ \
    erkenn erkennt$ erkennung$ wiedererkennung$ identifizier unterscheid pruf uberpruf ordnet$ zuordn zugeordnet$ weist$ \
    erzeugt$ erstellt$ gesendet$ sendet$ ubertragen$ geschlossen$ schliessen$ ablauf$ lauft$ abgelaufen$ geloscht$ bleibt$ \
    bleiben$ funktion funktioniert$ ausgefuhrt$ gemacht$ getroffen$ getroffene$ gegeben$ verhinder vermeid besuch$ besuchs$ \
    hilft$ benotigt$ benotigen$ eingegeben$ eingegebene$ eingegebenen$ ausgeblendet$ blendet$ vergeben$ regelt$ \
    guard recuerd recordar$ almacen mantien mantener$ mantiene$ mantenimiento$ indica$ indicar$ sirve$ usa$ \
    usar$ usada$ uso$ utiliz permit garantiz asegur gestion$ gestiona$ gestionar$ gestion verific comprueb comprobar$ detect \
    determin identific identificar$ reconoc distingu asign asoci crea$ crear$ genera$ envia$ envio$ navegac navegacion$ cierr \
    cerrar$ cerrado$ caduc elimin funcion muestr mostrar$ mostrado$ oculta$ ocultar$ visita$ evita$ evitar$ impid impedir$ \
    ayuda$ introduc instal coloc establec \
    onthou onthoudt$ onthouden$ bewaar bewaart$ bewaren$ opgeslagen$ slaat$ opslaan$ opslag$ houdt$ houden$ bijhouden$ bevat$ \
    geeft$ aangeeft$ toont$ tonen$ getoond$ gebruik gebruikt$ gebruiken$ zorgt$ zorgen$ maakt$ maken$ beheer beheert$ beheren$ \
    controleert$ controleren$ bepaalt$ bepalen$ herken herkent$ herkennen$ identificeert$ identificeren$ onderscheid \
    onderscheidt$ toegewezen$ koppelt$ aangemaakt$ verstuurd$ gesloten$ sluiten$ verloopt$ verwijderd$ blijft$ blijven$ \
    functioner werkt$ werken$ werking$ gemaakt$ gemaakte$ gegeven$ voorkomt$ voorkomen$ helpt$ bezoek$ invullen$ \
    ingevuld$ ingevulde$ nodig$ geplaatst$ laat$ laten$ weet$ weten$ verberg verbergt$ \
    memorizz salva$ salvare$ salvat ricord conserva$ conservare$ mantien mantiene$ mantenere$ contien indica$ serve$ \
    usato$ usata$ utilizz consent$ permett permette$ garantisc garantire$ assicur gestisc gestire$ gestione$ verific verifica$ \
    controlla$ rilev determin identific riconosc distingu assegn associ crea$ genera$ invia$ naviga navigazione$ chius chiusura$ \
    chiude$ scad cancell funzion mostr mostra$ mostrare$ nasconde$ nascondere$ visita$ evita$ evitare$ impedisc aiuta$ \
    inserit compil fornisc fornire$ letto$ attiva$ attivo$ rest$ mantenimento$";

/// Who visits, what is visited, and what cookies are.
const THINGS: &str = "applicant$ applicants$ guest$ guests$ pupil$ pupils$ teacher$ teachers$ parent$ parents$ employee$ employees$ patient$ patients$ company$ companies$ council$ museum$ theatre$ university$ school$ hospital$ department$ office$ agency$ town$ city$ county$ ministry$ association$ organisation$ organization$ famille$ familles$ parents$ enfants$ eleve$ eleves$ enseignant$ enseignants$ personne$ personnes$ salarie$ salaries$ musee$ theatre$ universite$ ecole$ mairie$ ville$ commune$ departement$ region$ ministere$ association$ organisme$ administration$ entreprise$ entreprises$ professionnel$ professionnels$ demarche$ demarches$ dossier$ dossiers$ guichets$ teleservice$ teleservices$ burgerin$ studierende$ studierenden$ studenten$ schuler$ lehrkrafte$ beschaftigte$ beschaftigten$ mitarbeiter$ mitarbeitern$ teilnehmer$ teilnehmern$ verein$ stadt$ gemeinde$ hochschule$ universitat$ schule$ museum$ theater$ bibliothek$ behorde$ antrag$ antrags$ antrage$ vorgang$ vorgangs$ alumno$ alumnos$ estudiante$ estudiantes$ empleado$ empleados$ profesor$ profesores$ museo$ teatro$ universidad$ escuela$ ayuntamiento$ tramite$ tramites$ expediente$ solicitante$ leerling$ leerlingen$ student$ studenten$ ouder$ ouders$ werknemer$ werknemers$ deelnemer$ deelnemers$ universiteit$ gemeente$ dossier$ studente$ studenti$ dipendente$ dipendenti$ docente$ docenti$ teatro$ universita$ scuola$ comune$ pratica$ pratiche$ anti$ cookie$ cookies$ traceur$ traceurs$ temoin$ temoins$ galleta$ galletas$ file$ files$ fichier$ fichiers$ \
    user$ users$ visitor$ visitors$ reader$ readers$ person$ people$ citizen citizens$ member$ members$ client$ clients$ customer \
    customers$ student students$ staff$ editor$ editors$ administrator$ administrators$ admin$ owner$ operator$ \
    utilisateur utilisatrice visiteur internaute usager usagers$ agent$ agents$ redacteur$ redacteurs$ administrateur$ \
    administrateurs$ citoyen$ citoyens$ membre$ membres$ adherent adherents$ lecteur$ lecteurs$ etudiant etudiants$ contributeur$ \
    contributeurs$ abonne$ abonnes$ \
    benutzer$ benutzers$ benutzern$ nutzer$ nutzers$ nutzern$ nutzerin nutzerinnen$ besucher$ besuchers$ besuchern$ besucherin \
    besucherinnen$ burger$ burgern$ burgerinnen$ mitglied$ mitglieder$ mitgliedern$ kunde$ kunden$ person$ redakteur redakteure$ \
    usuario$ usuarios$ usuaria$ visitante$ visitantes$ ciudadano$ ciudadanos$ ciudadania$ cliente$ clientes$ persona$ socio$ \
    gebruiker$ gebruikers$ bezoeker$ bezoekers$ klant$ klanten$ lid$ leden$ medewerker$ medewerkers$ \
    utente$ utenti$ visitatore$ visitatori$ cittadino$ cittadini$ cliente$ clienti$ \
    site$ website$ web$ page$ pages$ webpage$ webpages$ portal$ portals$ platform$ service$ services$ app$ \
    application$ applications$ system$ systems$ software$ framework$ frameworks$ component$ module$ plugin$ extension$ area$ \
    catalogue$ catalog$ intranet$ extranet$ library$ shop$ interface$ window$ windows$ tab$ browser$ browsers$ computer$ \
    internet$ domain$ host$ backend$ frontend$ cms$ editorial$ object$ tool$ tools$ technology$ \
    request$ requests$ response$ responses$ state$ states$ status$ value$ values$ variable$ variables$ data$ information$ info$ \
    details$ id$ ids$ identifier$ identifiers$ identity$ key$ keys$ name$ names$ string$ code$ type$ version$ option$ \
    options$ feature$ features$ function$ functions$ functionality$ availability$ category$ categories$ configuration$ \
    setting$ parameter$ parameters$ personal$ private$ public$ duration$ lifetime$ period$ \
    siteweb$ portail$ plateforme$ plateformes$ espace$ zone$ boutique$ mediatheque$ bibliotheque$ billetterie$ guichet$ \
    navigateur$ ordinateur$ fenetre$ fenetres$ onglet$ serveur$ domaine$ interface$ systeme$ logiciel$ module$ extension$ \
    requete$ requetes$ demande$ demandes$ etat$ etats$ statut$ valeur$ variable$ variables$ donnees$ donnee$ identifiant \
    identifiants$ identification$ cle$ nom$ type$ option$ options$ fonction$ fonctions$ fonctionnalite \
    fonctionnalites$ fonctionnement$ categorie$ categories$ configuration$ \
    personnel$ personnelle$ personnelles$ prive$ privee$ public$ duree$ maniere$ applicati applicative$ \
    applicatif$ finalite$ visite$ navigation$ stockage$ conservation$ depot$ \
    webseite$ webseiten$ webauftritt$ internetseite$ internetseiten$ seite$ seiten$ website$ portal$ portals$ plattform$ \
    plattformen$ dienst$ dienste$ diensten$ angebot$ anwendung$ anwendungen$ system$ systems$ bereich$ bereichs$ bereiche$ katalog$ \
    shop$ shops$ server$ servers$ browser$ browsers$ fenster$ rechner$ computer$ domane$ domain$ oberflache$ redaktion redaktionssystem$ \
    redaktionssystems$ anfrage$ anfragen$ seitenanfragen$ seitenanforderungen$ seitenwechsel$ zustand$ zustande$ status$ wert$ \
    werte$ variable$ variablen$ daten$ angabe$ angaben$ information$ informationen$ kennung$ kennungen$ kennzeichn identifikation$ \
    identifikator$ schlussel$ name$ typ$ version$ option$ optionen$ funktion$ funktionen$ funktionalitat$ \
    kategorie$ kategorien$ konfiguration$ personlich$ personliche$ \
    personlichen$ dauer$ laufzeit$ verwaltung$ speicherung$ besuch$ betrieb$ \
    sitio$ pagina$ paginas$ portal$ plataforma$ servicio$ servicios$ aplicacion$ aplicaciones$ sistema$ zona$ sede$ \
    electronica$ electronico$ campus$ virtual$ tienda$ biblioteca$ area$ navegador$ ordenador$ ventana$ servidor$ dominio$ \
    interfaz$ peticion$ peticiones$ solicitud$ solicitudes$ estado$ valor$ variable$ variables$ datos$ dato$ informacion$ \
    identificador$ identificadores$ identificacion$ clave$ tipo$ opcion$ opciones$ funcion$ funciones$ funcionalidad$ \
    funcionamiento$ categoria$ categorias$ configuracion$ personal$ \
    personales$ privada$ privado$ publico$ duracion$ finalidad$ navegacion$ almacenamiento$ instalacion$ \
    pagina$ paginas$ platform$ dienst$ diensten$ toepassing$ applicatie$ systeem$ omgeving$ webwinkel$ winkel$ catalogus$ \
    bibliotheek$ venster$ computer$ domein$ verzoek$ verzoeken$ aanvraag$ aanvragen$ staat$ toestand$ waarde$ waarden$ gegevens$ \
    informatie$ kenmerk$ identificatie$ sleutel$ naam$ soort$ optie$ opties$ functie$ functies$ functionaliteit$ functioneren$ \
    categorie$ configuratie$ persoonlijk$ persoonlijke$ duur$ beheer$ \
    bezoek$ \
    sito$ pagina$ pagine$ portale$ piattaforma$ servizio$ servizi$ applicazione$ applicazioni$ sistema$ area$ riservata$ \
    riservato$ negozio$ biblioteca$ catalogo$ browser$ computer$ finestra$ server$ dominio$ interfaccia$ richiesta$ richieste$ \
    stato$ stati$ valore$ valori$ variabile$ variabili$ dati$ dato$ informazione$ informazioni$ identificativo$ identificatore$ \
    identificazione$ chiave$ nome$ tipo$ opzione$ opzioni$ funzione$ funzioni$ funzionalita$ funzionamento$ categoria$ \
    categorie$ configurazione$ personale$ personali$ privata$ privato$ \
    durata$ finalita$ navigazione$ memorizzazione$ informativa$ breve$ \
    moment$ momento$ moments$ necess necesari notwendig erforderlich noodzakelijk essential essentiel essenziell indispensab \
    unbedingt strictement$ strikt$ estrictamente$ strettamente$ absolument$ obligatoire mandatory wesentlich";

/// Software of sites, banners and their protection, and how its pages are written.
const SOFTWARE: &str = "wordpress$ woocommerce$ drupal$ typo3$ joomla$ spip$ craft$ cloudflare$ borlabs$ cookiebot$ usercentrics$ complianz$ \
    onetrust$ cookieyes$ axeptio$ tarteaucitron$ didomi$ klaro$ polylang$ wpml$ shibboleth$ moodle$ opendatasoft$ ckan$ \
    prestashop$ magento$ shopify$ shopware$ liferay$ laravel$ django$ symfony$ rails$ haproxy$ nginx$ varnish$ apache$ traefik$ \
    keycloak$ php$ java$ jsp$ asp$ net$ node$ nodejs$ microsoft$ azure$ aws$ amazon$ elb$ f5$ big$ imperva$ incapsula$ \
    akamai$ airlock$ fastly$ citrix$ netscaler$ stripe$ franceconnect$ agentconnect$ proconnect$ spid$ cie$ digid$ eherkenning$ \
    itsme$ elstam$ ent$ cas$ saml$ oauth$ oauth2$ openid$ oidc$ ldap$ jwt$ api$ ajax$ https$ http$ html$ css$ json$ url$ \
    termly$ iubenda$ osano$ script$ com$ www$ captcha$ hcaptcha$ friendlycaptcha$ altcha$ drupals$ wp$ cdn$ dns$ tls$ ssl$";
