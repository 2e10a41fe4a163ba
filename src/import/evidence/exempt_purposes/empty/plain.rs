//! Articles, pronouns, adverbs, “to be”, “to have” and “can”; numbers and lengths of time; visitors, sites and cookies; what
//! software does with them.

/// English.
pub(super) const ENGLISH: &str = "able$ above$ absent$ accordingly$ activated$ active$ actually$ additional$ \
    additionally$ afterwards$ against$ ago$ ahead$ all$ allow$ allowed$ allowing$ allows$ along$ alongside$ \
    alphanumeric$ already$ also$ although$ always$ amongst$ an$ anonymous$ anonymously$ any$ app$ application$ \
    appropriate$ apps$ are$ around$ aside$ assigned$ assigns$ automatic$ automatically$ available$ away$ back$ based$ \
    basically$ basis$ be$ beforehand$ being$ below$ beside$ besides$ best$ beyond$ big$ bigger$ bit$ both$ bottom$ \
    browser$ browsers$ campus$ can$ catalogue$ central$ centralised$ certain$ checking$ citizen$ citizens$ cms$ \
    common$ complete$ completely$ computer$ concerning$ consecutive$ consistent$ consistently$ contain$ continuously$ \
    cookie$ cookies$ correct$ correctly$ could$ create$ created$ current$ currently$ customer$ customers$ day$ days$ \
    dedicated$ default$ deleted$ designed$ despite$ detect$ detects$ determine$ determines$ did$ didn$ digital$ \
    directly$ directs$ disabled$ do$ does$ domain$ double$ down$ due$ easily$ eight$ either$ electronic$ eleven$ \
    else$ empty$ enable$ enabled$ enables$ enabling$ encrypted$ end$ ends$ ensure$ ensured$ ensures$ ensuring$ \
    entire$ entirely$ essential$ essentially$ etc$ eventually$ ever$ exact$ exactly$ except$ exclusively$ expire$ \
    expires$ false$ feature$ features$ few$ finally$ first$ five$ following$ forth$ four$ free$ full$ fully$ \
    function$ functionality$ functions$ further$ furthermore$ g$ general$ generally$ generated$ given$ global$ good$ \
    had$ handle$ handled$ has$ hashed$ hasn$ have$ haven$ having$ he$ hence$ her$ hereby$ herein$ hidden$ his$ \
    holding$ hour$ hours$ however$ i$ identified$ immediately$ important$ inactivity$ incomplete$ incorrect$ \
    incorrectly$ indicate$ indicates$ initially$ inside$ instead$ intended$ internal$ internet$ invalid$ invisible$ \
    is$ it$ its$ itself$ just$ kind$ large$ larger$ least$ less$ lets$ limit$ limits$ local$ locally$ lot$ main$ \
    mainly$ maintain$ maintained$ maintains$ manage$ manages$ manually$ many$ maximum$ may$ me$ means$ meant$ \
    meanwhile$ member$ members$ merely$ middle$ midway$ might$ minimal$ minimum$ minute$ minutes$ mobile$ mode$ \
    month$ months$ more$ moreover$ mostly$ much$ multi$ must$ my$ namely$ native$ near$ necessary$ needed$ new$ next$ \
    nine$ normally$ nothing$ now$ numeric$ numerical$ of$ off$ old$ one$ ones$ ongoing$ only$ optimal$ otherwise$ \
    our$ ours$ out$ overall$ own$ part$ partial$ partially$ particular$ particularly$ partly$ pc$ people$ permanent$ \
    permanently$ persistent$ php$ planned$ platform$ portal$ possible$ pre$ preceding$ precisely$ preserve$ \
    preserves$ prevent$ preventing$ prevents$ primarily$ processed$ proper$ properly$ proves$ publisher$ purely$ \
    purpose$ purposes$ quickly$ quite$ random$ randomly$ rather$ re$ readable$ reader$ ready$ really$ regarding$ \
    regardless$ registered$ related$ relates$ reliable$ reliably$ remaining$ remember$ remembered$ remembering$ \
    remembers$ remote$ repeatedly$ required$ requires$ respective$ respectively$ rest$ result$ right$ route$ routes$ \
    s$ safely$ same$ seamlessly$ second$ seconds$ secure$ securely$ sending$ separate$ separately$ serve$ server$ \
    serves$ service$ services$ seven$ several$ she$ shop$ short$ shortly$ should$ showing$ side$ simple$ simply$ \
    single$ site$ six$ small$ smaller$ smoothly$ solely$ some$ something$ sometimes$ soon$ sort$ special$ specific$ \
    stable$ standard$ start$ starting$ still$ strictly$ subscriber$ subsequent$ subsequently$ successful$ \
    successfully$ successive$ such$ sufficient$ suitable$ supposed$ sure$ switched$ system$ t$ tablet$ technical$ \
    technically$ temporarily$ temporary$ ten$ term$ terms$ the$ their$ them$ themselves$ then$ there$ thereafter$ \
    thereby$ therefore$ therein$ these$ they$ thing$ things$ thirty$ this$ those$ though$ three$ throughout$ thus$ \
    together$ too$ top$ true$ truly$ turned$ twelve$ twenty$ twice$ two$ underlying$ unique$ uniquely$ unreadable$ \
    unsuccessful$ up$ upcoming$ us$ user$ users$ using$ usually$ valid$ various$ verifies$ verify$ very$ visible$ \
    visit$ visitor$ visitors$ wasn$ way$ we$ web$ website$ week$ weeks$ well$ whenever$ whereby$ wherever$ whichever$ \
    whilst$ whoever$ whole$ will$ won$ would$ wrong$ year$ years$ yes$ yet$ you$ your$ yours$ yourself$";

