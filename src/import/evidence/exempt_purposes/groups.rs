//! The purposes that need no consent, each with its words in six languages. Folded; a word ends in `$`, the beginning of a word
//! does not.
//!
//! `topics` show that a text is about the purpose. `words` are neutral beside a topic of the same purpose and may name
//! something else without one: “products” in a basket, “attacks” on a form.

/// A purpose that needs no consent.
pub(super) struct Group {
    pub(super) topics: &'static str,
    pub(super) words: &'static str,
    /// Topics of several words, between `|`.
    pub(super) phrases: &'static str,
}

pub(super) const GROUPS: [Group; 8] = [SESSION, LOGIN, CHOICE, LANGUAGE, BASKET, SECURITY, BALANCE, DISPLAY];

/// Holding a session together: what the server must know of a browser from one request to the next.
/// Words of the software, and whether the browser takes cookies, belong to it.
const SESSION: Group = Group {
    topics: "session$ sitzungs$ sessionid$ sitzung$ sesion$ sessie$ sessione$ php_session$ token$ jeton$ necess \
        necesari notwendig erforderlich noodzakelijk essential essentiel essenziell indispensab javascript$",
    words: "ouvre$ ouvrir$ abre$ opent$ apre$ open$ ouvert$ ouverte$ geoffnet$ offen$ abierta$ abierto$ aperta$ \
        aperto$ mehrerer$ mehrere$ mehreren$ plusieurs$ several$ management$ applicative$ cours$ iniciada$ attiva$ \
        connected$ established$ running$ life$ lifespan$ stateful$ framework$ duration$ ongoing$ userid$ handle$ \
        destroyed$ terminated$ deleted$ start$ starts$ started$ sessionid$ purpose$ usually$ written$ mantenuta$",
    phrases: "read if cookies|can check to see|zuordnung mehrerer anfragen zu einem besuch|\
        zuordnung der anfragen|requests to one session|garde la trace de votre connexion|tiene traccia dell accesso|\
        se rappelle de|se rappeler de|d une page a une autre|from one page to the next|from one page to another|\
        von einer seite zur nachsten|in te loggen|sites written in jsp|session id|identifiant de session|\
        id de session|identificador de sesion|id di sessione|sessie id|session cookie|cookie de session|\
        cookie di sessione|cookie de sesion|sessiecookie|user sessions|users sessions|manage sessions|\
        sticky sessions|session number|php sessions|open sessions|gestion des sessions|gerer les sessions|\
        sessions utilisateur|sessions utilisateurs|sessions des utilisateurs|sessions des visiteurs|\
        gestion de sesiones|gestionar las sesiones|sesiones de usuario|gestione delle sessioni|gestire le sessioni|\
        sessioni utente|numero de session|numero de sesion|numero di sessione|numero della sessione|sitzungsnummer|\
        sessienummer|verwaltung von sitzungen|benutzersitzungen|nutzersitzungen|beheer van sessies|\
        gebruikerssessies|gebruikerssessie|benutzersitzung|nutzersitzung|supports cookies|support cookies|\
        accepts cookies|accept cookies|cookies are enabled|cookies enabled|cookies are accepted|cookies are allowed|\
        cookies are supported|allows cookies|accepte les cookies|accepte des cookies|accepte bien les cookies|\
        cookies sont actives|supporte les cookies|admite cookies|acepta cookies|cookies unterstutzt|\
        cookies akzeptiert|cookies zulasst|cookies erlaubt|cookies aktiviert|cookies ondersteunt|cookies accepteert|\
        cookies toestaat|supporta i cookie|accetta i cookie|can be placed|peuvent etre places|peuvent etre deposes|\
        gesetzt werden konnen|kunnen worden geplaatst|across pages|across page requests|across requests|\
        from page to page|d une page a l autre|de page en page|von seite zu seite|de una pagina a otra|\
        da una pagina all altra|van pagina naar pagina|keeps track of the session|behalt die zustande des benutzers|\
        preserves user session state|preserves user states|\
        conserve la configuration des parametres des utilisateurs|keep the state|keeps the state",
};

