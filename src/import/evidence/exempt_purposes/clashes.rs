//! Words that are known, and together say another purpose: a basket, and showing articles; a login, and the time of the last
//! one; a session, and the pages that were opened.

use crate::import::fold::{find_phrase, has_stem};

/// A sentence with a word of both, near each other, says another purpose. Words are folded, as beginnings, or whole with `$`.
struct Clash {
    one: &'static str,
    other: &'static str,
    /// How many words there may be from one to the other.
    reach: usize,
}

const CLASHES: [Clash; 15] = [
    // Shows what the visitor may like.
    Clash { one: SHOWS, other: GOODS, reach: 12 },
    // Chooses for the visitor.
    Clash { one: CHOSEN, other: OFFERS, reach: 4 },
    // Whoever comes back is known again: “identifies you in every session”.
    Clash { one: KNOWS, other: EACH, reach: 6 },
    // Sends on what is kept.
    Clash { one: SENDS, other: RECIPIENTS, reach: 12 },
    // An identifier of the visitor, not of the session.
    Clash { one: IDENTIFIERS, other: VISITORS, reach: 3 },
    // When somebody was there.
    Clash { one: LAST, other: VISITS, reach: 3 },
    Clash { one: RECORDS, other: WHEN, reach: 1 },
    // The way through the site.
    Clash { one: ORDER, other: PAGES, reach: 4 },
    // Reminds of a basket.
    Clash { one: BASKETS, other: MESSAGES, reach: 12 },
    Clash { one: MOMENT, other: EVERY, reach: 3 },
    // What is kept of an account, which may be anything.
    Clash { one: DATA, other: ACCOUNTS, reach: 4 },
    // What somebody does on the site.
    Clash { one: DATA, other: USE, reach: 5 },
    Clash { one: DATA, other: VISITORS, reach: 3 },
    // What somebody saw, and what there is to see.
    Clash { one: SEEN, other: CONTENTS, reach: 7 },
    Clash { one: WHICH, other: PAGES, reach: 1 },
];

/// “Shows”, “proposes”.
const SHOWS: &str = "show$ shows$ showing$ shown$ display$ displays$ displayed$ displaying$ suggest present$ \
    presents$ montr affich propos presenter$ presente$ zeig anzeig angezeigt anzuzeigen$ prasentier vorschlag \
    vorzuschlagen$ muestr mostr ofrec propon toon toont$ tonen$ getoond voorstel";
/// What a site offers.
const GOODS: &str = "offer$ offers$ offre$ offres$ angebot$ angebote$ angeboten$ oferta$ ofertas$ offerta$ offerte$ \
    aanbieding$ aanbiedingen$ contents$ contenus$ inhalte$ inhalten$ contenidos$ contenuti$ product produit produkt \
    producto prodott article$ articles$ artikel$ artikeln$ artikelen$ articulo articol item$ items$ book$ books$ \
    goods$ event$ events$ veranstaltung evento$ eventos$ eventi$ course$ courses$ kurs$ kurse$";
/// “Chosen”, by whomever.
const CHOSEN: &str = "choos choose$ chosen$ selected$ selection$ choisi selectionn auswahl$ ausgewahlt gewahlt elegid \
    seleccion scelt selezion geselecteerd gekozen$ selectie$";
/// What a site may choose for a visitor.
const OFFERS: &str = "offer$ offers$ offre$ offres$ angebot$ angebote$ angeboten$ oferta$ ofertas$ offerta$ offerte$ \
    aanbieding$ aanbiedingen$ content$ contents$ contenus$ inhalte$ inhalten$ contenidos$ contenuti$ inhoud$ \
    messages$ nachrichten$ mensajes$ messaggi$ berichten$";
/// “Identifies”, “recognises”.
const KNOWS: &str = "identif recogn reconn erkenn wiedererkenn herken riconosc reconoc remember onthou recuerd ricord \
    souvien rappel merkt$ distingu unterscheid onderscheid knows$ connait$";
/// “Again”, “later”, and without a login, or behind it.
const EACH: &str = "again$ wieder$ erneut$ opnieuw$ later$ spater$ tarde$ tardi$ without$ sans$ ohne$ sin$ zonder$ \
    senza$ not$ nicht$ pas$ non$ logout$ out$ abmeldung$ deconnexion$ deconnecte$ uitloggen$ disconnessione$ cerrar$ \
    every$ tous$ allen$ todos$ alle$ tutti$ vuelve$ torna$";
/// “Sends”, “transmits”.
const SENDS: &str = "send$ sends$ sent$ transmit envoi envoy transm sende$ sendet$ senden$ ubermittel envia$ enviar$ \
    enviad stuurt$ sturen$ invia$ inviare$ inviat lets$ gives$ donne$ gibt$ da$ geeft$";
/// Others than the visitor and the site.
const RECIPIENTS: &str = "third$ tiers$ dritte$ dritten$ tercero$ terceros$ derde$ derden$ terzo$ terzi$ other$ \
    others$ autres$ andere$ anderen$ otros$ altri$ provider$ providers$ anbieter$";
