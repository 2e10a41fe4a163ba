//! The pages of the sample portal, in French and English.
//!
//! Each function makes the page of one path. `template` escapes values; `response` adds the trackers.

use http::StatusCode;

use super::Site;
use super::catalogue::{self, DATASETS};
use super::cookies::{self, Source};
use super::dataset::{Dataset, Theme};
use super::response::{self, Reply};
use super::template::{Language, escape, render};
use super::third_parties::ThirdParty;
use super::visit::Visit;

/// A page: its title, and its content between the portal's header and footer.
struct Page<'p> {
    title: &'p str,
    content: String,
}

/// `/pages/accueil/`
pub(super) fn home(visit: &Visit, site: &Site) -> Reply {
    let language = visit.language();
    let records: u64 = DATASETS.iter().map(|dataset| dataset.records).sum();
    let latest = DATASETS.iter().take(3);
    let [map, video, social, pixel] = [ThirdParty::Map, ThirdParty::Video, ThirdParty::Social, ThirdParty::Pixel]
        .map(|party| party.address(visit, site));
    let content = render(
        include_str!("../assets/home.html"),
        language,
        &[
            ("datasets", &DATASETS.len().to_string()),
            ("records", &grouped(records)),
            ("themes", &themes(language, "")),
            ("latest", &cards(latest, language)),
            ("map", &map),
            ("video", &video),
            ("social", &social),
            ("pixel", &pixel),
        ],
    );
    reply(visit, StatusCode::OK, &Page { title: language.of("Accueil", "Home"), content })
}

/// `/explore/`
pub(super) fn explore(visit: &Visit) -> Reply {
    let language = visit.language();
    let words = visit.parameter("q").unwrap_or_default();
    let theme = visit.parameter("refine.theme").unwrap_or_default();
    let found: Vec<&Dataset> = DATASETS
        .iter()
        .filter(|dataset| theme.is_empty() || dataset.theme.slug() == theme)
        .filter(|dataset| matches(dataset, &words))
        .collect();
    let content = render(
        include_str!("../assets/explore.html"),
        language,
        &[
            ("count", &found.len().to_string()),
            ("words", &words),
            ("facets", &themes(language, &theme)),
            ("cards", &cards(found.into_iter(), language)),
        ],
    );
    let page = Page { title: language.of("Catalogue", "Catalogue"), content };
    response::track(reply(visit, StatusCode::OK, &page), Source::Catalogue)
}

/// `/explore/dataset/<id>/`
pub(super) fn dataset(visit: &Visit, id: &str) -> Reply {
    let Some(dataset) = catalogue::find(id) else {
        return missing(visit);
    };
    let language = visit.language();
    let columns = dataset.fields.iter().fold(String::new(), |columns, field| {
        columns + &format!("<th scope=\"col\" data-field=\"{}\">{}</th>", field.name, escape(field.label))
    });
    let title = language.of(dataset.title.fr, dataset.title.en);
    let content = render(
        include_str!("../assets/dataset.html"),
        language,
        &[
            ("id", dataset.id),
            ("title", title),
            ("description", language.of(dataset.description.fr, dataset.description.en)),
            ("theme", language.of(dataset.theme.title().fr, dataset.theme.title().en)),
            ("theme_slug", dataset.theme.slug()),
            ("modified", dataset.modified),
            ("records", &grouped(dataset.records)),
            ("columns", &columns),
        ],
    );
    let reply = reply(visit, StatusCode::OK, &Page { title, content });
    [Source::Catalogue, Source::Dataset].into_iter().fold(reply, response::track)
}

/// `/terms/cookies-policy/`
pub(super) fn policy(visit: &Visit, site: &Site) -> Reply {
    let language = visit.language();
    let content = render(include_str!("../assets/policy.html"), language, &[("choice", site.banner.cookie())]);
    reply(visit, StatusCode::OK, &Page { title: language.of("Charte cookies", "Cookie charter"), content })
}

/// `/login/`
pub(super) fn login(visit: &Visit, token: &str) -> Reply {
    let language = visit.language();
    let content = render(include_str!("../assets/login.html"), language, &[("token", token)]);
    reply(visit, StatusCode::OK, &Page { title: language.of("Connexion", "Log in"), content })
}

