//! Articles, pronouns, prepositions, conjunctions and adverbs; “to be”, “to have”, “can”; numbers and lengths of time.

/// English.
pub(super) const ENGLISH: &str = "a$ able$ about$ above$ absent$ according$ accordingly$ across$ activated$ \
    active$ actually$ additional$ additionally$ after$ afterwards$ again$ against$ ago$ ahead$ alive$ all$ \
    allowed$ allowing$ along$ alongside$ alphanumeric$ already$ also$ although$ always$ among$ amongst$ an$ and$ \
    anonymous$ anonymously$ another$ any$ anybody$ anywhere$ app$ appropriate$ apps$ are$ aren$ around$ as$ aside$ \
    asked$ at$ automatic$ automatically$ available$ aware$ away$ back$ based$ basically$ basis$ be$ because$ been$ \
    before$ beforehand$ being$ below$ beside$ besides$ best$ between$ beyond$ big$ bigger$ bit$ both$ bottom$ box$ \
    by$ can$ cannot$ central$ centralised$ certain$ common$ complete$ completely$ consecutive$ consistent$ \
    consistently$ continuously$ correct$ correctly$ could$ current$ currently$ day$ days$ dedicated$ default$ \
    designed$ desktop$ despite$ did$ didn$ digital$ directly$ disabled$ do$ does$ doesn$ don$ double$ down$ due$ \
    during$ e$ each$ earlier$ early$ easily$ eight$ either$ electronic$ else$ empty$ enabled$ encrypted$ end$ \
    ends$ entire$ entirely$ essentially$ etc$ even$ eventually$ ever$ every$ everything$ everywhere$ exact$ \
    exactly$ except$ exclusively$ false$ far$ few$ finally$ first$ five$ following$ for$ form$ forth$ four$ free$ \
    from$ full$ fully$ further$ furthermore$ g$ general$ generally$ given$ global$ good$ had$ half$ halfway$ \
    halves$ has$ hashed$ hasn$ have$ haven$ having$ he$ hence$ her$ here$ hereby$ herein$ hidden$ his$ hour$ \
    hours$ how$ however$ i$ if$ immediately$ important$ in$ inactivity$ incomplete$ incorrect$ incorrectly$ \
    individual$ individually$ initially$ inside$ instead$ intended$ internal$ into$ invalid$ invisible$ is$ isn$ \
    it$ its$ itself$ just$ kind$ large$ larger$ late$ later$ least$ less$ lets$ level$ lifespan$ local$ locally$ \
    long$ longer$ lot$ main$ mainly$ manually$ many$ maximum$ may$ me$ means$ meant$ meanwhile$ merely$ middle$ \
    midway$ might$ minimal$ minimum$ minute$ minutes$ mobile$ mode$ moment$ month$ months$ more$ moreover$ mostly$ \
    much$ multi$ must$ my$ namely$ native$ near$ necessary$ needed$ never$ new$ next$ nine$ no$ nobody$ non$ nor$ \
    normally$ not$ nothing$ now$ numbered$ numeric$ numerical$ o$ of$ off$ old$ on$ once$ one$ ones$ ongoing$ \
    only$ onto$ optimal$ or$ order$ original$ originally$ otherwise$ our$ ours$ out$ outside$ over$ overall$ own$ \
    part$ partial$ partially$ particular$ particularly$ partly$ pc$ per$ period$ permanent$ permanently$ \
    persistent$ planned$ possible$ pre$ preceding$ precisely$ present$ previous$ previously$ primarily$ proper$ \
    properly$ proprietary$ purely$ purpose$ purposes$ quickly$ quite$ random$ randomly$ rather$ re$ readable$ \
    ready$ really$ regardless$ related$ reliable$ reliably$ remaining$ remote$ repeatedly$ requested$ required$ \
    respective$ respectively$ responsible$ rest$ result$ right$ s$ safely$ same$ scheduled$ seamlessly$ second$ \
    seconds$ secure$ securely$ sending$ separate$ separately$ seven$ she$ short$ shortly$ should$ side$ simple$ \
    simply$ since$ single$ six$ small$ smaller$ smoothly$ so$ solely$ some$ somebody$ someone$ something$ \
    sometimes$ soon$ sort$ special$ specific$ stable$ standard$ start$ step$ steps$ still$ strictly$ subsequent$ \
    subsequently$ successful$ successfully$ successive$ such$ sufficient$ suitable$ supposed$ sure$ switched$ t$ \
    tablet$ technical$ technically$ temporarily$ temporary$ ten$ term$ terms$ than$ that$ the$ their$ them$ \
    themselves$ then$ there$ thereafter$ thereby$ therefore$ therein$ these$ they$ thing$ things$ thirty$ this$ \
    those$ though$ three$ through$ throughout$ thus$ till$ to$ together$ too$ top$ towards$ true$ truly$ turned$ \
    twelve$ twenty$ twice$ two$ under$ underlying$ unique$ uniquely$ unless$ unreadable$ unsuccessful$ until$ up$ \
    upcoming$ upon$ us$ using$ usually$ valid$ ve$ very$ via$ visible$ visit$ was$ wasn$ way$ we$ week$ weeks$ \
    well$ were$ what$ when$ whenever$ where$ whereby$ wherever$ whether$ which$ whichever$ while$ whilst$ whoever$ \
    whole$ whom$ whose$ why$ with$ within$ without$ won$ would$ wrong$ year$ years$ yes$ yet$ you$ your$ yours$ \
    yourself$";

