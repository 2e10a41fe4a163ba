//! German.

use super::{
    CategoryWords, ChoiceWords, InfrastructureWords, PlaceholderWords, RemarkWords, TableWords, ThirdPartyWords,
    TimeWords, UndeclaredWords, Words,
};

pub(super) const WORDS: Words = Words {
    tag: "de",
    language: "Deutsch",
    title: "Cookies auf {}",
    title_without_site: "Cookies auf dieser Website",
    intro: "Diese Seite nennt die Cookies, die diese Website in Ihrem Browser ablegen darf, den Zweck jedes Cookies und seine \
        Speicherdauer. Sie entsteht aus den Regeln, die auf jede Seite der Website angewendet werden.",
    report_only: "Derzeit werden die Regeln dieser Seite nur beobachtet und noch nicht angewendet: Cookies können ihnen \
        zum Trotz gesetzt werden.",
    languages: "Diese Seite in anderen Sprachen",
    categories: CategoryWords {
        exempt: "Ohne Einwilligung",
        refusable: "Ohne Einwilligung, sofern Sie nicht ablehnen",
        required: "Nur mit Ihrer Einwilligung",
        never: "Immer blockiert",
        exempt_rule: "Für diese Cookies ist keine Einwilligung nötig: Sie werden gesetzt, ohne dass Sie gefragt werden.",
        refusable_rule: "Diese Cookies dienen nur anonymen Statistiken; für sie ist keine Einwilligung nötig: Sie \
            werden gesetzt, sofern Sie sie nicht ablehnen. Lehnen Sie sie ab, werden sie nicht mehr an die Website \
            weitergegeben und aus Ihrem Browser gelöscht, sobald Sie eine ihrer Seiten öffnen.",
        required_rule: "Diese Cookies brauchen Ihre Einwilligung. Solange Sie sie nicht gegeben haben, setzt der \
            Server der Website sie nicht und erhält sie nicht; hat ein Skript sie dennoch geschrieben, werden sie \
            beim Öffnen der nächsten Seite aus Ihrem Browser gelöscht.",
        unreachable_rule: "Nach diesen Cookies werden Sie nicht gefragt: Sie werden immer blockiert.",
        report_only_rule: "Derzeit wird diese Regel nur beobachtet und noch nicht angewendet: Diese Cookies können ihr zum \
            Trotz gesetzt werden.",
        enforced_rule: "Diese Regel wird bereits angewendet.",
        at_most: "Sie werden höchstens für diese Dauer gespeichert: {}. Eine längere Speicherdauer wird gekürzt.",
        asked_since: "Die Einwilligung wird erneut erfragt, seit dem {}: Eine frühere Zustimmung gilt nicht mehr.",
        no_cookie: "Es ist kein Cookie dieser Art angegeben.",
    },
    table: TableWords {
        name: "Name",
        provider: "Anbieter",
        service: "Dienst",
        purpose: "Zweck",
        lifetime: "Speicherdauer",
        not_stated: "nicht angegeben",
        wildcards: "In einem Namen steht * für beliebige Zeichen und ? für ein einzelnes.",
        prefix: "jeder Name, der mit {} beginnt",
        expression: "jeder Name, der dem regulären Ausdruck {} entspricht",
    },
    remarks: RemarkWords {
        own_key: "Über dieses Cookie entscheiden Sie gesondert.",
        choice: "Es enthält Ihre Entscheidung über Cookies: Es bleibt immer erhalten.",
        never: "Nach ihm werden Sie nicht gefragt: Es wird immer blockiert.",
        domain: "Es wird für {} gesetzt.",
        foreign: "Es gehört zu einer anderen Website. Diese Website hält es nicht zurück: Es kann ohne Ihre \
            Einwilligung gesetzt werden, sobald eine Seite jene andere Website anfragt.",
        capped: "eine längere Speicherdauer wird gekürzt",
        shortened: "gekürzt auf: {}",
        at_most: "höchstens {}",
    },
    undeclared: UndeclaredWords {
        title: "Cookies, die hier nicht genannt sind",
        full_consent: "Ein Cookie, das diese Seite nicht nennt, wird nur durchgelassen, wenn Sie allem zugestimmt haben, wonach \
            Sie gefragt werden, und nichts abgelehnt haben.",
        deny: "Ein Cookie, das diese Seite nicht nennt, wird immer blockiert.",
        required: "Ein Cookie, das diese Seite nicht nennt, wird nur durchgelassen, wenn Sie zugestimmt haben: {}.",
        category: "Ein Cookie, das diese Seite nicht nennt, wird wie eines dieser Art behandelt: {}.",
    },
    third_parties: ThirdPartyWords {
        title: "Andere Websites",
        rule: "Eine Seite kann Inhalte von anderen Websites anfordern, die dann eigene Cookies lesen und setzen \
            können.",
        only_listed: "Ihr Browser darf die hier genannten anfragen und keine anderen.",
        full_consent: "Ihr Browser darf die hier genannten anfragen, jede andere nur, wenn Sie allem zugestimmt \
            haben, wonach Sie gefragt werden, und nichts abgelehnt haben.",
        category: "Ihr Browser darf die hier genannten anfragen, jede andere nur, wenn Sie zugestimmt haben: {}.",
        others: "Ihr Browser darf die hier genannten anfragen und jede andere auch.",
        own: "Auf dieser Website selbst fordern Seiten auch Inhalte dieser Dienste an:",
        exempt: "{} ({}): wird ohne Ihre Einwilligung angefragt.",
        required: "{} ({}): wird nur angefragt, wenn Sie zugestimmt haben: {}.",
    },
    placeholders: PlaceholderWords {
        title: "Inhalt einer anderen Website",
        asked: "Dieser Inhalt kommt von einer anderen Website. Ihr Browser fordert ihn erst an, wenn Sie zugestimmt haben: {}. Laden Sie die Seite danach neu.",
        all: "Dieser Inhalt kommt von einer anderen Website. Ihr Browser fordert ihn erst an, wenn Sie allem zugestimmt haben, wonach Sie gefragt werden. Laden Sie die Seite danach neu.",
        never: "Dieser Inhalt kommt von einer anderen Website, die von Seiten dieser Website nicht angefragt wird.",
        choose: "Meine Auswahl verwalten",
        website: "{} (neuer Tab)",
    },
    infrastructure: InfrastructureWords {
        title: "Technische Cookies",
        rule: "Lastverteiler und Firewalls vor der Website setzen Cookies mit diesen Namen. Für sie ist keine Einwilligung \
            nötig:",
    },
    choice: ChoiceWords {
        title: "Wie Sie wählen und Ihre Wahl ändern",
        nothing_to_choose: "Diese Seite nennt kein Cookie, das Ihre Einwilligung braucht.",
        nobody_asks: "Diese Website fragt nicht nach Ihrer Einwilligung: Cookies, die sie bräuchten, werden immer blockiert.",
        banner: "Sie wählen im Cookie-Banner der Website. Solange Sie nicht gewählt haben, werden Cookies, die Ihre \
            Einwilligung brauchen, blockiert.",
        kept: "Ihre Wahl wird im Cookie {} gespeichert und gilt so lange: {}. Für dieses Cookie ist keine Einwilligung nötig.",
        kept_undated: "Ihre Wahl wird im Cookie {} gespeichert und gilt, solange Ihr Browser es behält (angegebene \
            Speicherdauer: {}). Für dieses Cookie ist keine Einwilligung nötig.",
        not_counted: "Eine Wahl, die im Cookie {} gespeichert ist, zählt nicht, weil sie kein Datum hat. Für dieses \
            Cookie ist keine Einwilligung nötig.",
        withdraw: "Sie können Ihre Wahl jederzeit an derselben Stelle ändern. Wenn Sie Ihre Einwilligung widerrufen, werden \
            die Cookies, die sie brauchen, nicht mehr an die Website weitergegeben und aus Ihrem Browser gelöscht, sobald \
            Sie eine ihrer Seiten öffnen.",
        gpc: "Sendet Ihr Browser das Signal Global Privacy Control (GPC), gilt das als Ablehnung, solange Sie nicht gewählt \
            haben.",
        browser: "Sie können Cookies auch in den Einstellungen Ihres Browsers löschen oder blockieren.",
    },
    time: TimeWords {
        session: "Sitzung (bis zum Schließen des Browsers)",
        units: [
            ["Sekunde", "Sekunden"],
            ["Minute", "Minuten"],
            ["Stunde", "Stunden"],
            ["Tag", "Tage"],
            ["Woche", "Wochen"],
            ["Monat", "Monate"],
            ["Jahr", "Jahre"],
        ],
        months: [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
            "Dezember",
        ],
        day: "{d}. {m} {y}",
        first: "1",
    },
};