/// “Identifier”; that of a session is a phrase, which is read before.
const IDENTIFIERS: &str = "id$ identifier$ identifiers$ identifiant$ kennung$ identifikator$ identificador$ \
    identificativo$ identificatore$ kenmerk$ identificatie$ identification$ identificacion$ identificazione$ \
    identifikation$";
/// Who visits, and with what.
const VISITORS: &str = "visitor$ visitors$ visiteur$ visiteurs$ internaute$ internautes$ besucher$ besuchers$ \
    besuchern$ visitante$ visitantes$ bezoeker$ bezoekers$ visitatore$ visitatori$ browser$ browsers$ navigateur$ \
    navegador$ customer$ customers$ client$ clients$ kunde$ kunden$ cliente$ clientes$ clienti$ klant$ klanten$";
/// “Last”, and points of time.
const LAST: &str = "last$ latest$ dernier$ derniere$ dernieres$ derniers$ letzte$ letzten$ letzter$ ultimo$ ultima$ \
    ultimos$ ultimas$ ultimi$ ultime$ laatste$ previous$ precedent$ precedente$ precedents$ precedentes$ precedenti$ \
    vorherige$ vorherigen$ fruhere$ fruheren$ vorige$ eerdere$ earlier$ past$ passees$ passes$ anterior$ anteriores$ \
    time$ date$ datum$ fecha$ heure$ hora$ zeitpunkt$ uhrzeit$ tijdstip$ orario$";
/// What has a time at which it happened.
const VISITS: &str = "login$ logins$ sign$ connexion$ connexions$ anmeldung$ anmeldungen$ sesion$ acceso$ accesos$ \
    accesso$ accessi$ inloggen$ aanmelding$ visit$ visits$ visite$ visites$ besuch$ besuche$ besuchs$ visita$ \
    visitas$ bezoek$ bezoeken$ order$ orders$ commande$ commandes$ bestellung$ bestellungen$ pedido$ pedidos$ \
    bestelling$ bestellingen$ ordine$ ordini$ purchase$ purchases$ achat$ achats$ compra$ compras$ acquisto$ \
    acquisti$ reservation$ reservations$ buchung$ buchungen$ reserva$ reservas$ prenotazione$ prenotazioni$";
/// “Records”, directly before “when”.
const RECORDS: &str = "record$ records$ recorded$ store$ stores$ stored$ save$ saves$ keep$ keeps$ note$ notes$ \
    remember$ remembers$ enregistre$ conserve$ memorise$ garde$ retient$ speichert$ merkt$ protokolliert$ festhalt$ \
    registra$ guarda$ recuerda$ conserva$ anota$ registreert$ bewaart$ onthoudt$ bij$ vast$ ricorda$ memorizza$ \
    salva$ annota$";
/// “When”.
const WHEN: &str = "when$ quand$ wann$ cuando$ wanneer$ quando$";
/// “Order”, “list”, “number”.
const ORDER: &str = "order$ ordre$ reihenfolge$ orden$ volgorde$ ordine$ list$ liste$ lista$ lijst$ elenco$ number$ \
    zahl$ anzahl$ numero$ aantal$";
/// “Basket”.
const BASKETS: &str = "basket$ cart$ panier$ warenkorb$ warenkorbs$ carrito$ cesta$ winkelwagen$ winkelmandje$ \
    mandje$ carrello$";
/// “Messages”.
const MESSAGES: &str = "message$ messages$ hinweis$ hinweise$ nachricht$ nachrichten$ meldungen$ mensaje$ mensajes$ \
    avisos$ bericht$ berichten$ meldingen$ messaggio$ messaggi$ avvisi$";
/// A point of time.
const MOMENT: &str = "moment$ moments$ momento$ momentos$ momenti$ time$ times$ heure$ zeitpunkt$ hora$ tijdstip$ \
    ora$";
/// “Each”.
const EVERY: &str = "each$ every$ chaque$ jede$ jeder$ jedes$ cada$ elk$ elke$ iedere$ ogni$";
/// “Data”, “information”.
const DATA: &str = "data$ information$ informations$ info$ details$ donnee$ donnees$ daten$ angaben$ informationen$ \
    dato$ datos$ informacion$ gegevens$ informatie$ dati$ informazione$ informazioni$";
/// “Account”.
const ACCOUNTS: &str = "account$ accounts$ konto$ kontos$ kontodaten$ compte$ comptes$ cuenta$ cuentas$ conto$";
/// “Use”.
const USE: &str = "use$ usage$ utilisation$ nutzung$ benutzung$ verwendung$ uso$ utilizacion$ gebruik$ utilizzo$";
/// “Opened”, “read”, “seen”.
const SEEN: &str = "open$ opens$ opened$ read$ reads$ seen$ saw$ see$ looked$ viewed$ visited$ ouvr ouvert lu$ lus$ \
    lue$ lues$ lire$ lisez$ vu$ vus$ vue$ vues$ voyez$ consult visites$ visitez$ offne geoffnet gelesen$ lesen$ \
    liest$ gesehen$ sehen$ aufgerufen besucht abre$ abri abiert leido$ leidos$ leer$ lee$ visto$ vistos$ ve$ visitado \
    opent$ openen$ geopend gelezen$ lezen$ leest$ gezien$ ziet$ bekeken$ bezocht apert apre$ letto$ letti$ legge$ \
    vist visitat";