/// French.
pub(super) const FRENCH: &str = "absente$ actuel$ actuelle$ actuelles$ actuels$ afin$ ailleurs$ ainsi$ aleatoire$ \
    aleatoirement$ aleatoires$ alors$ alphanumerique$ ancien$ ancienne$ annee$ annees$ anonyme$ anonymes$ ans$ \
    apres$ assez$ au$ aucun$ aucune$ aujourd$ auparavant$ aupres$ auquel$ aussi$ aussitot$ automatique$ \
    automatiquement$ automatiques$ autrement$ aux$ auxquels$ avait$ avant$ avec$ avez$ avoir$ ayant$ bas$ base$ \
    beaucoup$ besoin$ bien$ bientot$ bon$ bonne$ bref$ bureau$ c$ cache$ cachee$ cadre$ car$ cas$ ce$ celle$ \
    celles$ celui$ centrale$ certaines$ certains$ ces$ cet$ cette$ ceux$ chaque$ chez$ chiffre$ chiffree$ \
    chiffrees$ chiffres$ cinq$ comme$ commun$ complet$ completement$ concernant$ concu$ consigne$ consigner$ \
    constamment$ continuellement$ contre$ correcte$ correctement$ cote$ courant$ courante$ courantes$ courants$ \
    cours$ court$ courte$ crypte$ cryptee$ d$ dans$ de$ debut$ defaut$ defini$ definie$ definit$ demain$ demandee$ \
    demandees$ demandes$ demi$ depuis$ deroulement$ des$ desire$ desquelles$ desquels$ dessous$ dessus$ destine$ \
    destinee$ destines$ deux$ different$ differente$ differentes$ differents$ directement$ disponible$ distant$ \
    distinct$ distincte$ distinctes$ distincts$ divers$ dix$ doit$ doivent$ donc$ dont$ doublement$ doublon$ \
    douze$ du$ duquel$ durable$ durablement$ durant$ duree$ echeance$ ecran$ electronique$ elle$ elles$ en$ \
    encore$ ensemble$ ensuite$ entierement$ entre$ essentiellement$ est$ et$ etait$ etant$ etape$ etapes$ etat$ \
    ete$ etes$ etre$ eux$ eventuel$ eventuelle$ eventuellement$ eventuelles$ eventuels$ exactement$ exclusivement$ \
    expiration$ facilement$ facon$ faire$ fait$ faite$ faites$ fin$ final$ finale$ finalement$ fois$ genre$ grace$ \
    grand$ grande$ gros$ haut$ heure$ heures$ hier$ hormis$ hui$ huit$ ici$ identique$ identiques$ il$ ils$ \
    immediatement$ incomplet$ individuel$ individuelle$ initial$ initiale$ initialement$ instant$ interne$ \
    internes$ j$ jamais$ je$ jour$ jours$ jusqu$ jusque$ l$ la$ laquelle$ le$ lequel$ les$ lesquelles$ lesquels$ \
    leur$ leurs$ libre$ lisible$ locale$ localement$ longtemps$ longue$ lors$ lorsqu$ lorsque$ lui$ m$ ma$ mais$ \
    malgre$ manuellement$ matiere$ matin$ maximal$ meilleur$ meilleure$ meme$ memes$ memoire$ mes$ milieu$ moi$ \
    moins$ mois$ moitie$ mon$ moyen$ moyens$ n$ ne$ neuf$ niveau$ nos$ notamment$ notre$ nous$ nouveau$ nouveaux$ \
    nouvelle$ nouvelles$ nuit$ numerique$ ont$ ou$ oui$ outre$ par$ pareil$ parfois$ particulierement$ partie$ \
    partiel$ partiellement$ pas$ pendant$ personne$ petit$ petite$ peu$ peut$ peuvent$ planifie$ planifiee$ plus$ \
    pour$ prealable$ prealablement$ precedent$ precedente$ precedentes$ precedents$ precisement$ premier$ \
    premiere$ presente$ pret$ prete$ prevu$ prevue$ prevus$ principal$ principale$ principalement$ prochain$ \
    propos$ propre$ propres$ provisoire$ provisoirement$ provisoires$ puis$ puisqu$ puisque$ purement$ qu$ quand$ \
    quant$ quatre$ que$ quel$ quelle$ quelles$ quelque$ quelques$ quels$ qui$ quinze$ quoi$ quoique$ rapidement$ \
    reel$ reellement$ relatif$ relatifs$ relative$ relatives$ respectivement$ responsable$ restant$ restante$ \
    rien$ sans$ sauf$ se$ seconde$ secondes$ securise$ securisee$ securisees$ securises$ selon$ semaine$ semaines$ \
    sept$ ses$ seul$ seule$ seulement$ si$ simplement$ simultanement$ soi$ soient$ soir$ soit$ son$ sont$ sorte$ \
    souhaitez$ sous$ successif$ successifs$ successivement$ successives$ suffisant$ suffisante$ suite$ suivant$ \
    suivante$ suivantes$ suivants$ sujet$ sur$ tandis$ tant$ tard$ technique$ techniques$ tel$ telle$ telles$ \
    tels$ temporaire$ temporairement$ temporaires$ terme$ tot$ totalement$ toujours$ tous$ tout$ toute$ toutes$ \
    travers$ trente$ tres$ trois$ trop$ type$ types$ un$ une$ uniquement$ uniques$ valable$ valables$ valide$ \
    valides$ vers$ vide$ vingt$ virtuel$ virtuelle$ vos$ votre$ voulez$ vous$ vraiment$ y$";

