//! Numbers as words in six languages, and as digits with separators of thousands.

/// One to nineteen.
const ONES: [(u64, &[&str]); 19] = [
    (1, &["a", "an", "one", "un", "une", "ein", "eine", "einem", "einen", "einer", "eines", "uno", "una", "een"]),
    (2, &["two", "deux", "zwei", "dos", "twee", "due"]),
    (3, &["three", "trois", "drei", "tres", "drie", "tre"]),
    (4, &["four", "quatre", "vier", "cuatro", "quattro"]),
    (5, &["five", "cinq", "funf", "cinco", "vijf", "cinque"]),
    (6, &["six", "sechs", "seis", "zes", "sei"]),
    (7, &["seven", "sept", "sieben", "siete", "zeven", "sette"]),
    (8, &["eight", "huit", "acht", "ocho", "otto"]),
    (9, &["nine", "neuf", "neun", "nueve", "negen", "nove"]),
    (10, &["ten", "dix", "zehn", "diez", "tien", "dieci"]),
    (11, &["eleven", "onze", "elf", "once", "undici"]),
    (12, &["twelve", "douze", "zwolf", "doce", "twaalf", "dodici"]),
    (13, &["thirteen", "treize", "dreizehn", "trece", "dertien", "tredici"]),
    (14, &["fourteen", "quatorze", "vierzehn", "catorce", "veertien", "quattordici"]),
    (15, &["fifteen", "quinze", "funfzehn", "quince", "vijftien", "quindici"]),
    (16, &["sixteen", "seize", "sechzehn", "dieciseis", "zestien", "sedici"]),
    (17, &["seventeen", "dixsept", "siebzehn", "diecisiete", "zeventien", "diciassette"]),
    (18, &["eighteen", "dixhuit", "achtzehn", "dieciocho", "achttien", "diciotto"]),
    (19, &["nineteen", "dixneuf", "neunzehn", "diecinueve", "negentien", "diciannove"]),
];

/// The tens, each with the short form that compounds have: `vent` in `ventuno`.
const TENS: [(u64, &[&str]); 9] = [
    (20, &["twenty", "vingt", "zwanzig", "veinte", "veinti", "twintig", "venti", "vent"]),
    (30, &["thirty", "trente", "dreissig", "treinta", "dertig", "trenta", "trent"]),
    (40, &["forty", "quarante", "vierzig", "cuarenta", "veertig", "quaranta", "quarant"]),
    (50, &["fifty", "cinquante", "funfzig", "cincuenta", "vijftig", "cinquanta", "cinquant"]),
    (60, &["sixty", "soixante", "sechzig", "sesenta", "zestig", "sessanta", "sessant"]),
    (70, &["seventy", "soixantedix", "siebzig", "setenta", "zeventig", "settanta", "settant"]),
    (80, &["eighty", "quatrevingts", "quatrevingt", "achtzig", "ochenta", "tachtig", "ottanta", "ottant"]),
    (90, &["ninety", "quatrevingtdix", "neunzig", "noventa", "negentig", "novanta", "novant"]),
    (100, &["hundred", "cent", "hundert", "cien", "honderd", "cento"]),
];

/// “One and a half” in one word.
const HALVES: [(u64, &[&str]); 3] = [
    (1, &["eineinhalb", "einundeinhalb", "anderthalb", "anderthalbe", "anderhalf", "anderhalve"]),
    (2, &["zweieinhalb", "tweeenhalf", "tweeeneenhalf"]),
    (3, &["dreieinhalb", "drieenhalf", "drieeneenhalf"]),
];

/// A folded word as a number: whole, and tenths. Spaces are ignored, because `vingt-cinq` is folded to two words.
/// `anderthalb` is (1, 5). `None` if it is no number.
pub(super) fn word(folded: &str) -> Option<(u64, u64)> {
    let joined: String = folded.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let find = |table: &[(u64, &[&str])], word: &str| {
        table.iter().find(|(_, words)| words.contains(&word)).map(|(number, _)| *number)
    };
    if let Some(whole) = find(&HALVES, &joined) {
        return Some((whole, 5));
    }
    let simple = find(&ONES, &joined).or_else(|| find(&TENS, &joined));
    simple.or_else(|| compound(&joined)).map(|number| (number, 0))
}

/// `twentyfive`, `vingtetun`, `funfundzwanzig`, `vijfentwintig`: tens before ones, or behind them with “and” between.
fn compound(joined: &str) -> Option<u64> {
    let ones = |word: &str| {
        let word = word.strip_prefix("et").or_else(|| word.strip_prefix('y')).unwrap_or(word);
        ONES.iter().find(|(_, words)| words.contains(&word)).map(|(number, _)| *number).filter(|number| *number < 20)
    };
    let mut tens = TENS.iter().flat_map(|(number, words)| words.iter().map(move |word| (*number, *word)));
    tens.find_map(|(ten, word)| {
        let behind = joined.strip_prefix(word).and_then(ones);
        let before = || {
            let rest = joined.strip_suffix(word)?;
            rest.strip_suffix("und").or_else(|| rest.strip_suffix("en")).and_then(ones)
        };
        let one = behind.or_else(before)?;
        // Only French counts on to nineteen: `soixante-treize`.
        (one < 10 || matches!(ten, 60 | 80)).then_some(ten + one)
    })
}

/// The text without separators of thousands: `1.000`, `1,825` and `1 825` are whole numbers; `1.5` is not.
pub(super) fn without_separators(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut kept = String::with_capacity(text.len());
    let mut run = 0;
    for (at, character) in characters.iter().enumerate() {
        let is_group = (1..=3).all(|next| is_digit(at + next)) && !is_digit(at + 4);
        let is_separator = matches!(character, '.' | ',' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        let is_fraction = run == 1 && kept.ends_with('0');
        if is_separator && (1..=3).contains(&run) && is_group && !is_fraction {
            continue;
        }
        run = if character.is_ascii_digit() { run + 1 } else { 0 };
        kept.push(*character);
    }
    kept
}
