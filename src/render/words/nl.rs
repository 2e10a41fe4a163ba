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
        required: "Alleen met uw toestemming",
        never: "Altijd geblokkeerd",
        exempt_rule: "Voor deze cookies is geen toestemming nodig: ze worden geplaatst zonder dat het u wordt gevraagd.",
        required_rule: "Deze cookies worden pas geplaatst nadat u ermee hebt ingestemd.",
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
        anonymous: "Ze dient alleen voor anonieme statistieken: ze wordt geplaatst tenzij u haar weigert.",
        choice: "Ze bevat uw keuze over cookies: ze blijft altijd bewaard.",
        never: "Naar deze cookie wordt u niet gevraagd: ze wordt altijd geblokkeerd.",
        domain: "Ze wordt geplaatst voor {}.",
        capped: "een langere duur wordt ingekort",
        shortened: "ingekort tot {}",
        at_most: "hoogstens {}",
    },
    undeclared: UndeclaredWords {
        title: "Cookies die hier niet staan",
        full_consent: "Een cookie die niet op deze pagina staat, wordt alleen doorgelaten als u hebt ingestemd met alles wat \
            u wordt gevraagd en niets hebt geweigerd.",
        deny: "Een cookie die niet op deze pagina staat, wordt altijd geblokkeerd.",
        category: "Een cookie die niet op deze pagina staat, wordt behandeld als een van deze soort: {}.",
    },
    third_parties: ThirdPartyWords {
        title: "Andere websites",
        rule: "Een pagina kan inhoud opvragen bij andere websites, die dan eigen cookies kunnen lezen en plaatsen. Uw browser mag dat alleen bij de volgende.",
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
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        day: "{d} {m} {y}",
        first: "1",
    },
};
