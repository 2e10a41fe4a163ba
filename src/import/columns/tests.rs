//! Headings as pages write them, and tables without any.

use super::*;
use crate::import::block::{Cell, Table};
use crate::import::grid::Grid;

fn grid(rows: &[&str]) -> Grid {
    let row = |row: &&str| row.split('|').map(|cell| Cell::plain(cell.into(), false)).collect();
    Grid::of(&Table { caption: None, rows: rows.iter().map(row).collect() }).unwrap()
}

fn roles(rows: &[&str]) -> (Vec<Option<Role>>, usize) {
    let layout = Layout::of(&grid(rows)).unwrap();
    (layout.roles, layout.first)
}

#[test]
fn headings_in_six_languages() {
    use Role::{Domain, IsExempt, Kind, Lifetime, Name, NeedsConsent, Provider, Purpose, Service};
    for (heading, expected) in [
        ("Nom du prestataire", Provider),
        ("Service et emplacement", Service),
        ("Nom du cookies", Name),
        ("Finalités", Purpose),
        ("Durée de conservation", Lifetime),
        ("Supplier name", Provider),
        ("Cookie name", Name),
        ("Duration", Lifetime),
        ("Function", Purpose),
        ("Service provider's name", Provider),
        ("Cookie name(s)", Name),
        ("Purposes", Purpose),
        ("Name", Name),
        ("Type", Kind),
        ("Speicherdauer", Lifetime),
        ("Funktion", Purpose),
        ("Expiration date", Lifetime),
        ("Goal", Purpose),
        ("Cookie/Storage", Name),
        ("Cookie", Name),
        ("Maximum Storage Duration", Lifetime),
        ("Cookies used", Name),
        ("Lifespan", Lifetime),
        ("Host", Domain),
        ("Anbieter", Provider),
        ("Zweck", Purpose),
        ("Cookie Laufzeit", Lifetime),
        ("Kategorie", Kind),
        ("Nombre de la cookie", Name),
        ("Finalidad", Purpose),
        ("Caducidad", Lifetime),
        ("Proveedor", Provider),
        ("Tipo", Kind),
        ("Naam", Name),
        ("Doel", Purpose),
        ("Bewaartermijn", Lifetime),
        ("Aanbieder", Provider),
        ("Nome del cookie", Name),
        ("Finalità", Purpose),
        ("Scadenza", Lifetime),
        ("Fornitore", Provider),
        ("Consentement requis", NeedsConsent),
        ("Exempté ?", IsExempt),
        ("Durée de vie", Lifetime),
        ("Émetteur", Provider),
        ("Purpose of the cookie", Purpose),
        ("Type de cookie", Kind),
        ("Cookie type", Kind),
        ("Nom", Name),
        ("Cookies déposés", Name),
        ("Domaine", Domain),
        ("Categorie", Kind),
        ("Name des Anbieters", Provider),
        ("Durata", Lifetime),
        ("Storage time", Lifetime),
    ] {
        assert_eq!(role(heading).map(|(role, _)| role), Some(expected), "{heading}");
    }
}

#[test]
fn columns_by_heading() {
    use Role::{Lifetime, Name, Purpose, Service};
    assert_eq!(
        roles(&["Purpose|Name|Duration", "counts|_ga|1 year"]),
        (vec![Some(Purpose), Some(Name), Some(Lifetime)], 1)
    );
    // The first column names the service, the second its cookies, whatever they are called.
    assert_eq!(
        roles(&["Cookie|Name|Purpose", "Universal Analytics (Google)|_ga _gid|counts"]).0,
        [Some(Service), Some(Name), Some(Purpose)]
    );
    assert_eq!(
        roles(&["Nom|Cookies|Finalité", "Google Analytics|_ga, _gid|compter"]).0,
        [Some(Service), Some(Name), Some(Purpose)]
    );
}