/// Signing in and staying signed in.
/// Names of accounts and of protected areas belong to it; “logs” alone do not: they may be a protocol.
const LOGIN: Group = Group {
    topics: "signing$ unauthorised$ unauthorized$ autentic autenticac autenticazi login$ logins$ logged$ logon$ \
        logout$ signed$ sign$ signin$ signon$ sso$ authent authenti authentif authentifica authentica auth$ anmeld \
        anmeldung angemeld einlog eingelog einlogg abmeldung$ connexion$ connecte$ connectee$ connectes$ \
        connectees$ connecter$ connectez$ reconnexion$ reconnect inlog ingelog uitgelogd$ aanmeld aangemeld \
        conectado$ conectada$ conectar conexion$ acceso$ accede$ acceder$ accesso$ accedere$ collegat connesso$ \
        connessa$ iniciar$ password$ passwords$ passwort mot_de_passe$ wachtwoord contrasena$ username$ usernames$ \
        benutzername gebruikersnaam account$ accounts$ konto$ kontos$ benutzerkonto$ kundenkonto$ compte$ comptes$ \
        cuenta$ paywall$",
    words: "demeurer$ rester$ journee$ bezig$ werkdag$ arbeitstag$ \
        click$ clicked$ cliquez$ clique$ klicken$ geklickt$ angeklickt$ klikt$ klikken$ attempts$ device$ \
        computer$ appareil$ gerat$ record$ records$ recorded$ registers$ registered$ enregistre$ enregistrer$ \
        enregistrent$ registra$ registrano$ registrar$ registrare$ registreert$ registriert$ loggen$ session$ \
        access$ accesses$ acces$ successful$ successfully$ remain$ box$ case$ cochee$ coche$ checkbox$ ticked$ \
        reste$ restent$ rester$ single$ eindeutig$ einmal dauerhaft$ permanently$ permanent$ protected$ secured$ \
        geschutzt mitgliederbereich$ kundenportal$ kundenbereich$ adherents$ licence$ license$ subscriber$ \
        subscribers$ subscription$ reserve$ reservee$ restricted$ admins$ unique$ zentral centralise$ centralisee$ \
        agents$ bevoegd$ expiration$ automatic automatique$ automatiquement$ automatisch$ boutons$ buttons$ \
        administration$ administrative$ logic$ layout$ chose$ chosen$ starting$ profil_$",
    phrases: "log in|logs in|log on|log into|log you in|logs you in|log out|logs on|in te loggen|mot de passe|\
        nom d utilisateur|nombre de usuario|nome utente|espace personnel|espace membre|espace client|\
        espace adherent|espace usager|compte utilisateur|my account|your account|area personale|area riservata|\
        area personal|area privada|inicio de sesion|inicia sesion|iniciar sesion|sesion iniciada|vous identifiez|\
        vous identifier|vous etes identifie|s identifie|s identifier|se souvenir de moi|stay signed in|remember me|\
        keep me signed in|angemeldet bleiben|eingeloggt bleiben|restez connecte|rester connecte|resta connesso|\
        single sign on|se connecte|se connectent|ha effettuato l accesso|effettua l accesso|who you are|\
        sich anmelden|sich anmeldet|sich angemeldet",
};

