//! Words that say nothing of a purpose, whatever they stand beside: “this”, “visitor”, “stores”. Folded; a word ends in `$`,
//! the beginning of a word does not.
//!
//! Words that turn a purpose into another are not among them: “number”, “several”, “other”, “partners”, “improve”, “devices”,
//! plurals of “session” and “visit”.

/// All of them.
pub(super) const NEUTRAL: [&str; 9] = [ENGLISH, FRENCH, GERMAN, SPANISH, DUTCH, ITALIAN, VERBS, THINGS, SOFTWARE];

/// English: articles, pronouns, prepositions, conjunctions and adverbs; “to be”, “to have”, “can”; numbers and lengths of time.
const ENGLISH: &str = "alive$ among$ whenever$ wherever$ anywhere$ everywhere$ half$ further$ towards$ upon$ \
    onto$ beside$ per$ sending$ twice$ right$ correctly$ over$ under$ above$ below$ here$ thing$ things$ someone$ \
    somebody$ nobody$ anybody$ nothing$ something$ everything$ more$ most$ less$ least$ much$ many$ few$ very$ too$ \
    quite$ even$ yet$ ago$ away$ back$ off$ down$ together$ along$ around$ inside$ outside$ beyond$ near$ whose$ \
    whom$ why$ else$ instead$ otherwise$ therefore$ thus$ hence$ however$ although$ though$ unless$ till$ ever$ \
    sometimes$ usually$ normally$ easily$ quickly$ directly$ safely$ smoothly$ permanently$ repeatedly$ individual$ \
    individually$ separate$ separately$ single$ double$ simple$ new$ old$ valid$ invalid$ available$ necessary$ \
    important$ additional$ related$ respective$ appropriate$ suitable$ true$ false$ second$ minute$ minutes$ hour$ \
    hours$ day$ days$ week$ weeks$ month$ months$ year$ years$ period$ moment$ mode$ level$ encrypted$ hashed$ \
    digital$ electronic$ mobile$ desktop$ pc$ tablet$ app$ apps$ native$ requested$ asked$ being$ sure$ now$ yes$ \
    yourself$ themselves$ itself$ soon$ later$ immediately$ able$ based$ basis$ due$ both$ either$ always$ never$ \
    allowing$ possible$ solely$ exclusively$ simply$ visit$ the$ a$ an$ of$ to$ and$ or$ in$ on$ at$ by$ for$ from$ \
    with$ within$ without$ as$ is$ are$ be$ been$ was$ were$ has$ have$ had$ having$ will$ would$ can$ could$ may$ \
    might$ must$ should$ not$ no$ nor$ does$ do$ did$ don$ t$ s$ re$ ve$ this$ that$ these$ those$ it$ its$ they$ \
    them$ their$ you$ your$ yours$ we$ us$ our$ ours$ i$ me$ my$ he$ she$ his$ her$ who$ which$ what$ whether$ \
    when$ while$ where$ how$ if$ so$ then$ than$ after$ before$ during$ until$ once$ only$ also$ any$ all$ each$ \
    every$ same$ own$ one$ two$ step$ steps$ through$ throughout$ between$ against$ into$ out$ up$ such$ some$ \
    there$ already$ still$ just$ again$ next$ first$ last$ end$ ends$ correct$ properly$ proper$ proprietary$ \
    current$ currently$ generally$ general$ temporary$ temporarily$ strictly$ required$ needed$ purpose$ purposes$ \
    order$ way$ well$ whole$ entire$ full$ main$ special$ particular$ specific$ certain$ unique$ random$ randomly$ \
    anonymous$ anonymously$ internal$ technical$ technically$ standard$ default$ automatic$ automatically$ like$ e$ \
    g$ o$ etc$ via$ using$ about$ because$ since$ active$ inactivity$ box$";

/// French: articles, pronouns, prepositions, conjunctions and adverbs; “to be”, “to have”, “can”; numbers and lengths of time.
const FRENCH: &str = "jusqu$ sujet$ consigne$ consigner$ dernier$ derniere$ deux$ trois$ fois$ telle$ tel$ tels$ \
    telles$ doublement$ doublon$ chiffre$ chiffree$ crypte$ cryptee$ numerique$ electronique$ bureau$ valable$ \
    valide$ nouveaux$ nouvelles$ ancien$ ancienne$ premier$ premiere$ seconde$ principal$ principale$ individuel$ \
    individuelle$ propre$ propres$ disponible$ directement$ rapidement$ facilement$ correcte$ ensuite$ puis$ alors$ \
    donc$ car$ mais$ comme$ ailleurs$ dessus$ dessous$ haut$ bas$ cote$ heure$ heures$ jour$ jours$ semaine$ \
    semaines$ mois$ ans$ annee$ annees$ instant$ quelque$ quelques$ certains$ certaines$ divers$ differents$ \
    differentes$ aucun$ aucune$ rien$ personne$ quel$ quelle$ quels$ quelles$ lequel$ laquelle$ lesquels$ niveau$ \
    quant$ demandee$ demandees$ demandes$ elle$ plus$ nouveau$ nouvelle$ memoire$ soient$ etant$ ayant$ avait$ \
    toujours$ jamais$ celui$ celle$ ceux$ celles$ lui$ eux$ ici$ voulez$ souhaitez$ desire$ base$ cadre$ cas$ \
    suite$ besoin$ exclusivement$ simplement$ definit$ definie$ defini$ le$ la$ les$ l$ un$ une$ des$ de$ du$ d$ \
    au$ aux$ et$ ou$ en$ dans$ sur$ sous$ par$ pour$ avec$ sans$ afin$ que$ qu$ qui$ quoi$ dont$ ce$ cet$ cette$ \
    ces$ c$ il$ ils$ elles$ nous$ vous$ je$ j$ m$ moi$ se$ y$ n$ ne$ pas$ est$ sont$ etre$ ete$ etes$ etait$ soit$ \
    ont$ avez$ avoir$ peut$ peuvent$ doit$ doivent$ fait$ faire$ faite$ faites$ votre$ vos$ notre$ nos$ son$ sa$ \
    ses$ leur$ leurs$ mon$ ma$ mes$ si$ lors$ lorsque$ lorsqu$ quand$ pendant$ durant$ tant$ entre$ vers$ chez$ \
    depuis$ jusque$ apres$ avant$ deja$ encore$ aussi$ ainsi$ tout$ toute$ tous$ toutes$ chaque$ meme$ memes$ \
    uniquement$ seulement$ seul$ seule$ bien$ bon$ bonne$ correctement$ actuel$ actuelle$ courante$ courant$ cours$ \
    temporaire$ temporairement$ anonyme$ aleatoire$ interne$ technique$ techniques$ defaut$ automatique$ \
    automatiquement$ fin$ debut$ selon$ matiere$ concernant$ relatif$ relatifs$ relative$ relatives$ propos$ ecran$ \
    contre$ travers$ grace$ prochain$ oui$ non$";

