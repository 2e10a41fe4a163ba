//! The formats of consent cookies. Each has a file of its own: its grammar, the names of its cookies, its keys, what it
//! calls undecided or implied, and where that is known from.
//!
//! A new format is a file with a [`Definition`], and a line in the table below.

mod aspnet;
mod axeptio;
mod bits;
mod commanders_act;
mod complianz;
mod cookie_script;
mod cookiebot;
mod cookieconsent;
mod cookiesjsr;
mod cookieyes;
mod didomi;
mod django_cookie_consent;
mod eu_consent;
mod eu_cookie_compliance;
mod flat_json;
mod gov_uk;
mod gpp;
mod iubenda;
mod json;
mod klaro;
mod matomo;
mod onetrust;
mod opendatasoft;
mod orejime;
mod osano;
mod pair_list;
mod pairs;
mod tarteaucitron;
mod tcf;
mod tealium;
mod word;
mod zaraz;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod testing;

use super::layers::Order;
use super::parts::MAX_PARTS;
use super::{Answer, Answers, Fault, Parts};

/// The table of formats: the name of the enum's variant, and the file's definition.
macro_rules! formats {
    ($($variant:ident = $file:ident,)*) => {
        /// How a banner writes its choice.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)] // Each is explained in the file of its definition.
        pub enum Format {
            $($variant,)*
        }

        impl Format {
            /// Every format.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$variant => &$file::DEFINITION,)*
                }
            }
        }
    };
}

formats! {
    Opendatasoft = opendatasoft,
    Tarteaucitron = tarteaucitron,
    Orejime = orejime,
    Klaro = klaro,
    CookieConsent = cookieconsent,
    Osano = osano,
    GovUk = gov_uk,
    Cookiebot = cookiebot,
    OneTrust = onetrust,
    Axeptio = axeptio,
    Didomi = didomi,
    CookieYes = cookieyes,
    Complianz = complianz,
    CommandersAct = commanders_act,
    EuCookieCompliance = eu_cookie_compliance,
    Cookiesjsr = cookiesjsr,
    DjangoCookieConsent = django_cookie_consent,
    AspNet = aspnet,
    Matomo = matomo,
    Tcf = tcf,
    Gpp = gpp,
    EuConsent = eu_consent,
    Zaraz = zaraz,
    Iubenda = iubenda,
    Tealium = tealium,
    CookieScript = cookie_script,
    Json = json,
    Pairs = pairs,
    Word = word,
}

/// What octroi knows of a format.
struct Definition {
    /// The word of the charter.
    word: &'static str,
    /// What it is, in one sentence, for the schema and the documentation.
    about: &'static str,
    /// What the names of its cookies begin with by default; `cookie` of the charter takes the place of all.
    stems: &'static [&'static str],
    /// Its cookies. The first is the one that `cookie` names.
    parts: &'static [Part],
    /// Other cookies that the banner keeps for itself, by their default names: they say nothing of the choice.
    unread: &'static [&'static str],
    /// Its keys, as far as they are known beforehand.
    keys: KnownKeys,
    /// The key, and the id of the category that it grants if the charter has that and no table of its own.
    default_keys: &'static [(&'static str, &'static str)],
    /// Keys that the banner, as it is shipped, grants before anybody was asked.
    granted_on_load: &'static [&'static str],
    /// Whether its cookies tell when the visitor chose.
    is_dated: bool,
    /// Whether a choice is unreadable or none without its date.
    needs_date: bool,
    /// Whether a refusal can be told from silence.
    tells_refusals: bool,
    /// What the charter may say of it besides.
    options: &'static [FormatOption],
    /// Their values if the charter says nothing.
    default_options: fn() -> Options,
    read: fn(&Parts<'_>, &Options, &mut Answers<'_>) -> Result<(), Fault>,
}

impl Definition {
    /// What most definitions share, to be named in each only as far as it differs: one cookie, any keys, no date.
    const PLAIN: Self = Self {
        word: "",
        about: "",
        stems: &[],
        parts: &[Part::Stem("")],
        unread: &[],
        keys: KnownKeys::Any,
        default_keys: &[],
        granted_on_load: &[],
        is_dated: false,
        needs_date: false,
        tells_refusals: true,
        options: &[],
        default_options: Options::default,
        read: |_, _, _| Err(Fault::new(0, "a format")),
    };
}

/// The name of a cookie of a banner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The stem and this: `-categories` behind `cookie-agreed`.
    Stem(&'static str),
    /// This, whatever the stem.
    Fixed(&'static str),
}

/// Which keys a format can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownKeys {
    /// Whatever the site's banner calls them.
    Any,
    /// These alone.
    Only(&'static [&'static str]),
    /// These, with spaces between them, and what else the site's banner has.
    Usual(&'static str),
    /// Those of the TCF: `purpose-1` to `purpose-24`, `vendor-1` to `vendor-65535`, `special-feature-1` and `-2`.
    Tcf,
}

