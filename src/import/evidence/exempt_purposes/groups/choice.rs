//! Keeping the visitor's choice of cookies, and that a notice was closed.
//!
//! Beside it, the kinds of cookies and their services may be named, because the choice is about them. A banner alone is none:
//! it may be an advertisement.

use super::Group;

pub(super) const CHOICE: Group = Group {
    topics: "abgelehnt abgewahlt$ ablehnung$ acceptance$ acceptation$ accepte accepting$ accepts$ accetta$ \
        accettare$ accettat accettazione$ accetti$ accord$ acepta$ aceptad aceptar$ acepto$ acuerdo$ agb$ agree$ \
        agreed$ agrees$ akkoord$ akzeptiert$ akzeptierte$ akzeptierten$ allow$ allowed$ angenommen$ ausblenden$ \
        ausblendung$ ausgeblendet ausgewahlt ausgewahlte auswahl$ autorisation$ autorise$ autorisez$ avg$ bandeau$ \
        cerrada$ cerrado$ cerrados$ chiude$ chiusa$ chiusi$ chiuso$ chiusura$ choice$ choices$ choisi$ choisie$ \
        choisies$ choisis$ choix$ chose$ chosen$ cierre$ closed$ closing$ confidentialite$ consensi$ consenso$ \
        consent$ consented$ consentement$ consentements$ consentimiento$ consentimientos$ consents$ consiente$ \
        consiento$ cookieabfrage$ cookieauswahl$ cookiebanner$ cookiebanners$ cookieconsent$ cookieeinwilligung$ \
        cookieentscheidung$ cookiefenster$ cookiehinweis$ cookiehinweise$ cookieinstellung$ cookiekeuze$ \
        cookiemelding$ cookiemuur$ cookiestatus$ cookietoestemming$ cookievoorkeur$ cookievoorkeuren$ cookiewall$ \
        cookiezustimmung$ datenschutzeinstellung decision$ decisione$ decisioni$ decisions$ decline$ declined$ \
        declines$ declining$ dismiss$ dismissed$ dismisses$ dismissing$ dsgvo$ eingewilligt$ einverstanden$ \
        einwilligung$ einwilligungen$ einwilligungsstatus$ eleccion$ elecciones$ elegida$ elegidas$ elegido$ \
        elegidos$ entscheid erlaubnis$ erlaubte$ erlaubten$ escogid facoltativ facultatifs$ ferme$ fermee$ fermees$ \
        fermes$ fermeture$ fermez$ gdpr$ geaccepteerd gebruiksvoorwaarden$ gekozen$ geschlossen geselecteerd$ \
        geselecteerde$ gesloten$ gewahlt gewahlte geweigerd hidden$ hide$ hides$ hiding$ keuze$ keuzes$ masque$ \
        masquee$ masquer$ nascosta$ nascosto$ nutzungsbedingungen$ ocultada$ ocultado$ opcional opposition$ optin$ \
        optional$ optionele$ optionnel optout$ permission$ privacidad$ privacy$ privacyeinstellungen$ \
        privacyinstellingen$ rechazad rechazar$ rechazo$ refus$ refusal$ refuse$ refused$ refusee$ refusees$ \
        refuser$ refuses$ refusing$ rejected$ rejecting$ rejects$ rgpd$ rifiuta$ rifiutare$ rifiutat rifiuto$ \
        riservatezza$ scelta$ scelte$ scelti$ scelto$ schliessen$ seleccionada$ seleccionado$ selected$ \
        selectionne$ selectionnee$ selezionata$ selezionato$ toegestaan$ toestaan$ toestaat$ toestemmen$ \
        toestemming$ toestemmingen$ toestemmingsstatus$ verbergt$ verborgen$ wahl$ weggeklickt$ weggeklikt$ \
        wegklicken$ wegklickt$ wegklik weigert$ yes$ zugelassen$ zugelassene$ zugelassenen$ zugestimmt zulassen$ \
        zustimmung$ zustimmungen$ zustimmungsstatus$",
    words: "aankondiging$ accorde$ advertisement$ advertising$ analytical$ analytics$ analytiques$ analytisch \
        ankundigung$ annonce$ asking$ astuce$ audience$ aviso$ avisos$ balk$ balken$ banderole$ banner$ banners$ \
        bar$ barre$ begrussung$ beleid$ benvenuto$ bienvenida$ bienvenue$ bulle$ capa$ carga$ caricamento$ \
        chargement$ charte$ cinta$ click$ clicked$ clique$ cliquez$ compliance$ comunicado$ concerned$ \
        confidentialite$ connaissance$ conseil$ consejo$ cookiebox$ cookieeinstellungen$ cookiekategorien$ data$ \
        date$ daten$ datenschutz datenschutzeinstellungen$ datenschutzerklarung$ datenschutzhinweis$ dati$ datos$ \
        datum$ derden$ derniere$ dismissed$ disruption$ disruptions$ document doeleinden$ dokumentiert$ donnees$ \
        drittanbieter$ dritten$ dritter$ einstellung$ einstellungen$ embedded$ emergencia$ emergency$ emergenza$ \
        encart$ enregistree$ enregistrees$ erteilt$ erteilte$ erteilten$ estadistic etracker$ expressed$ exprime$ \
        exprimes$ external$ externe$ externen$ externes$ fecha$ filiale$ finalidades$ finalites$ future$ futures$ \
        gebruik$ gegevens$ gegevensbescherming$ geklickt$ gelesen$ gesehen$ gezien$ granted$ hint$ hints$ hinweis$ \
        hinweistext$ holiday$ impostazione$ impostazioni$ infobanner$ infobox$ informatif$ information$ \
        informations$ informationshinweis$ informativo$ instelling$ instellingen$ integre$ integrees$ ja$ kaart$ \
        kaarten$ karte$ karten$ kategori kenntnis$ klicken$ klikken$ klikt$ know$ knows$ laatste$ last$ layer$ \
        lectura$ lecture$ leido$ leiste$ letto$ lettura$ letzte$ lezing$ lu$ lue$ maggiore$ manutenzione$ mapa$ \
        mapas$ mappa$ mappe$ maps$ marketing$ matomo$ melding$ meldungen$ message$ mesure$ meteo$ nachricht$ nee$ \
        nein$ notfall$ notice$ notification$ notifications$ nutzung$ offnungszeiten$ onderhoud$ onderhoudsmelding$ \
        open$ opened$ opening$ openingstijden$ opere$ opt$ optin$ orari$ otorgado$ partenaires$ partijen$ party$ \
        performance$ policy$ politica$ politik$ politique$ pop$ praferenz$ praferenzen$ preference$ preferences$ \
        preferencia$ preferencias$ preferenza$ preferenze$ privacidad$ privacyvoorkeuren$ protokolliert$ \
        pubblicita$ publicidad$ publicitaires$ publicite$ publicites$ read$ reappear$ record$ recorded$ records$ \
        regarding$ region$ regionen$ registra$ registrano$ registrar$ registrare$ registratie$ registrazione$ \
        registriert$ registro$ reglage$ reglages$ respect$ respected$ respectees$ respond richtlinie$ saw$ see$ \
        seen$ sehen$ settings$ shown$ social$ sociaux$ solution$ statisti storingsbericht$ storingsmelding$ \
        storungsmeldung$ striscia$ sucursal$ targeting$ tells$ terceros$ terze$ tiers$ time$ tip$ tipp$ tips$ \
        tour$ tracker$ trackers$ tracking$ tutorial$ ulterieures$ ultima$ unwetter$ urgence$ uso$ utilisation$ \
        vedere$ vendor$ vendors$ ver$ verleend$ versione$ video$ videos$ view$ visites$ visits$ visto$ voir$ \
        voorkeur$ voorkeuren$ vu$ vue$ wartung$ wartungs$ wartungsarbeiten$ wartungshinweis$ wartungsmeldung$ \
        weather$ weggeklickt$ welcome$ welkom$ werbe$ werbecookies$ werbung$ wetter$ willkommen$ zien$ \
        zweigstelle$",
    phrases: "age check|age verification|akkoord bent|akkoord bent gegaan|akkoord gaat|alert banner|\
        alert message|alterskontrolle|altersprufung|answer to the cookie banner|answer you gave|\
        antwort auf die cookie abfrage|aviso de cookies|aviso de mantenimiento|avviso cookie|avviso di manutenzione|\
        avviso sui cookie|bandeau cookies|bandeau d information|banner cookie|banner de cookies|banner dei cookie|\
        barra de cookies|barra dei cookie|choices made in the banner|choix fait dans le bandeau|condiciones de uso|\
        conditions d utilisation|conditions generales|condizioni d uso|condizioni di utilizzo|\
        conferma della maggiore eta|consent banner|contenido externo|contenidos externos|contenus externes|\
        contenus tiers|contenuti esterni|cookie abfrage|cookie banner|cookie banners|cookie bar|\
        cookie einstellungen|cookie fenster|cookie frage|cookie hinweis|cookie instellingen|cookie melding|\
        cookie message|cookie notice|cookie popup|cookie preferences|cookie question|cookie settings|\
        cookie voorkeuren|cookie wall|cookievraag|datenschutz einstellungen|einstellungen der besucher|\
        external content|externe inhalte|externe inhoud|externen inhalten|gestion des cookies|hinweis auf wartung|\
        impostazioni privacy|impostazioni sulla privacy|improve performance of the consent banner|\
        in der cookie box ausgewahlt|information banner|information bar|information message|informativa breve|\
        ja oder nein|ja of nee|leeftijdscontrole|letto l informativa|lu l information|maar een keer|maar een maal|\
        maggiore eta|maggiorenne|maintenance notice|mayor de 18 anos|mayor de edad|mayoria de edad|\
        message d accueil|message d alerte|message d information|message de maintenance|message has been closed|\
        ne pas reafficher|ne plus afficher|ne plus vous montrer|no vuelve a mostrar|not show it again|\
        not shown again|not to show|notice bar|notice has been closed|nur einmal|only once|only shown once|opt in|\
        opt in entscheidung|opt out|opt out entscheidung|ouder dan 18|oui ou non|over 18|\
        parametres de confidentialite|parametres des cookies|plus de 18 ans|plus vous presenter le bandeau|\
        preferences cookies|preferences de confidentialite|preferences de cookies|preferences en matiere de cookies|\
        preferences relatives aux cookies|preferencias de cookies|preferencias de privacidad|\
        preferencias sobre cookies|preferenze cookie|preferenze dei cookie|preferenze sui cookie|pris connaissance|\
        prise de connaissance|privacy instellingen|privacy preferences|privacy settings|privacy voorkeuren|\
        question des cookies|reglages des cookies|scelte fatte nel banner|service alert|service message|\
        service notice|shows the notice|si o no|slechts een keer|terms and conditions|terms of service|terms of use|\
        third party content|una sola vez|una sola volta|une seule fois|verification de l age|volljahrig|\
        votre majorite|vuelva a mostrarse|yes or no",
};
