//! Dutch.

use super::{
    CategoryWords, ChoiceWords, InfrastructureWords, PlaceholderWords, RemarkWords, TableWords, ThirdPartyWords,
    TimeWords, UndeclaredWords, Words,
};

pub(super) const WORDS: Words = Words {
    tag: "nl",
    language: "Nederlands",
    title: "Cookies op {}",
    title_without_site: "Cookies op deze site",
    intro: "Deze pagina noemt de cookies die deze site in uw browser mag bewaren, waarvoor elk dient en hoelang. Ze is \
        opgemaakt uit de regels die op elke pagina van de site worden toegepast.",
    report_only: "Op dit moment worden de regels van deze pagina alleen geobserveerd en nog niet toegepast: cookies kunnen \
        ondanks die regels worden geplaatst.",
    languages: "Deze pagina in andere talen",
    categories: CategoryWords {
        exempt: "Zonder toestemming",
        refusable: "Zonder toestemming, tenzij u weigert",
        required: "Alleen met uw toestemming",
        never: "Altijd geblokkeerd",
        exempt_rule: "Voor deze cookies is geen toestemming nodig: ze worden geplaatst zonder dat het u wordt gevraagd.",
        refusable_rule: "Deze cookies dienen alleen voor anonieme statistieken en er is geen toestemming voor nodig: \
            ze worden geplaatst tenzij u ze weigert. Als u ze weigert, worden ze niet meer aan de site doorgegeven en \
            uit uw browser verwijderd zodra u een van haar pagina’s opent.",
        required_rule: "Voor deze cookies is uw toestemming nodig. Zolang u die niet hebt gegeven, plaatst de server \
            van de site ze niet en ontvangt hij ze niet; cookies die een script toch heeft geschreven, worden uit uw \
            browser verwijderd zodra u de volgende pagina opent.",
        unreachable_rule: "Naar deze cookies wordt u niet gevraagd: ze worden altijd geblokkeerd.",
        report_only_rule: "Op dit moment wordt deze regel alleen geobserveerd en nog niet toegepast: deze cookies kunnen \
            ondanks de regel worden geplaatst.",
        enforced_rule: "Deze regel wordt al toegepast.",
        at_most: "Ze worden hoogstens {} bewaard: een langere duur wordt ingekort.",
        asked_since: "De toestemming wordt opnieuw gevraagd sinds {}: een eerdere toestemming telt niet meer.",
        no_cookie: "Er is geen cookie van deze soort opgegeven.",
    },
    table: TableWords {
        name: "Naam",
        provider: "Aanbieder",
        service: "Dienst",
        purpose: "Doel",
        lifetime: "Bewaartermijn",
        not_stated: "niet opgegeven",
        wildcards: "In een naam staat * voor willekeurige tekens en ? voor één teken.",
        prefix: "elke naam die begint met {}",
        expression: "elke naam die voldoet aan de reguliere expressie {}",
    },
    remarks: RemarkWords {
        own_key: "Over deze cookie beslist u apart.",
        choice: "Ze bevat uw keuze over cookies: ze blijft altijd bewaard.",
        never: "Naar deze cookie wordt u niet gevraagd: ze wordt altijd geblokkeerd.",
        domain: "Ze wordt geplaatst voor {}.",
        foreign: "Ze hoort bij een andere website. Deze site houdt haar niet tegen: ze kan zonder uw toestemming \
            worden geplaatst zodra een pagina die andere website benadert.",
        capped: "een langere duur wordt ingekort",
        shortened: "ingekort tot {}",
        at_most: "hoogstens {}",
    },
    undeclared: UndeclaredWords {
        title: "Cookies die hier niet staan",
        full_consent: "Een cookie die niet op deze pagina staat, wordt alleen doorgelaten als u hebt ingestemd met alles wat \
            u wordt gevraagd en niets hebt geweigerd.",
        deny: "Een cookie die niet op deze pagina staat, wordt altijd geblokkeerd.",
        required: "Een cookie die niet op deze pagina staat, wordt alleen doorgelaten als u hebt ingestemd met: {}.",
        category: "Een cookie die niet op deze pagina staat, wordt behandeld als een van deze soort: {}.",
    },
    third_parties: ThirdPartyWords {
        title: "Andere websites",
        rule: "Een pagina kan inhoud opvragen bij andere websites, die dan eigen cookies kunnen lezen en plaatsen.",
        only_listed: "Uw browser mag de hier genoemde benaderen, en geen andere.",
        full_consent: "Uw browser mag de hier genoemde benaderen, en elke andere alleen als u hebt ingestemd met \
            alles wat u wordt gevraagd en niets hebt geweigerd.",
        category: "Uw browser mag de hier genoemde benaderen, en elke andere alleen als u hebt ingestemd met: {}.",
        others: "Uw browser mag de hier genoemde benaderen, en ook elke andere.",
        own: "Op deze site zelf vragen pagina’s ook inhoud van deze diensten op:",
        exempt: "{} ({}): wordt zonder uw toestemming benaderd.",
        required: "{} ({}): wordt alleen benaderd als u hebt ingestemd met: {}.",
    },
    placeholders: PlaceholderWords {
        title: "Inhoud van een andere website",
        asked: "Deze inhoud komt van een andere website. Uw browser vraagt die pas op als u hebt ingestemd met: {}. Laad de pagina daarna opnieuw.",
        all: "Deze inhoud komt van een andere website. Uw browser vraagt die pas op als u hebt ingestemd met alles wat u wordt gevraagd. Laad de pagina daarna opnieuw.",
        never: "Deze inhoud komt van een andere website, die pagina’s van deze site niet benaderen.",
        choose: "Mijn keuzes beheren",
        website: "{} (nieuw tabblad)",
    },
    infrastructure: InfrastructureWords {
        title: "Technische cookies",
        rule: "Load balancers en firewalls vóór de site plaatsen cookies met deze namen. Daarvoor is geen toestemming nodig:",
    },
    choice: ChoiceWords {
        title: "Hoe u kiest en van mening verandert",
        nothing_to_choose: "Deze pagina noemt geen cookie waarvoor uw toestemming nodig is.",
        nobody_asks: "Deze site vraagt uw toestemming niet: cookies die ze nodig zouden hebben, worden altijd geblokkeerd.",
        banner: "U kiest in de cookiebanner van de site. Zolang u niet hebt gekozen, worden cookies waarvoor uw toestemming \
            nodig is, geblokkeerd.",
        kept: "Uw keuze wordt bewaard in de cookie {} en geldt gedurende {}. Voor deze cookie is geen toestemming nodig.",
        kept_undated: "Uw keuze wordt bewaard in de cookie {} en geldt zolang uw browser die bewaart (opgegeven \
            bewaartermijn: {}). Voor deze cookie is geen toestemming nodig.",
        not_counted: "Een keuze die in de cookie {} wordt bewaard, telt niet, omdat ze geen datum heeft. Voor deze \
            cookie is geen toestemming nodig.",
        withdraw: "U kunt op elk moment op dezelfde plaats van mening veranderen. Als u uw toestemming intrekt, worden de \
            cookies die ze nodig hebben niet meer aan de site doorgegeven en uit uw browser verwijderd zodra u een van haar \
            pagina’s opent.",
        gpc: "Als uw browser het signaal Global Privacy Control (GPC) stuurt, geldt dat als weigering zolang u niet hebt gekozen.",
        browser: "U kunt cookies ook verwijderen of blokkeren in de instellingen van uw browser.",
    },
    time: TimeWords {
        session: "sessie (tot u de browser sluit)",
        units: [
            ["seconde", "seconden"],
            ["minuut", "minuten"],
            ["uur", "uur"],
            ["dag", "dagen"],
            ["week", "weken"],
            ["maand", "maanden"],
            ["jaar", "jaar"],
        ],
        months: [
            "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december",
        ],
        day: "{d} {m} {y}",
        first: "1",
    },
};