#[test]
fn a_column_of_lifetimes_needs_no_known_heading() {
    let lifetimes = |cell: &str| roles(&["Nome|Scopo|Scade dopo", "sid|sessione|1 anno", cell]).0[2];
    assert_eq!(lifetimes("sid2|sessione|sessione"), Some(Role::Lifetime));
    assert_eq!(lifetimes("sid2|sessione|solo con il consenso"), None);
}

#[test]
fn columns_by_content() {
    use Role::{Lifetime, Name, Provider, Purpose};
    let rows = ["Google|counts the visitors of a page|_ga|1 year", "Matomo|counts them again|_pk_id.*|13 months"];
    assert_eq!(roles(&rows), (vec![Some(Provider), Some(Purpose), Some(Name), Some(Lifetime)], 0));
    assert_eq!(Layout::of(&grid(&["Chrome|Settings > Privacy", "Firefox|Options > Privacy"])), None);
    assert_eq!(Layout::of(&grid(&["Monday|9–12", "Tuesday|9–17"])), None);
}

#[test]
fn transposed_tables_are_recognised() {
    assert!(is_transposed(&grid(&["Name|_ga", "Anbieter|Google", "Laufzeit|2 Jahre"])));
    assert!(!is_transposed(&grid(&["Name|Purpose", "_ga|counts"])));
}

/// Headings of other pages, with `|` between them.
const FURTHER: &[(Role, &str)] = &[
    (
        Role::Lifetime,
        "Stored for|Kept for|TTL|Time to live|When it expires|Max age|Storage period|Persistence|\
        Délai d'expiration|Délai|Temps de conservation|Date d'expiration|Permanencia|Tiempo de vida|\
        Tiempo de conservación|Validez|Expiración|Periodo de validez|Löschung|Löschfrist|\
        Speicherzeitraum|Haltbarkeit|Verfallsdatum|Gültigkeit|Tempo di conservazione|Validità|\
        Permanenza|Termijn|Houdbaarheid|Hoe lang?|Opslagtermijn|Geldigheidsduur|Bewaartijd|Lives for|\
        Deleted after|Valid for|Durée de vie",
    ),
    (
        Role::Purpose,
        "What we use it for|What's it for?|Why we use it|Reason|Explanation|Aim|Objective|\
        Purpose/Function|Motif|Intérêt|Commentaire|À quoi sert-il ?|Rôle|Descriptif|Explications|\
        Erklärung|Bedeutung|Aufgabe|Beschreibung/Zweck|Grund|Motivo|¿Para qué sirve?|Cometido|Detalle|\
        Reden|Waarom?|Uitleg|Wat doet deze cookie?|Scopi|Spiegazione|A cosa serve|Zweck und Inhalt|\
        More information about the purpose",
    ),
    (
        Role::Provider,
        "Partij|Party|Set by|Placed by|Who sets it|Source|Publisher|Controller|Owner|Déposé par|\
        Responsable|Éditeur|Propriétaire|Origine|Opérateur|Gesetzt von|Betreiber|Eigentümer|Herkunft|\
        Quelle|Propietario|Quién la instala|Gestor|Instalada por|Geplaatst door|Eigenaar|\
        Verantwoordelijke|Bedrijf|Titolare|Gestore|Terza parte|Installato da|Proprietario|Società|\
        Issued by|Émis par|Verwaltet von",
    ),
    (
        Role::Name,
        "Cookie(s)|Nom technique|Cookie-Name|Identifiant|Traceur|Bezeichnung|Nombre técnico|\
        Identificador|Naam cookie|Nome tecnico|Cookie key|Denominación|Cookie ID|Libellé du cookie|\
        Name des Cookies|Cookies concernés",
    ),
    (
        Role::Kind,
        "Type de cookie|Classification|Catégorie|Famille|Cookie category|Class|Art|Typ|Clase|Categoría|\
        Categorie|Tipologia|Classe|Cookie-Typ|Soort cookie|Tipo de cookie|Art des Cookies",
    ),
];

#[test]
fn further_headings() {
    for (expected, headings) in FURTHER {
        for heading in headings.split('|') {
            assert_eq!(role(heading).map(|(role, _)| role), Some(*expected), "{heading}");
        }
    }
}
