//! What banners write, as it was seen (`tests/golden/consent/samples.tsv`): a row is a case.

use super::{Format, Options, testing};

const SAMPLES: &str = include_str!("../../../tests/golden/consent/samples.tsv");

/// What is wrong with a row, if anything is.
fn fault(row: &str) -> Option<String> {
    let [word, _, options, field, expected] = row.split('\t').collect::<Vec<_>>()[..] else {
        return Some(format!("five columns: {row}"));
    };
    let format = Format::named(word).expect(word);
    let answers: Vec<_> = expected.split(' ').filter_map(|answer| answer.split_once('=')).collect();
    let keys: Vec<_> = answers.iter().map(|(key, _)| *key).collect();
    let choice = testing::read_with(format, &read_options(format, options), &keys, &cookies(format, field));
    let expected =
        if answers.is_empty() { expected.to_owned() } else { answers.iter().map(|(_, answer)| *answer).collect() };
    let said = testing::said(&keys, &choice);
    (said != expected).then(|| format!("{said} instead of {expected}: {row}"))
}

/// A field has cookies of other tools, too.
fn cookies(format: Format, field: &str) -> Vec<(&str, &str)> {
    let names = format.names(None);
    testing::cookies(field).into_iter().filter(|(name, _)| names.iter().any(|(known, _)| known == name)).collect()
}

fn read_options(format: Format, text: &str) -> Options {
    text.split(' ').filter(|option| !option.is_empty()).fold(format.default_options(), |options, option| {
        match option.split_once('=') {
            Some(("min_policy_version", version)) => {
                Options { min_policy_version: version.parse().unwrap(), ..options }
            }
            None if option == "require_disclosed_vendors" => Options { require_disclosed_vendors: true, ..options },
            _ => panic!("{option}"),
        }
    })
}

#[test]
fn samples_are_read_as_they_were_meant() {
    let rows: Vec<_> = SAMPLES.lines().filter(|row| !row.starts_with('#')).collect();
    assert!(rows.len() >= 55);
    let faults: Vec<_> = rows.iter().filter_map(|row| fault(row)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