/// French.
pub(super) const FRENCH: &str = "abonne$ absente$ actuel$ actuelle$ actuelles$ actuels$ adherent$ affiche$ affichee$ \
    afficher$ affiches$ afin$ ainsi$ aleatoire$ aleatoirement$ aleatoires$ alors$ alphanumerique$ an$ ancien$ \
    ancienne$ annee$ annees$ anonyme$ anonymes$ ans$ application$ assez$ assure$ assurent$ assurer$ aujourd$ \
    auparavant$ aupres$ aussi$ aussitot$ automatique$ automatiquement$ automatiques$ autrement$ auxquels$ avait$ \
    avez$ avoir$ avons$ ayant$ bas$ base$ beaucoup$ besoin$ bien$ bientot$ bon$ bonne$ boutique$ bref$ c$ cache$ \
    cachee$ cadre$ cas$ catalogue$ ce$ celle$ celles$ celui$ centrale$ certaines$ certains$ ces$ cet$ cette$ ceux$ \
    chiffre$ chiffree$ chiffrees$ chiffres$ ci$ cinq$ citoyen$ client$ clients$ comme$ commun$ complet$ completement$ \
    concernant$ concu$ conservation$ conserve$ conservees$ conservent$ conserver$ consigne$ consigner$ constamment$ \
    continuellement$ cookie$ cookies$ correcte$ correctement$ cote$ courant$ courante$ courantes$ courants$ cours$ \
    court$ courte$ crypte$ cryptee$ d$ de$ debut$ defaut$ defini$ definie$ definit$ demain$ demi$ depose$ \
    deroulement$ desquelles$ desquels$ dessous$ dessus$ destine$ destinee$ destines$ detecte$ deux$ differents$ \
    directement$ disponible$ distant$ distingue$ divers$ dix$ doit$ doivent$ domaine$ doublement$ doublon$ douze$ du$ \
    durable$ durablement$ echeance$ electronique$ elle$ elles$ empeche$ empecher$ encore$ ensemble$ ensuite$ \
    entierement$ espace$ essentiellement$ est$ etait$ etant$ etat$ etes$ etre$ eux$ eventuel$ eventuelle$ \
    eventuellement$ eventuelles$ eventuels$ evite$ eviter$ exactement$ exclusivement$ expiration$ facilement$ facon$ \
    faire$ fait$ faite$ faites$ fin$ final$ finale$ finalement$ fois$ fonction$ fonctionnalite$ fonctionnalites$ \
    fonctionnement$ fonctions$ garantir$ garantit$ garde$ gardent$ garder$ genere$ genre$ gestion$ grace$ grand$ \
    grande$ gros$ haut$ heures$ hier$ hormis$ hui$ huit$ identique$ identiques$ il$ ils$ immediatement$ incomplet$ \
    indispensable$ initial$ initiale$ initialement$ internaute$ internautes$ interne$ internes$ internet$ j$ je$ \
    jour$ jours$ l$ la$ le$ lecteur$ les$ leur$ leurs$ libre$ limite$ lisible$ locale$ localement$ longue$ lui$ m$ \
    maintenir$ malgre$ manuellement$ matiere$ maximal$ meilleur$ meilleure$ membre$ membres$ meme$ memes$ memoire$ \
    memorise$ memoriser$ mes$ milieu$ minute$ minutes$ moi$ moins$ mois$ moitie$ mon$ moyen$ moyens$ navigateur$ \
    necessaires$ neuf$ nos$ notamment$ notre$ nous$ nouveau$ nouveaux$ nouvelle$ nouvelles$ numerique$ on$ ont$ oui$ \
    outre$ pareil$ parfois$ particulierement$ partie$ partiel$ partiellement$ permettent$ permettre$ petit$ petite$ \
    peu$ peut$ peuvent$ planifie$ planifiee$ plateforme$ plusieurs$ portail$ pouvoir$ prealable$ prealablement$ \
    precisement$ premier$ premiere$ pret$ prete$ prevu$ prevue$ prevus$ principal$ principale$ principalement$ \
    prochain$ propos$ propre$ propres$ provisoire$ provisoirement$ provisoires$ puisqu$ puisque$ puisse$ puissiez$ \
    purement$ quant$ quatre$ quelque$ quelques$ quinze$ quoique$ rapidement$ reel$ reellement$ relatif$ relatifs$ \
    relative$ relatives$ repartit$ respectivement$ restant$ restante$ reste$ rester$ restiez$ retient$ s$ sa$ sauf$ \
    sauvegarde$ sauvegarder$ seconde$ secondes$ securise$ securisee$ securisees$ securises$ semaine$ semaines$ sept$ \
    serveur$ service$ services$ ses$ seul$ seule$ seulement$ simplement$ simultanement$ site$ six$ soi$ soient$ soit$ \
    son$ sont$ sorte$ souvenir$ stocke$ stockent$ stocker$ strictement$ successif$ successifs$ successivement$ \
    successives$ suffisant$ suffisante$ suite$ suivant$ suivante$ suivantes$ suivants$ sujet$ supprime$ systeme$ \
    tant$ tard$ technique$ techniques$ tel$ telle$ telles$ tels$ temporaire$ temporairement$ temporaires$ terme$ \
    totalement$ toujours$ tous$ tout$ toute$ toutes$ traceur$ traceurs$ traitee$ traitees$ travers$ trente$ tres$ \
    trois$ trop$ type$ types$ un$ une$ unique$ uniquement$ uniques$ usager$ usagers$ utilisateur$ utilisateurs$ \
    valable$ valables$ valide$ valides$ verifie$ verifier$ vide$ vingt$ virtuel$ virtuelle$ visite$ visiteur$ \
    visiteurs$ vos$ votre$ vous$ vraiment$ web$ y$";