/// German: articles, pronouns, prepositions, conjunctions and adverbs; “to be”, “to have”, “can”; numbers and lengths of time.
const GERMAN: &str = "ausgeschaltet$ eingeschaltet$ ein$ aus$ merkliste$ tagen$ letzten$ letzter$ letzte$ zwei$ \
    drei$ doppelt$ mehrfach$ einmal$ einmalig$ einmalige$ einmaligen$ mal$ neu$ neue$ neuen$ neuer$ alt$ alte$ \
    gultig$ gultige$ gultigen$ verschlusselt$ verschlusselte$ verschlusselten$ elektronisch$ mobil$ einzeln$ \
    einzelne$ einzelnen$ eigen$ eigene$ eigenen$ eigener$ verfugbar$ direkt$ schnell$ einfach$ stets$ standig$ \
    dauerhaft$ dann$ denn$ aber$ jedoch$ daher$ deshalb$ sonst$ etwa$ etwas$ nichts$ niemand$ jemand$ man$ mehr$ \
    meist$ sehr$ ganz$ gerade$ gegebenenfalls$ entsprechend$ entsprechende$ entsprechenden$ zugehorig$ zugehorige$ \
    minuten$ stunde$ stunden$ tag$ tage$ woche$ wochen$ monat$ monate$ monaten$ jahr$ jahre$ jahren$ zeitraum$ \
    erste$ ersten$ erster$ zweite$ zweiten$ oben$ unten$ dass$ daran$ davon$ davor$ darum$ zuvor$ vorher$ spater$ \
    automatisierten$ automatisierte$ automatisiert$ kommt$ kommen$ telefon$ modus$ gewunscht$ gewunschte$ \
    gewunschten$ angeforderten$ demselben$ desselben$ deren$ dessen$ erneut$ wieder$ weiter$ weiterhin$ immer$ nie$ \
    niemals$ moglich$ moglichst$ ausschliesslich$ lediglich$ zwingend$ hierbei$ hier$ dort$ darin$ darauf$ \
    basierend$ mittels$ anhand$ aufgrund$ sobald$ solange$ bevor$ nachdem$ mochten$ wollen$ soll$ der$ die$ das$ \
    den$ dem$ eine$ einen$ einem$ einer$ eines$ und$ oder$ im$ ins$ am$ auf$ bei$ beim$ mit$ von$ vom$ zu$ zum$ \
    zur$ fur$ durch$ uber$ unter$ um$ ab$ nach$ vor$ wahrend$ bis$ seit$ ohne$ gegen$ zwischen$ hinweg$ innerhalb$ \
    ist$ sind$ sein$ seine$ seinen$ seiner$ war$ wird$ werden$ wurde$ wurden$ worden$ hat$ haben$ habt$ kann$ \
    konnen$ muss$ mussen$ sollen$ nicht$ kein$ keine$ keinen$ dieser$ diese$ dieses$ diesen$ diesem$ ob$ wenn$ \
    wann$ wo$ wie$ wer$ welche$ welcher$ welches$ welchen$ es$ er$ sie$ ihr$ ihre$ ihren$ ihrem$ ihrer$ ihres$ \
    ihnen$ wir$ uns$ unser$ unsere$ unseren$ unserem$ unserer$ unseres$ mein$ meine$ meinem$ meinen$ sich$ selbst$ \
    auch$ nur$ bereits$ schon$ noch$ sowie$ alle$ allen$ aller$ jede$ jeder$ jedem$ jeden$ jedes$ selben$ selbe$ \
    gleichen$ gleiche$ denselben$ dieselbe$ derselben$ damit$ dadurch$ dafur$ dazu$ dabei$ danach$ diesbezuglich$ \
    ende$ lang$ korrekt$ korrekte$ korrekten$ richtig$ richtigen$ aktuell$ aktuelle$ aktuellen$ vorubergehend$ \
    temporar$ eindeutig$ eindeutige$ eindeutigen$ zufallig$ zufallige$ anonym$ anonymen$ intern$ technisch$ \
    technische$ technischen$ automatisch$ zweck$ zwecke$ jeweilig$ jeweilige$ jeweiligen$ bzw$ z$ b$ ggf$ \
    bezuglich$ hinsichtlich$ aufrecht$ vorhanden$";

