//! Words that join parts of a text, ask, or deny. Folded; each is a whole word, or a phrase between `|`.

/// Conjunctions, relative pronouns and prepositions. Genitives join nothing: “the contents of your basket”.
pub(super) const JOINING: [&str; 6] = [ENGLISH, FRENCH, GERMAN, SPANISH, DUTCH, ITALIAN];

const ENGLISH: &str = "a about according across after among and as at because before between but by during for from \
    if in into like nor on once onto or over plus since so than that through till to towards under unless until upon \
    using via whether while whose with within";

const FRENCH: &str = "a afin apres au auquel aux avant avec car chez contre dans depuis des donc dont duquel durant \
    en entre et jusqu jusque laquelle lequel lesquelles lesquels lors lorsqu lorsque mais ni ou par pendant pour puis \
    qu que se selon si sous sur tandis vers";

const GERMAN: &str = "aber als am an auf aus bei beim bevor bis damit das dass die durch falls fur gegen im in \
    innerhalb mit mittels nach nachdem ob oder samt so sobald sodass solange sowie uber um und unter vom vor wahrend \
    weil wenn zu zum zur zwischen";

const SPANISH: &str = "al ante antes aunque bajo con contra desde despues durante e en entre hasta junto mediante \
    mientras o para por que se segun si sino sobre tras y";

const DUTCH: &str = "aan als binnen dat die door en in maar met na naar nadat om op over sinds tegen terwijl tijdens \
    tot totdat tussen uit via volgens voor waarin waarmee waarop waaruit zodat zodra zolang";

const ITALIAN: &str = "affinche agli ai al alla alle allo che con contro cui da dai dal dalla dalle dallo dopo \
    durante e ed finche fino fra in ma mentre nei nel nella nelle nello o od oltre per prima se secondo su sugli sui \
    sul sulla sulle sullo tra tramite";

/// “Who”, “where”, “which”.
pub(super) const ASKING: &str = "ce que|ce qui|chi|cio che|combien|come|comment|como|cosa|cual|cuales|cuando|cuanta|\
    cuantas|cuanto|cuantos|donde|dove|hoe|how|lo que|quale|quali|quand|quando|quanta|quante|quanti|quanto|quel|\
    quello che|quels|qui|quien|quienes|quoi|waar|wann|wanneer|warum|was|wat|welche|welchen|welcher|welches|welke|wem|\
    wen|wer|what|when|where|which|who|whom|why|wie|wieviel|wo|woher|wohin";

/// “Not”, “without”; “stores when”, which keeps a point of time; “le recuerda”, which reminds a visitor; “compte les”, which
/// counts.
pub(super) const DENYING: &str = "aren|aucun|aucune|bewaart wanneer|bij wanneer|cannot|compte le nombre|compte les|\
    compter les|conserve quand|conta gli|conta i|conta le|cuenta a los|cuenta el numero|cuenta las|cuenta los|doesn|\
    don|dont|enregistre quand|erfasst wann|even|festhalt wann|geen|guarda cuando|isn|jamais|keeps when|kein|keine|\
    keinem|keinen|keiner|le recuerda|le ricorda|mai|memorise quand|memorizza quando|merkt sich wann|n|nada|ne|\
    neither|nessun|nessuna|never|nicht|nie|niemals|niente|niet|niets|ningun|ninguna|no|non|nooit|not|note quand|\
    notes when|nunca|of when|ohne|onthoudt wanneer|op wanneer|pas|recordarle|records when|recuerda a|recuerda a las|\
    recuerda a los|recuerda al|recuerda cuando|registra cuando|registra quando|remembers when|retient quand|\
    ricorda agli|ricorda ai|ricorda al|ricorda all|ricorda alla|ricorda quando|ricordarle|rien|salva quando|sans|\
    saves when|se la recuerda|se lo recuerda|senza|sin|speichert wann|stores when|without|zonder";
