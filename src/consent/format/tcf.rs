//! The IAB's Transparency and Consent Framework 2.2 and 2.3: a TC string in `euconsent-v2`.
//!
//! The core segment holds the purposes and special features as bits at fixed places, and the vendors as a bit field or as
//! ranges; a further segment lists the vendors that were disclosed. The core is read in place and to its end: if it was cut
//! off, it is unreadable. Vendors are looked up while their section is passed over, however long its ranges are.
//!
//! A string of another policy than the charter allows, or that is not for one service alone, is outdated; and if the
//! charter wants the disclosed vendors, so is a string without them, and a vendor that is not among them is refused.
//! Legitimate interests are no consent. A vendor is refused to whom a publisher's restriction forbids purpose 1, or a purpose
//! that the charter maps, or leaves it by legitimate interest alone. Any of the purposes 1 to 11 that is not granted counts as a refusal of more than
//! the charter maps.
//!
//! Source: InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, "Consent string and vendor list formats
//! v2" (April 2025).

use super::bits::Bits;
use super::{Answer, Answers, Definition, Fault, FormatOption, KnownKeys, Options, Order};
use crate::consent::{Keys, scan};
use crate::cookie::UnixTime;

/// Purposes that the framework defines; the string has room for 24.
const PURPOSES: u16 = 11;
/// The type of the segment of disclosed vendors.
const DISCLOSED: u64 = 1;
/// Types of a publisher's restriction: the vendor may not pursue the purpose at all, or not by consent.
const NOT_ALLOWED: u64 = 0;
const REQUIRE_LEGITIMATE_INTEREST: u64 = 2;

pub(super) const DEFINITION: Definition = Definition {
    word: "tcf",
    about: "IAB TCF 2: a TC string",
    stems: &["euconsent-v2"],
    keys: KnownKeys::Tcf,
    is_dated: true,
    needs_date: true,
    options: &OPTIONS,
    default_options,
    read: |parts, options, answers| {
        parts.read(0, Order::RawFirst, answers, |text, answers| string(text, options, answers))
    },
    ..Definition::PLAIN
};

/// What a charter may say of the format `tcf`, and of the TCF section of `gpp`.
pub(super) const OPTIONS: [FormatOption; 2] = [FormatOption::MinPolicyVersion, FormatOption::RequireDisclosedVendors];

/// Policy version 4, which TCF 2.2 began with, is the least; disclosed vendors are not required.
pub(super) fn default_options() -> Options {
    Options { min_policy_version: 4, ..Options::default() }
}

/// Reads a TC string.
///
/// # Errors
/// If a character is not of base64url, or a segment ends within a field. A string that is sound and may not be relied
/// on is no error: the answers are told that it is outdated.
pub(super) fn string(text: &[u8], options: &Options, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let (core, mut segments) = segment(text);
    let mut bits = Bits::new(core)?;
    let core = Core::read(&mut bits)?;
    let asked = Asked::of(answers.keys());
    let consented = asked.vendors(&mut bits)?;
    // The legitimate interests: nothing is taken from them, but they must be whole.
    NOTHING.vendors(&mut bits)?;
    let forbidden = asked.restricted(&mut bits)?;
    let mut disclosed: Option<Vendors> = None;
    while let Some(text) = segments {
        let (segment, rest) = segment(text);
        segments = rest;
        let mut bits = Bits::new(segment)?;
        if bits.take(3)? == DISCLOSED && options.require_disclosed_vendors {
            let more = asked.vendors(&mut bits)?;
            // Of two that differ, only what both list was surely shown.
            disclosed = Some(
                disclosed
                    .map_or(more, |one| Vendors { found: one.found & more.found, is_any: one.is_any && more.is_any }),
            );
        }
    }
    let disclosed = disclosed.unwrap_or_default();
    if core.policy_version < u64::from(options.min_policy_version) {
        answers.is_outdated("it was given under an earlier policy of the TCF than `min_policy_version`");
    } else if !core.is_service_specific {
        answers.is_outdated("it is not for this service alone (IsServiceSpecific is 0)");
    } else if options.require_disclosed_vendors && !disclosed.is_any {
        answers.is_outdated("it lists no disclosed vendors, and the charter has `require_disclosed_vendors`");
    }
    let shown = if options.require_disclosed_vendors { disclosed.found } else { u64::MAX };
    tell(&core, &asked, consented.found & shown & !forbidden, answers);
    Ok(())
}

/// The first segment, and what stands behind its mark.
fn segment(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let end = scan::position(b'.', text);
    (text.get(..end.unwrap_or(text.len())).unwrap_or_default(), end.and_then(|end| text.get(end + 1..)))
}