/// German.
pub(super) const GERMAN: &str = "ab$ aber$ acht$ aktuell$ aktuelle$ aktuellen$ aktueller$ alle$ allen$ \
    alphanumerisch$ alphanumerische$ alt$ alte$ am$ anfanglich$ angeforderten$ anhand$ anliegend$ anonym$ \
    anonymen$ anonymer$ anschliessend$ anstatt$ anwesend$ art$ auch$ auf$ aufgrund$ aufrecht$ aus$ ausgeschaltet$ \
    ausreichend$ ausschliesslich$ ausser$ automatisch$ automatische$ automatischen$ automatischer$ automatisiert$ \
    automatisierte$ automatisierten$ b$ bald$ basierend$ befristet$ begrenzte$ bei$ beide$ beiden$ beim$ \
    benutzbar$ bereit$ bereits$ besseren$ bestehende$ bestehenden$ bestehender$ bestimmt$ bestimmte$ bestimmten$ \
    bestimmter$ bevor$ beziehungsweise$ bezuglich$ bin$ bis$ bisher$ bislang$ bist$ bzw$ da$ dabei$ dadurch$ \
    dafur$ dagegen$ daher$ dahinter$ damit$ danach$ dann$ daran$ darauf$ daraufhin$ darf$ darin$ daruber$ darum$ \
    darunter$ das$ dass$ dauer$ dauerhaft$ davon$ davor$ dazu$ dein$ deine$ deinen$ deiner$ deines$ dem$ \
    demselben$ den$ denn$ denselben$ der$ deren$ derselben$ deshalb$ desselben$ dessen$ dich$ die$ diesbezuglich$ \
    diese$ dieselbe$ diesem$ diesen$ dieser$ dieses$ dir$ direkt$ doppelt$ dort$ drei$ dreissig$ durch$ \
    durchgangig$ durchgehend$ durfen$ eigen$ eigene$ eigenen$ eigener$ ein$ eindeutig$ eindeutige$ eindeutigen$ \
    eindeutiger$ eindeutiges$ eine$ einem$ einen$ einer$ eines$ einfach$ eingeschaltet$ einige$ einigen$ einiger$ \
    einmal$ einmalig$ einmalige$ einmaligen$ einmaliger$ einsatzbereit$ einwandfrei$ einwandfreie$ einwandfreien$ \
    einzeln$ einzelne$ einzelnen$ elektronisch$ ende$ endgultig$ entlang$ entsprechend$ entsprechende$ \
    entsprechenden$ er$ erfolgreich$ erfolgreiche$ erfolgreichen$ erfolgreicher$ erneut$ erste$ ersten$ erster$ \
    es$ etwa$ etwas$ euch$ euer$ eure$ exakt$ falls$ falsch$ falsche$ falschen$ fehlende$ fehlerfrei$ fehlerfreie$ \
    fehlerfreien$ fest$ folgende$ folgenden$ folgender$ fortlaufend$ frei$ freien$ fruh$ fruher$ fruhere$ funf$ \
    funktionsfahig$ funktionsfahige$ fur$ ganz$ gedacht$ gegebenenfalls$ gegen$ gegenuber$ gemeinsam$ genau$ \
    geplant$ geplante$ geplanten$ gerade$ gewunscht$ gewunschte$ gewunschten$ ggf$ gibt$ ging$ gleiche$ gleichen$ \
    gleichzeitig$ grosser$ gultig$ gultige$ gultigen$ gultiger$ gut$ guten$ habe$ haben$ habt$ halb$ halfte$ hat$ \
    hatte$ hatten$ hauptsachlich$ heraus$ hierbei$ hierdurch$ hierfur$ hiermit$ hierzu$ hilfe$ hin$ hinaus$ \
    hinein$ hinsichtlich$ hinter$ hinweg$ hochstens$ ihm$ ihn$ ihnen$ ihr$ ihre$ ihrem$ ihren$ ihrer$ ihres$ im$ \
    immer$ indem$ innerhalb$ ins$ insbesondere$ insgesamt$ intern$ internen$ irgendein$ ist$ jahr$ jahre$ jahren$ \
    jede$ jedem$ jeden$ jeder$ jedes$ jedoch$ jemand$ jeweilig$ jeweilige$ jeweiligen$ jeweils$ kann$ kein$ keine$ \
    keinen$ klein$ kleiner$ komplett$ konnen$ konnte$ konnten$ kontinuierlich$ korrekt$ korrekte$ korrekten$ \
    korrekter$ kurz$ kurze$ kurzen$ kurzer$ kurzzeitig$ lang$ lange$ langer$ langere$ langfristig$ laufend$ \
    laufende$ laufenden$ lediglich$ lesbar$ lokal$ lokale$ lokalen$ mal$ man$ manche$ mancher$ manuell$ maximale$ \
    maximalen$ mehr$ mehrfach$ mehrfache$ mehrfachen$ mehrmals$ mein$ meine$ meinem$ meinen$ merkliste$ mich$ \
    mindestens$ minuten$ mir$ mit$ mithilfe$ mitte$ mittels$ mobil$ mochte$ mochten$ modus$ moglich$ moglichst$ \
    monat$ monate$ monaten$ muss$ mussen$ nach$ nachdem$ nacheinander$ nachste$ nachsten$ nachster$ nachtraglich$ \
    nahtlos$ nahtlose$ namlich$ neben$ neu$ neue$ neuen$ neuer$ neun$ nicht$ nichts$ nie$ niemals$ niemand$ noch$ \
    notig$ notige$ notigen$ numerisch$ nur$ nutzbar$ ob$ oben$ oberhalb$ obwohl$ oder$ ohne$ optimale$ \
    ordnungsgemass$ ordnungsgemasse$ ordnungsgemassen$ reibungslos$ reibungslose$ reibungslosen$ rein$ reine$ \
    reinen$ richtig$ richtigen$ samtliche$ samtlichen$ schliesslich$ schnell$ schon$ sechs$ sehr$ sei$ seien$ \
    sein$ seine$ seinen$ seiner$ seit$ sekunden$ selbe$ selben$ selbst$ sich$ sichere$ sicheren$ sicherer$ \
    sicheres$ sichtbar$ sie$ sieben$ sind$ sobald$ sodass$ sofern$ sofort$ solange$ solche$ solchen$ solcher$ \
    soll$ sollen$ sollte$ sollten$ sonst$ sowie$ sozusagen$ spat$ spater$ standig$ statt$ stets$ stunde$ stunden$ \
    tag$ tage$ tagen$ technisch$ technische$ technischen$ technischer$ teilweise$ telefon$ temporar$ temporare$ \
    temporaren$ trotz$ uber$ ublich$ ubliche$ ubrige$ ubrigen$ um$ umgehend$ und$ uns$ unser$ unsere$ unserem$ \
    unseren$ unserer$ unseres$ unten$ unter$ unterhalb$ unterschiedlich$ ununterbrochen$ ununterbrochene$ \
    unvollstandig$ verantwortlich$ verfugbar$ verschlusselt$ verschlusselte$ verschlusselten$ vier$ virtuell$ \
    virtuellen$ vollstandig$ vom$ von$ vor$ vorbei$ vorgesehen$ vorhanden$ vorhandene$ vorhandenen$ vorher$ \
    vorherige$ vorherigen$ vorheriger$ vorige$ vorigen$ vorlaufig$ vorubergehend$ vorwiegend$ wahrend$ war$ ware$ \
    wegen$ weil$ weiter$ weiterhin$ welche$ welchen$ welcher$ welches$ wenn$ werden$ wie$ wieder$ wiederholt$ \
    wiederholte$ wiederholten$ wir$ wird$ wirklich$ wo$ woche$ wochen$ wodurch$ wollte$ wollten$ womit$ worden$ \
    wozu$ wunsch$ wurde$ wurden$ z$ zehn$ zeitlich$ zeitraum$ zentral$ zentrale$ zentralen$ zu$ zufallig$ \
    zufallige$ zufalligen$ zufalliger$ zugehorig$ zugehorige$ zum$ zunachst$ zur$ zuruck$ zusammen$ zuvor$ \
    zwanzig$ zweck$ zwecke$ zwei$ zweite$ zweiten$ zwingend$ zwischen$ zwischenzeitlich$ zwolf$";

