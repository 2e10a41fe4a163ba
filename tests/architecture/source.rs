//! A source file as tokens: enough of Rust's grammar to find paths, functions and test code.

use std::ops::Range;

/// An identifier, `::`, or one other character; comments, literals and lifetimes are left out.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// One file of the crate.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the crate's root, with `/`: `src/cookie/date.rs`.
    pub(crate) path: String,
    pub(crate) text: String,
    /// The tokens outside `#[cfg(test)]`.
    pub(crate) code: Vec<Token>,
    /// The modules that the file declares under `#[cfg(test)]` and keeps in files of their own.
    pub(crate) test_modules: Vec<String>,
    /// The lines of `#[cfg(test)]` items.
    tests: Vec<Range<usize>>,
    /// Its number of lines without those.
    pub(crate) lines: usize,
}

/// One path of the code, groups of a `use` taken apart: `crate::{a, b::c}` is two.
#[derive(Debug)]
pub(crate) struct Path {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
    /// The inline modules around it, outermost first.
    pub(crate) inside: Vec<String>,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let mut code = tokens(text);
        let (mut test_modules, mut tests) = (Vec::new(), Vec::new());
        while let Some(item) = annotated_item(&code, is_test_attribute) {
            let tested: Vec<Token> = code.drain(item).collect();
            if let (Some(first), Some(last)) = (tested.first(), tested.last()) {
                tests.push(first.line..last.line + 1);
            }
            test_modules.extend(declared_module(&tested));
        }
        let lines = text.lines().count() - tests.iter().map(Range::len).sum::<usize>();
        Self { path: path.to_owned(), text: text.to_owned(), code, test_modules, tests, lines }
    }

    /// How many lines of documentation (`///`, `//!`) and how many with code it has outside its tests.
    pub(crate) fn documented(&self) -> (usize, usize) {
        let lines = self.text.lines().enumerate().map(|(number, line)| (number + 1, line.trim_start()));
        let is_tested = |number: &usize| self.tests.iter().any(|test| test.contains(number));
        let documentation = lines.filter(|(_, line)| line.starts_with("///") || line.starts_with("//!"));
        let documentation = documentation.filter(|(number, _)| !is_tested(number)).count();
        let mut code: Vec<_> = self.code.iter().map(|token| token.line).collect();
        code.dedup();
        (documentation, code.len())
    }

    /// The modules that lead to this file: `src/cookie/date.rs` is `cookie`, `date`. The crate's roots have none.
    pub(crate) fn module(&self) -> Vec<String> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let segments = inner.split('/').filter(|segment| !matches!(*segment, "mod" | "lib" | "main"));
        segments.map(str::to_owned).collect()
    }

    /// The code without the items whose attributes satisfy `is_excepted`.
    pub(crate) fn code_without(&self, is_excepted: impl Fn(&[Token]) -> bool) -> Vec<Token> {
        let mut code = self.code.clone();
        while let Some(item) = annotated_item(&code, &is_excepted) {
            code.drain(item);
        }
        code
    }

    /// Every function with a body: its name, its first line, its number of lines.
    pub(crate) fn functions(&self) -> Vec<(&str, usize, usize)> {
        let starts = (0..self.code.len()).filter(|at| self.code[*at].text == "fn");
        starts.filter_map(|at| self.function(at)).collect()
    }

    fn function(&self, at: usize) -> Option<(&str, usize, usize)> {
        let name = self.code.get(at + 1).filter(|token| token.text != "(")?;
        let end = end_of_item(&self.code, at);
        let last = self.code.get(end - 1).filter(|token| token.text == "}")?;
        let first = self.code[at].line;
        Some((&name.text, first, last.line - first + 1))
    }

    pub(crate) fn paths(&self) -> Vec<Path> {
        paths(&self.code)
    }
}

/// Every path of the code, in its order.
pub(crate) fn paths(code: &[Token]) -> Vec<Path> {
    let (mut paths, mut modules, mut depth, mut at) = (Vec::new(), Vec::new(), 0, 0);
    while let Some(token) = code.get(at) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                modules.retain(|(_, inner)| *inner <= depth);
            }
            "mod" if text(code, at + 2) == "{" => modules.push((text(code, at + 1).to_owned(), depth + 1)),
            word if begins_path(code, at, word) => {
                let mut leaves = Vec::new();
                at = read_tree(code, at, &[], &mut leaves);
                let inside: Vec<_> = modules.iter().map(|(name, _)| name.clone()).collect();
                let line = token.line;
                paths.extend(leaves.into_iter().map(|segments| Path { segments, line, inside: inside.clone() }));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    paths
}

/// Whether a path begins here: a word before `::`, or whatever follows `use`; `use<…>` is no path.
fn begins_path(code: &[Token], at: usize, word: &str) -> bool {
    let is_keyword = matches!(
        word,
        "as" | "break"
            | "dyn"
            | "else"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "match"
            | "mut"
            | "return"
            | "use"
            | "while"
    );
    (text(code, at.wrapping_sub(1)) == "use" && word != "<")
        || (is_word(word) && !is_keyword && text(code, at + 1) == "::")
}

