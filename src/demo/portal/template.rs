//! The template language of the pages: `{{key}}` is an escaped value, `{{{key}}}` is markup, and `[[bonjour|hello]]` is a
//! text in both languages, which may hold the other two.

use http::HeaderMap;

use crate::http::languages;

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Language {
    /// Also for visitors who want neither.
    #[default]
    French,
    /// For visitors whose `django_language` is `en`, or whose browser asks for it rather than for French.
    English,
}

impl Language {
    /// The language of a value of `django_language`: English for `en`, else French.
    pub(super) fn from_code(code: &str) -> Self {
        if code == "en" { Self::English } else { Self::French }
    }

    /// What `Accept-Language` asks for.
    pub(super) fn wanted(headers: &HeaderMap) -> Self {
        let offered = [Self::French, Self::English];
        let wanted = languages::preferred(headers, &offered.iter().map(|language| language.code()));
        wanted.and_then(|position| offered.get(position).copied()).unwrap_or_default()
    }

    /// The value of `django_language` and `lang`.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The one of two texts that is in this language.
    pub(super) const fn of<'t>(self, french: &'t str, english: &'t str) -> &'t str {
        match self {
            Self::French => french,
            Self::English => english,
        }
    }
}

/// Replaces every mark of a template. Inserted values are not scanned for marks; an unknown key inserts nothing.
pub(super) fn render(template: &str, language: Language, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(start) = rest.find(['{', '[']) {
        let (before, mark) = rest.split_at(start);
        out.push_str(before);
        let read = replace(&mut out, mark, language, values);
        rest = mark.get(read..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Writes the replacement of the mark at the start of `text`, and returns the mark's length in bytes.
fn replace(out: &mut String, text: &str, language: Language, values: &[(&str, &str)]) -> usize {
    let value = |key: &str| values.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| *value);
    if let Some(key) = between(text, "{{{", "}}}") {
        out.push_str(value(key));
        key.len() + 6
    } else if let Some(key) = between(text, "{{", "}}") {
        out.push_str(&escape(value(key)));
        key.len() + 4
    } else if let Some(texts) = between(text, "[[", "]]") {
        let (french, english) = texts.split_once('|').unwrap_or((texts, texts));
        out.push_str(&render(language.of(french, english), language, values));
        texts.len() + 4
    } else {
        out.extend(text.chars().next());
        1
    }
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    text.strip_prefix(open)?.split_once(close).map(|(inside, _)| inside)
}

/// Escapes a text for HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_markup_is_not() {
        let page = render("a{{x}}b{{{x}}}c{{y}}{[", Language::French, &[("x", "<[[i|j]]>")]);
        assert_eq!(page, "a&lt;[[i|j]]&gt;b<[[i|j]]>c{[");
    }

    #[test]
    fn english_is_for_browsers_that_want_it_rather_than_french() {
        for (accepted, expected) in [
            ("en-US,en;q=0.9", Language::English),
            ("de,en;q=0.5", Language::English),
            ("fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7", Language::French),
            ("en;q=0.3, fr;q=0.7", Language::French),
            ("de", Language::French),
        ] {
            let headers = HeaderMap::from_iter([(http::header::ACCEPT_LANGUAGE, accepted.parse().unwrap())]);
            assert_eq!(Language::wanted(&headers), expected, "{accepted}");
        }
        assert_eq!(Language::wanted(&HeaderMap::new()), Language::French);
    }

    #[test]
    fn a_text_is_in_the_language_asked_for() {
        assert_eq!(render("[[Été|Summer]] [x]", Language::French, &[]), "Été [x]");
        assert_eq!(render("[[Été|Summer]] [x]", Language::English, &[]), "Summer [x]");
        assert_eq!(render("[[{{x}} été|{{x}}]]", Language::French, &[("x", "<]]>")]), "&lt;]]&gt; été");
    }
}
