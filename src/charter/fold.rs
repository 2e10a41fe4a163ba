//! Folds texts for comparison: lower case, without accents, words with one space between them.
//!
//! All lists of words, here and in the import, are folded already, so that one comparison serves six languages.

/// `Durée de vie :` is `duree de vie`: lower case, accents off, everything but letters and digits as one space.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match plain(character) {
            Some(letters) => folded.push_str(letters),
            None if character.is_alphanumeric() => folded.push(character),
            None if is_combining(character) => {}
            None if !folded.ends_with(' ') => folded.push(' '),
            None => {}
        }
    }
    folded.trim().to_owned()
}

/// The letters of the six languages without their accents.
fn plain(character: char) -> Option<&'static str> {
    Some(match character {
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => "a",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ç' => "c",
        'ñ' => "n",
        'ÿ' => "y",
        'ß' => "ss",
        'œ' => "oe",
        'æ' => "ae",
        _ => return None,
    })
}

/// Accents that are characters of their own behind their letter.
fn is_combining(character: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&character)
}

/// Whether a word of the text begins with one of the stems. A stem that ends in `$` is a whole word.
pub(crate) fn has_stem(folded: &str, stems: &[&str]) -> bool {
    folded.split(' ').any(|word| stems.iter().any(|stem| is_stem(word, stem)))
}

/// `word` is one folded word; see [`has_stem`] for `stem`.
pub(crate) fn is_stem(word: &str, stem: &str) -> bool {
    debug_assert!(!stem.contains(' '), "`{stem}` is a phrase, which no word begins with");
    match stem.strip_suffix('$') {
        Some(whole) => word == whole,
        None => word.starts_with(stem),
    }
}

/// Whether the text holds one of these sequences of words.
pub(crate) fn has_phrase(folded: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| find_phrase(folded, phrase).is_some())
}

/// The byte at which a sequence of whole words begins.
pub(crate) fn find_phrase(folded: &str, phrase: &str) -> Option<usize> {
    let bytes = folded.as_bytes();
    let is_border = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b' ');
    let mut found = folded.match_indices(phrase).map(|(at, _)| at);
    found.find(|at| {
        is_border(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_border(bytes.get(at + phrase.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_their_letters() {
        assert_eq!(fold("  Durée de vie :"), "duree de vie");
        assert_eq!(fold("Gro\u{308}ße/Œuvre"), "grosse oeuvre");
        assert_eq!(fold("l’utilisateur"), "l utilisateur");
        assert!(has_stem("cookies statistiques", &["statisti"]) && !has_stem("metrostatistics", &["statisti"]));
        assert!(has_stem("an ans", &["an$"]) && !has_stem("ansatz", &["an$"]));
        assert!(has_phrase("as long as necessary", &["as long as"]) && !has_phrase("basement", &["as"]));
    }
}