/// German.
pub(super) const GERMAN: &str = "ab$ acht$ aktuell$ aktuelle$ aktuellen$ aktueller$ alle$ allen$ aller$ \
    alphanumerisch$ alphanumerische$ alt$ alte$ anfanglich$ angeforderten$ anhand$ anliegend$ anonym$ anonyme$ \
    anonymen$ anonymer$ anschliessend$ anstatt$ anwendung$ anwesend$ art$ auch$ auf$ aufgrund$ aufrecht$ \
    aufrechterhalten$ aufrechterhaltung$ ausgeschaltet$ ausreichend$ ausschliesslich$ ausser$ automatisch$ \
    automatische$ automatischen$ automatischer$ automatisiert$ automatisierte$ automatisierten$ b$ bald$ basierend$ \
    bearbeitet$ befristet$ begrenzte$ beide$ beiden$ benotigt$ benutzbar$ benutzer$ benutzern$ benutzers$ bereich$ \
    bereiche$ bereichen$ bereichs$ bereit$ bereits$ besseren$ bestatigt$ bestehende$ bestehenden$ bestehender$ \
    bestimmt$ bestimmte$ bestimmten$ bestimmter$ besuch$ besucher$ besucherin$ besucherinnen$ besuchern$ besuchers$ \
    besuchs$ bewahren$ bewahrt$ beziehungsweise$ bezuglich$ bisher$ bislang$ bist$ browser$ browsers$ burger$ \
    burgerinnen$ bzw$ cookie$ cookies$ dabei$ dadurch$ dafur$ dagegen$ daher$ dahinter$ danach$ dann$ daran$ darauf$ \
    daraufhin$ darf$ darin$ daruber$ darum$ darunter$ dauerhaft$ davon$ davor$ dazu$ dein$ deine$ deinen$ deiner$ \
    deines$ dem$ demselben$ den$ denn$ denselben$ der$ deren$ derselben$ des$ deshalb$ desselben$ dessen$ dich$ \
    dienen$ dienst$ dienste$ dient$ diesbezuglich$ diese$ dieselbe$ diesem$ diesen$ dieser$ dieses$ dir$ direkt$ \
    dokumentiert$ domain$ domane$ doppelt$ dort$ drei$ dreissig$ durchgangig$ durchgehend$ durfen$ eigen$ eigene$ \
    eigenen$ eigener$ ein$ eindeutig$ eindeutige$ eindeutigen$ eindeutiger$ eindeutiges$ eine$ einem$ einen$ einer$ \
    eines$ einfach$ eingeblendet$ eingeschaltet$ eingesetzt$ einige$ einigen$ einiger$ einmal$ einmalig$ einmalige$ \
    einmaligen$ einmaliger$ einsatzbereit$ einwandfrei$ einwandfreie$ einwandfreien$ elektronisch$ ende$ endgultig$ \
    entlang$ entsprechend$ entsprechende$ entsprechenden$ er$ erfolgreich$ erfolgreiche$ erfolgreichen$ \
    erfolgreicher$ erforderlich$ ermoglichen$ ermoglicht$ erste$ ersten$ erster$ erzeugt$ es$ etwa$ etwas$ euch$ \
    euer$ eure$ exakt$ falsch$ falsche$ falschen$ fehlende$ fehlerfrei$ fehlerfreie$ fehlerfreien$ fest$ folgende$ \
    folgenden$ folgender$ fortlaufend$ frei$ freien$ fruh$ funf$ funktion$ funktionalitat$ funktionen$ \
    funktionsfahig$ funktionsfahige$ ganz$ gedacht$ gegebenenfalls$ gegenuber$ gehalten$ gemeinsam$ genau$ geplant$ \
    geplante$ geplanten$ gerade$ gewahrleistet$ ggf$ gibt$ gleiche$ gleichen$ gleichzeitig$ grosser$ gultig$ gultige$ \
    gultigen$ gultiger$ gut$ guten$ habe$ haben$ habt$ halb$ halfte$ hat$ hatte$ hatten$ hauptsachlich$ heraus$ \
    hierbei$ hierdurch$ hierfur$ hiermit$ hierzu$ hilfe$ hin$ hinaus$ hinein$ hinsichtlich$ hinter$ hinterlegt$ \
    hinweg$ hochstens$ ihm$ ihn$ ihnen$ ihr$ ihre$ ihrem$ ihren$ ihrer$ ihres$ immer$ indem$ ins$ insbesondere$ \
    insgesamt$ intern$ internen$ interner$ internet$ internetseite$ irgendein$ ist$ jahr$ jahre$ jahren$ jedoch$ \
    jeweilig$ jeweilige$ jeweiligen$ jeweils$ kann$ katalog$ klein$ kleiner$ komplett$ konnen$ konnte$ konnten$ \
    kontinuierlich$ korrekt$ korrekte$ korrekten$ korrekter$ kunde$ kunden$ kundenportal$ kurz$ kurze$ kurzen$ \
    kurzer$ kurzzeitig$ langer$ langere$ langfristig$ laufend$ laufende$ laufenden$ lediglich$ lesbar$ lokal$ lokale$ \
    lokalen$ mal$ man$ manche$ mancher$ manuell$ maximale$ maximalen$ mehr$ mehrere$ mehreren$ mehrfach$ mehrfache$ \
    mehrfachen$ mehrmals$ mein$ meine$ meinem$ meinen$ mich$ mindestens$ minute$ minuten$ mir$ mitglied$ mitglieder$ \
    mithilfe$ mitte$ mobil$ modus$ moglich$ moglichst$ monat$ monate$ monaten$ muss$ mussen$ nacheinander$ nachste$ \
    nachsten$ nachster$ nachtraglich$ nahtlos$ nahtlose$ namlich$ neben$ neu$ neue$ neuen$ neuer$ neun$ nichts$ \
    niemand$ noch$ notig$ notige$ notigen$ notwendig$ numerisch$ nur$ nutzbar$ nutzer$ nutzern$ nutzers$ oben$ \
    oberhalb$ obwohl$ optimale$ ordnungsgemass$ ordnungsgemasse$ ordnungsgemassen$ plattform$ portal$ prufen$ pruft$ \
    reibungslos$ reibungslose$ reibungslosen$ rein$ reine$ reinen$ richtig$ richtigen$ samtliche$ samtlichen$ \
    schliesslich$ schnell$ schon$ sechs$ sehr$ sei$ seien$ sein$ seine$ seinen$ seiner$ seit$ sekunden$ selbe$ \
    selben$ selbst$ server$ shop$ sich$ sicher$ sichere$ sicheren$ sicherer$ sicheres$ sichergestellt$ sichtbar$ sie$ \
    sieben$ sind$ sofern$ sofort$ solche$ solchen$ solcher$ soll$ sollen$ sollte$ sollten$ sonst$ sorgen$ sozusagen$ \
    speichern$ speichert$ speicherung$ standig$ statt$ stets$ stunde$ stunden$ system$ tag$ tage$ tagen$ technisch$ \
    technische$ technischen$ technischer$ teilweise$ telefon$ temporar$ temporare$ temporaren$ trotz$ uberpruft$ \
    ublich$ ubliche$ ubrige$ ubrigen$ umgehend$ unbedingt$ uns$ unser$ unsere$ unserem$ unseren$ unserer$ unseres$ \
    unten$ unterhalb$ unterscheidet$ ununterbrochen$ ununterbrochene$ unvollstandig$ vereins$ verfugbar$ verhindern$ \
    verhindert$ vermeidet$ verschiedenen$ verschlusselt$ verschlusselte$ verschlusselten$ verteilt$ verwalten$ \
    verwaltet$ verwaltung$ verwendet$ vier$ virtuell$ virtuellen$ vollstandig$ von$ vorbei$ vorgesehen$ vorhanden$ \
    vorhandene$ vorhandenen$ vorher$ vorlaufig$ vorubergehend$ vorwiegend$ webseite$ website$ wegen$ weiter$ \
    weiterhin$ werden$ wiederholt$ wiederholte$ wiederholten$ wir$ wird$ wirklich$ woche$ wochen$ wodurch$ womit$ \
    worden$ wozu$ wurde$ wurden$ z$ zehn$ zeitlich$ zentral$ zentrale$ zentralen$ zufallig$ zufallige$ zufalligen$ \
    zufalliger$ zugehorig$ zugehorige$ zunachst$ zuruck$ zusammen$ zuvor$ zwanzig$ zweck$ zwecke$ zwei$ zweite$ \
    zweiten$ zwingend$ zwischenspeicher$ zwischenzeitlich$ zwolf$";