/// Keeping the visitor's choice of cookies, and that a notice was closed.
/// Beside it, the kinds of cookies and their services may be named, because the choice is about them.
/// A banner alone is none: it may be an advertisement.
const CHOICE: Group = Group {
    topics: "toestaat$ toestaan$ zulassen$ autorisez$ rifiutare$ accettare$ rifiutato$ rifiutati$ accettati$ \
        ausgeblendete$ ausgeblendeten$ allow$ toegestaan$ zugelassene$ weggeklikt$ chose$ closed$ dismissed$ \
        hidden$ hides$ hide$ masque$ masquer$ ferme$ fermee$ fermeture$ geschlossen$ ausgeblendet$ ausblenden$ \
        cerrado$ cierre$ chiuso$ chiusura$ gesloten$ verborgen$ verbergt$ selectionne$ selectionnee$ seleccionado$ \
        seleccionada$ selezionato$ selezionata$ geselecteerd$ geselecteerde$ consent$ consents$ consented$ \
        consentement$ consentements$ consentimiento$ consentimientos$ consenso$ consensi$ einwilligung$ \
        einwilligungen$ eingewilligt$ zustimmung$ zustimmungen$ zugestimmt$ toestemming$ toestemmingen$ choice$ \
        choices$ choix$ choisi$ choisis$ choisie$ choisies$ chosen$ selected$ auswahl$ ausgewahlt ausgewahlte \
        gewahlt gewahlte wahl$ entscheid eleccion$ elecciones$ elegido$ elegida$ elegidos$ elegidas$ decision$ \
        decisions$ decisione$ decisioni$ keuze$ keuzes$ gekozen$ scelta$ scelte$ scelto$ bandeau$ cookiehinweis$ \
        accepted$ accepte$ acceptes$ acceptee$ acceptees$ acceptation$ acceptance$ agreed$ aceptado$ aceptada$ \
        aceptadas$ acepto$ accettato$ accettata$ accettazione$ geaccepteerd$ akzeptiert$ refus$ refuse$ refuses$ \
        refusee$ refusees$ refusal$ refused$ rejected$ declined$ rechazado$ rechazo$ rifiuto$ geweigerd$ abgelehnt$ \
        ablehnung$ zugelassen$ autorise$ autorisation$ allowed$ opposition$ optout$ optin$ privacy$ gdpr$ rgpd$ \
        dsgvo$ avg$ cookiekeuze$ cookievoorkeur$ cookievoorkeuren$ cookiemelding$ cookiebanner$ cookiestatus$ \
        cookieauswahl$ cookiewall$ cookietoestemming$ cookiemuur$",
    words: "hinweis$ weggeklickt$ weggeklikt$ note$ ferme$ fermee$ \
        click$ clicked$ cliquez$ clique$ klicken$ geklickt$ angeklickt$ klikt$ klikken$ read$ lu$ lue$ \
        letto$ gelesen$ leido$ zien$ opened$ hai$ protokolliert$ question$ hinweise$ cookievraag$ meldung$ \
        meldungen$ consent$ record$ records$ recorded$ registers$ registered$ enregistre$ enregistrer$ \
        enregistrent$ registra$ registrano$ registrar$ registrare$ registreert$ registriert$ preference$ \
        preferences$ setting$ settings$ parametre$ parametres$ reglage$ reglages$ einstellung$ einstellungen$ \
        praferenz$ praferenzen$ preferencia$ preferencias$ ajuste$ ajustes$ parametro$ parametros$ voorkeur$ \
        voorkeuren$ instelling$ instellingen$ preferenza$ preferenze$ impostazione$ impostazioni$ banner$ banners$ \
        message$ notification$ notifications$ information$ pop$ up$ notice$ hinweis$ melding$ aviso$ avisos$ \
        avviso$ seen$ saw$ vu$ vue$ gesehen$ visto$ gezien$ gelezen$ video$ videos$ derden$ externe$ mostrato$ \
        result$ state$ compliance$ analytics$ analytical$ analytiques$ analytisch statisti estadistic mesure$ \
        audience$ marketing$ advertising$ advertisement$ publicite$ publicites$ publicitaires$ publicidad$ \
        pubblicita$ werbe$ werbung$ werbecookies$ map$ maps$ carte$ karte$ kaart$ external$ externes$ externen$ \
        embedded$ medien$ media$ integre$ integrees$ third$ tiers$ party$ parties$ dritter$ drittanbieter$ vendors$ \
        vendor$ partenaires$ services$ functional$ fonctionnels$ performance$ targeting$ social$ sociaux$ tracking$ \
        tracker$ trackers$ traceurs$ necessary$ closed$ ferme$ fermeture$ fermer$ geschlossen$ cerrado$ chiuso$ \
        chiusura$ dismissed$ answer$ answered$ reponse$ repondu$ antwort$ respuesta$ risposta$ antwoord$ bar$ \
        barre$ leiste$ fenetre$ dialog$ expressed$ exprime$ exprimes$ given$ withdrawn$ retire$ opt$ tool$ manager$ \
        proof$ preuve$ nachweis$ prueba$ prova$ bewijs$ cookiebox$ time$ date$ datum$ fecha$ data$ document \
        dokumentiert$ respected$ respectees$ respect$ subsequent$ ulterieures$ future$ futures$ visits$ visites$ \
        about$ regarding$ enregistrement$ enregistree$ enregistrees$ registration$ registratie$ registrazione$ \
        registro$ asked$ again$ redemander$ redemande$ asking$ view$ views$ shown$ solution$ gegevensbescherming$ \
        datenschutz datenschutzeinstellungen$ datenschutzhinweis$ cookieeinstellungen$ cookie_banner$ \
        confidentialite$ privacidad$ privacyvoorkeuren$ opere$ effectue$ concerned$ ciudadano$ policy$ politique$ \
        politica$ richtlinie$ beleid$ respond granted$ accorde$ otorgado$ erteilt$ erteilte$ erteilten$ gegeben$ \
        verleend$ hinsichtlich$ jeweiligen$",
    phrases: "cookie abfrage|antwort auf die cookie abfrage|cookie question|question des cookies|cookie frage|\
        cookievraag|improve performance of the consent banner|letto l informativa|lu l information|\
        informativa breve|cookie notice|cookie banner|cookie banners|consent banner|cookie message|cookie hinweis|\
        cookie melding|aviso de cookies|avviso sui cookie|avviso cookie|banner de cookies|banner dei cookie|\
        banner cookie|bandeau cookies|information bar|information banner|bandeau d information|cookie preferences|\
        cookie settings|preferences de cookies|preferences cookies|preferences en matiere de cookies|\
        preferences relatives aux cookies|parametres des cookies|reglages des cookies|preferencias de cookies|\
        preferencias sobre cookies|preferenze cookie|preferenze sui cookie|preferenze dei cookie|\
        cookie einstellungen|cookie voorkeuren|cookie instellingen|in der cookie box ausgewahlt|\
        einstellungen der besucher|gestion des cookies|cookie bar|barra dei cookie|barra de cookies",
};

