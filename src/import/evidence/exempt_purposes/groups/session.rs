//! Holding a session together: what the server must know of a browser from one request to the next.
//!
//! Words of the software, and whether the browser takes cookies, belong to it.

use super::Group;

pub(super) const SESSION: Group = Group {
    topics: "arbeitssitzung$ browsersitzung$ javascript$ jeton$ phpsession$ serversitzung$ sesion$ sessie$ \
        sessiebeheer$ session$ sessione$ sessionid$ sessionverwaltung$ sitzung$ sitzungs$ token$",
    words: "abierta$ abierto$ abmelden$ abre$ abrir$ account$ accounts$ angaben$ aperta$ aperto$ apre$ aprire$ \
        codice$ codigo$ compte$ comptes$ connected$ course$ cuenta$ data$ daten$ dati$ dato$ datos$ deconnexion$ \
        details$ detourn distingu donnee$ donnees$ erkenn gegevens$ geoffnet$ gestohlen$ gestolen$ herken \
        hijacked$ identif inactividad$ inactivite$ inactiviteit$ inaktivitat$ inattivita$ info$ informacion$ \
        informatie$ information$ informationen$ informations$ informazioni$ kontinuitat$ konto$ kontos$ life$ \
        logout$ mehrere$ mehreren$ mehrerer$ offen$ offnen$ open$ opened$ openen$ opening$ opens$ opent$ ouvert$ \
        ouverte$ ouverture$ ouvre$ ouvrir$ plusieurs$ recogn reconn reconoc riconosc robada$ rubata$ running$ \
        sessionid$ several$ stateful$ stolen$ tempo$ temps$ thread$ tiempo$ tijd$ timeout$ trace$ track$ \
        ubernahme$ uitloggen$ unbefugte$ unbefugten$ userid$ usurp vole$ volee$ wiedererkenn working$ zeit$ \
        zusammenhalt$",
    phrases: "accept cookies|accepte bien les cookies|accepte des cookies|accepte les cookies|accepts cookies|\
        accepts our cookies|accetta i cookie|accetti i cookie|acepta cookies|across page requests|across pages|\
        across requests|admite cookies|allows cookies|application server|behalt die zustande des benutzers|\
        beheer van sessies|benutzersitzung|benutzersitzungen|between two pages|browser accetti i cookie|\
        browser cookies accepteert|browser permits cookies|browser will accept cookies|can be placed|\
        can check to see|code aleatoire|codice casuale|codigo aleatorio|connexion entre le navigateur et le serveur|\
        conserve la configuration des parametres des utilisateurs|cookie de sesion|cookie de session|\
        cookie di sessione|cookie possono essere impostati|cookies accepteert|cookies aktiviert|cookies akzeptiert|\
        cookies annimmt|cookies are accepted|cookies are allowed|cookies are enabled|cookies are supported|\
        cookies enabled|cookies erlaubt|cookies geplaatst kunnen worden|cookies gesetzt werden konnen|\
        cookies ondersteunt|cookies peuvent etre deposes|cookies sont actives|cookies toestaat|cookies unterstutzt|\
        cookies zulasst|d une page a l autre|d une page a une autre|da una pagina all altra|dati della sessione|\
        dati di sessione|datos de la sesion|datos de sesion|de page en page|de un solo uso|de una pagina a otra|\
        de vous reconnaitre pendant votre visite|donnees de session|eindeutige nummer|entre deux pages|\
        entre dos paginas|from one page to another|from one page to the next|from page to page|\
        garde la trace de votre connexion|gebruikerssessie|gebruikerssessies|gerer les sessions|\
        gesetzt werden konnen|gestion de sesiones|gestion des sessions|gestionar las sesiones|\
        gestione delle sessioni|gestire le sessioni|id de session|id di sessione|identifiant de session|\
        identificador de sesion|in te loggen|javascript active|javascript is enabled|javascript is switched on|\
        keep the state|keep track of the session|keeps the state|keeps track of the session|\
        keeps track of your session|kunnen worden geplaatst|le temps de votre visite|manage sessions|\
        numero aleatoire|numero aleatorio|numero casuale|numero de sesion|numero de session|numero della sessione|\
        numero di sessione|numero unico|numero unique|numero univoco|nutzersitzung|nutzersitzungen|open sessions|\
        peuvent etre deposes|peuvent etre places|php sessions|preserves user session state|preserves user states|\
        random code|random number|read if cookies|recognise you during your visit|reconocerle durante la visita|\
        requests to one session|se pueden instalar cookies|se rappeler de|se rappelle de|serveur applicatif|\
        serveur d application|sesiones de usuario|sessie id|sessiecookie|sessiegegevens|sessienummer|session cookie|\
        session data|session id|session information|session number|session state|session utilisateur|\
        sessioni utente|sessions des utilisateurs|sessions des visiteurs|sessions utilisateur|sessions utilisateurs|\
        sites written in jsp|sitzungsdaten|sitzungsnummer|state of the session|sticky sessions|support cookies|\
        supporta i cookie|supporte les cookies|supports cookies|tiene traccia dell accesso|tra due pagine|\
        tussen twee pagina s|uniek nummer|unique number|user session|user sessions|users sessions|\
        van pagina naar pagina|verbindung zwischen browser und server|verwaltung von sitzungen|\
        von einer seite zur nachsten|von seite zu seite|vous reconnaitre entre deux pages|\
        wahrend ihres besuchs wiederzuerkennen|willekeurig nummer|willekeurige code|zufallige nummer|\
        zufalliger code|zufallszahl|zuordnung der anfragen|zuordnung mehrerer anfragen zu einem besuch|\
        zwischen zwei seiten",
};
