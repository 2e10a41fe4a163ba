//! Lifetimes as pages say them, in six languages.

use super::*;

fn lives(text: &str) -> String {
    match read(text) {
        Duration::Lives(lifetime) => lifetime,
        Duration::Silent => "silent".to_owned(),
        Duration::Unreadable => "unreadable".to_owned(),
    }
}

/// What a page says, and what the charter says.
const LIVES: &[(&str, &str)] = &[
    ("2 weeks by default", "2 weeks"),
    ("Token randomly reset between two requests or two sessions. Up to 12 months", "12 months"),
    ("6 months", "6 months"),
    ("Session", "session"),
    ("1 month", "1 month"),
    ("Ein Jahr ab dem letzten Besuch", "1 year"),
    ("Bis zu zwei Jahre ab dem letzten Besuch", "2 years"),
    ("Sitzung", "session"),
    ("Instant temporary cookie, deleted as soon as you close your browser", "session"),
    ("30 days", "30 days"),
    ("13 mois maximum", "13 months"),
    ("13 mois (données conservées 25 mois)", "13 months"),
    ("Données conservées 25 mois", "25 months"),
    ("1 an", "1 year"),
    ("un an", "1 year"),
    ("Jusqu'à la fermeture du navigateur", "session"),
    ("Durée de la session", "session"),
    ("Fin de la navigation", "session"),
    ("Bis zum Schließen des Browsers", "session"),
    ("Ende der Browsersitzung", "session"),
    ("Hasta cerrar el navegador", "session"),
    ("Sesión", "session"),
    ("Dos años", "2 years"),
    ("24 horas", "24 hours"),
    ("Sessie", "session"),
    ("Bij het sluiten van de browser", "session"),
    ("twee jaar", "2 years"),
    ("12 maanden", "12 months"),
    ("Alla chiusura del browser", "session"),
    ("sessione", "session"),
    ("due anni", "2 years"),
    ("24 ore", "24 hours"),
    ("6 mesi", "6 months"),
    ("30min", "30 minutes"),
    ("24h", "24 hours"),
    ("90 d", "90 days"),
    ("1.5 years", "18 months"),
    ("mezz'ora", "30 minutes"),
    ("un’ora", "1 hour"),
    ("2,5 Jahre", "30 months"),
    ("1 year 1 month 4 days", "401 days"),
    ("1 year and 24 days", "390 days"),
    ("between 6 and 12 months", "12 months"),
    ("6-12 months", "12 months"),
    ("entre 1 et 2 ans", "2 years"),
    ("1 day – 2 years", "2 years"),
    ("Session or 1 year", "1 year"),
    ("730 days, 1 days", "730 days"),
    ("a year", "1 year"),
    ("an hour", "1 hour"),
    ("365 jours", "365 days"),
    ("ten (10) years", "10 years"),
    ("9 mois, puis 3 jours", "9 months"),
    ("12\u{a0}mois", "12 months"),
    ("Una semana", "1 week"),
    ("1 jaar", "1 year"),
    ("één jaar", "1 year"),
    ("zes maanden", "6 months"),
    ("180 giorni", "180 days"),
    ("3 calendar months", "3 months"),
    ("24-hour", "24 hours"),
    ("1 Jahr, 1 Monat", "13 months"),
    ("1 Jahr, 25 Tage", "391 days"),
    ("2 years, 30 minutes", "2 years"),
    ("13 months, 6 months", "13 months"),
    ("bis zu 400 Tage", "400 days"),
];

#[test]
fn words_become_units() {
    for (text, expected) in LIVES {
        assert_eq!(lives(text), *expected, "{text}");
    }
}

#[test]
fn texts_without_a_length_of_time_have_none() {
    for text in ["", " - ", "—", "N/A"] {
        assert_eq!(read(text), Duration::Silent, "{text}");
    }
    for text in [
        "Persistent", "31/12/2038", "Thu, 01 Jan 2038", "permanent", "variable", "5000 years",
        "99999999999999999999 years", "0 days", "A few seconds",
    ] {
        assert_eq!(read(text), Duration::Unreadable, "{text}");
    }
}

#[test]
fn several_cookies_may_have_one_each() {
    let of = |text: &str, count| each(text, count).map(|all| all.len());
    assert_eq!(each("730 days, 1 day", 2), Some(vec![read("730 days"), read("1 day")]));
    assert_eq!(of("1 year\nSession", 2), Some(2));
    assert_eq!(of("1 year", 2), None);
    assert_eq!(of("1 year, 2 days", 3), None);
}

#[test]
fn other_spellings() {
    for (text, lifetime) in [
        ("P1Y", "1 year"),
        ("P13M", "13 months"),
        ("P1DT12H", "36 hours"),
        ("PT30M", "30 minutes"),
        ("PT8H", "8 hours"),
        ("½ Stunde", "30 minutes"),
        ("1½ years", "18 months"),
        ("1 ½ Jahre", "18 months"),
        ("¼ hour", "18 minutes"),
        ("11 months 30 days", "12 months"),
        ("1 year 11 months 29 days", "24 months"),
        ("5 months 27 days", "182 days"),
    ] {
        assert_eq!(read(text), Duration::Lives(lifetime.to_owned()), "{text}");
    }
    for text in ["P", "PT", "P1", "PHP", "P1D2Y", "Persistent"] {
        assert_eq!(read(text), Duration::Unreadable, "{text}");
    }
    assert_eq!(part("730 days, A few seconds, 1 day", 1, 3), "A few seconds");
}
