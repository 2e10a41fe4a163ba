//! French.

use super::{CookieWords, FindingWords, FindingsWords, HeadWords, Note, PartyWords, RecordingWords, Words};
use crate::audit::findings::SetBy;
use crate::audit::report::CookieVerdict;
use crate::audit::{FindingKind, State};

pub(super) static WORDS: Words = Words {
    tag: "fr",
    title: "Audit des cookies de",
    verdict,
    head: HeadWords {
        charter: "Charte",
        judged_by: "Jugés d’après",
        state,
        cookies: |all, refused| format!("{all}, dont {refused} sans consentement"),
    },
    recordings: RecordingWords {
        heading: "Enregistrements",
        made_by: "Produit par",
        counted: |entries, requests| format!("Entrées : {entries} ; requêtes envoyées sur le réseau : {requests}."),
        span: |from, to| format!("Du {from} au {to}."),
        first_party: ["Le site lui-même est", "avec tous ses hôtes."],
        fault: "L’enregistrement n’a pas pu être lu jusqu’au bout. En anglais : it",
        note: "Remarque :",
        noted,
    },
    findings: FindingsWords {
        heading: "Constats",
        none: "Aucun.",
        columns: ["Objet", "Vu dans", "Adresse", "Charte"],
        whole_recording: "tout l’enregistrement",
        at: " sur ",
        entry: ["entrée ", " de "],
        line: "ligne",
    },
    finding,
    cookies: CookieWords {
        heading: "Cookies",
        none: "Aucun n’a été vu.",
        columns: [
            "Nom", "Hôte", "Déposé par", "Verdict", "Catégorie", "Durée de vie", "Durée déclarée",
            "Vu d’abord à l’adresse",
        ],
        verdict: |verdict| match verdict {
            CookieVerdict::Allowed => "admis",
            CookieVerdict::Refused => "refusé",
        },
        set_by: |source| match source {
            Some(SetBy::Header) => "réponse",
            Some(SetBy::Script) => "script",
            None => "inconnu",
        },
        session: "session",
        seconds: "secondes",
    },
    parties: PartyWords {
        heading: "Tiers",
        none: "Aucun n’a reçu de requête.",
        columns: ["Hôte", "Requêtes", "Cookies", "Requêtes sans consentement", "Retenues par octroi"],
    },
    written_by: "Rapport produit par",
    is_no_advice: "Il dit ce que montrent les enregistrements, selon les règles qu’octroi applique ; ce n’est pas un avis \
                   juridique. Il ne contient ni valeur de cookie ni paramètre d’URL.",
};

fn verdict(findings: usize, complete: bool) -> String {
    let found = match findings {
        0 => "Aucun constat".to_owned(),
        1 => "1 constat".to_owned(),
        findings => format!("{findings} constats"),
    };
    let unread = if complete { "" } else { ", mais tout n’a pas pu être lu" };
    format!("{found}{unread}.")
}

fn state(state: State) -> &'static str {
    match state {
        State::Recorded => "le choix que montre l’enregistrement",
        State::Nothing => "le cas d’un visiteur qui n’aurait rien dit",
        State::Refused => "le cas d’un visiteur qui aurait tout refusé",
        State::Accepted => "le cas d’un visiteur qui aurait tout accepté",
    }
}