/// The fields of the core segment at fixed places.
struct Core {
    updated: UnixTime,
    policy_version: u64,
    is_service_specific: bool,
    special_features: u64,
    purposes: u64,
}

impl Core {
    /// Reads up to the vendors.
    fn read(bits: &mut Bits<'_>) -> Result<Self, Fault> {
        if bits.take(6)? != 2 {
            return Err(Fault::new(0, "a string of version 2"));
        }
        // Created.
        bits.skip(36)?;
        let deciseconds = bits.take(36)?;
        // The CMP and its version, the screen, the language, the version of the vendor list.
        bits.skip(54)?;
        let policy_version = bits.take(6)?;
        let is_service_specific = bits.flag()?;
        // Non-standard texts.
        bits.skip(1)?;
        let special_features = bits.take(12)?;
        let purposes = bits.take(24)?;
        // Legitimate interests, the treatment of purpose 1, the publisher's country.
        bits.skip(37)?;
        let updated = UnixTime(i64::try_from(deciseconds / 10).unwrap_or(i64::MAX));
        Ok(Self { updated, policy_version, is_service_specific, special_features, purposes })
    }

    fn grants_purpose(&self, number: u16) -> bool {
        (1..=24).contains(&number) && (self.purposes >> (24 - number)) & 1 == 1
    }

    fn grants_special_feature(&self, number: u16) -> bool {
        (1..=12).contains(&number) && (self.special_features >> (12 - number)) & 1 == 1
    }
}

fn tell(core: &Core, asked: &Asked, vendors: u64, answers: &mut Answers<'_>) {
    answers.date(core.updated);
    for (place, (name, key)) in answers.keys().iter().enumerate() {
        let is_granted = match asked.keys.get(place) {
            Some(Key::Purpose(number)) => core.grants_purpose(*number),
            Some(Key::SpecialFeature(number)) => core.grants_special_feature(*number),
            Some(Key::Vendor(_)) => (vendors >> place) & 1 == 1,
            Some(Key::Other) | None => continue,
        };
        answers.say_set(key, Answer::of(is_granted));
        if !matches!(asked.keys.get(place), Some(Key::Purpose(1..=PURPOSES))) {
            answers.show(|| name.to_owned(), Answer::of(is_granted));
        }
    }
    for number in 1..=PURPOSES {
        answers.show(|| format!("purpose-{number}"), Answer::of(core.grants_purpose(number)));
    }
    if core.purposes >> (24 - PURPOSES) != (1 << PURPOSES) - 1 {
        answers.refuse_unknown();
    }
}

/// What a key of the charter asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Purpose(u16),
    SpecialFeature(u16),
    Vendor(u16),
    Other,
}

impl Key {
    fn named(name: &str) -> Self {
        let number = |digits: &str| {
            let is_canonical = !digits.starts_with(['0', '+']);
            digits.parse().ok().filter(|_| is_canonical)
        };
        if let Some(number) = name.strip_prefix("purpose-").and_then(number) {
            Self::Purpose(number)
        } else if let Some(number) = name.strip_prefix("vendor-").and_then(number) {
            Self::Vendor(number)
        } else if let Some(number) = name.strip_prefix("special-feature-").and_then(number) {
            Self::SpecialFeature(number)
        } else {
            Self::Other
        }
    }
}

/// What the keys of the charter ask, in their order.
struct Asked {
    keys: [Key; Keys::MAX],
    count: usize,
}

/// Vendors of a section.
#[derive(Clone, Copy, Debug, Default)]
struct Vendors {
    /// Those that the charter asks for, a bit for each of its keys.
    found: u64,
    /// Whether there are any, asked for or not.
    is_any: bool,
}

static NOTHING: Asked = Asked { keys: [Key::Other; Keys::MAX], count: 0 };

impl Asked {
    fn of(keys: &Keys) -> Self {
        let mut asked = Self { ..NOTHING };
        for (slot, (name, _)) in asked.keys.iter_mut().zip(keys.iter()) {
            *slot = Key::named(name);
            asked.count += 1;
        }
        asked
    }

    /// Passes over a section of vendors and notes which of those it holds that are asked for.
    fn vendors(&self, bits: &mut Bits<'_>) -> Result<Vendors, Fault> {
        let last = bits.take(16)?;
        let mut vendors = Vendors::default();
        if bits.flag()? {
            ranges(bits, last, |first, last| {
                vendors.is_any = true;
                vendors.found |= self.places(|number| (first..=last).contains(&number));
            })?;
            return Ok(vendors);
        }
        let field = *bits;
        bits.skip(usize::try_from(last).unwrap_or(usize::MAX))?;
        let is_set = |number: u64| field.ahead(usize::try_from(number - 1).unwrap_or(usize::MAX)).flag() == Ok(true);
        vendors.found = self.places(|number| (1..=last).contains(&number) && is_set(number));
        vendors.is_any = last > 0;
        Ok(vendors)
    }

