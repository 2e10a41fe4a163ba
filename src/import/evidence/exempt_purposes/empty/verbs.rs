//! What software does with cookies, forms and pages.

/// Keeping, setting, checking, allowing.
pub(super) const VERBS: &str = "aanduid aangeeft$ aangemaakt$ aangepast$ aangepaste$ aangevinkt$ aangevinkte$ \
    aangezet$ aanmaakt$ aanmaken$ aanneemt$ aanpas aanstaat$ aantonen$ aantoont$ aanvink aanvul aanzet$ aanzetten$ \
    abbiano$ abfang abfrage$ abfragen$ abgefragt$ abgehalten$ abgelaufen$ abgelegt$ abgeschickt$ abgeschickte$ \
    abgeschlossen$ abgeschlossene$ abgeschlossenen$ abgesendete$ abgesendeten$ abgewehrt$ abgewickelt$ abhalt abhang \
    abilit ablauf$ ablaufen$ ablauft$ ablegen$ ablegt$ aboutir$ aboutit$ abschliess abschluss$ absend abwehr abwickel \
    abwicklung$ abzuschliessen$ abzusenden$ abzuwehren$ acaba$ acabar$ accept$ accepteert$ accepter$ accepteren$ \
    accepts$ accert accetta$ accettare$ accetti$ accompl acepta$ aceptar$ achemin acheve$ achevee$ achever$ acredit \
    activ activer$ actualis actualiz adapt$ adapta$ adaptar$ adapte$ adapted$ adapter$ adapts$ adatta$ adattare$ add$ \
    added$ adds$ adjust$ adjusted$ adjusting$ adjusts$ admit afdruk affect affich afgeloopt$ afgerond$ afgesloten$ \
    afhank aflever afmaakt$ afmaken$ afrond afsluit afweer aggiorn aggiunge$ aggiungere$ aide$ aider$ aiguille$ \
    aiguiller$ aiuta$ aiutare$ ajoute$ ajouter$ ajust aktivier aktualisier akzeptier allow almacen altern amene$ \
    ammett ampliado$ anade$ anadir$ andern$ andert$ anderung$ anderungen$ angehakt$ angehor angekreuzt$ angelegt$ \
    angenommen$ angepasst$ angewandt$ angewendet$ angezeigt$ angezeigte$ angezeigten$ ankreuz anleg annehmen$ \
    annimmt$ annot annule$ annuleer annuler$ annull annullier anpass$ anpassen$ anpassung$ anula$ anular$ anwend \
    anzeigen$ anzuzeigen$ aparec aparezca$ aplic appaia$ apparai appare$ apparten appartien appear$ appears$ applica$ \
    applicare$ applied$ applies$ appliqu apply$ arbeiten$ arbeitet$ arranca$ arrancar$ arrete$ arreter$ asegur asign \
    assegn assicur assign assist$ assists$ assur atender$ atiende$ attempt$ attend atteste$ attiva$ attivare$ attivat \
    attivo$ attribu aufbewahr aufgeklappt$ aufgeteilt$ aufhalt aufrechterhalt aufrechtzuerhalten$ auftaucht$ aufteil \
    aufzubewahren$ aufzurufen$ auseinanderhalt ausfuhr ausfull ausgeblendet$ ausgeblendete$ ausgefuhrt$ ausgefullt$ \
    ausgefullte$ ausgefullten$ ausgegeben$ ausgeklappt$ ausgeliehen$ ausgewahlt$ auslauf ausliefer ausschalt \
    ausschliess aussuch auszublenden$ auszufuhren$ auszufullen$ autenticarse$ autenticarsi$ authorise$ authorised$ \
    authorises$ authorize$ authorized$ authorizes$ automatise$ automatisee$ automatises$ autorise$ autoriseer \
    autorisent$ autoriser$ autoriseren$ autorisier autoriza$ autorizar$ autorizza$ autorizzare$ avisa$ avisar$ avoid$ \
    avoiding$ avoids$ avvi avviat ayuda$ ayudan$ ayudar$ bascul bearbeit become$ becomes$ bedarf$ beeindig beend \
    begin$ beginnen$ beginnt$ begins$ begint$ begonnen$ begrenzen$ begrenzt$ begrenzung$ begun$ behalt$ behalten$ \
    behandel beheer beheren$ behoort$ behor behouden$ behoudt$ beibehalt beinhalt beizubehalten$ bekampft$ belet$ \
    beletten$ belong$ belonging$ belongs$ benutzt$ bepalen$ beperken$ beperkt$ bereitgestellt$ bereitstell \
    bereitzustellen$ beruht$ beschermt$ besluit$ bestaan$ bestaat$ bestatig bestehen$ besteht$ bestimm bestrijdt$ \
    betreff betreft$ betrifft$ bevat$ bevatten$ bevestigen$ bevestigt$ bevorzugen$ bewaar bewahr bewaren$ beweist$ \
    bewerk bewirkt$ bezieht$ bieden$ biedt$ bijgehouden$ bijhouden$ bijhoudt$ bleiben$ bleibt$ blendet$ blijf$ \
    blijft$ blijven$ blocca$ bloccano$ bloccare$ blocco$ block$ blocked$ blockieren$ blockiert$ blocks$ blokkeer \
    blokkeren$ bloque brauchen$ braucht$ brengen$ brengt$ bring$ bringen$ brings$ bringt$ brought$ bundeln$ bundelt$ \
    bypass$ cacher$ caduc cambi$ cambia$ cambiar$ cambiare$ cambie$ cambio$ cargar$ carica$ caricare$ caricat cela$ \
    cerrad cerrarse$ certifies$ certify$ cessez$ change$ changed$ changement$ changements$ changer$ changes$ changez$ \
    charger$ check$ checked$ checks$ chiffr chiud chius choisir$ choisissez$ choisit$ choose$ chooses$ cierr cifra$ \
    cifrad cifrar$ cifrare$ cifrat clear$ cleared$ clears$ clos codeer codific coloc combat combate$ combatir$ \
    combattre$ comenzar$ comienza$ comincia$ complet completamento$ comporte$ comportent$ compren compri$ comprobar$ \
    comprueb concern$ concerns$ conclude$ concluder concluir$ conclus concluy conecta$ conectar$ conectarse$ conferm \
    configur confirm connect$ connecte$ connects$ consegn consent$ consente$ consentire$ consentono$ conserv \
    conservat consign consiste$ constitu contained$ containing$ contains$ contener$ contengono$ contenir$ contiene$ \
    contienen$ contiennent$ contient$ continu contrasta$ contrastare$ control$ controla$ controlar$ controle$ \
    controleer controlent$ controler$ controleren$ controles$ controll controls$ convalid coordin coordonn correspond \
    costitui coupure$ crea$ creada$ creado$ crean$ creano$ crear$ creare$ creat cree$ creee$ creer$ crees$ crittograf \
    dauern$ dauert$ deactivate$ deactivated$ deactivates$ deaktivier deal$ deals$ debloqu debut decifr decoch decode$ \
    decrypt$ decrypts$ define$ defined$ defines$ definida$ definido$ definier definir$ definire$ definisce$ definit \
    deliver delivr demarre$ demarrent$ demarrer$ demeure$ demeurer$ demonstrat demuestra$ denies$ deny$ depend \
    deploy$ depos deroul desactiv desaparece$ desbloque descifr desider desiderat despleg desplieg destroy$ \
    destroyed$ destruy deten detruit$ detruite$ deverrouill deviez$ devoir$ devolver$ devuelv dichtklap difend \
    diferenc dimostra$ dimostrare$ dipend dirige$ dirigent$ diriger$ dirigir$ disabilit disable$ disables$ disappear$ \
    disappears$ disattiva$ disattivare$ disattivat dispar dispara display$ displayed$ displays$ dispone$ disponer$ \
    dispose$ disposer$ distribuer$ distribui distribuisc distribuit distribut distribuy distrug distrut divert$ doen$ \
    doet$ doing$ doorgaan$ doorgaat$ doorsturen$ doorstuurt$ doorverwez doorverwijst$ draaien$ draait$ drop$ dropped$ \
    drops$ dura$ durano$ durar$ durare$ durchfuhr durchgefuhrt$ durchzufuhren$ dure$ duren$ durent$ durer$ duurt$ \
    ease$ eases$ echoue$ echu$ edit$ edita$ editar$ edited$ editing$ edits$ efectu effectue$ effectuee$ effectuer$ \
    effectuez$ effettua egare$ einblend eindig eingeklappt$ eingestellt$ eingestellte$ eingestellten$ einschalt \
    einstell$ einstellen$ einstellt$ eintrag einzublenden$ einzugeben$ einzustellen$ ejecut elabora$ elaborare$ \
    elaborazione$ elegir$ elige$ elija$ emet$ emette$ emettre$ emis$ emise$ emit empech empez empieza$ enabl encarg \
    encode$ encoded$ encodes$ encript encrypt$ encrypts$ ended$ enden$ endet$ endete$ ending$ engendre$ enlace$ enlaz \
    enregistre$ enregistrent$ enregistrer$ ensur enthalt$ enthalten$ entscheid entschlussel entsperr envia$ enviad \
    enviar$ envie$ envien$ envio$ envoi$ envoie$ envoient$ envois$ envoy erfolgen$ erfolgt$ erfolgte$ erfordert$ \
    erlaub$ erlaubt$ erleichter ermoglich erneuern$ erneuert$ erscheinen$ erscheint$ erstell erweiter erzeug esclude$ \
    escog esconde$ esconder$ esecuzione$ esegu esiste$ espand espans essay establec establish estuviera$ etend$ \
    etendre$ evit exclude$ excludes$ excluir$ exclure$ exclut$ excluye$ execut exist$ existe$ exister$ existiert$ \
    existir$ exists$ expand$ expanded$ expir expire facilit facilitat faciliteer fail$ failed$ fails$ fare$ fatto$ \
    ferm ferngehalten$ fernhalt festgehalten$ festgelegt$ festgestellt$ festhalt festleg festsetz feststell \
    festzustellen$ fights$ fij$ fija$ fijado$ fijar$ filter$ filteren$ filtern$ filters$ filtert$ filtra$ filtrar$ \
    filtrare$ filtre$ filtrer$ finalis finaliz fini$ finir$ finire$ finisce$ finish$ finished$ finit firm$ firma$ \
    firmar$ firmare$ fissa$ fissat fixe$ fixee$ fixer$ fold$ fonctionn force$ forced$ forces$ forgotten$ forms$ \
    fornire$ fornisc fortfahr fortfuhr fortgefuhrt$ fortgesetzt$ fortsetz fortzusetzen$ forward$ forwards$ fourni$ \
    fournie$ fournies$ fournir$ fournit$ freeze$ fuhren$ fuhrt$ funcion function functioner funktion \
    funktionsfahigkeit$ funktionsweise$ funzion ga$ garandeer garant garanti garantier garantisc garantiz gard \
    geaccepteerd$ geactiveerd$ geandert$ geanderte$ gebeuren$ gebeurt$ gebleven$ geblokkeerd$ gebracht$ gebraucht$ \
    gebruiken$ gebruikt$ gebruikte$ gecodeerd$ gecodeerde$ gedaan$ gedeactiveerd$ gedownload$ gegaan$ gegeben$ \
    gegenereerd$ gegenereerde$ geholpen$ gehoren$ gehort$ gehouden$ geladen$ gelegd$ geleid$ gelenkt$ geleverd$ \
    geliefert$ geloescht$ geloscht$ geloschte$ gelost$ gemaakt$ gemaakte$ gemacht$ gemarkeerd$ gemerkt$ gemerkte$ \
    gener generat genutzt$ geplaatst$ gere$ geregeld$ gerent$ gerer$ gereserveerd$ gereserveerde$ gescheiden$ \
    geschlossen$ geschutzt$ geschutzte$ geschutzten$ gesendet$ gesetzt$ gesichert$ gesloten$ gespeichert$ gesperrt$ \
    gestart$ gestartet$ gestatt gesteuert$ gestion gestire$ gestisc gestita$ gestito$ gestor$ gesynchroniseerd$ \
    getoond$ getrennt$ gevonden$ gewahr gewahrleist gewechselt$ gewenst$ gewijzigd$ gewijzigde$ gewist$ gewiste$ \
    gezet$ giunge$ giunto$ gleichmassig$ grant$ grants$ guarantee$ guaranteed$ guarantees$ guards$ guide$ guides$ \
    hace$ hacer$ halt$ halten$ handl hangt$ happen$ happens$ hecho$ heisst$ held$ helfen$ help$ helpen$ helps$ helpt$ \
    herstart$ herstarten$ herstel$ hersteld$ herstellen$ herstelt$ hervat herzustellen$ hield$ hilft$ hindert$ \
    hinterleg hinzufug hold$ holds$ hoort$ horen$ houden$ houdt$ ignor ignorier impedir$ impedire$ impedisc impid \
    implement implic implique$ imposta$ impostare$ impostat imprim inclu includ inclus incluy indica$ indicar$ \
    indicat indien indique$ indiquer$ indirizz ingediend$ ingediende$ ingeklapt$ ingeschakeld$ ingesteld$ ingestelde$ \
    ingetrokken$ ingezonden$ inici initial initiat inizi inklap inlogt$ inoltra$ inoltrare$ inschakel inschrijf \
    instal instellen$ instelt$ instrad intend intent interromp interrott interrump interrupt interruzione$ \
    intervenir$ intervient$ intrek introduzca$ invalidate$ invalidated$ invalidates$ invia$ inviare$ inviat invii$ \
    invio$ inzend issue$ issued$ issues$ keep$ keeping$ keeps$ kept$ kiezen$ klapp$ kodier konfigurier kontrollier \
    laadt$ laden$ ladt$ lance$ lancer$ lassen$ lasst$ lasts$ laten$ laufen$ lauft$ launch$ launched$ launches$ \
    lavora$ lead$ leads$ legen$ legt$ leiden$ leidt$ leitet$ lenkt$ let$ letting$ leveren$ levert$ liefern$ liefert$ \
    liggen$ ligt$ limit load$ loaded$ loading$ loads$ lock$ locked$ locks$ loopt$ lopen$ loschen$ loscht$ loschung$ \
    lose$ loses$ lost$ lutte$ lutter$ maak$ maakt$ machen$ macht$ made$ maintain mainten maintien maintien$ \
    maintient$ make$ maken$ makes$ making$ manag maneja$ manejar$ mantener$ mantenere$ mantenerse$ mantenga$ \
    mantengan$ mantenid mantenimento$ mantenimiento$ mantenut mantien masqu memoris memorise memoriza$ memorizar$ \
    memorizz merken$ merkt$ mette$ mettere$ mettre$ minimise$ minimised$ mise$ modific modificaciones$ modifications$ \
    modifie$ modifier$ modifiez$ mostr muestr nachweis nagaan$ nagaat$ nasconde$ nascondere$ nascost navegac \
    navegando$ navegue$ navig naviga navigat navigeer navigier necessaire$ neemt$ negeer nemen$ neustart$ nodig$ \
    nutzen$ nutzt$ oculta$ ocultar$ oculto$ ocup$ ocupa$ offnung$ omite$ omitir$ omvat$ omvatten$ onderbreekt$ \
    onderbrek onderbroken$ onderscheid ondersteun onderteken ontcijfer ontgrendel onthou openblijft$ openhoudt$ \
    openstaan$ openstaat$ operat opgelost$ opgenomen$ opgeslagen$ opnemen$ opslaan$ opslaat$ opslag$ ordina$ ordnet$ \
    organise$ organiseert$ organises$ organisiert$ organiza$ organizza$ oriente$ orientent$ orienter$ overblijf \
    overgebracht$ overgedragen$ overgenomen$ overgeslagen$ overneemt$ overnem overschakel overslaat$ parametr passt$ \
    paste$ perd$ perde$ perder$ perdere$ perdre$ perdu$ perdues$ perdus$ perform$ performed$ performing$ performs$ \
    permanec permanezca$ permet$ permett permit persist perso$ perte$ pertenec pertenezca$ pertes$ pick$ picked$ \
    picks$ pierde$ place$ placed$ placer$ places$ plegado$ pliega$ pone$ poner$ pose$ poursuit$ poursuiv precisa$ \
    precisar$ prepara$ prepare$ prepares$ presenter$ preserv prevent procede$ proceder$ proceed$ proceeds$ procesa$ \
    procesamiento$ procesar$ process$ processes$ processing$ produce$ produced$ produces$ progress$ prolong prosegu \
    prosigu protect$ proteg$ protege$ protegen$ proteger$ protegge$ proteggere$ proteggono$ protett prouve$ prouver$ \
    provide$ provided$ provides$ pruf put$ puts$ putting$ qued$ queda$ quedado$ quedar$ quede$ quedo$ rafraich \
    raggiunt ramene$ ramener$ ramenes$ rappresent reactiv reaffich realice$ realise$ realiser$ realisier realiz \
    reanud reapparai recarga$ recargar$ recharg rechaza$ rechazar$ recobra$ recommenc recordar$ recover recu$ recuerd \
    redemarr redirect$ redirected$ redirecting$ redirects$ redirig redonn reenter$ reenv reenvi refier refill$ \
    refresh$ refreshes$ refuse$ refuser$ regel$ regelen$ regelt$ regener regle$ reglees$ regler$ regles$ reglez$ \
    regol$ regola$ regolat reindirizz reinici reinitialis reinseri reintroduc reject$ rejects$ relat reload$ reloads$ \
    rely$ remain$ remained$ remains$ rememb remember remite$ remitir$ rend$ render$ rendered$ rendering$ renders$ \
    rendre$ rendu$ renew$ renewed$ renews$ renonce$ renouvel renovar$ renueva$ renvoi$ renvoie$ renvoient$ renvoyer$ \
    repair$ repart reparti repartid replies$ reply$ repos$ repose$ reprenant$ reprend reprenez$ represent repris$ \
    reprise$ requerid requerir$ requir requis$ requise$ resaisi resend$ reserva$ reservar$ reserve$ reserveert$ \
    reserver$ reserveren$ reserves$ reservez$ reserviert$ reset$ resets$ resolu$ resout$ rest restablec restaur \
    restitu restor restricted$ restring resubmit$ resubmitting$ resuelto$ resume$ resumed$ resumes$ retabli retain \
    retener$ retenid retenir$ retenu$ retenue$ retenus$ retien retom retry$ reuse$ reused$ revoc revoke$ revoked$ \
    revokes$ revoque$ riavvi ricaric ricord riferi riferisc rifiuta$ riguard rimand rimane$ rimanendo$ rimanere$ \
    rimang rimast rinnova$ rinnovare$ rinvi ripart ripartit ripieg riport riprend ripres ripristin ripropo riserv \
    riservat risolto$ ronden$ rondt$ rotate$ rotated$ rotates$ routed$ rucksetz run$ runs$ safeguard$ safeguards$ \
    salta$ salva$ salvaguard salvano$ salvare$ salvat sauvegard sauvegarde save$ saved$ saves$ saving$ sblocc scad \
    scegli scelga$ scelta$ scelte$ scelti$ scelto$ schalten$ schaltet$ scheiden$ scheidt$ schicken$ schickt$ schliess \
    schutzt$ scompare$ securiser$ seleccion select$ selecteert$ selecteren$ selecting$ selectionn selects$ seleziona$ \
    selezionare$ semplific send$ senden$ sendet$ sends$ sent$ separa$ separar$ separare$ separated$ separates$ \
    separe$ separer$ separes$ set$ sets$ setting$ setzen$ setzt$ show$ shows$ sicherheitsmerkmal$ sichern$ \
    sicherstell sichert$ sicherung$ sicherzustellen$ signier simplifi simplific simplify$ sincroniz sincronizz skip$ \
    skipped$ skips$ slaat$ sluit$ sluiten$ smist solicit solve$ solved$ solves$ sorgt$ sottopo soumet soumis$ \
    soumise$ souven souvient$ speicher sperren$ sperrt$ split$ splits$ spread$ spreads$ spreiden$ spreidt$ spunt$ \
    spunta$ spuntat staan$ staat$ started$ starten$ startet$ starts$ stay$ stayed$ staying$ stays$ stellen$ stellt$ \
    stelt$ steuern$ steuert$ steuerung$ stock stop$ stopgezet$ stopped$ stoppt$ stops$ stopt$ storage$ store$ stored$ \
    stores$ storing$ stuur$ stuurde$ submit$ submits$ submitted$ subsist supplied$ supplies$ supply$ support svolg \
    svolgimento$ swap$ switch$ switches$ synchronis synchroniseer synchronisier synchronize$ synchronized$ \
    synchronizes$ tegengehouden$ tegenhoud tener$ tenere$ tenga$ tengono$ tenia$ tenut terecht$ termina$ terminado$ \
    terminar$ terminare$ terminate$ terminated$ terminates$ terminato$ termine$ terminer$ terminez$ terugbreng \
    teruggebracht$ teruggestuurd$ teruggevonden$ terugstur terugvind tick$ ticked$ tiene$ tienen$ toegekend$ \
    toegekende$ toegepast$ toegestaan$ toegewezen$ toekent$ toelaat$ toelaten$ toepas toestaan$ toevoeg toewijst$ \
    toezend toggle$ toggled$ toggles$ tonen$ toont$ trae$ traite$ traitement$ traitent$ traiter$ tram$ tramit \
    transmet$ transmett transmis$ transmise$ transmit transport traslad trasmesso$ trasmett trasmissione$ trata$ \
    tratar$ tratta$ trattare$ tratten trattien trennen$ trennt$ tritt$ turn$ ubermitt ubernimmt$ ubernommen$ uberpruf \
    ubersend uberspring ubertragen$ ubertragt$ ubertragung$ uitgeklapt$ uitgeschakeld$ uitgevoerd$ uitkies uitklap \
    uitschakel uitvoeren$ uitvoering$ uitvoert$ umfassen$ umfasst$ umgeleitet$ umgeschaltet$ umgestellt$ umleit \
    umschalt umstell umzuschalten$ unfold$ ungultig$ unir$ unisc unlock$ unlocks$ unterbind unterbrech unterbricht$ \
    unterbroch unterbunden$ unterscheid unterstutz untick$ update$ updated$ updates$ usa$ usada$ usado$ usando$ usar$ \
    usare$ usate$ usati$ use$ used$ usen$ uses$ usi$ utilice$ utilicen$ utilisant$ utilise$ utilisee$ utilisees$ \
    utilisent$ utiliser$ utilises$ utilisez$ utiliza$ utilizada$ utilizadas$ utilizado$ utilizan$ utilizar$ utilizza$ \
    utilizzando$ utilizzano$ utilizzare$ utilizzata$ utilizzati$ utilizzato$ utilizzi$ valid validations$ valideer \
    validier validit vastgehouden$ vastgelegd$ vastgesteld$ vasthoud vastleg vaststel veille$ veiller$ vence$ vencer$ \
    veranderd$ veranderen$ verandert$ verarbeit verberg verbirgt$ verbleib verborgen$ verdeeld$ verdelen$ verdeling$ \
    verdwijnen$ verdwijnt$ vereenvoudigt$ vereinfach vereisen$ vereist$ verfallen$ verfallt$ vergeben$ vergeet$ \
    vergibt$ vergrendel verhinder verif verifi verific verifieer verleent$ verlieren$ verliert$ verliest$ verliezen$ \
    verloopt$ verlopen$ verloren$ vermeid vermerk vermieden$ vermijd vernietigd$ vernieuwd$ vernieuwen$ vernieuwt$ \
    verrouill versandt$ verschijn$ verschijnen$ verschijnt$ verschlussel verschwindet$ versend versleutel versteck \
    verstopt$ versturen$ verstuurd$ verteil vertoon vervallen$ vervalt$ ververs vervolg$ vervolgen$ vervolgt$ verwalt \
    verwehr verwend verwerk verworfen$ verzeker verzend verzonden$ vise$ voer$ voltooi voorkom voortgezet$ voortzet \
    vorgehalten$ vorgemerkt$ vorgemerkte$ vorgemerkten$ vorgenommen$ vorhalt vornehm vouloir$ voulu$ vul$ waarborg \
    wahlen$ wahlt$ wahren$ wahrt$ wechsel$ wechseln$ wechselt$ weert$ wehren$ wehrt$ weigeren$ weigert$ weist$ \
    weiterfuhr weiterleit weren$ werken$ werking$ werkt$ widerruf wiederaufnahme$ wiederaufnehm wiederhergestellt$ \
    wiederherstell wiederherzustellen$ wijst$ wijzig wilde$ wilden$ wirkt$ wissel$ wisselen$ wisselt$ wist$ withdraw$ \
    withdrawn$ withdraws$ work$ works$ zeigen$ zeigt$ zenden$ zendt$ zerstort$ zet$ zetten$ zorgen$ zorgt$ zugehor \
    zugeklappt$ zugeordnet$ zugewiesen$ zulassen$ zulasst$ zuordn zuruckbring zuruckgeben$ zuruckgefuhrt$ \
    zuruckgeleitet$ zuruckgesetzt$ zuruckleit zurucksetz zuruckzukehren$ zusammenfuhr zusammengefuhrt$ zusammenhang$ \
    zuweisen$ zuzuordnen$ zwischengespeichert$ zwischenspeicher";