/// The language that a visitor chose, and the time zone in which dates are shown.
const LANGUAGE: Group = Group {
    topics: "linguistique$ linguistica$ sprachlich lengua$ language$ languages$ langue$ langues$ sprache$ \
        sprachen$ idioma$ idiomas$ taal$ talen$ lingua$ lingue$ locale$ sprachauswahl$ spracheinstellung \
        sprachwahl$ taalkeuze$ taalvoorkeur taalinstelling timezone$ zeitzone$ tijdzone$",
    words: "souhaitee$ souhaite$ desiree$ desire$ gewenste$ desiderata$ deseado$ deseada$ desired$ \
        leichte$ einfache$ simple$ record$ records$ recorded$ registers$ registered$ enregistre$ \
        enregistrer$ enregistrent$ registra$ registrano$ registrar$ registrare$ registreert$ registriert$ \
        preference$ preferences$ setting$ settings$ parametre$ parametres$ reglage$ reglages$ einstellung$ \
        einstellungen$ praferenz$ praferenzen$ preferencia$ preferencias$ ajuste$ ajustes$ parametro$ parametros$ \
        voorkeur$ voorkeuren$ instelling$ instellingen$ preferenza$ preferenze$ impostazione$ impostazioni$ \
        selezionata$ selezionato$ seleccionado$ seleccionada$ selectionnee$ selectionne$ geselecteerde$ preferida$ \
        chose$ selection$ selected$ official$ several$ plusieurs$ multilingual$ multilingue$ preferred$ preferee$ \
        prefere$ bevorzugte$ bevorzugten$ preferido$ preferita$ translation$ traduction$ ubersetzung$ traduccion$ \
        vertaling$ traduzione$ redirect$ redirected$ display$ version$ mehreren$ mehrere$ verschiedenen$",
    phrases: "time zone|zona horaria|fuso orario|fuseau horaire",
};

