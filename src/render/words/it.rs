//! Italian.

use super::{
    CategoryWords, ChoiceWords, InfrastructureWords, PlaceholderWords, RemarkWords, TableWords, ThirdPartyWords,
    TimeWords, UndeclaredWords, Words,
};

pub(super) const WORDS: Words = Words {
    tag: "it",
    language: "Italiano",
    title: "Cookie di {}",
    title_without_site: "Cookie di questo sito",
    intro: "Questa pagina elenca i cookie che questo sito può conservare nel suo browser, la finalità di ciascuno e la sua \
        durata. È redatta a partire dalle regole applicate a ogni pagina del sito.",
    report_only: "Per ora le regole di questa pagina sono soltanto osservate e non ancora applicate: nonostante esse, alcuni \
        cookie possono essere installati.",
    languages: "Questa pagina in altre lingue",
    categories: CategoryWords {
        exempt: "Senza consenso",
        refusable: "Senza consenso, salvo opposizione",
        required: "Solo con il suo consenso",
        never: "Sempre bloccati",
        exempt_rule: "Questi cookie sono esenti da consenso: sono installati senza chiederle nulla.",
        refusable_rule: "Questi cookie servono solo a statistiche anonime e sono esenti da consenso: sono installati \
            a meno che lei non li rifiuti. Se li rifiuta, non sono più trasmessi al sito e sono eliminati dal suo \
            browser quando apre una delle sue pagine.",
        required_rule: "Questi cookie richiedono il suo consenso. Finché lei non lo ha dato, il server del sito non \
            li installa e non li riceve; quelli che uno script ha comunque scritto sono eliminati dal suo browser \
            all’apertura della pagina successiva.",
        unreachable_rule: "Questi cookie non le sono proposti: sono sempre bloccati.",
        report_only_rule: "Per ora questa regola è soltanto osservata e non ancora applicata: nonostante essa, questi cookie \
            possono essere installati.",
        enforced_rule: "Questa regola è già applicata.",
        at_most: "Sono conservati al massimo {}: una durata maggiore è abbreviata.",
        asked_since: "Il consenso è chiesto di nuovo dal {}: un’accettazione precedente non vale più.",
        no_cookie: "Nessun cookie di questo tipo è dichiarato.",
    },
    table: TableWords {
        name: "Nome",
        provider: "Fornitore",
        service: "Servizio",
        purpose: "Finalità",
        lifetime: "Durata",
        not_stated: "non indicata",
        wildcards: "In un nome, * sta per caratteri qualsiasi e ? per uno solo.",
        prefix: "ogni nome che comincia con {}",
        expression: "ogni nome che corrisponde all’espressione regolare {}",
    },
    remarks: RemarkWords {
        own_key: "Su questo cookie lei decide a parte.",
        choice: "Contiene la sua scelta sui cookie: è sempre conservato.",
        never: "Non le è proposto: è sempre bloccato.",
        domain: "È installato per {}.",
        foreign: "Appartiene a un altro sito web. Questo sito non lo trattiene: può essere installato senza il suo \
            consenso non appena una pagina contatta quell’altro sito.",
        capped: "una durata maggiore è abbreviata",
        shortened: "abbreviata a {}",
        at_most: "{} al massimo",
    },
    undeclared: UndeclaredWords {
        title: "Cookie che non figurano qui",
        full_consent: "Un cookie che non figura in questa pagina è ammesso solo se lei ha accettato tutto ciò che le è chiesto \
            e non ha rifiutato nulla.",
        deny: "Un cookie che non figura in questa pagina è sempre bloccato.",
        required: "Un cookie che non figura in questa pagina è ammesso solo se lei ha accettato: {}.",
        category: "Un cookie che non figura in questa pagina è trattato come quelli di questo tipo: {}.",
    },
    third_parties: ThirdPartyWords {
        title: "Altri siti web",
        rule: "Una pagina può richiedere contenuti ad altri siti web, che possono allora leggere e installare propri \
            cookie.",
        only_listed: "Il suo browser è autorizzato a contattare quelli elencati qui, e nessun altro.",
        full_consent: "Il suo browser è autorizzato a contattare quelli elencati qui, e ogni altro solo se lei ha \
            accettato tutto ciò che le è chiesto e non ha rifiutato nulla.",
        category: "Il suo browser è autorizzato a contattare quelli elencati qui, e ogni altro solo se lei ha \
            accettato: {}.",
        others: "Il suo browser è autorizzato a contattare quelli elencati qui, e anche ogni altro.",
        own: "Su questo stesso sito, le pagine richiedono anche contenuti di questi servizi:",
        exempt: "{} ({}): contattato senza chiedere il suo consenso.",
        required: "{} ({}): contattato solo se ha accettato: {}.",
    },
    placeholders: PlaceholderWords {
        title: "Contenuto di un altro sito web",
        asked: "Questo contenuto proviene da un altro sito web. Il suo browser lo richiede solo dopo che ha accettato: {}. Poi ricarichi la pagina.",
        all: "Questo contenuto proviene da un altro sito web. Il suo browser lo richiede solo dopo che ha accettato tutto ciò che le viene chiesto. Poi ricarichi la pagina.",
        never: "Questo contenuto proviene da un altro sito web, al quale le pagine di questo sito non si rivolgono.",
        choose: "Gestire le mie scelte",
        website: "{} (nuova scheda)",
    },
    infrastructure: InfrastructureWords {
        title: "Cookie tecnici",
        rule: "I bilanciatori di carico e i firewall davanti al sito installano cookie con questi nomi. Sono esenti da \
            consenso:",
    },
    choice: ChoiceWords {
        title: "Come scegliere e cambiare idea",
        nothing_to_choose: "Questa pagina non elenca alcun cookie che richieda il suo consenso.",
        nobody_asks: "Questo sito non chiede il suo consenso: i cookie che lo richiederebbero sono sempre bloccati.",
        banner: "Lei sceglie nel banner dei cookie del sito. Finché non ha scelto, i cookie che richiedono il suo consenso \
            sono bloccati.",
        kept: "La sua scelta è conservata nel cookie {} e vale per {}. Questo cookie è esente da consenso.",
        kept_undated: "La sua scelta è conservata nel cookie {} e vale finché il suo browser lo conserva (durata \
            dichiarata: {}). Questo cookie è esente da consenso.",
        not_counted: "Una scelta conservata nel cookie {} non conta, perché non è datata. Questo cookie è esente da \
            consenso.",
        withdraw: "Può cambiare idea in qualsiasi momento nello stesso posto. Se revoca il consenso, i cookie che lo richiedono \
            non sono più trasmessi al sito e sono eliminati dal suo browser quando apre una delle sue pagine.",
        gpc: "Se il suo browser invia il segnale Global Privacy Control (GPC), questo vale come rifiuto finché lei non ha scelto.",
        browser: "Può anche eliminare o bloccare i cookie nelle impostazioni del suo browser.",
    },
    time: TimeWords {
        session: "sessione (fino alla chiusura del browser)",
        units: [
            ["secondo", "secondi"],
            ["minuto", "minuti"],
            ["ora", "ore"],
            ["giorno", "giorni"],
            ["settimana", "settimane"],
            ["mese", "mesi"],
            ["anno", "anni"],
        ],
        months: [
            "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
            "novembre", "dicembre",
        ],
        day: "{d} {m} {y}",
        first: "1º",
    },
};