/// What a charter may say of a format, besides its cookie and its keys: a key of `[consent]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatOption {
    /// `path`: where the keys stand within the JSON.
    Path,
    /// `granted`: the words that agree.
    Granted,
    /// `refused`: the words that refuse.
    Refused,
    /// `separator`: what stands between pairs.
    Separator,
    /// `assign`: what stands between key and word.
    Assign,
    /// `revision`: answers to an earlier version of the question are none.
    Revision,
    /// `min_policy_version`: of the TCF.
    MinPolicyVersion,
    /// `require_disclosed_vendors`: of the TCF.
    RequireDisclosedVendors,
}

impl FormatOption {
    /// The key of `[consent]`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Separator => "separator",
            Self::Assign => "assign",
            Self::Revision => "revision",
            Self::MinPolicyVersion => "min_policy_version",
            Self::RequireDisclosedVendors => "require_disclosed_vendors",
        }
    }
}

/// The values of these options, with their defaults in place.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Options {
    /// The keys of the objects, from the outermost, within which the keys of the choice stand.
    pub path: Vec<String>,
    /// Words that agree.
    pub granted: Vec<String>,
    /// Words that refuse; if none are said, all others do.
    pub refused: Option<Vec<String>>,
    /// Between pairs.
    pub separator: String,
    /// Between key and word.
    pub assign: String,
    /// The version of the question that is asked today.
    pub revision: Option<u64>,
    /// The earliest version of the TCF's policies under which an answer counts.
    pub min_policy_version: u8,
    /// Whether a TCF string without the segment of disclosed vendors is outdated.
    pub require_disclosed_vendors: bool,
}

impl Options {
    /// What a word of a generic format says.
    fn answer(&self, word: &str) -> Answer {
        let is_in = |words: &[String]| words.iter().any(|known| known == word);
        if self.refused.as_deref().is_some_and(is_in) {
            Answer::Refused
        } else if is_in(&self.granted) {
            Answer::Granted
        } else {
            self.other_answer()
        }
    }

    /// What any other word says.
    fn other_answer(&self) -> Answer {
        if self.refused.is_none() { Answer::Refused } else { Answer::Unsaid }
    }
}

impl Format {
    /// The format of this word of the charter. `None` if no format has this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.word() == word)
    }

    /// The word of the charter and the metrics.
    pub fn word(self) -> &'static str {
        self.definition().word
    }

    /// What it is, in one sentence.
    pub fn about(self) -> &'static str {
        self.definition().about
    }

    /// The names of its cookies, each with the number of its part; those of a second stem are numbered from
    /// `MAX_PARTS` on, for they are a choice of their own. `cookie`: what the charter calls the first.
    pub fn names(self, cookie: Option<&str>) -> Vec<(String, usize)> {
        let Definition { stems, parts, .. } = self.definition();
        let stems: Vec<&str> = cookie.map_or_else(|| stems.to_vec(), |cookie| vec![cookie]);
        let mut names: Vec<(String, usize)> = Vec::new();
        for (first, stem) in (0..).step_by(MAX_PARTS).zip(stems) {
            for (number, part) in (first..).zip(*parts) {
                let name = match part {
                    Part::Stem(end) => format!("{stem}{end}"),
                    Part::Fixed(name) => (*name).to_owned(),
                };
                if names.iter().all(|(known, _)| *known != name) {
                    names.push((name, number));
                }
            }
        }
        names
    }

    /// Further cookies that the banner keeps for itself: nothing of the choice is read from them.
    pub fn unread_names(self) -> &'static [&'static str] {
        self.definition().unread
    }

    /// Its keys, as far as they are known beforehand.
    pub fn known_keys(self) -> KnownKeys {
        self.definition().keys
    }

    /// Its own table: key → id of a category.
    pub fn default_keys(self) -> &'static [(&'static str, &'static str)] {
        self.definition().default_keys
    }

    /// Keys that the banner, as it is shipped, grants before anybody was asked.
    pub fn granted_on_load(self) -> &'static [&'static str] {
        self.definition().granted_on_load
    }

    /// Whether its cookies tell when the visitor chose.
    pub fn is_dated(self) -> bool {
        self.definition().is_dated
    }

    /// Whether it tells when the visitor chose, but is read without that, too.
    pub fn may_lack_date(self) -> bool {
        self.definition().is_dated && !self.definition().needs_date
    }

    /// Whether a refusal can be told from silence.
    pub fn tells_refusals(self) -> bool {
        self.definition().tells_refusals
    }

    /// What the charter may say of it besides.
    pub fn options(self) -> &'static [FormatOption] {
        self.definition().options
    }

    /// What the options are if the charter says nothing of them.
    pub fn default_options(self) -> Options {
        (self.definition().default_options)()
    }

    /// Reads the cookies of one combination.
    ///
    /// # Errors
    /// If the text is not of this format; the fault says at which byte. Then the whole choice is unreadable, and
    /// nothing of what the answers were told before counts.
    pub(super) fn read(self, parts: &Parts<'_>, options: &Options, answers: &mut Answers<'_>) -> Result<(), Fault> {
        (self.definition().read)(parts, options, answers)
    }
}
