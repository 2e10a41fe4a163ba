//! ASP.NET Core's cookie policy: `.AspNet.Consent` is `yes`, and some sites write `no`. One answer for everything.
//!
//! Source: dotnet/aspnetcore, `CookiePolicyOptions.ConsentCookieValue`; captures. The value keeps no date.

use super::{Answer, Definition, KnownKeys};

pub(super) const DEFINITION: Definition = Definition {
    word: "aspnet",
    about: "ASP.NET Core's cookie policy: `yes` or `no`",
    stems: &[".AspNet.Consent"],
    keys: KnownKeys::Only(&["all"]),
    read: |parts, _, answers| {
        let answer = parts.word(0, &[("yes", Answer::Granted), ("no", Answer::Refused)], answers)?;
        answers.say("all", answer);
        Ok(())
    },
    ..Definition::PLAIN
};

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};

    #[test]
    fn values_are_read() {
        testing::check(
            Format::AspNet,
            &["all"],
            &[
                (".AspNet.Consent=yes", "y"),
                (".AspNet.Consent=no", "n"),
                (".AspNet.Consent=\"yes\"", "y"),
                (".AspNet.Consent=true", "unreadable"),
                (".AspNet.Consent=", "unreadable"),
            ],
        );
    }
}