    /// The vendors to whom the publisher forbids to rely on consent for a purpose that matters: for purpose 1, without which
    /// they may store nothing, or for one that the charter asks about.
    fn restricted(&self, bits: &mut Bits<'_>) -> Result<u64, Fault> {
        let mut forbidden = 0;
        for _ in 0..bits.take(12)? {
            let purpose = bits.take(6)?;
            let is_forbidden = matches!(bits.take(2)?, NOT_ALLOWED | REQUIRE_LEGITIMATE_INTEREST);
            let matters = is_forbidden && (purpose == 1 || self.asks_for_purpose(purpose));
            ranges(bits, u64::from(u16::MAX), |first, last| {
                if matters {
                    forbidden |= self.places(|number| (first..=last).contains(&number));
                }
            })?;
        }
        Ok(forbidden)
    }

    fn asks_for_purpose(&self, asked: u64) -> bool {
        self.keys.iter().take(self.count).any(|key| matches!(key, Key::Purpose(number) if u64::from(*number) == asked))
    }

    /// The places of the vendors for which this holds.
    fn places(&self, holds: impl Fn(u64) -> bool) -> u64 {
        self.keys.iter().take(self.count).enumerate().fold(0, |found, (place, key)| match key {
            Key::Vendor(number) if holds(u64::from(*number)) => found | (1 << place),
            _ => found,
        })
    }
}

