//! The sentences of an explanation, in each language that the page for people speaks. A `{}` stands for what a sentence
//! speaks of.
//!
//! How a choice was read is told in English alone: the formats say what they expected in the words of their grammars.

/// Everything that is said of a cookie and its verdict. The command line says it in English.
#[derive(Debug)]
pub struct Words {
    /// Why the verdict is what it is.
    pub(super) because: BecauseWords,
    /// What browsers read the parts of a line as.
    pub(super) parts: PartWords,
    /// `{}`: the number of the entry, and its pattern.
    pub(super) declared: &'static str,
    /// If no entry names it.
    pub(super) not_declared: &'static str,
    /// Of a `Domain` that is the portal's own name.
    pub(super) domain: &'static str,
}

/// A sentence for each reason of a verdict. `{}` is a category.
#[derive(Debug)]
pub(super) struct BecauseWords {
    /// Its category needs no consent.
    pub(super) exempt: &'static str,
    /// It measures an audience, under the four assertions of `[audience_exemption]`.
    pub(super) audience: &'static str,
    /// The choice grants its category, or its own key.
    pub(super) granted: &'static str,
    /// The choice says nothing of its category, or there is none.
    pub(super) unsaid: &'static str,
    /// No entry names it, and `undeclared = "full-consent"`.
    pub(super) unsaid_undeclared: &'static str,
    /// The choice refuses its category.
    pub(super) refused: &'static str,
    /// As `unsaid_undeclared`, but something was refused.
    pub(super) refused_undeclared: &'static str,
    /// No entry names it, and `undeclared = "deny"`.
    pub(super) denied: &'static str,
    /// RFC 6265 and browsers differ on it, or browsers among each other.
    pub(super) unreadable: &'static str,
    /// Its path is in `strip_all` of the site.
    pub(super) path_stripped: &'static str,
    /// A control byte that ends no line.
    pub(super) control_byte: &'static str,
    /// NUL, CR or LF.
    pub(super) line_end: &'static str,
}

/// What browsers read each part of a line as (RFC 6265 §5.2), in a few words.
#[derive(Debug)]
pub(super) struct PartWords {
    /// The name in a `Set-Cookie` line.
    pub(super) name: &'static str,
    /// The name in a pair of a `Cookie` field.
    pub(super) name_of_pair: &'static str,
    /// The value, in either.
    pub(super) value: &'static str,
    /// The whole line, if it has no `=`: it cannot be read.
    pub(super) no_equals: &'static str,
    /// The whole line, if its name is empty: it cannot be read.
    pub(super) empty_name: &'static str,
    /// A pair without `=`.
    pub(super) nameless_pair: &'static str,
    pub(super) expires: &'static str,
    pub(super) max_age: &'static str,
    pub(super) domain: &'static str,
    pub(super) path: &'static str,
    pub(super) secure: &'static str,
    pub(super) http_only: &'static str,
    pub(super) same_site: &'static str,
    pub(super) partitioned: &'static str,
    pub(super) priority: &'static str,
    pub(super) unknown: &'static str,
}

/// English.
pub static ENGLISH: Words = Words {
    because: BecauseWords {
        exempt: "`{}` needs no consent",
        audience: "the charter asserts the audience exemption, and the visitor did not refuse",
        granted: "the visitor agreed",
        unsaid: "`{}` needs consent, and the visitor has not answered for it",
        unsaid_undeclared: "the charter does not name it: it needs the visitor's consent to everything",
        refused: "`{}` needs consent, and the visitor refused",
        refused_undeclared: "the charter does not name it: it needs the visitor's consent to everything, and something was \
                             refused",
        denied: "the charter does not name it, and lets nothing undeclared pass",
        unreadable: "browsers read it differently",
        path_stripped: "the path sets no cookie at all (strip_all)",
        control_byte: "no browser keeps a cookie with a control byte: the line is dropped in every mode",
        line_end: "NUL, CR and LF can end the line for some reader: the response becomes a 502",
    },
    parts: PartWords {
        name: "name: the bytes before the first `=`, without the spaces and tabs around them",
        name_of_pair: "name: the bytes before the first `=`",
        value: "value: forwarded byte for byte",
        no_equals: "no `=` before the first `;`: some browsers store a nameless cookie, others an empty one",
        empty_name: "nothing before the first `=`: a cookie without a name",
        nameless_pair: "no name: not forwarded",
        expires: "Expires: when it ends, unless a Max-Age counts",
        max_age: "Max-Age: how many seconds it lives; the last one counts",
        domain: "Domain: which hosts receive it; the last one counts",
        path: "Path: which paths receive it; the last one counts",
        secure: "Secure: over https only",
        http_only: "HttpOnly: hidden from scripts",
        same_site: "SameSite: whether other sites' pages may send it",
        partitioned: "Partitioned: one jar for each embedding site",
        priority: "Priority: which cookies a full jar loses first",
        unknown: "an attribute that browsers ignore",
    },
    declared: "by entry {} of the charter, {}",
    not_declared: "by no entry of the charter",
    domain: "the portal's own name becomes the visitor's host; left as it is in report-only",
};

/// French.
pub static FRENCH: Words = Words {
    because: BecauseWords {
        exempt: "« {} » se passe de consentement",
        audience: "la charte déclare l’exemption de mesure d’audience, et le visiteur n’a pas refusé",
        granted: "le visiteur a consenti",
        unsaid: "« {} » demande un consentement, et le visiteur n’a pas répondu",
        unsaid_undeclared: "la charte ne le nomme pas : il faut que le visiteur ait consenti à tout",
        refused: "« {} » demande un consentement, et le visiteur a refusé",
        refused_undeclared: "la charte ne le nomme pas : il faut que le visiteur ait consenti à tout, et il a refusé au moins \
                             une finalité",
        denied: "la charte ne le nomme pas, et ne laisse passer rien qui ne soit déclaré",
        unreadable: "les navigateurs ne le lisent pas tous de la même façon",
        path_stripped: "ce chemin ne dépose aucun cookie (strip_all)",
        control_byte: "aucun navigateur ne garde un cookie qui contient un caractère de contrôle : la ligne est retirée dans \
                       tous les modes",
        line_end: "NUL, CR et LF peuvent finir la ligne pour certains lecteurs : la réponse devient une erreur 502",
    },
    parts: PartWords {
        name: "nom : les octets avant le premier « = », sans les espaces ni les tabulations autour",
        name_of_pair: "nom : les octets avant le premier « = »",
        value: "valeur : transmise octet pour octet",
        no_equals: "pas de « = » avant le premier « ; » : selon le navigateur, un cookie sans nom ou un cookie vide",
        empty_name: "rien avant le premier « = » : un cookie sans nom",
        nameless_pair: "pas de nom : n’est pas transmis",
        expires: "Expires : quand il expire, sauf si un Max-Age compte",
        max_age: "Max-Age : combien de secondes il vit ; le dernier compte",
        domain: "Domain : quels hôtes le reçoivent ; le dernier compte",
        path: "Path : quels chemins le reçoivent ; le dernier compte",
        secure: "Secure : en https seulement",
        http_only: "HttpOnly : invisible pour les scripts",
        same_site: "SameSite : si les pages d’autres sites peuvent le faire envoyer",
        partitioned: "Partitioned : un jeu de cookies pour chaque site qui intègre la page",
        priority: "Priority : quels cookies un navigateur plein perd en premier",
        unknown: "un attribut que les navigateurs ignorent",
    },
    declared: "par l’entrée {} de la charte, {}",
    not_declared: "par aucune entrée de la charte",
    domain: "le nom propre du portail devient l’hôte du visiteur ; inchangé en report-only",
};