/// Spanish: articles, pronouns, prepositions, conjunctions and adverbs; “to be”, “to have”, “can”; numbers and lengths of time.
const SPANISH: &str = "volver$ muestra$ ultimo$ ultima$ dos$ tres$ doble$ nuevos$ nuevas$ anterior$ anteriores$ \
    propio$ propia$ propios$ propias$ cifrado$ cifrada$ electronicos$ movil$ escritorio$ valido$ valida$ \
    directamente$ rapidamente$ facilmente$ luego$ entonces$ pero$ porque$ pues$ aunque$ ademas$ aun$ mas$ menos$ \
    muy$ poco$ mucho$ algo$ nada$ nadie$ alguien$ algun$ alguna$ ningun$ ninguna$ minuto$ minutos$ hora$ horas$ \
    dia$ dias$ semana$ semanas$ meses$ ano$ anos$ primero$ primera$ primer$ segundo$ segunda$ arriba$ abajo$ \
    oficina$ mientras$ navega$ navegar$ modo$ nivel$ solicitado$ solicitada$ nuevo$ nueva$ vez$ siempre$ nunca$ \
    posible$ exclusivamente$ caso$ parte$ forma$ manera$ aqui$ hay$ poder$ quiere$ desea$ usted$ previamente$ \
    necesita$ el$ los$ las$ lo$ una$ unos$ unas$ del$ al$ u$ con$ por$ para$ sin$ sobre$ desde$ hasta$ durante$ \
    tras$ mediante$ frente$ contra$ quien$ cual$ cuando$ donde$ como$ ni$ su$ sus$ nuestro$ nuestra$ nuestros$ \
    nuestras$ mi$ mis$ este$ esta$ estos$ estas$ esto$ ese$ esa$ ser$ sido$ sea$ estan$ estar$ ha$ han$ haya$ \
    hayan$ puede$ pueden$ debe$ deben$ cada$ todo$ toda$ todos$ todas$ mismo$ misma$ ya$ tambien$ solo$ unicamente$ \
    asi$ inicio$ final$ actual$ correcto$ correcta$ correctamente$ temporal$ temporalmente$ unico$ unica$ anonimo$ \
    anonima$ interno$ interna$ tecnico$ tecnica$ automatico$ automaticamente$ estandar$ defecto$ dentro$ fuera$ \
    segun$ traves$";

/// Dutch: articles, pronouns, prepositions, conjunctions and adverbs; “to be”, “to have”, “can”; numbers and lengths of time.
const DUTCH: &str = "terwijl$ ervan$ laatste$ twee$ drie$ dubbel$ eenmalig$ eenmalige$ nieuw$ nieuwe$ oud$ oude$ \
    geldig$ geldige$ versleuteld$ versleutelde$ digitaal$ mobiel$ mobiele$ beschikbaar$ direct$ snel$ eenvoudig$ \
    steeds$ telkens$ ervoor$ erna$ dan$ dus$ maar$ want$ omdat$ doordat$ hoewel$ toch$ meer$ meest$ veel$ weinig$ \
    iets$ niets$ iemand$ men$ zeer$ heel$ bijbehorende$ desbetreffende$ minuut$ uur$ uren$ dag$ dagen$ weken$ \
    maand$ maanden$ jaar$ jaren$ periode$ eerste$ tweede$ boven$ beneden$ vast$ hoeft$ hoeven$ stuurt$ sturen$ \
    gevraagd$ gevraagde$ bent$ ben$ mijn$ mag$ mogen$ wil$ wilt$ willen$ opnieuw$ altijd$ nooit$ mogelijk$ enkel$ \
    uitsluitend$ daar$ daarmee$ hiermee$ waarmee$ waarin$ zoals$ zodra$ zolang$ voordat$ nadat$ aangeven$ deel$ \
    manier$ gaan$ versie$ het$ een$ op$ aan$ bij$ met$ van$ voor$ door$ uit$ tot$ te$ ter$ om$ naar$ onder$ \
    tijdens$ tussen$ tegen$ zonder$ binnen$ vanaf$ na$ dit$ dat$ deze$ zijn$ wordt$ werd$ heeft$ hebt$ hebben$ kan$ \
    kunnen$ moet$ moeten$ niet$ geen$ hij$ zij$ ze$ uw$ jij$ jouw$ wij$ ons$ onze$ hun$ haar$ zich$ zelf$ als$ \
    wanneer$ waar$ wat$ welke$ hoe$ ook$ alleen$ nog$ weer$ zodat$ elke$ elk$ ieder$ iedere$ zelfde$ dezelfde$ \
    hetzelfde$ goed$ goede$ juist$ juiste$ huidig$ huidige$ tijdelijk$ tijdelijke$ uniek$ unieke$ willekeurig$ \
    anoniem$ anonieme$ standaard$ einde$ doel$ behulp$";

/// Italian: articles, pronouns, prepositions, conjunctions and adverbs; “to be”, “to have”, “can”; numbers and lengths of time.
const ITALIAN: &str = "fino$ hai$ hanno$ avete$ tuo$ tre$ doppio$ doppia$ nuovi$ nuove$ precedente$ precedenti$ \
    proprio$ propria$ propri$ cifrato$ cifrata$ digitale$ elettronico$ elettronica$ individuale$ disponibile$ \
    direttamente$ poi$ quindi$ perche$ poiche$ inoltre$ ancora$ piu$ meno$ molto$ qualcosa$ niente$ nessuno$ \
    qualcuno$ alcuni$ alcune$ nessun$ nessuna$ minuti$ ora$ ore$ giorno$ giorni$ settimana$ settimane$ mese$ mesi$ \
    anno$ anni$ periodo$ primo$ seconda$ sopra$ sotto$ operatore$ operatori$ modalita$ livello$ richiesto$ \
    richiesta$ nuovo$ nuova$ sempre$ mai$ possibile$ esclusivamente$ essi$ esso$ essa$ vuole$ desidera$ poter$ \
    finche$ affinche$ gli$ uno$ di$ dello$ della$ dell$ dei$ degli$ delle$ da$ dal$ dalla$ dall$ dai$ dalle$ allo$ \
    alla$ ai$ agli$ nel$ nello$ nella$ nell$ nei$ nelle$ sul$ sullo$ sulla$ sull$ sui$ sulle$ tra$ fra$ senza$ \
    contro$ dopo$ prima$ verso$ tramite$ ed$ od$ che$ chi$ cui$ quale$ quali$ quando$ dove$ come$ sono$ essere$ \
    stato$ stata$ stati$ state$ sia$ abbia$ avere$ puo$ possono$ deve$ devono$ questo$ questa$ questi$ queste$ \
    quello$ suo$ sua$ suoi$ sue$ tua$ tuoi$ tue$ nostro$ nostra$ nostri$ nostre$ loro$ ti$ ci$ vi$ ogni$ tutto$ \
    tutta$ tutti$ tutte$ stesso$ stessa$ gia$ anche$ soltanto$ fine$ inizio$ attuale$ corrente$ corretto$ corretta$ \
    correttamente$ temporaneo$ temporanea$ temporaneamente$ univoco$ univoca$ casuale$ predefinito$ mentre$ \
    secondo$";

