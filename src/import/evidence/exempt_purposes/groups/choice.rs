//! Keeping the visitor's choice of cookies, and that a notice was closed.
//!
//! Beside it, the kinds of cookies and their services may be named, because the choice is about them. A banner alone is none:
//! it may be an advertisement.

use super::Group;

pub(super) const CHOICE: Group = Group {
    tells: true,
    topics: "aanvaard$ abgelehnt abgewahlt$ ablehnung$ acceptance$ acceptation$ accepte accepting$ accepts$ accetta$ \
        accettare$ accettat accettazione$ accetti$ accord$ acepta$ aceptad aceptar$ acepto$ acuerdo$ agb$ agree$ \
        agreed$ agrees$ akkoord$ akzeptiert$ akzeptierte$ akzeptierten$ allow$ allowed$ alterskontrolle$ \
        altersprufung$ angenommen$ ausblenden$ ausblendung$ ausgeblendet auswahl$ autorisation$ autorise$ autorisez$ \
        avg$ bandeau$ cerrada$ cerrado$ cerrados$ chiude$ chiusa$ chiusi$ chiuso$ chiusura$ choice$ choices$ choix$ \
        chose$ cierre$ closed$ closing$ confidentialite$ consensi$ consenso$ consent$ consented$ consentement$ \
        consentements$ consentimiento$ consentimientos$ consents$ consiente$ consiento$ cookieabfrage$ cookieauswahl$ \
        cookiebanner$ cookiebanners$ cookieconsent$ cookieeinwilligung$ cookieentscheidung$ cookiefenster$ \
        cookiehinweis$ cookiehinweise$ cookieinstellung$ cookiekeuze$ cookiemelding$ cookiemuur$ cookiestatus$ \
        cookietoestemming$ cookievenster$ cookievoorkeur$ cookievoorkeuren$ cookievraag$ cookiewall$ cookiezustimmung$ \
        datenschutzeinstellung decision$ decisione$ decisioni$ decisions$ decline$ declined$ declines$ declining$ \
        dismiss$ dismissed$ dismisses$ dismissing$ dsgvo$ eingewilligt$ einverstanden$ einwilligung$ einwilligungen$ \
        einwilligungsstatus$ eleccion$ elecciones$ entscheid erlaubnis$ erlaubte$ erlaubten$ escogid facoltativ \
        facultatifs$ ferme$ fermee$ fermees$ fermes$ fermeture$ fermez$ gdpr$ geaccepteerd gebruiksvoorwaarden$ \
        geschlossen gesloten$ geweigerd keuze$ keuzes$ leeftijdscontrole$ maggiorenne$ masque$ masquee$ masquer$ \
        nascosta$ nascosto$ nutzungsbedingungen$ ocultada$ ocultado$ opcional opposition$ optin$ optional$ optionale$ \
        optionalen$ optionele$ optionnel optout$ permission$ privacidad$ privacy$ privacyeinstellungen$ \
        privacyinstellingen$ rechazad rechazar$ rechazo$ refus$ refusal$ refuse$ refused$ refusee$ refusees$ refuser$ \
        refuses$ refusing$ rejected$ rejecting$ rejects$ rgpd$ rifiuta$ rifiutare$ rifiutat rifiuto$ riservatezza$ \
        scelta$ schliessen$ toegestaan$ toestaan$ toestaat$ toestemmen$ toestemming$ toestemmingen$ \
        toestemmingsstatus$ verbergt$ verborgen$ verweigert$ verweigerte$ volljahrig$ wahl$ weggeklickt$ weggeklikt$ \
        wegklicken$ wegklickt$ wegklik weigerde$ weigert$ welkomstbericht$ willkommensnachricht$ zugelassen$ \
        zugelassene$ zugelassenen$ zugestimmt zulassen$ zustimmung$ zustimmungen$ zustimmungsstatus$",
    words: "aankondiging$ accorde$ advertisement$ advertising$ again$ analytical$ analytics$ analytiques$ analytisch \
        ankundigung$ annonce$ asking$ astuce$ audience$ ausgewahlt$ ausgewahlte$ ausgewahlten$ aviso$ avisos$ balk$ \
        balken$ banderole$ banner$ banners$ bar$ barre$ begrussung$ beleid$ benvenuto$ bienvenida$ bienvenue$ bulle$ \
        cada$ capa$ carga$ caricamento$ chaque$ chargement$ charte$ choisi$ choisie$ choisies$ choisis$ chosen$ cinta$ \
        click$ clicked$ clique$ cliquez$ compliance$ comunicado$ concerned$ connaissance$ conseil$ consejo$ cookiebox$ \
        cookieeinstellungen$ cookiekategorien$ data$ date$ daten$ datenschutz datenschutzeinstellungen$ \
        datenschutzerklarung$ datenschutzhinweis$ dati$ datos$ datum$ derniere$ disruption$ disruptions$ document \
        doeleinden$ dokumentiert$ donnees$ drittanbieter$ each$ eingestellte$ einstellung$ einstellungen$ elegida$ \
        elegidas$ elegido$ elegidos$ elke$ embedded$ emergencia$ emergency$ emergenza$ encart$ enregistree$ \
        enregistrees$ erneut$ erteilt$ erteilte$ erteilten$ estadistic etracker$ every$ expressed$ exprime$ exprimes$ \
        external$ externe$ externen$ externes$ fecha$ filiale$ finalidades$ finalites$ future$ futures$ gebruik$ \
        gegevens$ gegevensbescherming$ geklickt$ gekozen$ gelesen$ gesehen$ geselecteerd$ geselecteerde$ gewahlt \
        gewahlt$ gewahlte$ gewahlten$ gewahlter$ gezien$ granted$ hidden$ hide$ hides$ hint$ hints$ hinweis$ \
        hinweistext$ holiday$ impostazione$ impostazioni$ infobanner$ infobox$ informatif$ information$ informations$ \
        informationshinweis$ informativo$ ingestelde$ instelling$ instellingen$ integre$ integrees$ ja$ jeder$ kaart$ \
        kaarten$ karte$ karten$ kategori kenntnis$ klicken$ klikken$ klikt$ laatste$ last$ layer$ lectura$ lecture$ \
        leido$ leiste$ letto$ lettura$ letzte$ lezing$ lu$ lue$ maggiore$ manutenzione$ mapa$ mapas$ mappa$ mappe$ \
        maps$ marketing$ matomo$ melding$ meldungen$ message$ mesure$ meteo$ nachricht$ nee$ nein$ notfall$ notice$ \
        notification$ notifications$ nuevo$ nutzung$ offnungszeiten$ ogni$ onderhoud$ onderhoudsmelding$ open$ opened$ \
        opening$ openingstijden$ opere$ opnieuw$ opt$ orari$ otorgado$ partenaires$ partijen$ party$ performance$ \
        picked$ policy$ politica$ politik$ politique$ pop$ praferenz$ praferenzen$ preference$ preferences$ \
        preferencia$ preferencias$ preferenza$ preferenze$ privacyvoorkeuren$ protokolliert$ pubblicita$ publicidad$ \
        publicitaires$ publicite$ publicites$ read$ reappear$ regarding$ region$ regionen$ registra$ registrano$ \
        registrar$ registrare$ registratie$ registrazione$ registriert$ registro$ reglage$ reglages$ respect$ \
        respected$ respectees$ respond richtlinie$ saw$ scelte$ scelti$ scelto$ seen$ seleccionada$ seleccionado$ \
        selected$ selectionne$ selectionnee$ selectionnes$ selezionata$ selezionato$ settings$ shown$ social$ sociaux$ \
        solution$ statisti storingsbericht$ storingsmelding$ storungsmeldung$ striscia$ sucursal$ targeting$ tip$ \
        tipp$ tips$ tour$ trace$ tracer tracker$ trackers$ tracking$ tutorial$ ulterieures$ ultima$ unwetter$ urgence$ \
        uso$ utilisation$ vendor$ vendors$ verleend$ versione$ video$ videos$ visto$ voorkeur$ voorkeuren$ vu$ vue$ \
        wartung$ wartungs$ wartungsarbeiten$ wartungshinweis$ wartungsmeldung$ weather$ welcome$ welkom$ werbe$ \
        werbecookies$ werbung$ wetter$ wieder$ willkommen$ zweigstelle$",
    phrases: "18 jaar of ouder|age check|age verification|akkoord bent|akkoord bent gegaan|akkoord gaat|alert banner|\
        alert message|altersprufung|altersverifikation|answer to the banner|answer to the cookie banner|\
        answer you gave|antwoord op de banner|antwort auf das banner|antwort auf die cookie abfrage|\
        avis d information|avis de maintenance|aviso de cookies|aviso de mantenimiento|avviso cookie|\
        avviso di manutenzione|avviso sui cookie|bandeau cookies|bandeau d information|banner cookie|\
        banner de cookies|banner dei cookie|barra de cookies|barra dei cookie|choices made in the banner|\
        choix fait dans le bandeau|condiciones de uso|conditions d utilisation|conditions generales|condizioni d uso|\
        condizioni di utilizzo|conferma della maggiore eta|consent banner|contenido externo|contenidos externos|\
        contenus externes|contenus tiers|contenuti esterni|cookie abfrage|cookie banner|cookie banners|cookie bar|\
        cookie box|cookie dialog|cookie dialogue|cookie einstellungen|cookie fenster|cookie frage|cookie hinweis|\
        cookie hinweis gesehen|cookie instellingen|cookie melding|cookie message|cookie notice|cookie popup|\
        cookie preferences|cookie question|cookie settings|cookie voorkeuren|cookie wall|cookie window|\
        cookiemelding gezien|datenschutz einstellungen|dialogo de cookies|einstellungen der besucher|etre majeur|\
        external content|externe inhalte|externe inhoud|externen inhalten|fenetre des cookies|finestra dei cookie|\
        finestra sui cookie|garde la trace du consentement|gebruiksvoorwaarden|gestion des cookies|\
        hinweis auf wartung|impostazioni privacy|impostazioni sulla privacy|improve performance of the consent banner|\
        in der cookie box ausgewahlt|information banner|information bar|information message|informativa breve|\
        ja oder nein|ja of nee|keeps track of consent|leeftijdscontrole|lets us know that you ve saved|\
        letto l informativa|lu l information|maar een keer|maar een maal|maggiore eta|maintenance notice|\
        matiere de cookies|matiere de traceurs|mayor de 18 anos|mayor de edad|mayoria de edad|mensaje de bienvenida|\
        message d accueil|message d alerte|message d information|message de bienvenue|message de maintenance|\
        message has been closed|messaggio di benvenuto|ne pas reafficher|ne plus afficher|ne plus vous montrer|\
        no vuelve a mostrar|not show it again|not shown again|not to show|notice bar|notice has been closed|\
        nur einmal|nutzungsbedingungen|only once|only shown once|opt in|opt in entscheidung|opt out|\
        opt out entscheidung|ouder dan 18|oui ou non|over 18|parametres de confidentialite|parametres des cookies|\
        plus de 18 ans|plus vous presenter le bandeau|preferences cookies|preferences de confidentialite|\
        preferences de cookies|preferences en matiere de cookies|preferences exprimees|\
        preferences relatives aux cookies|preferencias de cookies|preferencias de privacidad|preferencias expresadas|\
        preferencias sobre cookies|preferenze cookie|preferenze dei cookie|preferenze espresse|preferenze sui cookie|\
        pris connaissance|prise de connaissance|privacy instellingen|privacy preferences|privacy settings|\
        privacy voorkeuren|question des cookies|reglages des cookies|repondu au bandeau|reponse au bandeau|\
        respuesta al aviso|respuesta al banner|respuesta del usuario al aviso|risposta al banner|\
        scelte fatte nel banner|seen our cookie banner|seen our cookie message|seen the cookie banner|\
        seen the cookie message|seen the cookie notice|service alert|service message|service notice|shows the notice|\
        si o no|slechts een keer|terms and conditions|terms of service|terms of use|third party content|\
        tiene traccia del consenso|una sola vez|una sola volta|une seule fois|ventana de cookies|verifica dell eta|\
        verificacion de edad|verification d age|verification de l age|verify your age|visto el aviso de cookies|\
        visto il banner|votre majorite|vu le bandeau|vu le message relatif aux cookies|vuelva a mostrarse|\
        welcome message|yes or no",
    beside: "a chaque visite|a ogni visita|answer$|answers$|antwoord$|antwort$|aviso$|avviso$|bandeau$|banner$|\
        bei jedem besuch|bei jedem besuch erscheint|bestatigt$|bij elk bezoek|categoria$|categorias$|categorie$|\
        categorieen$|categories$|confirmed$|dado$|dato$|de nouveau|de nuevo|di nuovo|do not ask you again|\
        do not have to ask again|don t have to ask again|donne$|each time you visit|einstellung$|einstellungen$|\
        en cada visita|erteilt$|erteilte$|exprime$|exprimes$|external content|external map|fait$|fatta$|fatto$|\
        fenetre$|finestra$|garde la trace|gegeben$|gegeven$|gemaakt$|gemaakte$|getroffen$|getroffene$|given$|hecha$|\
        hecho$|hinweis$|is not shown again|kategorien$|keeps track of|loading of the external map|\
        loading the external map|maakte$|made$|matiere$|melding$|message$|n affiche plus|ne plus afficher|\
        ne plus l afficher|ne plus le montrer|ne plus vous demander|ne plus vous montrer|ne plus vous presenter|\
        ne reapparaisse|ne s affiche|ne s affiche plus|negato$|nicht erneut|nicht erneut erscheint|\
        nicht erneut fragen mussen|nicht mehr angezeigt|nicht mehr erscheint|nicht wieder|niet meer getoond|\
        niet opnieuw|niet opnieuw getoond|niet opnieuw verschijnt|no longer appear|no longer shown|\
        no se vuelva a mostrar|no volver a mostrar|no volver a mostrarlo|no volver a preguntar|no vuelva a mostrarse|\
        non chiedere di nuovo|non mostrare di nuovo|non mostrarlo di nuovo|non mostrarlo piu|\
        non venga mostrato di nuovo|not appear again|not ask again|not ask you again|not displayed again|not show it|\
        not show it again|not shown again|notice$|on each visit|on every visit|preference$|preferences$|preferencia$|\
        preferencias$|preferenze$|record$|recorded$|records$|registra$|registrano$|registrar$|registrare$|\
        registreert$|registriert$|relative al$|reponse$|respected$|respuesta$|risposta$|setting$|settings$|\
        sie nicht erneut fragen mussen|tiene traccia|top of the page|ventana$|voorkeur$|voorkeuren$|window$|\
        wir sie nicht erneut fragen mussen|you gave|you gave or refused|you made",
};