/// A basket, a reservation, an order and its payment, which the visitor asked for.
/// What is in the basket belongs to it; what was looked at, left behind or is recommended does not.
const BASKET: Group = Group {
    topics: "mandje$ mandjes$ \
        vorgemerkte$ vorgemerkten$ ausleihe$ merkliste$ shopping$ achat$ achats$ purchase$ bestellvorgang$ \
        bestellvorgangs$ acquisto$ aankoop$ betalen$ pagar$ zahlen$ bezahlen$ reservation$ reservations$ booking$ \
        buchung$ buchungen$ reserva$ reservas$ prenotazione$ prenotazioni$ reservering$ reserveringen$ cart$ carts$ \
        basket$ baskets$ panier$ paniers$ warenkorb$ warenkorbs$ carrito$ cesta$ winkelwagen$ winkelwagentje$ \
        winkelmand$ winkelmandje$ carrello$ checkout$ kasse$ kassa$ payment$ payments$ paiement$ paiements$ \
        zahlung$ zahlungen$ zahlungsabwicklung$ pago$ pagos$ betaling$ betalingen$ pagamento$ pagamenti$ \
        bestellung$ bestellungen$ bestelling$ bestellingen$ commande$ commandes$ pedido$ pedidos$ ordine$ ordini$",
    words: "paid$ bank$ bancaire$ carte$ card$ billets$ biglietti$ messi$ tarjeta$ kreditkarte$ mandje$ mandjes$ reserve$ \
        coupon$ coupons$ temps$ gutschein$ gutscheine$ cupon$ buono$ voucher$ vouchers$ buy$ buys$ achetez$ \
        kaufen$ koopt$ compra$ acquista$ open$ slot$ reserves$ safely$ until$ compras$ record$ records$ recorded$ \
        registers$ registered$ enregistre$ enregistrer$ enregistrent$ registra$ registrano$ registrar$ registrare$ \
        registreert$ registriert$ content$ contents$ contenu$ contenus$ inhalt$ inhalte$ inhalts$ contenido$ \
        inhoud$ contenuto$ contenuti$ contiene$ seat$ seats$ sale$ reservation$ reservations$ booking$ bookings$ \
        platze$ plaats$ plaatsen$ asientos$ places$ posti$ gekauft$ gekaufte$ product$ products$ item$ items$ \
        article$ articles$ ticket$ tickets$ book$ books$ goods$ course$ courses$ quantity$ short$ changes$ change$ \
        changed$ produit$ produits$ billet$ billets$ livre$ livres$ titre$ titres$ achat$ achats$ quantite$ ligne$ \
        artikel$ artikeln$ waren$ produkte$ produkten$ fahrkarte$ fahrkarten$ karten$ bucher$ buchung$ \
        warenkorbinhalt$ producto$ productos$ articulo$ articulos$ entrada$ entradas$ libro$ libros$ producten$ \
        artikelen$ kaartjes$ boeken$ bestelde$ prodotto$ prodotti$ articoli$ articolo$ biglietto$ biglietti$ libri$ \
        acquisto$ acquisti$ purchase$ buying$ paying$ pay$ placing$ order$ orders$ pending$ chosen$ selected$ \
        added$ ajoute$ ajoutes$ hinzugefugt$ hinzugefugte$ anadido$ anadidos$ toegevoegd$ toegevoegde$ aggiunti$ \
        aggiunto$ shopping$ online$ total$ empty$ vide$ leer$ databases$ database$ base$ finds$ find$ hash$ secure$ \
        caisse$ reserviert$ reservierte$ reservieren$ laid$ placed$ gelegt$ gelegte$ gelegten$ legen$ liegen$ \
        mettez$ mis$ amount$",
    phrases: "shopping bag|cesta de la compra|carrito de la compra|cesta de compra|achat de titres|\
        compra de entradas",
};

