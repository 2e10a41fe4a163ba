//! Fills the pages: `{{key}}` is a value, escaped; `{{{key}}}` is markup; `[[bonjour|hello]]` is in both languages,
//! and may hold the others.

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Language {
    /// That of a visitor who has not chosen.
    #[default]
    French,
    /// That of visitors whose `django_language` is `en`.
    English,
}

impl Language {
    /// What `django_language` and `lang` say; French if they say neither.
    pub(super) fn from_code(code: &str) -> Self {
        if code == "en" { Self::English } else { Self::French }
    }

    /// As `django_language` and `lang` say it.
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

/// The template with every mark replaced. What is put in is not read again; an unknown key leaves nothing. Values are
/// looked up in `values`; a text in both languages may hold marks of its own.
pub(super) fn render(template: &str, language: Language, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(start) = rest.find(['{', '[']) {
        let (before, mark) = rest.split_at(start);
        out.push_str(before);
        let read = put(&mut out, mark, language, values);
        rest = mark.get(read..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Writes what the mark at the start of `text` stands for, and returns how much of `text` it takes.
fn put(out: &mut String, text: &str, language: Language, values: &[(&str, &str)]) -> usize {
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

/// The text, fit for HTML.
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
    fn a_text_is_in_the_language_asked_for() {
        assert_eq!(render("[[Été|Summer]] [x]", Language::French, &[]), "Été [x]");
        assert_eq!(render("[[Été|Summer]] [x]", Language::English, &[]), "Summer [x]");
        assert_eq!(render("[[{{x}} été|{{x}}]]", Language::French, &[("x", "<]]>")]), "&lt;]]&gt; été");
    }
}