/// Reads one branch of a `use` tree, or a path; its leaves with their prefix go to `leaves`. Returns what follows it.
fn read_tree(code: &[Token], mut at: usize, prefix: &[String], leaves: &mut Vec<Vec<String>>) -> usize {
    let mut path = prefix.to_vec();
    let skip_colons = |at: usize| if text(code, at) == "::" { at + 1 } else { at };
    at = skip_colons(at);
    while is_word(text(code, at)) || text(code, at) == "*" {
        path.push(text(code, at).to_owned());
        let next = skip_colons(at + 1);
        if next == at + 1 {
            leaves.push(path);
            return if text(code, next) == "as" { next + 2 } else { next };
        }
        at = next;
    }
    if text(code, at) != "{" {
        leaves.push(path);
        return at;
    }
    at += 1;
    while !matches!(text(code, at), "}" | "") {
        let next = read_tree(code, at, &path, leaves);
        at = if text(code, next) == "," || next == at { next + 1 } else { next };
    }
    at + 1
}

/// The text of a token, empty outside the code.
pub(crate) fn text(code: &[Token], at: usize) -> &str {
    code.get(at).map_or("", |token| &token.text)
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphanumeric() || first == '_')
}

fn declared_module(item: &[Token]) -> Option<String> {
    let at = item.iter().position(|token| token.text == "mod")?;
    (text(item, at + 2) == ";").then(|| text(item, at + 1).to_owned())
}

/// `cfg(test)`, alone or as one of the conditions that must all hold.
fn is_test_attribute(attribute: &[Token]) -> bool {
    let words: Vec<_> = attribute.iter().map(|token| token.text.as_str()).collect();
    words.starts_with(&["cfg", "(", "test", ")"])
        || (words.starts_with(&["cfg", "(", "all", "("]) && words.contains(&"test") && !words.contains(&"not"))
}

/// The first item that an attribute satisfying `is_sought` stands on, from its first attribute to its end.
fn annotated_item(code: &[Token], is_sought: impl Fn(&[Token]) -> bool) -> Option<Range<usize>> {
    let mut at = 0;
    while at < code.len() {
        let start = at;
        let mut sought = false;
        while text(code, at) == "#" && text(code, at + 1) == "[" {
            let end = end_of_group(code, at + 1);
            sought |= is_sought(&code[at + 2..end - 1]);
            at = end;
        }
        if sought {
            return Some(start..end_of_item(code, at));
        }
        at = at.max(start + 1);
    }
    None
}

/// Where the item ends that begins at `at`: after its block, its `;`, or its `,` (a field, a variant, an arm).
fn end_of_item(code: &[Token], mut at: usize) -> usize {
    let is_field = !matches!(
        text(code, at),
        "fn" | "mod" | "impl" | "use" | "struct" | "enum" | "pub" | "const" | "static" | "async" | "trait" | "type"
    );
    while at < code.len() {
        match text(code, at) {
            "(" | "[" => at = end_of_group(code, at),
            "{" if text(code, at.wrapping_sub(1)) == "::" => at = end_of_group(code, at),
            "{" => return end_of_group(code, at),
            ";" => return at + 1,
            "," if is_field => return at + 1,
            "}" | ")" => return at,
            _ => at += 1,
        }
    }
    at
}

/// Where the bracket at `at` is closed, one past it.
fn end_of_group(code: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for (end, token) in code.iter().enumerate().skip(at) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return end + 1;
        }
    }
    code.len()
}

/// Cuts a file into tokens.
fn tokens(text: &str) -> Vec<Token> {
    let (mut tokens, mut rest, mut line) = (Vec::new(), text, 1);
    while let Some(first) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| literal(rest));
        let length = skipped.unwrap_or_else(|| match first {
            ':' if rest.starts_with("::") => 2,
            first if first.is_alphanumeric() || first == '_' => word(rest),
            first => first.len_utf8(),
        });
        let (token, after) = rest.split_at(length);
        if skipped.is_none() && !first.is_whitespace() {
            tokens.push(Token { text: token.to_owned(), line });
        }
        line += token.matches('\n').count();
        rest = after;
    }
    tokens
}

fn word(text: &str) -> usize {
    text.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(text.len())
}

/// The length of the comment that opens `text`.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.strip_prefix("/*")?;
    let (mut at, mut depth) = (2, 1);
    while depth > 0 && at < text.len() {
        let rest = &text.as_bytes()[at..];
        (at, depth) = match (rest.starts_with(b"/*"), rest.starts_with(b"*/")) {
            (true, _) => (at + 2, depth + 1),
            (_, true) => (at + 2, depth - 1),
            _ => (at + 1, depth),
        };
    }
    Some(at)
}

/// The length of the string, character or lifetime that opens `text`.
fn literal(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        let after = text.strip_prefix(prefix).unwrap_or_default().trim_start_matches('#');
        text.starts_with(prefix) && after.starts_with(['"', '\''])
    })?;
    let after = &text[prefix.len()..];
    let body = if prefix.ends_with('r') { raw_string(after)? } else { plain_literal(after)? };
    Some(prefix.len() + body)
}

fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let closing = format!("\"{}", "#".repeat(hashes));
    let body = text[hashes..].strip_prefix('"')?;
    Some(hashes + 1 + body.find(&closing)? + closing.len())
}

fn plain_literal(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let mut body = text[1..].char_indices();
    if quote == '\'' && !is_character(&text[1..]) {
        return Some(1 + word(&text[1..]));
    }
    while let Some((at, next)) = body.next() {
        match next {
            '\\' => drop(body.next()),
            next if next == quote => return Some(1 + at + 1),
            _ => {}
        }
    }
    Some(text.len())
}

/// Whether what follows a `'` is a character, and not a lifetime's name.
fn is_character(text: &str) -> bool {
    text.starts_with('\\') || text.chars().nth(1) == Some('\'')
}