/// The page for a form without its token, as Django has one.
pub(super) fn forbidden(visit: &Visit) -> Reply {
    let language = visit.language();
    let content = render(include_str!("../assets/forbidden.html"), language, &[]);
    reply(visit, StatusCode::FORBIDDEN, &Page { title: language.of("Accès interdit", "Forbidden"), content })
}

/// Any other path.
pub(super) fn missing(visit: &Visit) -> Reply {
    let language = visit.language();
    let content = render(include_str!("../assets/missing.html"), language, &[]);
    reply(visit, StatusCode::NOT_FOUND, &Page { title: language.of("Page introuvable", "Page not found"), content })
}

/// `/__demo/`
pub(super) fn compare(visit: &Visit, site: &Site) -> Reply {
    of_the_demo(visit, site, include_str!("../assets/compare.html"))
}

/// `/__demo/fill`
pub(super) fn fill(visit: &Visit, site: &Site) -> Reply {
    of_the_demo(visit, site, include_str!("../assets/fill.html"))
}

/// A page of the demo itself.
fn of_the_demo(visit: &Visit, site: &Site, template: &str) -> Reply {
    let (language, octroi) = (visit.language(), site.octroi());
    let (here, all) = cookies::how_many(&visit.origin);
    let values = [
        ("language", language.code()),
        ("direct", &site.address),
        ("octroi", &octroi.site),
        ("beside", &site.beside()),
        ("host", &site.octroi_host()),
        ("admin", &octroi.admin),
        ("switch", language.of("en", "fr")),
        ("switch_name", language.of("English", "Français")),
        ("landing", &here.to_string()),
        ("trackers", &all.to_string()),
    ];
    response::bare_html(StatusCode::OK, render(template, language, &values))
}

/// A page in the portal's layout, with links to log in or out and to the other language.
fn reply(visit: &Visit, status: StatusCode, page: &Page<'_>) -> Reply {
    let language = visit.language();
    let logged_in = visit.cookie(cookies::SESSION).is_some_and(|session| !session.is_empty());
    let (account_path, account) = match (logged_in, language) {
        (true, Language::French) => ("/logout/", "Se déconnecter"),
        (true, Language::English) => ("/logout/", "Log out"),
        (false, Language::French) => ("/login/", "Se connecter"),
        (false, Language::English) => ("/login/", "Log in"),
    };
    let values = [
        ("language", language.code()),
        ("title", page.title),
        ("path", visit.path.as_str()),
        ("account_path", account_path),
        ("account", account),
        ("switch", language.of("en", "fr")),
        ("switch_name", language.of("English", "Français")),
        ("content", page.content.as_str()),
    ];
    response::html(status, render(include_str!("../assets/layout.html"), language, &values))
}

fn cards<'d>(datasets: impl Iterator<Item = &'d Dataset>, language: Language) -> String {
    datasets.fold(String::new(), |cards, dataset| {
        let theme = dataset.theme.title();
        cards
            + &render(
                include_str!("../assets/card.html"),
                language,
                &[
                    ("id", dataset.id),
                    ("title", language.of(dataset.title.fr, dataset.title.en)),
                    ("description", language.of(dataset.description.fr, dataset.description.en)),
                    ("theme", language.of(theme.fr, theme.en)),
                    ("modified", dataset.modified),
                    ("records", &grouped(dataset.records)),
                ],
            )
    })
}

/// The list of themes, with the current one marked.
fn themes(language: Language, current: &str) -> String {
    Theme::ALL.iter().fold(String::new(), |list, theme| list + &theme_link(*theme, language, current))
}

fn theme_link(theme: Theme, language: Language, current: &str) -> String {
    let mark = if theme.slug() == current { " aria-current=\"true\"" } else { "" };
    let count = DATASETS.iter().filter(|dataset| dataset.theme == theme).count();
    let title = escape(language.of(theme.title().fr, theme.title().en));
    let slug = theme.slug();
    format!("<li><a href=\"/explore/?refine.theme={slug}\"{mark}><span>{title}</span> <b>{count}</b></a></li>")
}

fn matches(dataset: &Dataset, words: &str) -> bool {
    let text = [dataset.id, dataset.title.fr, dataset.title.en, dataset.description.fr].join(" ").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The number with narrow no-break spaces between thousands, as in both languages.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(68_412), "68\u{202f}412");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
    }

    #[test]
    fn every_word_must_be_found() {
        assert!(matches(&DATASETS[0], "annuaire ÉDUCATION"));
        assert!(!matches(&DATASETS[0], "annuaire lycées"));
    }
}