fn finding(kind: FindingKind) -> FindingWords {
    match kind {
        FindingKind::CookieWithoutConsent => FindingWords {
            title: "Cookies déposés sans consentement",
            meaning: "Une réponse a déposé ces cookies, ou un script les a écrits, alors que le visiteur n’avait pas \
                      consenti à leur finalité.",
            advice: "Faites appliquer la charte par octroi, ou faites attendre au portail le choix du visiteur. octroi ne \
                     peut pas empêcher l’écriture d’un cookie par un script ou par un autre site : déclarez qui l’écrit \
                     dans un `[[third_party]]`. Si la finalité se passe de consentement, déclarez le cookie dans une \
                     catégorie exemptée.",
        },
        FindingKind::CookieSentWithoutConsent => FindingWords {
            title: "Cookies envoyés sans consentement",
            meaning: "Le navigateur a envoyé ces cookies alors que le visiteur n’avait pas consenti à leur finalité. Ils \
                      existaient avant l’enregistrement, ou ont été déposés avec son accord et gardés après un retrait.",
            advice: "Supprimez les cookies quand le consentement est refusé ou retiré ; octroi le fait à la navigation \
                     suivante.",
        },
        FindingKind::UndeclaredCookie => FindingWords {
            title: "Cookies que la charte ne nomme pas",
            meaning: "Ces cookies ont été vus, et aucune ligne de la charte ne les couvre.",
            advice: "Nommez chacun dans la charte, avec sa finalité et sa catégorie, ou cessez de le déposer.",
        },
        FindingKind::LifetimeExceedsCharter => FindingWords {
            title: "Cookies qui durent plus longtemps que ne le dit la charte",
            meaning: "Une réponse a donné à ces cookies une durée de vie qui dépasse de plus de deux minutes celle que \
                      déclare la charte.",
            advice: "Réduisez la durée de vie du cookie, laissez octroi le faire (`cap = true`), ou publiez sa durée \
                     réelle.",
        },
        FindingKind::ThirdPartyWithoutConsent => FindingWords {
            title: "Tiers sollicités sans consentement",
            meaning: "La page a envoyé des requêtes à ces tiers alors que le visiteur n’y avait pas consenti. Chacun \
                      apprend l’adresse du visiteur, qu’il dépose ou non un cookie.",
            advice: "Ne chargez ce tiers qu’une fois l’accord donné, ou déclarez ses hôtes dans un `[[third_party]]`, pour \
                     qu’octroi le retienne jusque-là ; s’il se passe de consentement, dans une catégorie exemptée.",
        },
        FindingKind::UnreadableCookie => FindingWords {
            title: "Cookies illisibles",
            meaning: "Ces hôtes ont déposé ou reçu des cookies sans nom ou avec des octets de contrôle, que les navigateurs \
                      lisent différemment. Leur texte pourrait être une valeur : il n’est pas montré.",
            advice: "Cherchez ce qui les écrit, et corrigez-le : octroi les écarte.",
        },
        FindingKind::RecordingSanitised => FindingWords {
            title: "Enregistrements qui ne prouvent rien",
            meaning: "Les cookies ont été retirés de ces enregistrements, ou leurs valeurs remplacées. Qu’ils ne donnent \
                      aucun constat ne prouve rien.",
            advice: "Enregistrez de nouveau, avec les cookies : dans Chrome, autorisez-le dans les paramètres des outils \
                     de développement et choisissez « Exporter au format HAR (avec données sensibles) ».",
        },
    }
}

fn noted(note: Note) -> &'static str {
    match note {
        Note::OtherSite => "le site de la charte n’y est pas : celui de la première page a été jugé à sa place",
        Note::NoCookie => {
            "il ne contient aucun cookie : si le programme qui l’a produit les omet, il ne prouve rien à leur sujet"
        }
        Note::ServiceWorker => {
            "des réponses viennent d’un service worker, dont les propres requêtes peuvent manquer : un cookie attribué à \
             un script a pu être déposé par leurs réponses"
        }
        Note::Undated => {
            "aucune entrée n’a d’heure de début : on ne sait pas si un choix daté était valable, donc aucun ne compte"
        }
        Note::PartlyUndated => {
            "des entrées n’ont pas d’heure de début : chacune est réputée avoir commencé avec la précédente"
        }
        Note::Folded => {
            "il y a trop de noms ou d’hôtes, ou des noms trop longs : les suivants sont abrégés, comme `id_*`, ou réunis \
             sous `*`"
        }
        Note::ManyHosts => {
            "il y a plus d’hôtes qu’on ne peut en retenir : l’origine d’un cookie peut être indiquée à tort"
        }
        Note::ManyChoices => {
            "le choix change plus souvent qu’on ne peut le retenir : un hôte auquel il n’est pas envoyé est jugé comme si \
             rien n’avait été choisi"
        }
    }
}