/// Keeping, setting, using, checking, allowing.
const VERBS: &str = "hid$ distribut erhalt$ hinterlegt$ abgleich$ abgleichen$ blattern$ decide$ decides$ \
    decided$ stop$ stops$ stopped$ block$ blocks$ blocked$ coming$ doing$ book$ books$ booking$ orders$ lead$ \
    leads$ bring$ brings$ receive$ receives$ received$ accept$ accepts$ exclude$ excludes$ reject$ rejects$ select$ \
    selects$ selecting$ describe$ describes$ define$ defines$ defined$ forward$ forwards$ pass$ passes$ passed$ \
    return$ coordinate$ coordinates$ organise$ organises$ prepare$ prepares$ protect$ guide$ guides$ filter$ \
    filters$ secure$ refuse$ repair$ lose$ loses$ lost$ forget$ forgets$ forgotten$ interrupt leave$ authorise$ \
    authorises$ grant$ grants$ deny$ denies$ limit$ limits$ limited$ restricted$ bloque$ bloquer$ bloquent$ \
    reserve$ reserver$ amene$ recoit$ accepter$ exclure$ exclut$ choisit$ decrit$ transfere$ transferer$ revient$ \
    filtre$ filtrer$ refuser$ perdre$ perd$ perdu$ oublie$ interromp quitter$ quitte$ autorise$ autoriser$ limite$ \
    limiter$ repartit$ dirige$ diriger$ oriente$ orienter$ redirige$ rediriger$ traite$ traiter$ fournir$ fournit$ \
    simplifie$ simplifier$ facilite$ faciliter$ activer$ desactive$ desactiver$ entscheid blockiert$ blockieren$ \
    bucht$ buchen$ bestellt$ bestellen$ bringt$ erhalten$ ausschliess wahlt$ ausgewahlt$ beschreibt$ definiert$ \
    weiterleit weitergeleitet$ organisiert$ filtert$ filtern$ verliert$ verlieren$ verloren$ vergisst$ vergessen$ \
    unterbroch erlaubt$ begrenzt$ begrenzen$ beschrankt$ beschrankten$ erleichtert$ erleichtern$ vereinfach \
    aktivier deaktivier fragt$ fragen$ abfrage$ nimmt$ nehmen$ legt$ legen$ wehrt$ wehren$ sperrt$ sperren$ \
    verteilt$ passt$ vorgemerkt$ vorgemerkte$ vorgemerkten$ ausgeliehen$ ausleihe$ merkmal$ sicherheitsmerkmal$ \
    decidir$ bloquea$ bloquear$ reserva$ reservar$ recibe$ recibir$ acepta$ aceptar$ excluye$ excluir$ seleccion \
    definir$ reenv organiza$ prepara$ filtra$ filtrar$ rechaza$ rechazar$ perder$ pierde$ olvid interrump autoriza$ \
    autorizar$ limita$ limitar$ restring reparte$ repartir$ dirigir$ trata$ tratar$ simplific facilita$ facilitar$ \
    activa$ activar$ desactiva$ desactivar$ mueve$ mover$ moverse$ registrarse$ conectarse$ autenticarse$ besluit$ \
    blokkeert$ blokkeren$ boekt$ boeken$ bestelt$ brengt$ ontvangt$ ontvangen$ accepteert$ accepteren$ selecteert$ \
    selecteren$ beschrijft$ bepaalde$ doorsturen$ doorgestuurd$ organiseert$ filteren$ weigert$ weigeren$ verliest$ \
    verliezen$ vergeet$ vergeten$ onderbroken$ beperkt$ beperken$ aanvraagt$ aanvragen$ vereenvoudigt$ activeert$ \
    activeren$ stelt$ stellen$ ingesteld$ verdelen$ regelt$ regelen$ hoort$ horen$ afgerond$ afronden$ decidere$ \
    blocca$ bloccare$ prenota$ prenotare$ riceve$ ricevere$ accetta$ accettare$ esclude$ seleziona$ selezionare$ \
    descrive$ definisce$ definire$ inoltra$ inoltrare$ organizza$ filtrare$ rifiuta$ perdere$ perde$ perso$ \
    dimentic interrott autorizza$ autorizzare$ limitare$ ripartisce$ reindirizza$ tratta$ trattare$ semplific \
    facilitare$ attivare$ disattiva$ disattivare$ imposta$ impostare$ impostato$ spostarsi$ rimanendo$ collegati$ \
    autenticarsi$ finisce$ reserves$ retap consign confirm$ confirms$ confirmed$ edit$ edits$ editing$ edited$ \
    pick$ picks$ picked$ choose$ chooses$ ask$ asks$ wants$ wish$ wishes$ leaves$ left$ move$ moves$ moved$ add$ \
    adds$ added$ remove$ removes$ removed$ load$ loads$ loaded$ loading$ reload$ reloads$ refresh$ refreshes$ \
    update$ updates$ updated$ act$ acts$ apply$ applies$ applied$ exchange$ exchanged$ connect$ connects$ attach$ \
    attached$ bind$ binds$ bound$ tie$ ties$ tied$ issue$ issues$ issued$ renew$ renews$ renewed$ resume$ resumes$ \
    resumed$ repeat$ repeats$ repeated$ wait$ waits$ waiting$ ended$ live$ lives$ lasts$ exist$ exists$ hold$ \
    encrypt$ encrypts$ force$ forces$ forced$ try$ tries$ tried$ fail$ fails$ failed$ happen$ happens$ become$ \
    becomes$ say$ says$ said$ mean$ means$ meant$ call$ calls$ called$ write$ writes$ wrote$ reply$ replies$ \
    respond$ responds$ carry$ prove$ proves$ proven$ demonstrat launch$ launches$ launched$ initial initiat \
    establish finalis controle$ controler$ controles$ confirme$ confirmer$ modifier$ modifie$ choisir$ ajoute$ \
    ajouter$ retire$ retirer$ charger$ recharge$ recharger$ actualis connecte$ lie$ lier$ emet$ emettre$ renouvel \
    reprend repris$ reprise$ repet attend arrete$ arreter$ termine$ terminer$ debut demarre$ demarrer$ dure$ durer$ \
    existe$ exister$ chiffr essay echoue$ ressais ecrire$ transmet$ transmettre$ transport prouve$ prouver$ \
    poursuiv atteste$ delivr deliver redonn appel$ appels$ rest effac lance$ bestatigt$ bestatigen$ bearbeit \
    wahlen$ hinzufug entfern ladt$ laden$ geladen$ aktualisier verbind verbunden$ erneuert$ erneuern$ wiederholt$ \
    wiederholen$ wartet$ warten$ stoppt$ endet$ enden$ beendet$ beenden$ beginnt$ beginnen$ begonnen$ besteht$ \
    bestehen$ existiert$ verschlussel versucht$ versuchen$ schreibt$ schreiben$ eingibt$ eingeben$ schickt$ \
    schicken$ leitet$ nachweis beweist$ startet$ starten$ gestartet$ fuhrt$ fuhren$ findet$ finden$ gefunden$ \
    wahrt$ wahren$ lasst$ lassen$ macht$ machen$ heisst$ meint$ navigier abfragen$ abgefragt$ abruf abgerufen$ \
    beruht$ stammt$ stammen$ fordert$ fordern$ angefordert$ angezeigte$ angezeigten$ ausgegeben$ verlasst$ \
    verlassen$ reagiert$ zugewiesen$ zuweisen$ confirma$ confirmar$ editar$ edita$ elige$ elegir$ anade$ anadir$ \
    quita$ quitar$ cargar$ recarga$ recargar$ actualiz conecta$ conectar$ vincul emite$ emitir$ renueva$ renovar$ \
    reanud repite$ espera$ esperar$ deten termina$ terminar$ empieza$ empezar$ comienza$ comenzar$ dura$ durar$ \
    existir$ cifra$ cifrar$ intent escribe$ escribir$ envia$ atiende$ atender$ demuestra$ acredit procede$ transmit \
    dejar$ dar$ dice$ llam pone$ poner$ tiene$ tener$ tenga$ viene$ queda$ quedar$ bevestigt$ bevestigen$ bewerk \
    kiest$ kiezen$ toevoeg verwijder laadt$ vernieuwt$ vernieuwen$ herhaalt$ herhalen$ wacht$ wachten$ stopt$ \
    eindigt$ eindigen$ begint$ bestaat$ bestaan$ versleutel probeert$ proberen$ schrijft$ schrijven$ invoert$ \
    invoeren$ ingevoerd$ ingevoerde$ aantoont$ aantonen$ vindt$ vinden$ gevonden$ doet$ doen$ gedaan$ neemt$ nemen$ \
    zet$ zetten$ gezet$ gaat$ weggeklikt$ toegestaan$ verleent$ levert$ leveren$ antwoordt$ beantwoordt$ betaalt$ \
    betalen$ hangt$ conferma$ confermare$ modifica$ modificare$ sceglie$ scegliere$ aggiunge$ aggiungere$ rimuov \
    carica$ caricare$ aggiorna$ aggiornare$ collega$ collegare$ emette$ rinnova$ rinnovare$ riprende$ riprendere$ \
    ripete$ ripetere$ terminare$ comincia$ durare$ esiste$ cifrare$ prova$ scrive$ scrivere$ invia$ dimostra$ \
    dimostrare$ proviene$ trasmett trasmesso$ lascia$ lasciare$ dare$ mette$ mettere$ risponde$ rispondere$ trova$ \
    trovare$ paga$ pagare$ richiede$ answer$ answers$ answered$ reach$ reached$ tick$ ticked$ fill$ filled$ type$ \
    typed$ submit$ submits$ submitted$ complete$ completed$ change$ changes$ changed$ switch$ switched$ turn$ \
    turned$ returns$ serve$ serves$ comes$ get$ gets$ got$ go$ goes$ going$ take$ takes$ taken$ find$ finds$ found$ \
    start$ starts$ started$ begin$ begins$ begun$ finish$ finished$ continue$ continues$ carries$ carried$ appear$ \
    appears$ guarantee$ guarantees$ validate$ validates$ making$ written$ implement appliqu distribuer$ repond$ \
    repondu$ revenir$ revenez$ coche$ valider$ validez$ rempliss remplit$ remplir$ changer$ continuer$ effectuer$ \
    effectue$ effectuee$ mettre$ mise$ vise$ lutte$ lutter$ consiste$ emis$ emise$ automatise$ automatisee$ \
    automatises$ envoi$ envois$ recevoir$ recu$ soumet aufrechterhalt aufrechtzuerhalten$ beantwortet$ andern$ \
    geandert$ wechsel$ wechselt$ fortsetzen$ ubernommen$ ubernimmt$ ubermitt absenden$ abgeschickt$ durchfuhr \
    durchgefuhrt$ realisier bereitstell bereitgestellt$ ausliefer abschliess abgeschlossen$ zuruckkehren$ responde$ \
    responder$ vuelve$ cambiar$ cambia$ rellen enviar$ enviado$ enviados$ hacer$ hace$ hecho$ realiz aplic \
    completar$ continuar$ procesar$ procesa$ iniciado$ veranderen$ verandert$ wijzig terugkeer$ afmaken$ invult$ \
    vult$ versturen$ verzenden$ verwerk uitvoeren$ gestart$ doorgaan$ krijgt$ krijgen$ komt$ biedt$ bieden$ \
    terecht$ liggen$ ligt$ zit$ zitten$ staan$ staat$ inlogt$ sluit$ consente$ consentono$ rimane$ rimanere$ \
    tornare$ torna$ cambiare$ inviare$ inviato$ inviati$ fatto$ fare$ effettua applica$ applicare$ completare$ \
    continuare$ elabora$ avviare$ avvia$ iniziare$ tenere$ keep$ keeps$ keeping$ kept$ store$ stores$ stored$ \
    storing$ storage$ save$ saves$ saved$ saving$ remember rememb holds$ held$ maintain preserv retain registered$ \
    contain indicat signal$ signals$ show$ shows$ tell$ tells$ know$ knows$ lets$ let$ set$ sets$ setting$ place$ \
    places$ placed$ put$ use$ uses$ used$ usage$ provid support allow enabl ensur makes$ make$ help$ helps$ manag \
    handl control$ controls$ determin detect check$ checks$ checked$ verif recogni identif identifi distingu \
    differentiat assign relat associat correspond belong$ belongs$ creat generat sent$ send$ sends$ restor recover \
    enter$ entered$ navigat brows$ browsing$ expire expir delet clos remain$ remains$ stay$ stays$ run$ runs$ work$ \
    works$ function operat made$ given$ gave$ prevent avoid$ avoids$ avoiding$ need$ needs$ requir hide$ hides$ \
    hidden$ display$ displays$ displayed$ facilitat process$ processes$ processing$ permet$ conserv memoris stock \
    souven souvient$ gard retient$ retenir$ maintient$ maintien$ mainten contenir$ indique$ indiquer$ sert$ servir$ \
    servant$ utilis depos pose$ assur garant gere$ gerer$ verifi reconn attribu associ cree$ creer$ genere$ envoy \
    restaur navig saisi ferm supprim fonctionn execut affich masqu donne$ donner$ evit empech aide$ aider$ \
    sauvegard retrouv speicher gespeichert$ merkt$ merken$ halt$ halten$ behalt$ behalten$ beibehalt bewahrt$ \
    enthalt$ enthalten$ zeigt$ zeigen$ angezeigt$ anzeigen$ gibt$ geben$ setzt$ gesetzt$ verwend genutzt$ nutzt$ \
    nutzung$ nutzen$ benutzt$ dient$ dienen$ ermoglich erlaub$ sorgt$ stellt$ sicherstell gewahrleist verwalt \
    gesteuert$ steuert$ steuern$ erkenn wiedererkennung$ identifizier unterscheid pruf uberpruf ordnet$ zuordn \
    zugeordnet$ weist$ erzeugt$ erstellt$ gesendet$ sendet$ ubertragen$ geschlossen$ schliessen$ ablauf$ lauft$ \
    abgelaufen$ geloscht$ bleibt$ bleiben$ funktion ausgefuhrt$ gemacht$ getroffen$ getroffene$ gegeben$ verhinder \
    vermeid besuch$ besuchs$ hilft$ benotigt$ benotigen$ eingegeben$ eingegebene$ eingegebenen$ ausgeblendet$ \
    blendet$ vergeben$ guard recuerd recordar$ almacen mantien mantener$ mantenimiento$ indica$ indicar$ sirve$ \
    usa$ usar$ usada$ uso$ utiliz permit garantiz asegur gestion verific comprueb comprobar$ identific reconoc \
    asign asoci crea$ crear$ genera$ envio$ navegac cierr cerrar$ cerrado$ caduc elimin funcion muestr oculta$ \
    ocultar$ visita$ impid impedir$ ayuda$ introduc instal coloc establec onthou bewaar bewaren$ opgeslagen$ slaat$ \
    opslaan$ opslag$ houdt$ houden$ bijhouden$ bevat$ geeft$ aangeeft$ toont$ tonen$ getoond$ gebruik zorgt$ \
    zorgen$ maakt$ maken$ beheer beheren$ controleert$ controleren$ bepaalt$ bepalen$ herken onderscheid \
    toegewezen$ koppelt$ aangemaakt$ verstuurd$ gesloten$ sluiten$ verloopt$ blijft$ blijven$ functioner werkt$ \
    werken$ werking$ gemaakt$ gemaakte$ gegeven$ voorkomt$ voorkomen$ helpt$ bezoek$ invullen$ ingevuld$ ingevulde$ \
    nodig$ geplaatst$ laat$ laten$ weet$ weten$ verberg memorizz salva$ salvare$ salvat ricord mantenere$ contien \
    usato$ usata$ utilizz consent$ permett garantisc assicur gestisc gestire$ controlla$ rilev riconosc assegn \
    naviga chius chiude$ scad cancell funzion mostr nasconde$ nascondere$ impedisc aiuta$ inserit compil fornisc \
    fornire$ attiva$ attivo$ mantenimento$";