/// Tells each range of a list of them; a single number is one, too.
fn ranges(bits: &mut Bits<'_>, highest: u64, mut tell: impl FnMut(u64, u64)) -> Result<(), Fault> {
    for _ in 0..bits.take(12)? {
        let is_range = bits.flag()?;
        let first = bits.take(16)?;
        let last = if is_range { bits.take(16)? } else { first };
        if first == 0 || last < first || last > highest {
            return Err(Fault::new(0, "ranges of vendors from a lower to a higher number"));
        }
        tell(first, last);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use super::*;

    const NOTHING: &str = "CQeEcwAQeEcwANwABBFRCWFgAAAAAAAAAAqIAAAAAAAA.IF5wA4AAgAEAAoBeYAAA.YAAAAAAAAAAA";
    const RANGES: &str =
        "CQeEcwAQeEcwANwABBFRCWFgAP_gAAAAAAqIF5wA4AAgAEAAoBeYAAAAAAAA.IF5wA4AAgAEAAoBeYAAA.YAAAAAAAAAAA";
    const KEYS: [&str; 5] = ["purpose-1", "purpose-11", "vendor-2", "vendor-755", "special-feature-1"];

    #[test]
    fn values_are_read() {
        let rows = [
            (NOTHING.to_owned(), "nnnnn"),
            (RANGES.to_owned(), "yyyyn"),
            (RANGES.replace('.', "%2E"), "yyyyn"),
            (format!("\"{RANGES}\""), "yyyyn"),
            ("true".to_owned(), "unreadable"),
            (String::new(), "unreadable"),
            (format!("{RANGES}."), "unreadable"),
            (format!("{RANGES}="), "unreadable"),
            (RANGES.replace("CQe", "BQe"), "unreadable"),
        ];
        for (value, expected) in rows {
            testing::check(Format::Tcf, &KEYS, &[(&format!("euconsent-v2={value}"), expected)]);
        }
        let next_to_it = ["purpose-12", "purpose-01", "vendor-3", "vendor-754", "vendor-65535", "vendor-0", "purpose-"];
        testing::check(Format::Tcf, &next_to_it, &[(&format!("euconsent-v2={RANGES}"), "n-nnn--")]);
        let core = RANGES.split('.').next().unwrap();
        // Behind the last field stand zeros, to fill bytes.
        for length in 0..core.len() - 5 {
            testing::check(Format::Tcf, &KEYS, &[(&format!("euconsent-v2={}", &core[..length]), "unreadable")]);
        }
    }

    #[test]
    fn the_time_is_that_of_the_last_change() {
        assert!(
            testing::date(Format::Tcf, &format!("euconsent-v2={RANGES}")).is_some_and(|date| date.0 > 1_700_000_000)
        );
    }

    /// A core segment with purpose 1 and this section of vendors.
    fn core(policy: u8, is_specific: bool, vendors: &str) -> String {
        core_with(policy, is_specific, vendors, &format!("{:012b}", 0))
    }

    fn core_with(policy: u8, is_specific: bool, vendors: &str, restrictions: &str) -> String {
        let no_vendors = format!("{:016b} 0", 0);
        testing::base64url(&format!(
            "000010 {:036b} {:036b} {:054b} {policy:06b} {} 0 {:012b} 1{:023b} {:037b} {vendors} {no_vendors} {restrictions}",
            0,
            17_640_000_000_u64,
            0,
            u8::from(is_specific),
            0,
            0,
            0
        ))
    }

    #[test]
    fn a_vendor_whom_the_publisher_restricts_is_refused() {
        let keys = ["purpose-1", "purpose-8", "vendor-1", "vendor-2", "vendor-3"];
        let check = |purpose: u8, kind: u8, expected: &str| {
            let restriction = format!("{:012b} {purpose:06b} {kind:02b} {:012b} 1 {:016b} {:016b}", 1, 1, 2, 3);
            let value = core_with(4, true, &range(3, &[(1, 3)]), &restriction);
            testing::check(Format::Tcf, &keys, &[(&format!("euconsent-v2={value}"), expected)]);
            // A string that ends within its restrictions is not whole.
            let cut = &value[..value.len() - 4];
            testing::check(Format::Tcf, &keys, &[(&format!("euconsent-v2={cut}"), "unreadable")]);
        };
        check(1, 0, "ynynn");
        check(1, 1, "ynyyy");
        check(1, 2, "ynynn");
        check(8, 0, "ynynn");
        check(7, 0, "ynyyy");
    }

    fn disclosed(vendors: &str) -> String {
        testing::base64url(&format!("001 {vendors}"))
    }

    fn range(last: u16, ranges: &[(u16, u16)]) -> String {
        let written = ranges.iter().map(|(first, last)| format!("1 {first:016b} {last:016b}")).collect::<Vec<_>>();
        format!("{last:016b} 1 {:012b} {}", ranges.len(), written.concat())
    }

    #[test]
    fn ranges_are_not_expanded_and_must_be_in_order() {
        let check = |vendors: &str, expected: &str| {
            let field = format!("euconsent-v2={}", core(4, true, vendors));
            testing::check(Format::Tcf, &["purpose-1", "vendor-1", "vendor-7", "vendor-65535"], &[(&field, expected)]);
        };
        check(&range(65535, &[(1, 65535)]), "yyyy");
        check(&range(65535, &[(2, 7), (7, 65534)]), "ynyn");
        check(&range(7, &[(1, 7)]), "yyyn");
        check(&range(65535, &[(7, 1)]), "unreadable");
        check(&range(65535, &[(0, 7)]), "unreadable");
        check(&range(6, &[(1, 7)]), "unreadable");
        check(&format!("{:016b} 0 1000001", 7), "yyyn");
        check(&format!("{:016b} 0 1000001", 65535), "unreadable");
        check(&format!("{:016b} 1 {:012b}", 65535, 4095), "unreadable");
        let longest: Vec<_> = (1..=700).map(|first| (first, 65535)).collect();
        check(&range(65535, &longest), "yyyy");
    }

    #[test]
    fn what_the_charter_does_not_accept_is_outdated() {
        let keys = ["purpose-1", "vendor-1", "vendor-2"];
        let vendors = range(2, &[(1, 2)]);
        let check = |options: &Options, value: &str, expected: &str| {
            testing::check_with(Format::Tcf, options, &keys, &[(&format!("euconsent-v2={value}"), expected)]);
        };
        let lenient = default_options();
        check(&lenient, &core(4, true, &vendors), "yyy");
        check(&lenient, &core(3, true, &vendors), "outdated");
        check(&lenient, &core(4, false, &vendors), "outdated");
        let strict = Options { require_disclosed_vendors: true, min_policy_version: 5, ..Options::default() };
        let core = core(5, true, &vendors);
        check(&strict, &core, "outdated");
        check(&strict, &format!("{core}.{}", disclosed(&range(2, &[(1, 1)]))), "yyn");
        check(&strict, &format!("{core}.{}", disclosed(&format!("{:016b} 0 01", 2))), "yny");
        check(&strict, &format!("{core}.{}", disclosed(&format!("{:016b} 0", 0))), "outdated");
        check(&strict, &format!("{core}.YAAAAAAAAAAA"), "outdated");
        check(&strict, &format!("{core}.YAAAAAAAAAAA.{}", disclosed(&range(2, &[(1, 2)]))), "yyy");
    }

    #[test]
    fn a_purpose_that_is_not_mapped_may_be_refused() {
        let choice = |value: &str| testing::read(Format::Tcf, &["purpose-1"], &[("euconsent-v2", value)]).unwrap();
        assert!(!choice(RANGES).other_refused);
        assert!(choice(&core(4, true, &range(1, &[]))).other_refused);
    }
}
