//! English.

use super::{
    CategoryWords, ChoiceWords, InfrastructureWords, PlaceholderWords, RemarkWords, TableWords, ThirdPartyWords,
    TimeWords, UndeclaredWords, Words,
};

pub(super) const WORDS: Words = Words {
    tag: "en",
    language: "English",
    title: "Cookies on {}",
    title_without_site: "Cookies on this site",
    intro: "This page lists the cookies that this site may keep in your browser, what each is for, and for how long. It is \
        made from the rules that are applied to every page of the site.",
    report_only: "At present the rules on this page are only observed, not yet applied: cookies may be set in spite of them.",
    languages: "This page in other languages",
    categories: CategoryWords {
        exempt: "No consent needed",
        refusable: "Without consent, unless you refuse",
        required: "With your consent only",
        never: "Never let through",
        exempt_rule: "These cookies are exempt from consent: they are set without asking you.",
        refusable_rule: "These cookies serve anonymous statistics only, and are exempt from consent: they are set \
            unless you refuse them. If you refuse them, they are no longer passed on to the site, and are deleted \
            from your browser when you open one of its pages.",
        required_rule: "These cookies need your agreement. Until you have given it, this site’s server neither sets \
            nor receives them, and those that a script has written all the same are deleted from your browser when \
            you open the next page.",
        unreachable_rule: "You are not asked about these cookies: they are never let through.",
        report_only_rule: "At present this rule is only observed, not yet applied: these cookies may be set in spite of it.",
        enforced_rule: "This rule is applied already.",
        at_most: "They are kept for {} at most: a longer lifetime is shortened.",
        asked_since: "Consent is asked for again since {}: an agreement given before no longer counts.",
        no_cookie: "No cookie of this kind is declared.",
    },
    table: TableWords {
        name: "Name",
        provider: "Provider",
        service: "Service",
        purpose: "Purpose",
        lifetime: "Lifetime",
        not_stated: "not stated",
        wildcards: "In a name, * stands for any characters and ? for a single one.",
        prefix: "every name that begins with {}",
        expression: "every name that matches the regular expression {}",
    },
    remarks: RemarkWords {
        own_key: "You choose about this cookie on its own.",
        choice: "It holds your choice about cookies: it is always kept.",
        never: "You are not asked about it: it is never let through.",
        domain: "It is set for {}.",
        foreign: "It belongs to another website. This site does not hold it back: it may be set, without your \
            agreement, as soon as a page asks that website.",
        capped: "a longer lifetime is shortened",
        shortened: "shortened to {}",
        at_most: "{} at most",
    },
    undeclared: UndeclaredWords {
        title: "Cookies that are not listed here",
        full_consent: "A cookie that this page does not list is let through only if you have agreed to everything that you \
            are asked about, and refused nothing.",
        deny: "A cookie that this page does not list is never let through.",
        required: "A cookie that this page does not list is let through only if you have agreed to: {}.",
        category: "A cookie that this page does not list is treated as one of this kind: {}.",
    },
    third_parties: ThirdPartyWords {
        title: "Other websites",
        rule: "A page may ask other websites for contents, and these may then read and set cookies of their own.",
        only_listed: "Your browser is allowed to ask those that are listed here, and no others.",
        full_consent: "Your browser is allowed to ask those that are listed here, and any other only if you have \
            agreed to everything that you are asked about, and refused nothing.",
        category: "Your browser is allowed to ask those that are listed here, and any other only if you have agreed \
            to: {}.",
        others: "Your browser is allowed to ask those that are listed here, and any other as well.",
        own: "On this site itself, pages also ask for contents of these services:",
        exempt: "{} ({}): asked without your agreement.",
        required: "{} ({}): asked only if you have agreed to: {}.",
    },
    placeholders: PlaceholderWords {
        title: "Content of another website",
        asked: "This content comes from another website. Your browser asks for it only once you have agreed to: {}. Then reload the page.",
        all: "This content comes from another website. Your browser asks for it only once you have agreed to everything that you are asked about. Then reload the page.",
        never: "This content comes from another website, which pages of this site do not ask.",
        choose: "Manage my choices",
        website: "{} (new tab)",
    },
    infrastructure: InfrastructureWords {
        title: "Technical cookies",
        rule: "Load balancers and firewalls in front of the site set cookies of these names. They are exempt from consent:",
    },
    choice: ChoiceWords {
        title: "How to choose and to change your mind",
        nothing_to_choose: "This page lists no cookie that needs your consent.",
        nobody_asks: "This site does not ask for your consent: cookies that would need it are never let through.",
        banner: "You choose in the cookie banner of the site. Until you have chosen, cookies that need your consent are not \
            let through.",
        kept: "Your choice is kept in the cookie {} and counts for {}. This cookie needs no consent.",
        kept_undated: "Your choice is kept in the cookie {} and counts for as long as your browser keeps it (declared \
            lifetime: {}). This cookie needs no consent.",
        not_counted: "A choice that is kept in the cookie {} does not count, because it has no date. This cookie \
            needs no consent.",
        withdraw: "You can change your mind at any time in the same place. If you withdraw your consent, the cookies that \
            need it are no longer passed on to the site, and are deleted from your browser when you open one of its pages.",
        gpc: "If your browser sends the signal Global Privacy Control (GPC), that counts as a refusal for as long as you \
            have not chosen.",
        browser: "You can also delete or block cookies in the settings of your browser.",
    },
    time: TimeWords {
        session: "session (until you close the browser)",
        units: [
            ["second", "seconds"],
            ["minute", "minutes"],
            ["hour", "hours"],
            ["day", "days"],
            ["week", "weeks"],
            ["month", "months"],
            ["year", "years"],
        ],
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        day: "{d} {m} {y}",
        first: "1",
    },
};
