//! French.

use super::{
    CategoryWords, ChoiceWords, InfrastructureWords, PlaceholderWords, RemarkWords, TableWords, ThirdPartyWords,
    TimeWords, UndeclaredWords, Words,
};

pub(super) const WORDS: Words = Words {
    tag: "fr",
    language: "Français",
    title: "Cookies de {}",
    title_without_site: "Cookies de ce site",
    intro: "Cette page liste les cookies que ce site peut conserver dans votre navigateur, la finalité de chacun et sa durée \
        de vie. Elle est établie à partir des règles appliquées à chaque page du site.",
    report_only: "Pour l’instant, les règles de cette page sont seulement observées, pas encore appliquées : des cookies \
        peuvent être déposés malgré elles.",
    languages: "Cette page dans d’autres langues",
    categories: CategoryWords {
        exempt: "Sans consentement",
        refusable: "Sans consentement, sauf opposition",
        required: "Avec votre consentement seulement",
        never: "Toujours bloqués",
        exempt_rule: "Ces cookies sont exemptés de consentement : ils sont déposés sans que votre accord soit demandé.",
        refusable_rule: "Ces cookies ne servent qu’à des statistiques anonymes et sont exemptés de consentement : ils \
            sont déposés sauf si vous les refusez. Si vous les refusez, ils ne sont plus transmis au site et sont \
            supprimés de votre navigateur dès que vous ouvrez une de ses pages.",
        required_rule: "Ces cookies demandent votre accord. Tant que vous ne l’avez pas donné, le serveur du site ne \
            les dépose pas et ne les reçoit pas ; ceux qu’un script a tout de même écrits sont supprimés de votre \
            navigateur à l’ouverture de la page suivante.",
        unreachable_rule: "Ces cookies ne vous sont pas proposés : ils sont toujours bloqués.",
        report_only_rule: "Pour l’instant, cette règle est seulement observée, pas encore appliquée : ces cookies peuvent \
            être déposés malgré elle.",
        enforced_rule: "Cette règle est déjà appliquée.",
        at_most: "Ils sont conservés au plus {} : une durée plus longue est raccourcie.",
        asked_since: "Le consentement est de nouveau demandé depuis le {} : un accord donné avant ne compte plus.",
        no_cookie: "Aucun cookie de ce type n’est déclaré.",
    },
    table: TableWords {
        name: "Nom",
        provider: "Fournisseur",
        service: "Service",
        purpose: "Finalité",
        lifetime: "Durée de vie",
        not_stated: "non précisée",
        wildcards: "Dans un nom, * remplace des caractères quelconques et ? un seul caractère.",
        prefix: "tout nom qui commence par {}",
        expression: "tout nom conforme à l’expression régulière {}",
    },
    remarks: RemarkWords {
        own_key: "Ce cookie fait l’objet d’un choix à part.",
        choice: "Il contient votre choix en matière de cookies : il est toujours conservé.",
        never: "Il ne vous est pas proposé : il est toujours bloqué.",
        domain: "Il est déposé pour {}.",
        foreign: "Il appartient à un autre site. Ce site-ci ne le retient pas : il peut être déposé, sans votre \
            accord, dès qu’une page sollicite cet autre site.",
        capped: "une durée plus longue est raccourcie",
        shortened: "ramenée à {}",
        at_most: "{} au plus",
    },
    undeclared: UndeclaredWords {
        title: "Cookies absents de cette liste",
        full_consent: "Un cookie absent de cette page n’est accepté que si vous avez consenti à tout ce qui vous est demandé \
            et n’avez rien refusé.",
        deny: "Un cookie absent de cette page est toujours bloqué.",
        required: "Un cookie absent de cette page n’est admis que si vous avez accepté : {}.",
        category: "Un cookie absent de cette page est traité comme ceux de cette catégorie : {}.",
    },
    third_parties: ThirdPartyWords {
        title: "Autres sites",
        rule: "Une page peut demander des contenus à d’autres sites, qui peuvent alors lire et déposer leurs propres \
            cookies.",
        only_listed: "Votre navigateur est autorisé à solliciter ceux qui sont listés ici, et aucun autre.",
        full_consent: "Votre navigateur est autorisé à solliciter ceux qui sont listés ici, et tout autre seulement \
            si vous avez consenti à tout ce qui vous est demandé et n’avez rien refusé.",
        category: "Votre navigateur est autorisé à solliciter ceux qui sont listés ici, et tout autre seulement si \
            vous avez accepté : {}.",
        others: "Votre navigateur est autorisé à solliciter ceux qui sont listés ici, et tout autre aussi.",
        own: "Sur ce site même, les pages demandent aussi des contenus de ces services :",
        exempt: "{} ({}) : sollicité sans que votre accord soit demandé.",
        required: "{} ({}) : sollicité seulement si vous avez accepté : {}.",
    },
    placeholders: PlaceholderWords {
        title: "Contenu d’un autre site",
        asked: "Ce contenu vient d’un autre site. Votre navigateur ne le demande qu’une fois que vous avez accepté : {}. Rechargez ensuite la page.",
        all: "Ce contenu vient d’un autre site. Votre navigateur ne le demande qu’une fois que vous avez accepté tout ce qui vous est demandé. Rechargez ensuite la page.",
        never: "Ce contenu vient d’un autre site, que les pages de ce site ne sollicitent pas.",
        choose: "Gérer mes choix",
        website: "{} (nouvel onglet)",
    },
    infrastructure: InfrastructureWords {
        title: "Cookies techniques",
        rule: "Des répartiteurs de charge et des pare-feu placés devant le site déposent des cookies de ces noms. Ils sont \
            exemptés de consentement :",
    },
    choice: ChoiceWords {
        title: "Comment choisir et changer d’avis",
        nothing_to_choose: "Cette page ne liste aucun cookie soumis à votre consentement.",
        nobody_asks: "Ce site ne demande pas votre consentement : les cookies qui y seraient soumis sont toujours bloqués.",
        banner: "Vous choisissez dans le bandeau cookies du site. Tant que vous n’avez pas choisi, les cookies soumis à votre \
            consentement sont bloqués.",
        kept: "Votre choix est conservé dans le cookie {} et vaut pendant {}. Ce cookie est exempté de consentement.",
        kept_undated: "Votre choix est conservé dans le cookie {} et vaut tant que votre navigateur le conserve \
            (durée de vie déclarée : {}). Ce cookie est exempté de consentement.",
        not_counted: "Un choix conservé dans le cookie {} ne compte pas, car il n’est pas daté. Ce cookie est exempté \
            de consentement.",
        withdraw: "Vous pouvez changer d’avis à tout moment, au même endroit. Si vous retirez votre consentement, les cookies \
            qui y sont soumis ne sont plus transmis au site et sont supprimés de votre navigateur dès que vous ouvrez une \
            de ses pages.",
        gpc: "Si votre navigateur envoie le signal Global Privacy Control (GPC), il vaut refus tant que vous n’avez pas choisi.",
        browser: "Vous pouvez aussi supprimer ou bloquer les cookies dans les réglages de votre navigateur.",
    },
    time: TimeWords {
        session: "session (jusqu’à la fermeture du navigateur)",
        units: [
            ["seconde", "secondes"],
            ["minute", "minutes"],
            ["heure", "heures"],
            ["jour", "jours"],
            ["semaine", "semaines"],
            ["mois", "mois"],
            ["an", "ans"],
        ],
        months: [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
            "novembre", "décembre",
        ],
        day: "{d} {m} {y}",
        first: "1er",
    },
};