/// Protecting the site and its forms: forged requests, attacks, fraud, robots, and queues before a sale.
/// Devices, traffic and addresses are named for it alone.
const SECURITY: Group = Group {
    topics: "falschung$ difesa$ defence$ defense$ vervalste$ sospette$ verdachtige$ attempts$ abwehr$ unbefugte$ \
        unbefugten$ automatisierten$ queue$ warteschlange$ wachtrij$ samesite$ secur securis securisa securiz \
        insecure$ sicher segur segurida sicur veilig beveilig protect protecti proteg protegg protezione$ schutz$ \
        schutzt$ schutzen$ schutzes$ bescherm csrf$ xsrf$ xss$ forged$ forgery$ falsification$ gefalschte$ \
        gefalschten$ falsificacion$ falsificazione$ contraffazione$ attack$ attacks$ attackers$ attaque$ attaques$ \
        angriff$ angriffe$ angriffen$ angreifer$ ataque$ ataques$ aanval$ aanvallen$ attacco$ attacchi$ hackers$ \
        hacker$ fraud$ fraude$ betrug$ fraudolent frode$ frodi$ spam$ bot$ bots$ robot$ robots$ roboter$ robotern$ \
        menschen$ humains$ humans$ human$ humain$ mensch$ humanos$ mensen$ umani$ firewall$ waf$ pare_feu$ \
        cortafuegos$ antibot$ antispam$ antiforgery$ abuse$ misuse$ misbruik$ missbrauch$ abus$ abuso$ ddos$ \
        malicious$ malveillant nonce$ trusted$",
    words: "submitting$ behalf$ busy$ envios$ automaticos$ invii$ contraffatti$ iscrizione$ inscription$ drukte$ \
        see$ tiers$ third$ party$ attempts$ versuche$ tentatives$ intentos$ pogingen$ tentativi$ sites$ \
        other$ others$ autres$ anderen$ altri$ otros$ stops$ abwehr$ comments$ comment$ commentaires$ kommentare$ \
        kommentaren$ comentarios$ reacties$ commenti$ twice$ doppelt$ shown$ queue$ submission$ submissions$ \
        originates$ originate$ supporting$ samesite$ automated$ place$ tickets$ sale$ fake$ false$ faux$ falsche$ \
        unerlaubt unerwunscht ungewollt indesirables$ go$ keeps$ goes$ cross$ site$ request$ tell$ apart$ real$ \
        legitimate$ traffic$ trafic$ device$ devices$ appareil$ recognized$ recognised$ track$ risk$ rate$ \
        limiting$ limits$ scripts$ scripting$ form$ forms$ formulaire$ formulaires$ formular$ formulare$ \
        formularen$ formulario$ formularios$ formulier$ formulieren$ modulo$ moduli$ filter$ filters$ filtering$ \
        blocks$ block$ blocked$ unauthorised$ unauthorized$ non$ autorise$ autorises$ autorisees$ unbefugt zugriff$ \
        zugriffe$ acces$ access$ acceso$ accessi$ accesso$ toegang$ hacking$ excessive$ load$ surcharge$ overload$ \
        uberlast$ uberlastung$ network$ reseau$ feu$ pare$ applicatif$ address$ adresse$ hidden$ validation$ \
        validate$ validates$ validated$ valide$ verification$ genuine$ source$ origin$ origins$ trust$ incoming$ \
        defend$ defends$ mitigat sent$ malware$ injection$ theft$ vol$ diebstahl$ hijack connexions$ prevention$ \
        beneficial$ appels$ recuperer$ calls$ sitewide$ siteubergreifend websiteubergreifend interserv intersite$ \
        intersites$ malicieux$ malicieuses$ frauduleux$ frauduleus manipulation$ manipulations$ peticiones$ \
        falsificadas$ falsificados$ contraffatte$ vervalst online$ pay$ payez$ payments$ paiements$ paiement$ \
        traiter$ prevenir$ prestataire$ vente$ ventes$ ouverture$ ouvertures$ file$ attente$ saturation$",
    phrases: "pare feu|cross site request forgery|web application firewall|file d attente|waiting room|\
        virtual queue|in order to make valid reports on the use of their website|\
        um gultige berichte uber die nutzung ihrer webseite zu erstellen|dies ist vorteilhaft fur die webseite|\
        improve security|improves security|ameliorer la securite|renforcer la securite|warteschlange|wachtrij|\
        fila virtual|cola virtual",
};

