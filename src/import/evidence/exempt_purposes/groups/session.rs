//! Holding a session together: what the server must know of a browser from one request to the next.
//!
//! Words of the software, and whether the browser takes cookies, belong to it.

use super::Group;

pub(super) const SESSION: Group = Group {
    tells: true,
    topics: "arbeitssitzung$ benutzersitzung$ benutzersitzungen$ browsersitzung$ gebruikerssessie$ gebruikerssessies$ \
        javascript$ jeton$ nutzersitzung$ nutzersitzungen$ phpsession$ serversitzung$ sesion$ sessie$ sessiebeheer$ \
        sessiecookie$ sessiegegevens$ sessienummer$ session$ sessione$ sessionid$ sessionverwaltung$ sitzung$ \
        sitzungs$ sitzungsdaten$ sitzungskennung$ sitzungsnummer$ sitzungsvariablen$ token$ zufallszahl$",
    words: "abierta$ abierto$ abre$ abrir$ account$ accounts$ angaben$ aperta$ aperto$ apre$ aprire$ codice$ codigo$ \
        connected$ course$ data$ daten$ dati$ dato$ datos$ details$ detourn distingu donnee$ donnees$ erkenn \
        gegevens$ geoffnet$ gestohlen$ gestolen$ herken hijacked$ identif inactividad$ inactivite$ inactiviteit$ \
        inaktivitat$ inattivita$ info$ informacion$ informatie$ information$ informationen$ informations$ \
        informazioni$ kontinuitat$ konto$ kontos$ life$ mehrere$ mehreren$ mehrerer$ offen$ offnen$ openen$ opent$ \
        ouvert$ ouverte$ ouverture$ ouvre$ ouvrir$ plusieurs$ recogn reconn reconoc riconosc robada$ rubata$ running$ \
        several$ stateful$ stolen$ thread$ timeout$ ubernahme$ unbefugte$ unbefugten$ userid$ usurp variable$ \
        variables$ vole$ volee$ wiedererkenn working$ zusammenhalt$",
    phrases: "accept cookies|accepte bien les cookies|accepte des cookies|accepte les cookies|accepts cookies|\
        accepts our cookies|accetta i cookie|accetti i cookie|acepta cookies|across browser tabs|across page requests|\
        across pages|across requests|admite cookies|allows cookies|application server|\
        behalt die zustande des benutzers|beheer van sessies|browser accetti i cookie|browser cookies accepteert|\
        browser cookies aktiviert sind|browser permits cookies|browser supporti i cookie|browser will accept cookies|\
        browser zijn ingeschakeld|can be placed|can check to see|code aleatoire|codice casuale|codigo aleatorio|\
        connexion entre le navigateur et le serveur|conserve la configuration des parametres des utilisateurs|\
        cookie de sesion|cookie de session|cookie di sessione|cookie possono essere impostati|cookie sono abilitati|\
        cookie sono attivati|cookies accepteert|cookies aktiviert|cookies akzeptiert|cookies annimmt|\
        cookies are accepted|cookies are allowed|cookies are enabled|cookies are supported|cookies are switched on|\
        cookies are turned on|cookies enabled|cookies erlaubt|cookies estan activadas|cookies estan habilitadas|\
        cookies geplaatst kunnen worden|cookies gesetzt werden konnen|cookies ondersteunt|\
        cookies peuvent etre deposes|cookies sont actives|cookies toestaat|cookies unterstutzt|\
        cookies zijn ingeschakeld|cookies zulasst|d une page a l autre|d une page a une autre|da una pagina all altra|\
        dati della sessione|dati di sessione|datos de la sesion|datos de sesion|de un solo uso|de una pagina a otra|\
        de vous reconnaitre pendant votre visite|donnees de session|eindeutige nummer|\
        el servidor sepa que peticiones van juntas|from one page to another|from one page to the next|\
        garde la trace de votre connexion|gerer les sessions|gesetzt werden konnen|gestion de sesiones|\
        gestion des sessions|gestionar las sesiones|gestione delle sessioni|gestire le sessioni|id de session|\
        id di sessione|identifiant de session|identifica una sesion|identifica una sessione|identificador de sesion|\
        identificeert een sessie|identifie la session|identifie une session|identifie votre session|\
        identifies a session|identifies the session|identifies your session|identifiziert eine sitzung|\
        il server sappia quali richieste vanno insieme|in te loggen|javascript active|javascript is enabled|\
        javascript is switched on|keep the state|keep track of the session|keeps the state|keeps track of the session|\
        keeps track of your session|kunnen worden geplaatst|le serveur sache quelles requetes vont ensemble|\
        le temps de votre visite|lo stato della sessione|manage sessions|mehrere seiten hinweg|numero aleatoire|\
        numero aleatorio|numero casuale|numero de sesion|numero de session|numero della sessione|numero di sessione|\
        numero unico|numero unique|numero univoco|open session|open sessions|peuvent etre deposes|peuvent etre places|\
        php sessions|preserves user session state|preserves user states|random code|random number|read if cookies|\
        recognise you during your visit|reconocerle durante la visita|requests to one session|\
        se pueden instalar cookies|se rappeler de|se rappelle de|server knows which requests belong together|\
        serveur applicatif|serveur d application|sesion abierta|sesiones de usuario|sessie id|session active|\
        session cookie|session d usager|session data|session id|session information|session number|session open|\
        session ouverte|session state|session utilisateur|session variables|sessioni utente|sessions des utilisateurs|\
        sessions des visiteurs|sessions utilisateur|sessions utilisateurs|sites written in jsp|state between pages|\
        state of the session|sticky sessions|support cookies|supporta i cookie|supporte les cookies|supporti i cookie|\
        supports cookies|the server knows which requests belong together|tiene traccia dell accesso|\
        tra una richiesta e l altra|una richiesta e l altra|uniek nummer|unique number|user session|user sessions|\
        users sessions|variabili di sessione|variables de sesion|variables de session|\
        verbindung zwischen browser und server|verwaltung von sitzungen|von einer seite zur nachsten|\
        vous reconnaitre entre deux pages|wahrend ihres besuchs wiederzuerkennen|willekeurig nummer|willekeurige code|\
        zufallige nummer|zufalliger code|zuordnung der anfragen|zuordnung mehrerer anfragen zu einem besuch",
    beside: "abierta$|abonnes$|account$|accounts$|adherents$|administrator$|administrators$|agent$|agents$|alumno$|\
        alumnos$|anfrage$|anfragen$|antragsteller$|aperta$|applicant$|applicants$|between pages|between two pages|\
        collega le pagine richieste|contributeur$|contributeurs$|contributor$|contributors$|de page en page|editor$|\
        editors$|eleves$|elkaar$|entre deux pages|entre dos paginas|entre las diferentes paginas|\
        entre las distintas paginas|entre las paginas|entre les differentes pages|entre les pages|etat$|etudiants$|\
        framework$|from page to page|investigador$|lecteurs$|lectores$|leerling$|leerlingen$|leser$|\
        links the pages you request|machine$|moodle$|move between pages|offen$|open$|operatore$|operatori$|ouverte$|\
        peticiones van juntas|peticiones$|publishers$|quali richieste vanno insieme|que peticiones van juntas|\
        quelles requetes vont ensemble|readers$|redakteure$|redakteurinnen$|redaktion$|relie les pages demandees|\
        request$|requests belong together|requests$|requete$|requetes$|richiesta$|richieste$|servidor$|state$|states$|\
        status$|student$|studente$|studenti$|students$|studierende$|subscribers$|supports$|technologies$|\
        tra due pagine|tra le diverse pagine|tra le pagine|tra le varie pagine|tussen de verschillende pagina s|\
        tussen pagina s|tussen twee pagina s|une las paginas solicitadas|van pagina naar pagina|\
        verbindet die aufgerufenen seiten|verbindt de opgevraagde pagina s|verzoeken$|von seite zu seite|\
        which requests belong together|while you work through a course|work through a course|\
        you work through a course|zustand$|zustande$|zwischen den seiten|zwischen den verschiedenen seiten|\
        zwischen zwei seiten",
};