/// Spanish.
pub(super) const SPANISH: &str = "abajo$ actual$ actuales$ adecuada$ adecuadamente$ adecuado$ ademas$ ahi$ ahora$ \
    al$ aleatoria$ aleatoriamente$ aleatorio$ aleatorios$ alfanumerica$ alfanumerico$ algo$ alguien$ algun$ \
    alguna$ algunas$ algunos$ alli$ ambas$ ambos$ ano$ anonima$ anonimas$ anonimo$ anonimos$ anos$ ante$ anterior$ \
    anteriores$ anteriormente$ antes$ aqui$ arriba$ asi$ asimismo$ aun$ aunque$ ausente$ automaticamente$ \
    automaticas$ automatico$ automaticos$ ayer$ bajo$ cabo$ cada$ caso$ cerca$ cifrada$ cifrado$ cinco$ como$ \
    completa$ completamente$ completo$ comun$ comunes$ con$ constantemente$ continua$ continuamente$ continuo$ \
    contra$ correcta$ correctamente$ correctas$ correcto$ correctos$ corriente$ corta$ corto$ cual$ cuales$ \
    cualquier$ cualquiera$ cuando$ cuanta$ cuanto$ cuatro$ cuya$ cuyo$ dada$ dadas$ dado$ dados$ deba$ debajo$ \
    deban$ debe$ deben$ debida$ debidamente$ debido$ defecto$ del$ delante$ demas$ dentro$ desde$ desea$ despues$ \
    destinada$ destinado$ detras$ dia$ dias$ diez$ diferente$ diferentes$ directamente$ disenada$ disenado$ \
    distinta$ distintas$ distinto$ distintos$ doble$ doce$ donde$ dos$ duracion$ durante$ efecto$ efectos$ el$ \
    electronicos$ ella$ ellas$ ello$ ellos$ encima$ entonces$ era$ eran$ eres$ erroneo$ esa$ escritorio$ ese$ \
    esencialmente$ especialmente$ esta$ estaba$ estan$ estandar$ estando$ estar$ estas$ este$ esto$ estos$ estuvo$ \
    exactamente$ exacto$ excepto$ excluido$ exclusivamente$ exito$ exitosamente$ facilmente$ fijo$ finalmente$ \
    forma$ frente$ fue$ fuera$ fueron$ gran$ ha$ habia$ habiendo$ habra$ hacia$ han$ hasta$ hay$ haya$ hayan$ \
    hora$ horas$ hoy$ hubiera$ identico$ igual$ iguales$ igualmente$ incluso$ incompleto$ incorrecto$ inicial$ \
    inicio$ inmediatamente$ inmediato$ instante$ interna$ internas$ interno$ internos$ ir$ junto$ juntos$ lado$ \
    larga$ largo$ las$ legible$ lejos$ lista$ listo$ lo$ localmente$ los$ luego$ manera$ manualmente$ marcha$ mas$ \
    maximo$ media$ mediante$ medias$ medio$ mejores$ menos$ meramente$ meses$ mi$ mientras$ minimo$ minuto$ \
    minutos$ mis$ misma$ mismo$ mitad$ modo$ movil$ mucho$ muestra$ muy$ nada$ nadie$ navega$ navegar$ necesita$ \
    ni$ ningun$ ninguna$ nivel$ nuestra$ nuestras$ nuestro$ nuestros$ nueva$ nuevamente$ nuevas$ nueve$ nuevo$ \
    nuevos$ numerico$ nunca$ ocho$ oficina$ optimo$ para$ parcial$ parcialmente$ parte$ pequena$ pequeno$ periodo$ \
    permanente$ permanentemente$ pero$ planificada$ planificado$ plazo$ poco$ poder$ podra$ podran$ podria$ por$ \
    porque$ posible$ posterior$ posteriormente$ precisamente$ previa$ previamente$ previas$ previo$ previos$ \
    prevista$ previsto$ previstos$ primer$ primera$ primero$ principalmente$ pronto$ propia$ propias$ propio$ \
    propios$ provisional$ provisionalmente$ pueda$ puedan$ puedas$ puede$ pueden$ pues$ puramente$ queria$ \
    quisiera$ rapidamente$ realmente$ reiterado$ remoto$ repetidamente$ respectivamente$ salvo$ sea$ sean$ segun$ \
    segunda$ segundo$ segundos$ segura$ seguras$ seguro$ seguros$ seis$ semana$ semanas$ ser$ seria$ sido$ \
    siempre$ siendo$ siete$ siguiente$ siguientes$ simultaneamente$ sin$ sino$ sobre$ sola$ solicitada$ \
    solicitado$ solo$ soy$ su$ sucesivas$ sucesivo$ sucesivos$ suficiente$ sus$ suyo$ tal$ tales$ tambien$ tan$ \
    tanto$ tarde$ te$ tecnica$ tecnicas$ tecnico$ tecnicos$ temporal$ temporales$ temporalmente$ temprano$ ti$ \
    tipo$ tipos$ toda$ todas$ todo$ todos$ totalmente$ transcurrido$ transcurridos$ transcurso$ tras$ traves$ \
    treinta$ tu$ tus$ u$ una$ unas$ unica$ unicamente$ unicas$ unico$ unicos$ unos$ usted$ vacia$ vacio$ valida$ \
    validas$ valido$ validos$ van$ varias$ veinte$ vez$ virtuales$ volver$ ya$";

