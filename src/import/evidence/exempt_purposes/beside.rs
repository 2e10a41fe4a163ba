//! What may stand beside any purpose and says nothing more: how long, and that no personal data is kept; between `|`.

/// All of them.
pub(super) const BESIDE_ANY: [&str; 6] = [ENGLISH, FRENCH, GERMAN, SPANISH, DUTCH, ITALIAN];

const ENGLISH: &str = "a comment|a new comment|across browser restarts|are needed|at the end of the visit|\
    chosen by the user|chosen by the visitor|close the browser|close your browser|do not have to|does not have to|\
    don t have to|during the visit|during your visit|for the duration of the visit|for the duration of your visit|\
    for the length of your visit|in order that|in order to|is needed|let us know|lets us know|need not|need to|\
    needed by|needed for|needed to|needs to|no personal data|no personal information|\
    no personally identifiable information|not asked again|not collect any personal data|\
    not contain any personal data|not contain personal data|not store any personal data|\
    not store any personally identifiable information|not store personal data|on subsequent visits|\
    on your next visit|php applications|selected by the user|selected by the visitor|so that you are not asked|\
    subsequent visits|the comment|until the browser is closed|until you close the browser|\
    until you close your browser|until you log out|was chosen|was closed|was dismissed|was given|was passed|\
    was set|we ve|web applications|when the browser is closed|when you close the browser|\
    when you close your browser|when you log out|when you visit our site|when you visit the site|while browsing|\
    while you browse|while you browse the site|while you move between pages|while you navigate|\
    while you use the site|you asked for it|you chose|you have asked for it|you have chosen|you have picked|\
    you have selected|you have switched it on|you picked|you selected|you switched it on|you ve|your comment";

const FRENCH: &str = "1 heure|a la fermeture du navigateur|a la fin de la visite|\
    aucune donnee a caractere personnel|aucune donnee personnelle|aucune information personnelle|\
    choisi par l utilisateur|choisi par le visiteur|choisie par l utilisateur|choisie par le visiteur|deja|\
    jusqu a la deconnexion|jusqu a la fermeture du navigateur|jusqu a votre deconnexion|l avez active|\
    l avez demande|la fermeture du navigateur|le temps de la visite|le temps de votre visite|\
    lors de la navigation|lors de vos prochaines visites|lors de votre prochaine visite|lors de votre visite|\
    n ayez a|n ayez pas a|ne pas avoir a|ne pas devoir|pas d informations personnelles|\
    pas de donnees a caractere personnel|pas de donnees personnelles|pendant la duree de votre visite|\
    pendant la navigation|pendant la visite|pendant que vous naviguez|pendant toute la duree de votre visite|\
    pendant votre visite|pour ne pas le repeter|pour ne pas repeter|sert a|servent a|une heure|vous avez choisi|\
    vous avez choisie|vous avez choisies|vous avez choisis|vous avez reglee|vous avez selectionne|\
    vous avez selectionnee|vous avez selectionnes|vous l avez active|vous l avez demande";

const GERMAN: &str = "am ende des besuchs|bei allen seitenanfragen|bei ihrem nachsten besuch|\
    beim schliessen des browsers|bis sie den browser schliessen|bis zum schliessen des browsers|bis zur abmeldung|\
    den browser schliessen|fur die dauer des besuchs|fur die dauer ihres besuchs|geschutzten bereichen|\
    keine personenbezogenen daten|keine personlichen daten|keinerlei personenbezogene daten|\
    nach dem schliessen des browsers|nicht erneut|nicht jedes mal|nicht noch einmal|nicht wiederholt werden muss|\
    sie ausgewahlt haben|sie es gewahlt haben|sie gewahlt haben|sie ihn eingeschaltet haben|sie ihn gewahlt haben|\
    sie sie gewahlt haben|vom benutzer gewahlte|vom besucher gewahlte|vom nutzer gewahlte|von ihnen ausgewahlte|\
    von ihnen gewahlte|von ihnen gewahlten|wahrend des besuchs|wahrend ihres besuchs";

const SPANISH: &str = "1 hora|al cerrar el navegador|al cerrar la sesion|al volver al sitio|cierre el navegador|\
    durante la navegacion|durante la visita|durante su visita|elegida por el usuario|elegido por el usuario|\
    en las distintas peticiones de pagina|en su proxima visita|ha elegido|ha seleccionado|\
    hasta cerrar el navegador|hasta cerrar la sesion|hasta que cierre el navegador|haya elegido|lo ha activado|\
    lo ha pedido|lo ha solicitado|mientras dure la visita|mientras navega|mientras navega por el sitio|\
    ningun dato personal|no almacena datos personales|no contiene datos personales|no recoge datos personales|\
    no tener que|no tenga que|para no repetirlo|seleccionada por el usuario|seleccionado por el usuario|\
    sirve para|sirven para|una hora";

const DUTCH: &str = "1 uur|2 uur|24 uur|als u de browser sluit|bij het sluiten van de browser|\
    bij uw volgende bezoek|de browser sluit|door u gekozen|een uur|gedurende uw bezoek|geen persoonlijke gegevens|\
    geen persoonlijke informatie|geen persoonsgegevens|gekozen door de bezoeker|is nodig|niet opnieuw hoeft|\
    niet opnieuw hoeven|niet steeds opnieuw|nodig om|nodig voor|tijdens het bezoek|tijdens uw bezoek|\
    tot u de browser sluit|tot u uitlogt|u daarvoor hebt gekozen|u dat hebt gevraagd|u gekozen hebt|\
    u gekozen heeft|u hebt gekozen|u hebt geselecteerd|u heeft gekozen|u het hebt aangezet|\
    van de ene naar de andere pagina gaat|voor de duur van uw bezoek|wanneer u de browser sluit|\
    wanneer u van de ene naar de andere pagina gaat|zolang u de website bezoekt|zolang u op de site bent";

const ITALIAN: &str = "1 ora|alla chiusura del browser|alla prossima visita|durante la navigazione|\
    durante la sua visita|durante la visita|fino alla chiusura del browser|fino alla disconnessione|ha scelto|\
    ha selezionato|lo ha attivato|lo ha richiesto|mentre naviga|nessun dato personale|\
    nessuna informazione personale|non contiene dati personali|non debba|non dover|non doverlo|\
    non raccoglie dati personali|non ripeterlo|per la durata della visita|scelta dal visitatore|\
    scelta dall utente|scelto dall utente|selezionata dall utente|selezionato dall utente|serve a|serve al|\
    serve alla|serve per|servono a|servono per|un ora|viene generato|viene impostato|viene installato|\
    viene memorizzato|viene salvato|viene usato|viene utilizzato";