/// Who visits, what is visited, and what cookies are.
const THINGS: &str = "announcement$ announcements$ linguistique$ informatici$ court$ courts$ room$ rooms$ class$ \
    classes$ lesson$ lessons$ appointment$ appointments$ seat$ ticket$ tickets$ fares$ event$ events$ document$ \
    documents$ letter$ letters$ subscription$ membership$ transport$ transports$ bus$ train$ trains$ pool$ gym$ \
    club$ salle$ salles$ creneau$ creneaux$ rendez$ evenement$ evenements$ abonnement$ abonnements$ piscine$ \
    licence$ titre$ titres$ medien$ termin$ terminen$ raum$ raume$ veranstaltung$ veranstaltungen$ abo$ fahrkarte$ \
    bahn$ schwimmbad$ verein$ sala$ salas$ clase$ clases$ cita$ citas$ evento$ eventos$ abono$ abonos$ autobus$ \
    tren$ zaal$ zalen$ lessen$ afspraak$ afspraken$ trein$ zwembad$ sale$ lezione$ appuntamento$ appuntamenti$ \
    eventi$ abbonamento$ abbonamenti$ treno$ piscina$ lungo$ sospett verdacht$ verdachte$ verdachtige$ suspect \
    sospechos suspicious$ schalter$ schalters$ onlineschalter$ rathaus$ rathauses$ burgerportal$ kundenportal$ \
    kundenportals$ serviceportal$ guichet$ sede$ balie$ sportello$ couleur$ couleurs$ farbe$ farben$ color$ colour$ \
    colores$ kleur$ kleuren$ colore$ colori$ text$ texte$ texto$ testo$ tekst$ online$ ligne$ tenant$ tenants$ \
    resident$ residents$ menu$ menus$ button$ buttons$ link$ links$ icon$ list$ lists$ table$ tables$ field$ \
    fields$ boxes$ panel$ sidebar$ column$ columns$ section$ sections$ part$ parts$ question$ error$ errors$ \
    result$ results$ contact$ learning$ elearning$ course$ courses$ branch$ visitor$ identity$ rights$ role$ roles$ \
    card$ cards$ case$ cases$ file$ entry$ word$ words$ sentence$ reason$ reasons$ example$ examples$ connection$ \
    connections$ captcha$ challenge$ challenges$ proof$ certificate$ certificates$ secret$ hash$ salt$ checksum$ \
    cipher$ signature$ header$ headers$ environment$ instance$ position$ row$ rows$ selection$ bouton$ boutons$ \
    lien$ liens$ liste$ listes$ champ$ champs$ panneau$ colonne$ colonnes$ partie$ parties$ rubrique$ rubriques$ \
    questions$ reponse$ reponses$ erreur$ erreurs$ formation$ formations$ droit$ droits$ carte$ cartes$ mot$ mots$ \
    raison$ exemple$ defi$ preuve$ certificat$ entete$ environnement$ lignes$ critere$ criteres$ accueil$ \
    etablissement$ bibliotheques$ schaltflache$ knopf$ listen$ feld$ felder$ spalte$ spalten$ teil$ teile$ \
    abschnitt$ frage$ antwort$ antworten$ fehler$ fehlermeldung$ fehlermeldungen$ kontakt$ hilfe$ kurs$ kurse$ \
    rolle$ rollen$ recht$ rechte$ fall$ falle$ wort$ grund$ beispiel$ nachweis$ zertifikat$ geheimnis$ prufsumme$ \
    signatur$ kopfzeile$ umgebung$ instanz$ stelle$ reihenfolge$ zeile$ zeilen$ zugang$ zugangs$ zugange$ zugriff$ \
    zugriffe$ zugriffen$ fortschritt$ bestellvorgang$ bestellvorgangs$ zwischenspeicher$ hinweise$ sprachversion$ \
    oberflachen$ ansicht$ boton$ botones$ enlace$ enlaces$ lista$ listas$ campo$ campos$ columna$ partes$ seccion$ \
    pregunta$ preguntas$ respuesta$ respuestas$ errores$ contacto$ curso$ cursos$ rol$ derecho$ derechos$ tarjeta$ \
    casos$ palabra$ motivo$ ejemplo$ certificado$ secreto$ firma$ entorno$ instancia$ lugar$ posicion$ fila$ filas$ \
    centro$ knop$ knoppen$ lijst$ lijsten$ veld$ velden$ kolom$ delen$ onderdeel$ vraag$ vragen$ antwoord$ \
    antwoorden$ fout$ fouten$ foutmelding$ foutmeldingen$ hulp$ cursus$ rechten$ geval$ woord$ reden$ voorbeeld$ \
    bewijs$ certificaat$ geheim$ handtekening$ plaats$ positie$ rij$ rijen$ toegang$ voortgang$ cookievraag$ \
    portaal$ vestiging$ pulsante$ pulsanti$ elenco$ campi$ pannello$ colonna$ parti$ sezione$ domanda$ domande$ \
    risposta$ risposte$ errore$ errori$ contatto$ aiuto$ corso$ corsi$ ruolo$ ruoli$ diritto$ diritti$ tessera$ \
    casi$ parola$ esempio$ certificato$ segreto$ ambiente$ istanza$ luogo$ posizione$ riga$ righe$ applicant$ \
    applicants$ guest$ guests$ pupil$ pupils$ teacher$ teachers$ parent$ parents$ employee$ employees$ patient$ \
    patients$ company$ companies$ council$ museum$ theatre$ university$ school$ hospital$ department$ office$ \
    agency$ town$ city$ county$ ministry$ association$ organisation$ organization$ famille$ familles$ enfants$ \
    eleve$ eleves$ enseignant$ enseignants$ personnes$ salarie$ salaries$ musee$ universite$ ecole$ mairie$ ville$ \
    commune$ departement$ region$ ministere$ organisme$ administration$ entreprise$ entreprises$ professionnel$ \
    professionnels$ demarche$ demarches$ dossier$ dossiers$ guichets$ teleservice$ teleservices$ burgerin$ \
    studierende$ studierenden$ schuler$ lehrkrafte$ beschaftigte$ beschaftigten$ mitarbeiter$ mitarbeitern$ \
    teilnehmer$ teilnehmern$ stadt$ gemeinde$ hochschule$ universitat$ schule$ theater$ bibliothek$ behorde$ \
    antrag$ antrags$ antrage$ vorgang$ vorgangs$ alumno$ alumnos$ estudiante$ estudiantes$ empleado$ empleados$ \
    profesor$ profesores$ museo$ teatro$ universidad$ escuela$ ayuntamiento$ tramites$ expediente$ solicitante$ \
    leerling$ leerlingen$ ouder$ ouders$ werknemer$ werknemers$ deelnemer$ deelnemers$ universiteit$ gemeente$ \
    dipendente$ dipendenti$ docente$ docenti$ universita$ scuola$ comune$ pratica$ pratiche$ anti$ cookie$ cookies$ \
    traceur$ traceurs$ temoin$ temoins$ galleta$ galletas$ files$ fichier$ fichiers$ user$ users$ visitors$ reader$ \
    readers$ person$ people$ citizen member$ members$ client$ clients$ customer student staff$ editor$ editors$ \
    administrator$ administrators$ admin$ owner$ operator$ utilisateur utilisatrice visiteur internaute usager \
    agent$ agents$ redacteur$ redacteurs$ administrateur$ administrateurs$ citoyen$ citoyens$ membre$ membres$ \
    adherent lecteur$ lecteurs$ etudiant contributeur$ contributeurs$ abonne$ abonnes$ benutzer$ benutzers$ \
    benutzern$ nutzer$ nutzers$ nutzern$ nutzerin besucher$ besuchers$ besuchern$ besucherin burger$ burgern$ \
    burgerinnen$ mitglied$ mitglieder$ mitgliedern$ kunde$ kunden$ redakteur usuario$ usuarios$ usuaria$ visitante$ \
    visitantes$ ciudadano$ ciudadanos$ ciudadania$ cliente$ clientes$ persona$ socio$ gebruiker$ gebruikers$ \
    bezoeker$ bezoekers$ klant$ klanten$ lid$ leden$ medewerker$ medewerkers$ utente$ utenti$ visitatore$ \
    visitatori$ cittadino$ cittadini$ clienti$ site$ website$ web$ page$ pages$ webpage$ webpages$ portal$ portals$ \
    platform$ service$ services$ system$ systems$ software$ framework$ frameworks$ component$ module$ plugin$ \
    extension$ area$ catalogue$ catalog$ intranet$ extranet$ library$ shop$ interface$ window$ windows$ tab$ \
    browser$ browsers$ computer$ internet$ domain$ host$ backend$ frontend$ cms$ editorial$ object$ tool$ tools$ \
    technology$ request$ requests$ response$ responses$ states$ status$ value$ values$ variable$ variables$ data$ \
    information$ info$ details$ id$ ids$ identifier$ identifiers$ key$ keys$ name$ names$ string$ code$ version$ \
    option$ options$ feature$ features$ function$ functions$ functionality$ availability$ category$ categories$ \
    configuration$ parameter$ parameters$ personal$ private$ public$ duration$ lifetime$ siteweb$ portail$ \
    plateforme$ plateformes$ espace$ zone$ boutique$ mediatheque$ bibliotheque$ billetterie$ navigateur$ \
    ordinateur$ fenetre$ fenetres$ onglet$ serveur$ domaine$ systeme$ logiciel$ requete$ requetes$ demande$ etat$ \
    etats$ statut$ valeur$ donnees$ donnee$ identifiant identification$ cle$ nom$ fonction$ fonctions$ \
    fonctionnalite fonctionnement$ categorie$ personnel$ personnelle$ personnelles$ prive$ privee$ duree$ maniere$ \
    applicati finalite$ visite$ navigation$ stockage$ conservation$ depot$ webseite$ webseiten$ webauftritt$ \
    internetseite$ internetseiten$ seite$ seiten$ plattform$ plattformen$ dienst$ dienste$ diensten$ angebot$ \
    anwendung$ anwendungen$ bereich$ bereichs$ bereiche$ katalog$ shops$ server$ servers$ fenster$ rechner$ domane$ \
    oberflache$ redaktion redaktionssystem$ redaktionssystems$ anfrage$ anfragen$ seitenanfragen$ \
    seitenanforderungen$ seitenwechsel$ zustand$ zustande$ wert$ werte$ variablen$ daten$ angabe$ angaben$ \
    informationen$ kennung$ kennungen$ kennzeichn identifikation$ identifikator$ schlussel$ typ$ optionen$ \
    funktion$ funktionen$ funktionalitat$ kategorie$ kategorien$ konfiguration$ personlich$ personliche$ \
    personlichen$ dauer$ laufzeit$ verwaltung$ speicherung$ betrieb$ sitio$ pagina$ paginas$ plataforma$ servicio$ \
    servicios$ aplicacion$ aplicaciones$ sistema$ zona$ electronica$ electronico$ campus$ virtual$ tienda$ \
    biblioteca$ navegador$ ordenador$ ventana$ servidor$ dominio$ interfaz$ peticion$ peticiones$ solicitud$ \
    solicitudes$ estado$ valor$ datos$ dato$ informacion$ identificador$ identificadores$ identificacion$ clave$ \
    tipo$ opcion$ opciones$ funcion$ funciones$ funcionalidad$ funcionamiento$ categoria$ categorias$ \
    configuracion$ personales$ privada$ privado$ publico$ duracion$ finalidad$ navegacion$ almacenamiento$ \
    instalacion$ toepassing$ systeem$ omgeving$ webwinkel$ winkel$ catalogus$ bibliotheek$ venster$ domein$ \
    verzoek$ verzoeken$ aanvraag$ toestand$ waarde$ waarden$ gegevens$ informatie$ kenmerk$ identificatie$ sleutel$ \
    naam$ soort$ optie$ opties$ functie$ functies$ functionaliteit$ functioneren$ configuratie$ persoonlijk$ \
    persoonlijke$ duur$ beheer$ sito$ pagine$ portale$ piattaforma$ servizio$ servizi$ applicazione$ applicazioni$ \
    riservata$ riservato$ negozio$ catalogo$ finestra$ interfaccia$ richieste$ valore$ valori$ variabile$ \
    variabili$ dati$ informazione$ informazioni$ identificativo$ identificatore$ identificazione$ chiave$ nome$ \
    opzione$ opzioni$ funzione$ funzioni$ funzionalita$ funzionamento$ configurazione$ personale$ personali$ \
    privata$ privato$ durata$ finalita$ navigazione$ memorizzazione$ informativa$ breve$ momento$ moments$ necess \
    necesari notwendig erforderlich noodzakelijk essential essentiel essenziell indispensab unbedingt strictement$ \
    strikt$ estrictamente$ strettamente$ absolument$ obligatoire mandatory wesentlich";