/// Dutch.
pub(super) const DUTCH: &str = "aan$ aangeven$ aanvankelijk$ aanwezig$ achter$ actief$ actieve$ af$ alfanumeriek$ \
    alfanumerieke$ alleen$ allemaal$ als$ altijd$ anoniem$ anonieme$ bedoeld$ behalve$ behoren$ behulp$ ben$ \
    beneden$ benodigd$ benodigde$ bent$ beschikbaar$ bestaand$ bestaande$ beste$ bestemd$ beveiligd$ beveiligde$ \
    bij$ bijbehorende$ binnen$ blijvend$ boven$ bruikbaar$ centraal$ compleet$ daar$ daarbij$ daardoor$ daarmee$ \
    daarna$ daarvan$ daarvoor$ dag$ dagen$ dan$ dankzij$ dat$ deel$ definitief$ dergelijke$ dertig$ \
    desbetreffende$ desgewenst$ deze$ dezelfde$ dicht$ digitaal$ direct$ dit$ doel$ door$ doordat$ doorlopend$ \
    doorlopende$ drie$ dubbel$ dus$ duur$ echt$ een$ eenmalig$ eenmalige$ eenvoudig$ eerder$ eerdere$ eerst$ \
    eerste$ einde$ elk$ elkaar$ elke$ enkel$ enkele$ eraan$ ergens$ erin$ ermee$ erna$ erop$ ervan$ ervoor$ \
    eventueel$ eventuele$ exacte$ foutloos$ gang$ gedeeltelijk$ geen$ geheel$ geldig$ geldige$ gelijk$ gelijke$ \
    gelijktijdig$ gemeenschappelijk$ gepland$ geplande$ geval$ gevraagd$ gevraagde$ geweest$ gewone$ gewoon$ \
    geworden$ goed$ goede$ groot$ grote$ groter$ haar$ hadden$ handmatig$ handmatige$ hebben$ hebt$ heeft$ heel$ \
    helft$ hem$ hen$ herhaaldelijk$ het$ hetzelfde$ hierbij$ hierdoor$ hiermee$ hiervoor$ hij$ hoe$ hoeft$ hoeven$ \
    hoewel$ hoofdzakelijk$ hoogstens$ huidig$ huidige$ hun$ ieder$ iedere$ iemand$ iets$ indien$ jaar$ jaren$ jij$ \
    jou$ jouw$ juist$ juiste$ kan$ keer$ klaar$ kleine$ kon$ konden$ kort$ korte$ kun$ kunnen$ kunt$ laat$ langs$ \
    leeg$ leesbaar$ lokaal$ louter$ maal$ maand$ maanden$ maar$ mag$ manier$ maximaal$ meer$ meermaals$ meest$ \
    men$ met$ meteen$ midden$ mij$ mijn$ minimaal$ minimale$ minstens$ minuut$ mits$ mobiel$ mobiele$ mocht$ \
    moest$ moet$ moeten$ mogelijk$ mogen$ na$ naadloos$ naar$ naast$ nadat$ negen$ nergens$ net$ niet$ niets$ \
    nieuw$ nieuwe$ nodige$ nog$ nooit$ nu$ numeriek$ om$ omdat$ ondanks$ onder$ onjuist$ onjuiste$ onmiddellijk$ \
    ononderbroken$ ons$ ontworpen$ onvolledig$ onze$ ook$ op$ opeenvolgende$ opnieuw$ optimaal$ oud$ oude$ overal$ \
    periode$ precies$ puur$ respectievelijk$ resterende$ rond$ rondom$ samen$ seconden$ snel$ soepel$ sommige$ \
    soort$ stand$ standaard$ steeds$ straks$ sturen$ stuurt$ succesvol$ succesvolle$ tegelijk$ tegen$ tegenover$ \
    telkens$ tenslotte$ tenzij$ ter$ terug$ terwijl$ tien$ tijdelijk$ tijdelijke$ tijdens$ toch$ tussen$ twaalf$ \
    twee$ tweede$ twintig$ uit$ uiteindelijk$ uitsluitend$ uniek$ unieke$ uren$ uur$ uw$ vanaf$ vanuit$ vanwege$ \
    vast$ veel$ veilig$ veilige$ veiliger$ verantwoordelijk$ verder$ verkeerd$ verschillende$ versie$ versleuteld$ \
    versleutelde$ vervolgens$ vijf$ virtueel$ virtuele$ vlot$ voldoende$ volgende$ volgens$ volledig$ volledige$ \
    voor$ vooral$ voordat$ voorlopig$ voornamelijk$ voortdurend$ vrij$ vroeg$ vroeger$ waar$ waarbij$ waardoor$ \
    waarin$ waarmee$ waarna$ waarop$ waarvan$ waarvoor$ wanneer$ waren$ wat$ weer$ wegens$ weinig$ weken$ welke$ \
    werd$ wezen$ wiens$ wij$ willekeurig$ willekeurige$ wilt$ word$ wordt$ zal$ ze$ zeer$ zelf$ zelfde$ zes$ \
    zeven$ zich$ zichtbaar$ zij$ zijn$ zo$ zoals$ zodat$ zodra$ zolang$ zonder$ zou$ zouden$ zuiver$ zulke$ \
    zullen$";

