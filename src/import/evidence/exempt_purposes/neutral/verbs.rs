//! What software does with cookies, forms and pages.

/// Keeping, setting, using, checking, allowing.
pub(super) const VERBS: &str = "aanduid aangeeft$ aangemaakt$ aangepast$ aangepaste$ aangevinkt$ aangevinkte$ \
    aangezet$ aanmaakt$ aanmaken$ aanneemt$ aanpas aanstaat$ aantonen$ aantoont$ aanvink aanvraagt$ aanvragen$ \
    aanvul aanzet$ aanzetten$ abbiano$ abfang abfrage$ abfragen$ abgefragt$ abgehalten$ abgelaufen$ abgelegt$ \
    abgerufen$ abgeschickt$ abgeschickte$ abgeschlossen$ abgeschlossene$ abgeschlossenen$ abgesendete$ \
    abgesendeten$ abgewehrt$ abgewickelt$ abgleich abhalt abhang abilit ablauf$ ablaufen$ ablauft$ ablegen$ \
    ablegt$ aboutir$ aboutit$ abruf abschliess abschluss$ absend abwehr abwickel abwicklung$ abzurufen$ \
    abzuschliessen$ abzusenden$ abzuwehren$ acaba$ acabar$ accept$ accepteert$ accepter$ accepteren$ accepts$ \
    accert accetta$ accettare$ accetti$ accompl acepta$ aceptar$ achemin achetez$ acheve$ achevee$ achever$ \
    achterhaal acredit act$ activ acts$ actualis actualiz adapt$ adapta$ adaptar$ adapte$ adapted$ adapter$ \
    adapts$ adatta$ adattare$ add$ added$ adds$ adjust$ adjusted$ adjusting$ adjusts$ admit afdruk affect affich \
    afgeloopt$ afgerond$ afgesloten$ afhank aflever afmaakt$ afmaken$ afrond afsluit afweer aggiorn aggiunge$ \
    aggiungere$ aide$ aider$ aiguille$ aiguiller$ aiuta$ aiutare$ ajoute$ ajouter$ ajust aktivier aktualisier \
    akzeptier alcanz allow almacen altern amene$ ammett ampliado$ anade$ anadir$ andern$ andert$ anderung$ \
    anderungen$ angefordert$ angehakt$ angehor angekreuzt$ angelegt$ angenommen$ angepasst$ angewandt$ angewendet$ \
    angezeigt$ angezeigte$ angezeigten$ ankreuz anleg annehmen$ annimmt$ annot annule$ annuleer annuler$ annull \
    annullier anot$ anota$ anpass$ anpassen$ anpassung$ answer$ answered$ answers$ antwoordt$ antwort$ anula$ \
    anular$ anwend anzeigen$ anzuzeigen$ aparec aplic appaia$ apparai appare$ apparten appartien appear$ appears$ \
    appel$ appels$ applica$ applicare$ applied$ applies$ appliqu apply$ arbeiten$ arbeitet$ arranca$ arrancar$ \
    arrete$ arreter$ arrivare$ arrivat arrivez$ arriving$ asegur asign ask$ asks$ asoci asociad assegn assicur \
    assign assist$ assists$ associ associat assur atender$ atiende$ attach$ attached$ attempt$ attend atteste$ \
    attiva$ attivare$ attivat attivo$ attribu aufbewahr aufgeklappt$ aufgeteilt$ aufhalt aufrechterhalt \
    aufrechtzuerhalten$ auftaucht$ aufteil aufzubewahren$ aufzurufen$ auseinanderhalt ausfuhr ausfull \
    ausgeblendet$ ausgeblendete$ ausgefuhrt$ ausgefullt$ ausgefullte$ ausgefullten$ ausgegeben$ ausgeklappt$ \
    ausgeliehen$ ausgewahlt$ auslauf ausleihe$ ausliefer ausschalt ausschliess aussuch auszublenden$ auszufuhren$ \
    auszufullen$ autenticarse$ autenticarsi$ authorise$ authorised$ authorises$ authorize$ authorized$ authorizes$ \
    automatise$ automatisee$ automatises$ autorise$ autorisent$ autoriser$ autoriza$ autorizar$ autorizza$ \
    autorizzare$ averigu avisa$ avisar$ avoid$ avoiding$ avoids$ avvi avviat ayuda$ ayudan$ ayudar$ bascul \
    beantwoordt$ beantworten$ beantwortet$ bearbeit become$ becomes$ bedarf$ beeindig beend befind begin$ \
    beginnen$ beginnt$ begins$ begint$ begonnen$ begrenzen$ begrenzt$ begrenzung$ begun$ behalt$ behalten$ \
    behandel beheer beheren$ behoort$ behor beibehalt beinhalt beizubehalten$ bekommen$ bekommt$ belet$ beletten$ \
    belong$ belonging$ belongs$ benodig benotig benutzt$ bepaal bepalen$ beperken$ beperkt$ bereiken$ bereikt$ \
    bereitgestellt$ bereitstell bereitzustellen$ beruht$ beschermt$ beschrank beschreibt$ beschrijft$ besluit$ \
    bestaan$ bestaat$ bestatig bestehen$ besteht$ bestellen$ bestellt$ bestellvorgang$ bestelt$ bestimm besuch$ \
    besuchen$ besuchs$ betaalt$ betalen$ betreff betreft$ betrifft$ betritt$ bevat$ bevatten$ bevestigen$ \
    bevestigt$ bevinden$ bevindt$ bevorzugen$ bewaar bewahr bewaren$ beweist$ bewerk bewirkt$ bezahlt$ bezieht$ \
    bezoek$ bezoeken$ bezoekt$ bieden$ biedt$ bijgehouden$ bijhouden$ bijhoudt$ bind$ binds$ bladeren$ bladert$ \
    blattern$ blattert$ bleiben$ bleibt$ blendet$ blijf$ blijft$ blijven$ blocca$ bloccano$ bloccare$ blocco$ \
    block$ blocked$ blockieren$ blockiert$ blocks$ blokkeer blokkeren$ bloque boeken$ boekt$ book$ booking$ books$ \
    borr bound$ brauchen$ braucht$ brengen$ brengt$ bring$ bringen$ brings$ bringt$ brought$ brows$ browse$ \
    browses$ browsing$ buchen$ bucht$ bundeln$ bundelt$ bypass$ cacher$ caduc called$ cambi$ cambia$ cambiar$ \
    cambiare$ cambie$ cambio$ cancel$ cancell cancellat cancels$ capire$ capisce$ cargar$ carica$ caricare$ \
    caricat carried$ carries$ carry$ carrying$ cela$ cerrad cerrar$ cerrarla$ cerrarse$ certifies$ certify$ \
    cessez$ change$ changed$ changement$ changements$ changer$ changes$ changez$ charger$ check$ checked$ checks$ \
    chiffr chiud chius choisir$ choisissez$ choisit$ choose$ chooses$ cierr cifra$ cifrad cifrar$ cifrare$ cifrat \
    circuler$ circulez$ clear$ cleared$ clears$ clos coche$ cochee$ cocher$ cochez$ codeer codific colleg \
    collegamento$ collegh coloc comenzar$ comienza$ comincia$ commandez$ communiqu compil compilat compilazione$ \
    complet completamento$ comporte$ comportent$ compren compri$ comprobar$ comprueb comunic$ comunica$ \
    comunicacion$ comunicar$ comunicare$ comunicazione$ concern$ concerns$ conclude$ concluder concluir$ conclus \
    concluy conecta$ conectar$ conectarse$ conferm configur confirm connect$ connecte$ connects$ connu$ connus$ \
    conoc conozca$ consegn consent$ consente$ consentire$ consentono$ conserv conservat consign consiste$ \
    constate$ constater$ constitu contain conten contesta$ contestar$ contien continu control$ controla$ \
    controlar$ controle$ controleer controlent$ controler$ controleren$ controles$ controll controls$ convalid \
    coordin coordonn correspond costitui coupure$ crea$ creada$ creado$ crean$ creano$ crear$ creare$ creat cree$ \
    creee$ creer$ crees$ crittograf cumpliment dar$ dare$ dauern$ dauert$ deactivate$ deactivated$ deactivates$ \
    deaktivier deal$ deals$ debloqu debut decide$ decided$ decidere$ decides$ decidir$ decifr decoch decode$ \
    decrit$ decrypt$ decrypts$ define$ defined$ defines$ definida$ definido$ definier definir$ definire$ \
    definisce$ definit delet deliver delivr demandez$ demarre$ demarrent$ demarrer$ demeure$ demeurer$ demonstrat \
    demuestra$ denies$ deny$ depend deplacer$ deplacez$ deploy$ depos deroul desactiv desaparece$ desbloque \
    descarg descifr describe$ describes$ descrive$ desee$ desider desiderat desirez$ despleg desplieg destroy$ \
    destroyed$ destruy detect detecteer deten determin detruit$ detruite$ deverrouill devolver$ devuelv dice$ \
    dichtklap dienen$ dient$ difend diferenc differenci differentiat differenz digit$ digita$ digitat dimentic \
    dimostra$ dimostrare$ dipend dirige$ dirigent$ diriger$ dirigir$ disabilit disable$ disables$ disappear$ \
    disappears$ disattiva$ disattivare$ disattivat dispar dispara display$ displayed$ displays$ dispone$ disponer$ \
    dispose$ disposer$ distribuer$ distribui distribuisc distribuit distribut distribuy distrug distrut divert$ \
    doen$ doet$ doing$ donne$ donner$ doorgaan$ doorgaat$ doorgeef doorgegeven$ doorgestuurd$ doorgev doorsturen$ \
    doorstuurt$ doorverwez doorverwijst$ download$ downloaden$ draaien$ draait$ drop$ dropped$ drops$ drucken$ \
    druckt$ dura$ durano$ durar$ durare$ durchfuhr durchgefuhrt$ durchzufuhren$ dure$ duren$ durent$ durer$ duurt$ \
    ease$ eases$ echoue$ echu$ edit$ edita$ editar$ edited$ editing$ edits$ efectu effac effectue$ effectuee$ \
    effectuer$ effectuez$ effettua egare$ einblend eindig eingeb eingeblendet$ eingegeben$ eingegebene$ \
    eingegebenen$ eingegebener$ eingeklappt$ eingestellt$ eingestellte$ eingestellten$ eingetippt$ eingetragen$ \
    eingibt$ einschalt einstell$ einstellen$ einstellt$ eintrag einzublenden$ einzugeben$ einzustellen$ ejecut \
    elabora$ elaborare$ elaborazione$ elegir$ elige$ elija$ elimin eliminat emet$ emette$ emettre$ emis$ emise$ \
    emit empech empez empieza$ enabl encarg encode$ encoded$ encodes$ encontraba$ encontrar$ encript encrypt$ \
    encrypts$ encuentra$ encuentre$ ended$ enden$ endet$ endete$ ending$ engendre$ enlace$ enlaz enregistre$ \
    enregistrement$ enregistrent$ enregistrer$ ensur enter$ entered$ entering$ enters$ entfern enthalt$ enthalten$ \
    entra$ entrar$ entrare$ entreg entrer$ entrez$ entscheid entschlussel entsperr envia$ enviad enviar$ envie$ \
    envien$ envio$ envoi$ envoie$ envoient$ envois$ envoy erase$ erased$ erases$ erfolgen$ erfolgt$ erfolgte$ \
    erfordert$ erhalt$ erhalten$ erkannt$ erkannte$ erlaub$ erlaubt$ erleichter ermittel ermoglich erneuern$ \
    erneuert$ erreichen$ erreicht$ erreichte$ erreichten$ erscheinen$ erscheint$ erstell erweiter erzeug esce$ \
    esclude$ escog esconde$ esconder$ escrito$ esecuzione$ esegu esiste$ espand espans espera$ esperar$ essaie$ \
    essay establec establish estuviera$ etend$ etendre$ evit exceed$ exceeded$ exceeds$ exchange$ exchanged$ \
    exclude$ excludes$ excluir$ exclure$ exclut$ excluye$ execut exist$ existe$ exister$ existiert$ existir$ \
    exists$ expand$ expanded$ expir expire facilit facilitat faciliteer fail$ failed$ fails$ fare$ fatto$ ferm \
    ferngehalten$ fernhalt festgehalten$ festgelegt$ festgestellt$ festhalt festleg festsetz feststell \
    festzustellen$ fetch$ fetched$ fetches$ fij$ fija$ fijado$ fijar$ fill$ filled$ filter$ filteren$ filtern$ \
    filters$ filtert$ filtra$ filtrar$ filtrare$ filtre$ filtrer$ finalis finaliz find$ finden$ findet$ finds$ \
    fini$ finir$ finire$ finisce$ finish$ finished$ finit firm$ firma$ firmar$ firmare$ fissa$ fissat fixe$ fixee$ \
    fixer$ flag$ flagged$ flags$ fold$ fonctionn force$ forced$ forces$ fordern$ fordert$ forget$ forgets$ \
    forgotten$ forms$ fornire$ fornisc fortfahr fortfuhr fortgefuhrt$ fortgesetzt$ fortsetz fortzusetzen$ forward$ \
    forwards$ found$ fourni$ fournie$ fournies$ fournir$ fournit$ fragen$ fragt$ freeze$ fuhren$ fuhrt$ funcion \
    function functioner funktion funktionsfahigkeit$ funktionsweise$ funzion ga$ garandeer garant garanti \
    garantier garantisc garantiz gard gave$ geaccepteerd$ geactiveerd$ geandert$ geanderte$ geben$ gebeuren$ \
    gebeurt$ gebleven$ geblokkeerd$ gebracht$ gebraucht$ gebruiken$ gebruikt$ gebruikte$ gecodeerd$ gecodeerde$ \
    gedaan$ gedeactiveerd$ gedetecteerd$ gedownload$ geeft$ gefunden$ gegaan$ gegeben$ gegenereerd$ gegenereerde$ \
    gegeven$ geholpen$ geholt$ gehoren$ gehort$ gehouden$ gekoppeld$ gekoppelde$ gekoppelt$ geladen$ gelangen$ \
    gelangt$ gelegd$ geleid$ gelenkt$ geleverd$ gelezen$ geliefert$ geloescht$ geloscht$ geloschte$ gelost$ \
    gemaakt$ gemaakte$ gemacht$ gemarkeerd$ gemeld$ gemeldet$ gemerkt$ gemerkte$ gener generat genoteerd$ genutzt$ \
    geplaatst$ gere$ geregeld$ gerent$ gerer$ gereserveerd$ gereserveerde$ gescheiden$ geschlossen$ geschutzt$ \
    geschutzte$ geschutzten$ gesendet$ gesetzt$ gesichert$ gesloten$ gespeichert$ gesperrt$ gestart$ gestartet$ \
    gestatt gesteuert$ gestion gestire$ gestisc gestita$ gestito$ gestor$ gesynchroniseerd$ get$ getoond$ \
    getrennt$ getroffen$ getroffene$ gets$ getypt$ geupload$ geven$ gevonden$ gewahr gewahrleist gewechselt$ \
    gewenst$ gewijzigd$ gewijzigde$ gewist$ gewiste$ gezet$ giunge$ giunto$ gives$ giving$ gleichmassig$ got$ \
    grant$ grants$ guarantee$ guaranteed$ guarantees$ guard guide$ guides$ hace$ hacer$ halla$ hallar$ halle$ \
    halt$ halten$ hand$ handed$ handl hands$ hangt$ happen$ happens$ hecho$ heisst$ held$ helfen$ help$ helpen$ \
    helps$ helpt$ herhaalt$ herhalen$ herstart$ herstarten$ herstel$ hersteld$ herstellen$ herstelt$ \
    heruntergeladen$ herunterlad hervat herzustellen$ hid$ hide$ hides$ hield$ hilft$ hindert$ hinterleg hinzufug \
    hochgeladen$ hochgeladene$ hochgeladenen$ hochlad hold$ holds$ holen$ holt$ hoort$ horen$ houden$ houdt$ \
    identifi identific identifizier ignor ignorier immess immett impedir$ impedire$ impedisc impid implement \
    implic implique$ imposta$ impostare$ impostat imprim inclu includ inclus incluy indica$ indicar$ indicat \
    indien indique$ indiquer$ indirizz inform$ informa$ informar$ informare$ ingediend$ ingediende$ ingeklapt$ \
    ingeschakeld$ ingesteld$ ingestelde$ ingetikt$ ingetrokken$ ingevoerd$ ingevoerde$ ingevuld$ ingevulde$ \
    ingezonden$ inici initial initiat inizi inklap inlogt$ inoltra$ inoltrare$ input$ inputs$ inschakel inschrijf \
    inscrib inscrire$ inscrit$ inscrivez$ inserire$ inserisce$ inserit instal instellen$ instelt$ instrad intend \
    intent interromp interrott interrump interrupt interruzione$ intervenir$ intervient$ intrek introduc \
    introducid introduzca$ intypt$ invalidate$ invalidated$ invalidates$ invia$ inviare$ inviat invii$ invio$ \
    invoer involve$ involves$ invullen$ invult$ inzend iscriv issue$ issued$ issues$ join$ joined$ joins$ kauft$ \
    keep$ keeping$ keeps$ keert$ kept$ keren$ kies$ kiezen$ klapp$ kodier kom$ konfigurier kontrollier koopt$ \
    koppelen$ koppeln$ koppelt$ kreeg$ krijgen$ krijgt$ laadt$ laden$ ladt$ laisse$ laisser$ lance$ lancer$ \
    lasciat lassen$ lasst$ lasts$ laten$ laufen$ lauft$ launch$ launched$ launches$ lavora$ lead$ leads$ legen$ \
    leggen$ legt$ leiden$ leidt$ leitet$ lenkt$ let$ letting$ leveren$ levert$ lie$ liefern$ liefert$ lier$ \
    liggen$ ligt$ limit link$ linked$ linking$ links$ live$ lives$ llam llegue$ llev$ lleva$ llevado$ llevar$ \
    lleve$ load$ loaded$ loading$ loads$ localiz locate$ located$ locates$ lock$ locked$ locks$ loopt$ lopen$ \
    loschen$ loscht$ loschung$ lose$ loses$ lost$ lutte$ lutter$ maak$ maakt$ machen$ macht$ made$ maintain \
    mainten maintien$ maintient$ make$ maken$ makes$ making$ manag manda$ mandado$ mandar$ mandare$ maneja$ \
    manejar$ mantener$ mantenere$ mantenerse$ mantenga$ mantengan$ mantenid mantenimento$ mantenimiento$ mantenut \
    mantien marc$ marca$ marcada$ marcado$ marcar$ marche$ marcher$ mark$ marked$ markeer markier marks$ marque$ \
    marquer$ masqu mean$ meint$ meld$ melde$ melden$ meldet$ meldt$ memoris memorise memoriza$ memorizar$ memorizz \
    merken$ merkmal$ merkt$ mette$ mettere$ mettre$ minimise$ minimised$ mise$ mitgeteilt$ mitteil modific \
    modificaciones$ modifications$ modifie$ modifier$ modifiez$ mostr move$ moved$ mover$ moverse$ moves$ muestr \
    mueve$ nachweis nagaan$ nagaat$ nasconde$ nascondere$ nascost navegac navegando$ navegue$ navig naviga navigat \
    navigeer navigier necessaire$ necessit need$ needs$ neemt$ negeer nemen$ neustart$ nodig$ note$ noted$ \
    noteert$ noteren$ notes$ notier numer numerat numerot nummerier nutzen$ nutzt$ obtain$ obtained$ obtains$ \
    obtener$ obtenir$ obtenu$ obtiene$ obtient$ oculta$ ocultar$ oculto$ ocup$ ocupa$ offnung$ olvid omite$ \
    omitir$ omvat$ omvatten$ onderbreekt$ onderbrek onderbroken$ onderscheid ondersteun onderteken ontcijfer \
    ontgrendel onthou ontvangen$ ontvangt$ openblijft$ openhoudt$ openstaan$ openstaat$ operat opgehaald$ \
    opgehaalde$ opgelost$ opgenomen$ opgeslagen$ ophaal ophalen$ opnemen$ opslaan$ opslaat$ opslag$ orders$ \
    ordina$ ordnet$ organise$ organiseert$ organises$ organisiert$ organiza$ organizza$ oriente$ orientent$ \
    orienter$ ottenere$ ottiene$ oubli$ oublie$ oublier$ overblijf overdraagt$ overdrag overgebracht$ \
    overgedragen$ overgenomen$ overgeslagen$ overneemt$ overnem overschakel overslaat$ paga$ pagare$ pague$ \
    parametr pasa$ pasar$ pase$ pass$ passa$ passage$ passagg passare$ passe$ passed$ passer$ passes$ passez$ \
    passi$ passt$ paste$ patiente$ patienter$ payez$ pedir$ percorr perd$ perde$ perder$ perdere$ perdre$ perdu$ \
    perdues$ perdus$ perform$ performed$ performing$ performs$ permanec permanezca$ permet$ permett permit persist \
    perso$ perte$ pertenec pertenezca$ pertes$ pick$ picked$ picks$ pid$ pida$ pide$ pierde$ place$ placed$ \
    placer$ places$ plegado$ pliega$ pone$ poner$ porta$ portare$ pose$ post$ posted$ posting$ posts$ poursuit$ \
    poursuiv precisa$ precisar$ prefere$ preferer$ preferez$ preferi prefiera$ prepara$ prepare$ prepares$ \
    presenter$ preserv prevent print$ printed$ printen$ prints$ pris$ prise$ prob$ probar$ probeert$ proberen$ \
    procede$ proceder$ proceed$ proceeds$ procesa$ procesamiento$ procesar$ process$ processes$ processing$ \
    produce$ produced$ produces$ progress$ prolong prosegu prosigu protect$ proteg$ protege$ protegen$ proteger$ \
    protegge$ proteggere$ proteggono$ protett prouve$ prouver$ prov$ provare$ proven$ provenant$ provenga$ \
    provengan$ proves$ provid proviennent$ provient$ pruf put$ puts$ putting$ qued$ queda$ quedado$ quedar$ quede$ \
    quedo$ querer$ quiera$ quieran$ quita$ quitar$ rafraich raggiung raggiunt ramene$ ramener$ ramenes$ rappresent \
    rattache$ rattachent$ rattacher$ rattaches$ reached$ reaching$ reactiv reaffich reagiert$ realice$ realise$ \
    realiser$ realisier realiz reanud reapparai recarga$ recargar$ receive$ received$ receives$ recevoir$ recharg \
    rechaza$ rechazar$ recibe$ recibir$ recobra$ recogni recoit$ recommenc reconnaissent$ recordar$ recorre$ \
    recover recu$ recuerd recuper redemand redemarr redirect$ redirected$ redirecting$ redirects$ redirig redonn \
    reenter$ reenv reenvi refer$ refers$ refier refill$ refresh$ refreshes$ refuse$ refuser$ regel$ regelen$ \
    regelt$ regener register$ registered$ registers$ registr$ registrarse$ registreer regle$ reglees$ regler$ \
    regles$ reglez$ regol$ regola$ regolat regres reindirizz reinici reinitialis reinseri reintroduc reject$ \
    rejects$ relat relie$ relient$ relier$ relies$ rellen rellenad reload$ reloads$ rely$ remain$ remained$ \
    remains$ rememb remember remite$ remitir$ remove$ removed$ removes$ rempli$ remplie$ remplies$ remplir$ \
    remplis$ rempliss remplit$ rend$ render$ rendered$ rendering$ renders$ rendre$ rendu$ renew$ renewed$ renews$ \
    renonce$ renouvel renovar$ renseigne$ renseignees$ renseigner$ renseignes$ renseignez$ rentr renueva$ renvoi$ \
    renvoie$ renvoient$ renvoyer$ repair$ repart reparti repartid repeat$ repeated$ repeating$ repeats$ repet \
    repit replies$ reply$ repond$ repondez$ repondre$ repondu$ repos$ repose$ reprenant$ reprend reprenez$ \
    represent repris$ reprise$ requerid requerir$ requier requir requis$ requise$ resaisi resend$ reserva$ \
    reservar$ reserve$ reserveert$ reserver$ reserveren$ reserves$ reservez$ reserviert$ reset$ resets$ resolu$ \
    resout$ respond$ responde$ responder$ responds$ ressais rest restablec restaur restitu restor restricted$ \
    restring resubmit$ resubmitting$ resuelto$ resume$ resumed$ resumes$ retabli retain retap retener$ retenid \
    retenir$ retenu$ retenue$ retenus$ retien retire$ retirer$ retom retrieve$ retrieved$ retrieves$ retrieving$ \
    retrouv retry$ return$ returns$ retype$ retyping$ reuse$ reused$ revenez$ revenir$ revient$ revoc revoke$ \
    revoked$ revokes$ revoque$ riavvi ricaric riceve$ ricevere$ richied richiest ricord riferi riferisc rifiuta$ \
    riguard rilev rimand rimane$ rimanendo$ rimanere$ rimang rimast rimuov rinnova$ rinnovare$ rinvi ripart \
    ripartit ripet ripieg riport riprend ripres ripristin ripropo riserv riservat risolto$ risponde$ rispondere$ \
    ritorn ronden$ rondt$ rotate$ rotated$ rotates$ routed$ rucksetz run$ runs$ safeguard$ safeguards$ said$ saisi \
    salida$ salta$ salva$ salvaguard salvano$ salvare$ salvat sappia$ sauvegard sauvegarde save$ saved$ saves$ \
    saving$ say$ says$ sblocc scad scaric scegli scelga$ scelta$ scelte$ scelti$ scelto$ scheiden$ scheidt$ \
    schicken$ schickt$ schliess schutzt$ scompare$ scritto$ securiser$ segnal seleccion select$ selecteert$ \
    selecteren$ selecting$ selectionn selects$ seleziona$ selezionare$ semplific senal send$ senden$ sendet$ \
    sends$ sent$ sepan$ separa$ separar$ separare$ separated$ separates$ separe$ separer$ separes$ sert$ servant$ \
    serve$ serves$ servir$ set$ sets$ setting$ setzen$ setzt$ show$ shows$ sicherheitsmerkmal$ sichern$ \
    sicherstell sichert$ sicherung$ sicherzustellen$ sign$ signal$ signale$ signalent$ signaler$ signalisier \
    signals$ signier simplifi simplific simplify$ sincroniz sincronizz sirve$ skip$ skipped$ skips$ slaat$ sluit$ \
    sluiten$ smist solicit solve$ solved$ solves$ sorgt$ sortie$ sortir$ sottopo souhaite$ souhaiter$ soumet \
    soumis$ soumise$ souven souvient$ speicher sperren$ sperrt$ split$ splits$ spostarsi$ spot$ spots$ spread$ \
    spreads$ spreiden$ spreidt$ spunt$ spunta$ spuntat staan$ staat$ stammen$ stammt$ stampa$ started$ starten$ \
    startet$ starts$ stay$ stayed$ staying$ stays$ stellen$ stellt$ stelt$ steuern$ steuert$ steuerung$ stock \
    stop$ stopgezet$ stopped$ stoppt$ stops$ stopt$ storage$ store$ stored$ stores$ storing$ stuur$ stuurde$ sube$ \
    subid$ subido$ subidos$ subir$ submit$ submits$ submitted$ subsist supplied$ supplies$ supply$ support \
    suppression$ supprim suprim surf$ surfen$ surfing$ surfs$ surft$ svolg svolgimento$ swap$ switch$ switches$ \
    synchronis synchroniseer synchronisier synchronize$ synchronized$ synchronizes$ take$ taken$ takes$ tape$ \
    taper$ tapez$ teclea$ tegengehouden$ tegenhoud teilt$ tener$ tenere$ tenga$ tengono$ tenia$ tente$ tentent$ \
    tenut terecht$ termina$ terminado$ terminar$ terminare$ terminate$ terminated$ terminates$ terminato$ termine$ \
    terminer$ terminez$ terugbreng teruggebracht$ teruggestuurd$ teruggevonden$ terugkeer$ terugkeren$ terugstur \
    terugvind testa$ testare$ teste$ tested$ testen$ tester$ testet$ tick$ ticked$ tie$ tied$ tiene$ tienen$ ties$ \
    tikt$ tippen$ tippt$ toegekend$ toegekende$ toegepast$ toegestaan$ toegewezen$ toekent$ toelaat$ toelaten$ \
    toepas toestaan$ toevoeg toezend toggle$ toggled$ toggles$ tonen$ toont$ torna$ tornare$ tornato$ trabaja$ \
    trae$ traite$ traitement$ traitent$ traiter$ tram$ tramit transfer$ transfere$ transferer$ transferir$ \
    transferred$ transfers$ transfert$ transferts$ transfier transmet$ transmett transmis$ transmise$ transmit \
    transport trasfer trasferi traslad trasmesso$ trasmett trasmissione$ trata$ tratar$ tratta$ trattare$ tratten \
    trattien trennen$ trennt$ tried$ tries$ tritt$ trova$ trovano$ trovare$ trovava$ trovi$ try$ turn$ tying$ \
    typen$ typt$ ubergabe$ ubergeben$ ubergibt$ ubermitt ubernimmt$ ubernommen$ uberpruf ubersend uberspring \
    ubertragen$ ubertragt$ ubertragung$ uitgeklapt$ uitgeschakeld$ uitgevoerd$ uitkies uitklap uitschakel \
    uitvoeren$ uitvoering$ uitvoert$ umfassen$ umfasst$ umgeleitet$ umgeschaltet$ umgestellt$ umleit umschalt \
    umstell umzuschalten$ unfold$ ungultig$ unir$ unisc unlock$ unlocks$ unterbind unterbrech unterbricht$ \
    unterbroch unterbunden$ unterscheid unterschied unterstutz untick$ update$ updated$ updates$ upload$ uploaded$ \
    uploaden$ uploading$ uploads$ usa$ usada$ usado$ usando$ usar$ usare$ usate$ usati$ uscire$ uscita$ use$ used$ \
    usen$ uses$ usi$ utilice$ utilicen$ utilisant$ utilise$ utilisee$ utilisees$ utilisent$ utiliser$ utilises$ \
    utilisez$ utiliza$ utilizada$ utilizadas$ utilizado$ utilizan$ utilizar$ utilizza$ utilizzando$ utilizzano$ \
    utilizzare$ utilizzata$ utilizzati$ utilizzato$ utilizzi$ valid validations$ valideer validier validit \
    vastgehouden$ vastgelegd$ vastgesteld$ vasthoud vastleg vaststel veille$ veiller$ vence$ vencer$ veranderd$ \
    veranderen$ verandert$ verarbeit verberg verbind verbirgt$ verbleib verbonden$ verborgen$ verbunden$ verdeeld$ \
    verdelen$ verdeling$ verdwijnen$ verdwijnt$ vereenvoudigt$ vereinfach vereisen$ vereist$ verfallen$ verfallt$ \
    vergeben$ vergeet$ vergessen$ vergeten$ vergibt$ vergisst$ verglichen$ vergrendel verhinder verif verifi \
    verific verifieer verknupf verkregen$ verkrijg verleent$ verlieren$ verliert$ verliest$ verliezen$ verloopt$ \
    verlopen$ verloren$ vermeid vermerk vermieden$ vermijd vernietigd$ vernieuwd$ vernieuwen$ vernieuwt$ verrouill \
    versandt$ verschijn$ verschijnen$ verschijnt$ verschlussel verschwindet$ versend versleutel versteck verstopt$ \
    versturen$ verstuurd$ versuchen$ versucht$ verteil vertoon vervallen$ vervalt$ ververs vervolg$ vervolgen$ \
    vervolgt$ verwalt verwehr verwend verwerk verwijder verwijst$ verwijzen$ verworfen$ verzeker verzend \
    verzonden$ vincul vinden$ vindt$ vinkt$ vise$ visita$ visite$ visitez$ visualiz visualizad visualizzat voer$ \
    voglia$ vogliono$ volere$ voltooi voorkom voortgezet$ voortzet vorgehalten$ vorgemerkt$ vorgemerkte$ \
    vorgemerkten$ vorgenommen$ vorhalt vornehm vouloir$ voulu$ vraag$ vraagt$ vragen$ vuelva$ vuelvan$ vuelve$ \
    vul$ vuoi$ waarborg wacht$ wachten$ wahlen$ wahlt$ wahren$ wahrt$ wait$ waiting$ waits$ warten$ wartet$ \
    wechsel$ wechseln$ wechselt$ weert$ weggeklikt$ wehren$ wehrt$ weigeren$ weigert$ weist$ weiterfuhr \
    weitergefuhrt$ weitergegeben$ weitergeleitet$ weitergeleitete$ weitergereicht$ weiterleit weiterreich wensen$ \
    wenst$ weren$ werken$ werking$ werkt$ widerruf wiederaufnahme$ wiederaufnehm wiedererkennung$ wiederfind \
    wiederhergestellt$ wiederherstell wiederherzustellen$ wiederholen$ wijzig wilde$ wilden$ wirkt$ wissel$ \
    wisselen$ wisselt$ wist$ withdraw$ withdrawn$ withdraws$ work$ works$ written$ wrote$ wunschen$ wunscht$ \
    zeigen$ zeigt$ zenden$ zendt$ zerstort$ zet$ zetten$ zit$ zitten$ zorgen$ zorgt$ zugehor zugeklappt$ \
    zugeordnet$ zugewiesen$ zulassen$ zulasst$ zuordn zuruckbring zuruckgeben$ zuruckgefuhrt$ zuruckgeleitet$ \
    zuruckgesetzt$ zuruckkehr zuruckkommen$ zuruckleit zurucksetz zuruckzukehren$ zusammenfuhr zusammengefuhrt$ \
    zusammenhang$ zuweisen$ zuzuordnen$ zwischengespeichert$ zwischenspeicher";
