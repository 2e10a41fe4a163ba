//! Which of several languages a visitor wants (`Accept-Language`, RFC 9110 §12.5.4).
//!
//! Used by the charter's page, the admin page and the demo's portal.

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

use super::lists;

/// Browsers name ten at most. The rest of a longer list is not read.
const MOST: usize = 32;

/// The index of the offered language (BCP 47) that suits the visitor best; `None` if none does, or if there is no
/// `Accept-Language`.
///
/// A language suits if it is the wanted one, a variety of it, or the one that a wanted variety belongs to.
pub(crate) fn preferred<'o>(headers: &HeaderMap, offered: &(impl Iterator<Item = &'o str> + Clone)) -> Option<usize> {
    let mut best = None;
    for element in lists::elements(headers, &ACCEPT_LANGUAGE).take(MOST) {
        let Some((range, quality)) = range(element) else { continue };
        let is_better = quality > best.map_or(0, |(quality, _)| quality);
        let position = if is_better { suiting(range, offered) } else { None };
        best = position.map(|position| (quality, position)).or(best);
    }
    best.map(|(_, position)| position)
}

/// The position of the first offered language that is the wanted one, else of the first that is akin to it.
fn suiting<'o>(wanted: &str, offered: &(impl Iterator<Item = &'o str> + Clone)) -> Option<usize> {
    let mut all = offered.clone();
    all.position(|tag| wanted == "*" || tag.eq_ignore_ascii_case(wanted))
        .or_else(|| offered.clone().position(|tag| primary(tag).eq_ignore_ascii_case(primary(wanted))))
}

/// The language of a tag, without script and region.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// A language range and its weight in thousandths.
fn range(element: &[u8]) -> Option<(&str, u16)> {
    let element = std::str::from_utf8(element).ok()?;
    let Some((range, parameter)) = element.split_once(';') else { return Some((element, 1000)) };
    let (name, weight) = parameter.split_once('=')?;
    let is_weight = name.trim().eq_ignore_ascii_case("q");
    Some((range.trim_end(), thousandths(weight.trim()).filter(|_| is_weight)?))
}

/// A weight (RFC 9110 §12.4.2): 0 to 1 with up to three decimals.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accepted: &[&str], offered: &[&'static str]) -> Option<&'static str> {
        let headers = accepted.iter().map(|line| (ACCEPT_LANGUAGE, line.parse().unwrap())).collect();
        preferred(&headers, &offered.iter().copied()).map(|position| offered[position])
    }

    #[test]
    fn the_best_language_that_is_offered_is_chosen() {
        let offered = &["fr", "en", "pt-BR"];
        for (accepted, expected) in [
            ("en", Some("en")),
            ("EN-gb, fr;q=0.9", Some("en")),
            ("fr;q=0.5, en;q=0.6", Some("en")),
            ("en;q=0.5, fr;q=0.5", Some("en")),
            ("pt", Some("pt-BR")),
            ("pt-PT;q=0.1", Some("pt-BR")),
            ("de, en;q=0", None),
            ("de, *;q=0.1", Some("fr")),
            ("de", None),
            ("", None),
            ("en;q=2, fr;q=0.001", Some("fr")),
            ("en;q=0.0001, fr;q=x, pt;level=1", None),
            ("\u{e9}, en", Some("en")),
        ] {
            assert_eq!(chosen(&[accepted], offered), expected, "{accepted}");
        }
        assert_eq!(chosen(&["de", "fr;q=0.1", "en;q=0.2"], offered), Some("en"));
        assert_eq!(chosen(&[], offered), None);
        assert_eq!(chosen(&["fr-CA"], &["fr", "fr-CA"]), Some("fr-CA"));
    }
}