/// Italian.
pub(super) const ITALIAN: &str = "abbastanza$ abbia$ adeguato$ adesso$ affinche$ agli$ ai$ alcune$ alcuni$ alla$ \
    allo$ allora$ altrimenti$ anche$ ancora$ andare$ anni$ anno$ anonimi$ assente$ attuale$ attuali$ automatica$ \
    automatiche$ automatici$ avendo$ avere$ avete$ aveva$ avra$ breve$ brevi$ casuale$ casuali$ casualmente$ \
    causa$ che$ chiunque$ ci$ ciascun$ ciascuna$ ciascuno$ cifrata$ cifrato$ cinque$ cio$ comune$ comuni$ \
    contemporaneamente$ contro$ corrente$ correnti$ corretta$ correttamente$ corrette$ corretti$ corretto$ cosi$ \
    costantemente$ cui$ dagli$ dai$ dal$ dall$ dalla$ dalle$ davanti$ debba$ debbano$ debitamente$ decorso$ degli$ \
    dei$ dell$ della$ delle$ dello$ desidera$ desiderata$ destinata$ destinato$ deve$ devono$ di$ dieci$ dietro$ \
    digitale$ direttamente$ disponibile$ diversa$ diverse$ diversi$ diverso$ dodici$ dopo$ doppia$ doppio$ dove$ \
    dover$ dovere$ doverlo$ dovra$ dovrebbe$ durata$ eccetto$ ed$ elettronica$ elettronico$ entrambe$ entrambi$ \
    erano$ esattamente$ esatto$ esclusivamente$ esito$ essa$ essendo$ essenzialmente$ essere$ essi$ esso$ finche$ \
    fine$ fino$ fra$ fuori$ gia$ giorni$ giorno$ gli$ grazie$ hai$ hanno$ ho$ ieri$ immediatamente$ individuale$ \
    infine$ iniziale$ inizio$ inoltre$ insieme$ interni$ istante$ lato$ leggibile$ lei$ li$ libera$ libero$ \
    livello$ lontano$ loro$ lunga$ lungo$ mai$ massimo$ meno$ mentre$ mese$ mesi$ meta$ mezzo$ migliore$ minuti$ \
    modalita$ modi$ molto$ nei$ nel$ nell$ nella$ nelle$ nello$ nessun$ nessuna$ nessuno$ niente$ noi$ nonche$ \
    nostra$ nostre$ nostri$ nostro$ nove$ nuova$ nuovamente$ nuove$ nuovi$ nuovo$ od$ oggi$ ogni$ oltre$ \
    operatore$ operatori$ opportunamente$ opportuno$ ora$ ore$ originale$ originaria$ ottimale$ otto$ parziale$ \
    parzialmente$ perche$ pianificata$ pianificato$ piccola$ piccolo$ piu$ poi$ poiche$ possa$ possano$ possibile$ \
    possono$ poter$ potra$ potrebbe$ precedentemente$ precedenti$ predefinito$ presto$ previsti$ prima$ primo$ \
    programmata$ programmato$ propri$ propria$ proprio$ provvisoria$ provvisoriamente$ provvisorio$ puo$ qualcosa$ \
    qualcuno$ quale$ quali$ qualsiasi$ qualunque$ quando$ quanta$ quanto$ quattro$ quella$ quelli$ quello$ questa$ \
    queste$ questi$ questo$ quindi$ regolare$ regolarmente$ responsabile$ richiesta$ richiesto$ ricordarlo$ \
    ripetutamente$ ripetuto$ rispettivamente$ sara$ sarebbe$ seconda$ secondi$ secondo$ seguente$ seguenti$ \
    selezionata$ selezionate$ selezionati$ selezionato$ sempre$ senza$ sette$ settimana$ settimane$ sia$ siano$ \
    sicura$ sicure$ sicuri$ sicuro$ solamente$ soli$ soltanto$ sono$ sopra$ soprattutto$ sotto$ stata$ state$ \
    stati$ stato$ stessa$ stesso$ sua$ subito$ successiva$ successivamente$ successivi$ successivo$ sue$ \
    sufficiente$ sui$ sul$ sull$ sulla$ sulle$ sullo$ suo$ suoi$ tale$ tali$ tardi$ tecniche$ tecnici$ temporanea$ \
    temporaneamente$ temporanee$ temporanei$ temporaneo$ tipi$ tra$ tramite$ tre$ trenta$ troppo$ tua$ tue$ tuo$ \
    tuoi$ tutta$ tutte$ tutti$ tutto$ uguale$ univoca$ univoci$ univoco$ uno$ validi$ vanno$ venga$ vengano$ \
    vengono$ venire$ venti$ verso$ vi$ vicino$ virtuale$ virtuali$ visibile$ voi$ voleva$ volta$ volte$ vostra$ \
    vostre$ vostri$ vostro$ vuota$ vuoto$";
