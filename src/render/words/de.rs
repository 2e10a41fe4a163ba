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
        required: "Nur mit Ihrer Einwilligung",
        never: "Immer blockiert",
        exempt_rule: "Für diese Cookies ist keine Einwilligung nötig: Sie werden gesetzt, ohne dass Sie gefragt werden.",
        required_rule: "Diese Cookies werden erst gesetzt, wenn Sie ihnen zugestimmt haben.",
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
        anonymous: "Es dient nur anonymen Statistiken: Es wird gesetzt, sofern Sie es nicht ablehnen.",
        choice: "Es enthält Ihre Entscheidung über Cookies: Es bleibt immer erhalten.",
        never: "Nach ihm werden Sie nicht gefragt: Es wird immer blockiert.",
        domain: "Es wird für {} gesetzt.",
        capped: "eine längere Speicherdauer wird gekürzt",
        shortened: "gekürzt auf: {}",
        at_most: "höchstens {}",
    },
    undeclared: UndeclaredWords {
        title: "Cookies, die hier nicht genannt sind",
        full_consent: "Ein Cookie, das diese Seite nicht nennt, wird nur durchgelassen, wenn Sie allem zugestimmt haben, wonach \
            Sie gefragt werden, und nichts abgelehnt haben.",
        deny: "Ein Cookie, das diese Seite nicht nennt, wird immer blockiert.",
        category: "Ein Cookie, das diese Seite nicht nennt, wird wie eines dieser Art behandelt: {}.",
    },
    third_parties: ThirdPartyWords {
        title: "Andere Websites",
        rule: "Eine Seite kann Inhalte von anderen Websites anfordern, die dann eigene Cookies lesen und setzen können. Ihrem Browser ist das nur bei den folgenden erlaubt.",
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
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        day: "{d}. {m} {y}",
        first: "1",
    },
};