/// Spanish.
pub(super) const SPANISH: &str = "abajo$ actual$ actuales$ adecuada$ adecuadamente$ adecuado$ ademas$ ahora$ \
    aleatoria$ aleatoriamente$ aleatorio$ aleatorios$ alfanumerica$ alfanumerico$ algo$ algun$ alguna$ algunas$ \
    algunos$ almacena$ almacenar$ ambas$ ambos$ ano$ anonima$ anonimas$ anonimo$ anonimos$ anos$ anteriormente$ \
    aplicacion$ arriba$ asegura$ asegurar$ asi$ asimismo$ atendidas$ aun$ ausente$ automaticamente$ automaticas$ \
    automatico$ automaticos$ ayer$ cabo$ caduca$ campus$ caso$ catalogo$ cerca$ cifrada$ cifrado$ cinco$ ciudadano$ \
    ciudadanos$ cliente$ clientes$ completa$ completamente$ completo$ comprueba$ comun$ comunes$ conserva$ conservar$ \
    constantemente$ continua$ continuamente$ continuo$ cookie$ cookies$ correcta$ correctamente$ correctas$ correcto$ \
    correctos$ corriente$ corta$ corto$ cualquier$ cualquiera$ cuatro$ cuya$ cuyo$ dada$ dadas$ dado$ dados$ de$ \
    deba$ debajo$ deban$ debe$ deben$ debida$ debidamente$ debido$ defecto$ del$ delante$ demas$ dentro$ destinada$ \
    destinado$ determina$ detras$ dia$ dias$ diez$ directamente$ disenada$ disenado$ distingue$ distinta$ distintas$ \
    distinto$ distintos$ distribuye$ doble$ doce$ dominio$ dos$ efecto$ efectos$ el$ electronica$ electronicos$ \
    elimina$ ella$ ellas$ ello$ ellos$ encima$ entonces$ eres$ erroneo$ es$ esa$ escritorio$ ese$ esencialmente$ \
    especialmente$ esta$ establece$ estan$ estandar$ estar$ estas$ este$ esto$ estos$ evita$ evitar$ exactamente$ \
    exacto$ excepto$ excluido$ exclusivamente$ exito$ exitosamente$ expira$ facilmente$ fijo$ finalmente$ forma$ \
    frente$ funcion$ funcionalidad$ funcionamiento$ funciones$ galleta$ garantiza$ garantizar$ genera$ gestion$ \
    gestiona$ gestionar$ gran$ guarda$ guardan$ guardar$ ha$ habia$ habiendo$ habra$ hacia$ han$ hay$ haya$ hayan$ \
    horas$ hoy$ hubiera$ identico$ igual$ iguales$ igualmente$ impide$ imprescindible$ incluso$ incompleto$ \
    incorrecto$ inicial$ inicio$ inmediatamente$ inmediato$ interna$ internas$ internet$ interno$ internos$ ir$ \
    juntos$ la$ lado$ larga$ las$ le$ lector$ legible$ lejos$ les$ limita$ listo$ lo$ localmente$ los$ luego$ manera$ \
    mantiene$ manualmente$ marcha$ mas$ maximo$ media$ medias$ medio$ mejores$ menos$ meramente$ mes$ meses$ mi$ \
    miembro$ miembros$ minimo$ minuto$ minutos$ mis$ misma$ mismo$ mitad$ modo$ mostrar$ movil$ mucho$ muestra$ \
    muestran$ muy$ nadie$ navega$ navegador$ navegar$ necesaria$ necesarias$ necesario$ nuestra$ nuestras$ nuestro$ \
    nuestros$ nueva$ nuevas$ nueve$ nuevo$ nuevos$ numerico$ ocho$ oficina$ optimo$ parcial$ parcialmente$ parte$ \
    pequena$ pequeno$ permanente$ permanentemente$ permite$ permiten$ permitir$ pero$ planificada$ planificado$ \
    plataforma$ plazo$ poco$ poder$ podra$ podran$ podria$ porque$ portal$ posible$ posterior$ posteriormente$ \
    precisamente$ preserva$ previa$ previamente$ previas$ previo$ previos$ prevista$ previsto$ previstos$ primer$ \
    primera$ primero$ principalmente$ pronto$ propia$ propias$ propio$ propios$ provisional$ provisionalmente$ pueda$ \
    puedan$ puedas$ puede$ pueden$ pues$ puramente$ rapidamente$ realmente$ recuerda$ recuerdan$ reiterado$ \
    relativas$ relativos$ remoto$ repetidamente$ respectivamente$ salvo$ sea$ sean$ sede$ segunda$ segundo$ segundos$ \
    segura$ seguras$ seguro$ seguros$ seis$ semana$ semanas$ ser$ seria$ servicio$ servicios$ servidor$ sido$ \
    siempre$ siendo$ siete$ siguiente$ siguientes$ simultaneamente$ sistema$ sitio$ sola$ solo$ son$ soy$ su$ \
    sucesivas$ sucesivo$ sucesivos$ suficiente$ sus$ suyo$ tal$ tales$ tambien$ tan$ tanto$ te$ tecnica$ tecnicas$ \
    tecnico$ tecnicos$ temporal$ temporales$ temporalmente$ temprano$ ti$ tienda$ tipo$ tipos$ toda$ todas$ todo$ \
    todos$ totalmente$ transcurrido$ transcurridos$ transcurso$ traves$ treinta$ tu$ tus$ u$ un$ una$ unas$ unica$ \
    unicamente$ unicas$ unico$ unicos$ unos$ usted$ usuario$ usuarios$ vacia$ vacio$ valida$ validas$ valido$ \
    validos$ van$ varias$ varios$ veinte$ verifica$ vez$ virtual$ virtuales$ visita$ visitante$ visitantes$ volver$ \
    web$ ya$";