/// “Which”, directly beside what is opened.
const WHICH: &str = "which$ what$ quel$ quels$ quelle$ quelles$ welche$ welches$ welchen$ cual$ cuales$ welke$ quale$ \
    quali$";
/// What is opened or sent.
const PAGES: &str = "pages$ pagina$ seiten$ paginas$ pagine$ document$ documents$ dokument$ dokumente$ documento$ \
    documentos$ documenti$ documenten$ form$ forms$ formulaire$ formulaires$ formular$ formulare$ formulario$ \
    formularios$ formulier$ formulieren$ modulo$ moduli$ event$ events$ contents$ contenus$ inhalte$ contenidos$ \
    contenuti$ services$ dienste$ servicios$ diensten$ servizi$";
/// What is seen.
const CONTENTS: &str = "pages$ seiten$ paginas$ pagine$ document$ documents$ dokument$ dokumente$ documento$ \
    documentos$ documenti$ documenten$ form$ forms$ formulaire$ formulaires$ formular$ formulare$ formulario$ \
    formularios$ formulier$ formulieren$ modulo$ moduli$ event$ events$ veranstaltung$ veranstaltungen$ evenement$ \
    evenements$ evento$ eventos$ eventi$ course$ courses$ kurs$ kurse$ curso$ cursos$ corso$ corsi$ article$ \
    articles$ artikel$ articulo$ articulos$ articolo$ articoli$ product$ products$ produit$ produits$ produkt$ \
    produkte$ producto$ productos$ producten$ prodotto$ prodotti$ content$ contents$ contenu$ contenus$ inhalt$ \
    inhalte$ contenido$ contenidos$ contenuto$ contenuti$ inhoud$ files$ downloads$";

/// Phrases that say another purpose by themselves, between `|`.
const PHRASES: &str = "nombre de pages|nombre de formulaires|taken out|takes out|how long|wie lange|combien de temps|\
    cuanto tiempo|hoe lang|quanto tempo|per quanto|where you were|where you are|where you come|ou vous etes|\
    ou vous etiez|d ou vous|wo sie sind|wo sie waren|woher sie|donde esta|donde estaba|que lugar|waar u bent|\
    waar u was|dove si trova|da dove|what you see|lo que ve|ce que vous voyez|was sie sehen|wat u ziet|cosa vede|\
    paginas por las que|pages par lesquelles|seiten durch die|pagine per le quali|pages through which|\
    pages that you go|of when|each session|every login|each login|chaque session|chaque connexion|jeder sitzung|\
    jeder anmeldung|cada sesion|cada acceso|elke sessie|ogni sessione|ogni visita|ogni accesso|data e ora|\
    data dell ultimo|que paginas|que documentos|que contenidos|che pagine|che documenti|your use of|use of the site|\
    votre utilisation|utilisation du site|ihre nutzung|nutzung der website|su uso|uso del sitio|uso del sito|\
    uw gebruik|gebruik van de website|every session|every visit|each visit|chaque visite|jedem besuch|cada visita|\
    elk bezoek|compte les|comptent les|cuenta los|cuenta las|cuentan los|cuentan las|le recuerda|se la recuerda|\
    recuerda al|recuerda a los|le ricorda|ricorda all|ricorda al|conocer a|conocer al|conocerle|different pages|\
    pages differentes|paginas diferentes|pagine diverse|verschiedene seiten|what you do|was sie tun|\
    ce que vous faites|lo que hace|wat u doet|who uses|qui l utilise|quien lo usa|wie die gebruikt|chi la usa|\
    what you buy|was sie kaufen|ce que vous commandez|lo que compra|wat u koopt|cio che acquista|tells you|tell you|\
    know you|not pay|nicht bezahlen|ne payez pas|sin pagar|sans payer|no paga|niet betaalt|non paga";

/// Whether known words of a sentence say another purpose together. `folded` is one sentence.
pub(super) fn says_another(folded: &str) -> bool {
    let words: Vec<&str> = folded.split_whitespace().collect();
    PHRASES.split('|').any(|phrase| find_phrase(folded, phrase).is_some())
        || CLASHES.iter().any(|clash| has_clash(&words, clash))
}

fn has_clash(words: &[&str], clash: &Clash) -> bool {
    let [one, other] = [clash.one, clash.other].map(|stems| places(words, stems));
    one.iter().any(|one| other.iter().any(|other| one != other && one.abs_diff(*other) <= clash.reach))
}

/// Where the words stand that begin with one of these.
fn places(words: &[&str], stems: &str) -> Vec<usize> {
    let stems: Vec<&str> = stems.split_whitespace().collect();
    (0..words.len()).filter(|at| words.get(*at).is_some_and(|word| has_stem(word, &stems))).collect()
}
