//! Other ways to write a length of time, as words with a number before each unit: `P1Y6M` of ISO 8601, `1½ hours`.

/// The text with such lengths in words: `P1DT12H` as `1 days 12 hours`, `1 ½ hours` as `1.5 hours`.
///
/// Any other text is left as it is, so that this may be called for every cell.
pub(super) fn spelled_out(text: &str) -> String {
    let words: Vec<String> =
        with_fractions(text).split(' ').map(|word| iso(word).unwrap_or_else(|| word.to_owned())).collect();
    words.join(" ")
}

/// `½` behind a number, or alone, as a decimal. A quarter is rounded up, because tenths are the smallest parts.
fn with_fractions(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        let tenths = match character {
            '½' => ".5",
            '¼' => ".3",
            '¾' => ".8",
            other => {
                written.push(other);
                continue;
            }
        };
        let number = written.trim_end().len();
        if written.get(..number).is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit())) {
            written.truncate(number);
        } else {
            written.push('0');
        }
        written.push_str(tenths);
    }
    written
}

/// `P1Y`, `P1DT12H`: numbers with the letters of their units, in falling order (ISO 8601, “durations”).
fn iso(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let (date, time) = word.strip_prefix('P')?.split_once('T').map_or((word.get(1..)?, ""), |parts| parts);
    let date = parts(date, &[('Y', "years"), ('M', "months"), ('W', "weeks"), ('D', "days")])?;
    let time = parts(time, &[('H', "hours"), ('M', "minutes"), ('S', "seconds")])?;
    let all = [date, time].concat();
    (!all.is_empty()).then(|| all.join(" "))
}

/// Each number with the name of its unit; `None` if anything else stands there, or a unit is out of order.
fn parts(text: &str, units: &[(char, &str)]) -> Option<Vec<String>> {
    let (mut rest, mut units) = (text, units.iter());
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0)?;
        let (count, behind) = rest.split_at(digits);
        let letter = behind.chars().next()?;
        let (_, name) = units.find(|(known, _)| *known == letter)?;
        parts.push(format!("{count} {name}"));
        rest = behind.get(1..)?;
    }
    Some(parts)
}