/// Sending all requests of a visit to the same server, and keeping load off the others.
/// Response times belong to it; any other performance does not.
const BALANCE: Group = Group {
    topics: "aiguillage$ balancing$ balancer$ balancers$ balances$ balance$ loadbalanc equilibr balanceo$ \
        bilanciamento$ lastverteil lastausgleich$ lastenverteilung$ belastingverdeling$ repartition$ repartiteur$ \
        repartir$ reparto$ affinit sticky$ stickiness$ routing$ routage$ server$ servers$ serveur$ serveurs$ \
        servern$ servidor$ servidores$ serverknoten$ cluster$ maintenance$ wartung$ wartungsmodus$ cache$ \
        redirection$ weiterleitung$ redireccion$ reindirizzamento$ doorverwijzing$",
    words: "machine$ machines$ maquinas$ macchine$ drukte$ \
        reparte$ handles$ mehrerer$ bilancia$ web$ right$ gateway$ record$ records$ recorded$ registers$ \
        registered$ enregistre$ enregistrer$ enregistrent$ registra$ registrano$ registrar$ registrare$ \
        registreert$ registriert$ answers$ routes$ route$ verkehr$ antwortzeit$ antwortzeiten$ load$ charge$ \
        charges$ last$ carga$ cargas$ carico$ traffic$ trafic$ trafico$ traffico$ verkeer$ distribut distribue$ \
        distribuer$ verteilt$ verteilen$ verteilung$ verdeelt$ verdelen$ several$ multiple$ plusieurs$ mehrere$ \
        mehreren$ varios$ piu$ meerdere$ different$ differents$ verschiedene$ verschiedenen$ optimise$ optimize$ \
        optimiser$ optimieren$ response$ reponse$ times$ time$ temps$ target$ goes$ go$ passerelle$ queue$ node$ \
        nodes$ noeud$ noeuds$ knoten$ instance$ farm$ pool$ context$ serving$ serves$ served$ bedient$ responding$ \
        leitet$ leiten$ geleitet$ dirige$ dirigees$ directs$ directed$ smooth$ connection$ connections$ zuweisung$ \
        anfragenverteilung$ mode$ modus$ backends$ webserver$ webservers$ frontaux$ frontal$ applicatifs$ \
        application$ applikation$ physique$ ausgleich$",
    phrases: "reparte la carga|ripartisce il carico|verdeelt de drukte|\
        distribuye la carga|distribuir la carga|distribuisce il carico|distribuire il carico|\
        verdeelt de belasting|verteilt die last|repartit la charge|distributes the load|spreads the load|\
        load balancing|load balancer|balances the load|repartition de charge|repartition de la charge|\
        equilibrage de charge|distribution of traffic|same server|meme serveur|selben server|mismo servidor|\
        zelfde server|stesso server|optimise user experience|optimize user experience",
};