/// Software of sites, banners and their protection, and how its pages are written.
const SOFTWARE: &str = "srl$ gmbh$ inc$ ltd$ llc$ sas$ bv$ ag$ spa$ samesite$ wordpress$ woocommerce$ drupal$ \
    typo3$ joomla$ spip$ craft$ cloudflare$ borlabs$ cookiebot$ usercentrics$ complianz$ onetrust$ cookieyes$ \
    axeptio$ tarteaucitron$ didomi$ klaro$ polylang$ wpml$ shibboleth$ moodle$ opendatasoft$ ckan$ prestashop$ \
    magento$ shopify$ shopware$ liferay$ laravel$ django$ symfony$ rails$ haproxy$ nginx$ varnish$ apache$ traefik$ \
    keycloak$ php$ java$ jsp$ asp$ net$ node$ nodejs$ microsoft$ azure$ aws$ amazon$ elb$ f5$ big$ imperva$ \
    incapsula$ akamai$ airlock$ fastly$ citrix$ netscaler$ stripe$ franceconnect$ agentconnect$ proconnect$ spid$ \
    cie$ digid$ eherkenning$ itsme$ elstam$ ent$ saml$ oauth$ oauth2$ openid$ oidc$ ldap$ jwt$ api$ ajax$ https$ \
    http$ html$ css$ json$ url$ termly$ iubenda$ osano$ script$ com$ www$ hcaptcha$ friendlycaptcha$ altcha$ \
    drupals$ wp$ cdn$ dns$ tls$ ssl$";