/// Dutch.
pub(super) const DUTCH: &str = "aan$ aangeven$ aanvankelijk$ aanwezig$ achter$ actief$ actieve$ af$ al$ alfanumeriek$ \
    alfanumerieke$ alle$ alleen$ allemaal$ altijd$ anoniem$ anonieme$ app$ applicatie$ automatisch$ bedoeld$ behalve$ \
    behandeld$ beheer$ beheert$ behoren$ behulp$ ben$ beneden$ benodigd$ benodigde$ bent$ beschikbaar$ bestaand$ \
    bestaande$ beste$ bestemd$ beveiligd$ beveiligde$ bewaard$ bewaart$ bewaartermijn$ bezoek$ bezoeker$ bezoekers$ \
    bij$ bijbehorende$ blijvend$ boven$ browser$ bruikbaar$ burger$ burgers$ catalogus$ centraal$ compleet$ \
    controleert$ cookie$ cookies$ correct$ daarbij$ daardoor$ daarmee$ daarna$ daarvan$ daarvoor$ dag$ dagen$ dan$ \
    dankzij$ de$ deel$ definitief$ dergelijke$ dertig$ desbetreffende$ desgewenst$ deze$ dezelfde$ dicht$ dienst$ \
    diensten$ dient$ digitaal$ direct$ dit$ doel$ domein$ doordat$ doorlopend$ doorlopende$ drie$ dubbel$ dus$ echt$ \
    een$ eenmalig$ eenmalige$ eenvoudig$ eerst$ eerste$ einde$ elkaar$ enkel$ enkele$ er$ eraan$ erin$ ermee$ erna$ \
    erop$ ervan$ ervoor$ eventueel$ eventuele$ exacte$ foutloos$ functie$ functies$ functionaliteit$ gang$ gebruiker$ \
    gebruikers$ gedeeltelijk$ geheel$ geldig$ geldige$ gelijk$ gelijke$ gelijktijdig$ gemeenschappelijk$ gepland$ \
    geplande$ geval$ gewone$ gewoon$ geworden$ goed$ goede$ groot$ grote$ groter$ haar$ hadden$ handmatig$ \
    handmatige$ hebben$ hebt$ heeft$ heel$ helft$ hem$ hen$ herhaaldelijk$ het$ hetzelfde$ hierbij$ hierdoor$ \
    hiermee$ hiervoor$ hij$ hoeft$ hoeven$ hoewel$ hoofdzakelijk$ hoogstens$ huidig$ huidige$ hun$ iets$ indien$ \
    internet$ inwoner$ inwoners$ is$ jaar$ jaren$ jij$ jou$ jouw$ juist$ juiste$ kan$ keer$ klaar$ klant$ klanten$ \
    kleine$ kon$ konden$ koppelt$ kort$ korte$ kun$ kunnen$ kunt$ laat$ langs$ leden$ leeg$ leesbaar$ lid$ lokaal$ \
    lopende$ louter$ maal$ maand$ maanden$ mag$ manier$ maximaal$ meer$ meerdere$ meermaals$ meest$ men$ meteen$ \
    midden$ mij$ mijn$ minimaal$ minimale$ minstens$ minuten$ minuut$ mits$ mobiel$ mobiele$ mocht$ moest$ moet$ \
    moeten$ mogelijk$ mogen$ naadloos$ naast$ negen$ nergens$ net$ nieuw$ nieuwe$ nodige$ nog$ noodzakelijk$ \
    noodzakelijke$ nu$ numeriek$ of$ omdat$ omgeving$ ondanks$ onder$ onderscheidt$ onjuist$ onjuiste$ onmiddellijk$ \
    ononderbroken$ ons$ onthouden$ onthoudt$ ontworpen$ onvolledig$ onze$ ook$ opeenvolgende$ optimaal$ oud$ oude$ \
    overal$ platform$ portaal$ precies$ puur$ respectievelijk$ resterende$ rond$ rondom$ samen$ seconden$ server$ \
    site$ snel$ soepel$ sommige$ soort$ stand$ standaard$ steeds$ sturen$ stuurt$ succesvol$ succesvolle$ systeem$ \
    te$ technisch$ technische$ tegelijk$ tegenover$ telkens$ tenslotte$ tenzij$ ter$ terug$ tien$ tijdelijk$ \
    tijdelijke$ toch$ toe$ twaalf$ twee$ tweede$ twintig$ u$ uiteindelijk$ uitsluitend$ uniek$ unieke$ uren$ uw$ van$ \
    vanaf$ vanuit$ vanwege$ vast$ veel$ veilig$ veilige$ veiliger$ verdeelt$ verder$ verkeerd$ verschillende$ versie$ \
    versleuteld$ versleutelde$ vervolgens$ verwijderd$ vijf$ virtueel$ virtuele$ vlot$ voldoende$ volgende$ volledig$ \
    volledige$ vooral$ voordat$ voorkomen$ voorkomt$ voorlopig$ voornamelijk$ voortdurend$ vrij$ waarbij$ waardoor$ \
    waarna$ waarvan$ waarvoor$ we$ webshop$ website$ week$ weer$ wegens$ weinig$ weken$ werd$ wezen$ wiens$ wij$ \
    willekeurig$ willekeurige$ winkel$ word$ worden$ wordt$ zal$ ze$ zeer$ zelf$ zelfde$ zes$ zeven$ zich$ zichtbaar$ \
    zij$ zijn$ zo$ zoals$ zou$ zouden$ zuiver$ zulke$ zullen$";