/// What a visitor typed into a form, and how they chose to see the pages: size, contrast, colours.
/// A theme alone is none: it may be that of the software.
const DISPLAY: Group = Group {
    topics: "ingrandimento$ vergrosserung$ agrandissement$ aumento$ sprachversion$ fuente$ responsive$ size$ \
        taille$ schriftart$ vorlesefunktion$ kontrastansicht$ form$ forms$ formulaire$ formulaires$ formular$ \
        formulare$ formularen$ formulario$ formularios$ formulier$ formulieren$ modulo$ moduli$ saisie$ saisies$ \
        eingabe$ eingaben$ contrast$ contraste$ contrastes$ kontrast$ contrasto$ font$ fonts$ schriftgrosse$ \
        schriftgrad$ police$ lettertype$ lettergrootte$ tekstgrootte$ affichage$ darstellung$ visualizacion$ \
        weergave$ visualizzazione$ view$ dark$ dunkel$ dunkelmodus$ sombre$ oscuro$ scuro$ donker$ light$ clair$ \
        hell$ claro$ chiaro$ licht$ accessib accessibili accesibil barrierefrei toegankelijk dyslexi zoom$ wizard$ \
        upload$ download$ herunterladen$ telechargement$ descarga$ descargas$ scaricamento$",
    words: "colours$ prefer$ prefers$ reglee$ reglees$ regle$ fijado$ fijada$ atteinte$ atteint$ ausgefullten$ stand$ \
        grant$ permis$ permit$ matricula$ domanda$ iscrizione$ solicitud$ antrag$ antrags$ antragsformular \
        print$ large$ open$ ouvert$ ouverte$ geoffnet$ offen$ abierta$ abierto$ aperta$ aperto$ read$ click$ \
        leichte$ einfache$ grille$ resultats$ results$ ergebnisse$ resultados$ risultati$ resultaten$ raster$ \
        replie$ deplie$ eingeklappt$ messages$ message$ ansicht$ vorlesen$ record$ records$ recorded$ registers$ \
        registered$ enregistre$ enregistrer$ enregistrent$ registra$ registrano$ registrar$ registrare$ \
        registreert$ registriert$ preference$ preferences$ setting$ settings$ parametre$ parametres$ reglage$ \
        reglages$ einstellung$ einstellungen$ praferenz$ praferenzen$ preferencia$ preferencias$ ajuste$ ajustes$ \
        parametro$ parametros$ voorkeur$ voorkeuren$ instelling$ instellingen$ preferenza$ preferenze$ \
        impostazione$ impostazioni$ content$ contents$ contenu$ contenus$ inhalt$ inhalte$ inhalts$ contenido$ \
        inhoud$ contenuto$ contenuti$ contiene$ theme$ themes$ thema$ tema$ mode$ modus$ modo$ size$ sizes$ taille$ \
        tailles$ grosse$ tamano$ grootte$ dimensione$ text$ texte$ textes$ texto$ testo$ tekst$ letter$ letters$ \
        letra$ caractere$ caracteres$ carattere$ zeichen$ color$ colour$ colors$ couleur$ couleurs$ farbe$ farben$ \
        kleur$ colore$ high$ fort$ forte$ hoher$ hohen$ alto$ hoog$ level$ addresses$ events$ list$ grid$ liste$ \
        layout$ disposition$ chose$ chosen$ selected$ activate active$ desactive$ filled$ filling$ remplir$ rempli$ \
        remplie$ ausfullen$ ausgefullte$ ausfullt$ rellenar$ rellena$ compilazione$ compilare$ multi$ multiple$ \
        fields$ champs$ felder$ campos$ campi$ velden$ typed$ entry$ entries$ lecture$ leseansicht$ screen$ \
        bildschirm$ responsive$ progress$ progression$ etape$ etapes$ schritt$ schritte$ schritten$ paso$ pasos$ \
        stap$ stappen$ passaggio$ complete$ started$ sending$ submitted$ submission$ submit$ envoye$ envoyes$ \
        abgesendet$ appearance$ apparence$ aussehen$ folded$ collapsed$ prefill$ error$ errors$ erreur$ erreurs$ \
        fehler$ confirmation$ bestatigung$",
    phrases: "text size|taille du texte|taille de texte|taille des caracteres|taille de police|tamano del texto|\
        tamano de letra|dimensione del testo|dimensione dei caratteri|grosse der schrift|theme preference|\
        preference de theme|choix du theme|theme choisi|theme clair|theme sombre|dark theme|tema oscuro|tema scuro|\
        dunkles design|donker thema|view preference|the view of|colour scheme|color scheme",
};