/// Italian.
pub(super) const ITALIAN: &str = "abbastanza$ abbia$ accerta$ adeguato$ adesso$ alcune$ alcuni$ allora$ altrimenti$ \
    anche$ ancora$ andare$ anni$ anno$ anonima$ anonimi$ anonimo$ applicazione$ assente$ assicura$ assicurare$ \
    attuale$ attuali$ automatica$ automaticamente$ automatiche$ automatici$ avendo$ avere$ avete$ aveva$ avra$ breve$ \
    brevi$ browser$ c$ cancella$ casuale$ casuali$ casualmente$ catalogo$ causa$ ci$ ciascun$ ciascuna$ ciascuno$ \
    cifrata$ cifrato$ cinque$ cio$ cittadini$ cittadino$ cliente$ clienti$ comune$ comuni$ conferma$ conserva$ \
    conservare$ contemporaneamente$ cookie$ corrente$ correnti$ corretta$ correttamente$ corrette$ corretti$ \
    corretto$ cosi$ costantemente$ dagli$ dall$ davanti$ debba$ debbano$ debitamente$ decorso$ degli$ dei$ del$ dell$ \
    della$ delle$ dello$ destinata$ destinato$ deve$ devono$ di$ dieci$ dietro$ digitale$ direttamente$ disponibile$ \
    distingue$ distribuisce$ dodici$ dominio$ doppia$ doppio$ dover$ dovere$ doverlo$ dovra$ dovrebbe$ eccetto$ \
    elettronica$ elettronico$ elimina$ entrambe$ entrambi$ esattamente$ esatto$ esclusivamente$ esito$ essa$ essendo$ \
    essenzialmente$ essere$ essi$ esso$ evita$ evitare$ fa$ fine$ funzionalita$ funzionamento$ funzione$ funzioni$ \
    garantire$ garantisce$ gestione$ gestisce$ gestite$ gia$ giorni$ giorno$ gli$ grazie$ ha$ hai$ hanno$ ho$ i$ \
    ieri$ il$ immediatamente$ impedisce$ infine$ iniziale$ inizio$ inoltre$ insieme$ internet$ interni$ iscritti$ l$ \
    la$ lato$ le$ leggibile$ lei$ li$ libera$ libero$ limita$ lo$ lontano$ loro$ lunga$ mantiene$ massimo$ membri$ \
    membro$ memorizza$ memorizzare$ meno$ mese$ mesi$ meta$ mezzo$ migliore$ minuti$ minuto$ modalita$ modi$ molto$ \
    mostra$ mostrare$ mostrati$ mostrato$ necessari$ necessaria$ necessario$ negozio$ nell$ nessuno$ noi$ nonche$ \
    nostra$ nostre$ nostri$ nostro$ nove$ nuova$ nuove$ nuovi$ nuovo$ oggi$ opportunamente$ opportuno$ ore$ ottimale$ \
    otto$ parziale$ parzialmente$ perche$ permette$ permettere$ permettono$ pianificata$ pianificato$ piattaforma$ \
    piccola$ piccolo$ piu$ poi$ poiche$ portale$ possa$ possano$ possibile$ possono$ poter$ potra$ potrebbe$ \
    precedentemente$ predefinito$ presto$ previsti$ primo$ programmata$ programmato$ propri$ propria$ proprio$ \
    provvisoria$ provvisoriamente$ provvisorio$ puo$ qualcosa$ qualsiasi$ qualunque$ quattro$ quella$ quelli$ quello$ \
    questa$ queste$ questi$ questo$ quindi$ regolare$ regolarmente$ relative$ relativi$ responsabile$ resta$ ricorda$ \
    ricordare$ ricordarlo$ rileva$ ripetutamente$ ripetuto$ rispettivamente$ sara$ sarebbe$ scade$ seconda$ secondi$ \
    seguente$ seguenti$ sei$ selezionata$ selezionate$ selezionati$ selezionato$ sempre$ server$ servizi$ servizio$ \
    sette$ settimana$ settimane$ si$ sia$ siano$ sicura$ sicure$ sicuri$ sicuro$ sistema$ sito$ solamente$ soli$ \
    solo$ soltanto$ sono$ sopra$ soprattutto$ sotto$ stessa$ stesso$ sua$ subito$ successiva$ successivamente$ \
    successivi$ successivo$ sue$ sufficiente$ sull$ suo$ suoi$ tale$ tali$ tecnica$ tecniche$ tecnici$ tecnico$ \
    temporanea$ temporaneamente$ temporanee$ temporanei$ temporaneo$ tipi$ tre$ trenta$ troppo$ tua$ tue$ tuo$ tuoi$ \
    tutta$ tutte$ tutti$ tutto$ uguale$ un$ una$ univoca$ univoci$ univoco$ uno$ usato$ utente$ utenti$ validi$ \
    vanno$ venga$ vengano$ vengono$ venire$ venti$ verifica$ verificare$ verso$ vi$ vicino$ virtuale$ virtuali$ \
    visibile$ visita$ visitatore$ visitatori$ voi$ volta$ volte$ vostra$ vostre$ vostri$ vostro$ vuota$ vuoto$ web$";

/// Names of software, and of companies that a page may credit with a cookie.
pub(super) const SOFTWARE: &str = "ag$ agentconnect$ airlock$ ajax$ akamai$ altcha$ amazon$ apache$ api$ asp$ aws$ \
    axeptio$ azure$ borlabs$ bv$ cdn$ cie$ citrix$ ckan$ cloudflare$ com$ complianz$ cookiebot$ cookieyes$ craft$ \
    css$ didomi$ digid$ django$ dns$ drupal$ drupals$ eherkenning$ elb$ elstam$ ent$ f5$ fastly$ franceconnect$ \
    friendlycaptcha$ gmbh$ haproxy$ hcaptcha$ html$ http$ https$ imperva$ inc$ incapsula$ itsme$ iubenda$ java$ \
    joomla$ json$ jsp$ jwt$ keycloak$ klaro$ laravel$ ldap$ liferay$ llc$ ltd$ magento$ microsoft$ moodle$ netscaler$ \
    nginx$ node$ nodejs$ oauth$ oauth2$ oidc$ onetrust$ opendatasoft$ openid$ osano$ php$ polylang$ prestashop$ \
    proconnect$ rails$ samesite$ saml$ sas$ script$ shibboleth$ shopify$ shopware$ spa$ spid$ spip$ srl$ ssl$ stripe$ \
    symfony$ tarteaucitron$ termly$ tls$ traefik$ typo3$ url$ usercentrics$ varnish$ woocommerce$ wordpress$ wp$ \
    wpml$ www$";
