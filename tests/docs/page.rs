//! Parses a page of the documentation: code blocks, links, headings and code spans.

use std::path::{Path, PathBuf};

use crate::repository;

/// Texts with the number of their line.
type Numbered = Vec<(usize, String)>;

/// A Markdown file.
pub(crate) struct Page {
    /// From the repository's root.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// A block between lines of backticks.
pub(crate) struct Fence {
    /// The line of its first backticks, from 1.
    pub(crate) line: usize,
    /// The first word after them: `toml`.
    pub(crate) language: String,
    /// The rest of that line: `exit=1`, `unrun: needs root`.
    pub(crate) info: String,
    pub(crate) text: String,
}

/// A link, and where it stands.
pub(crate) struct Link {
    pub(crate) line: usize,
    pub(crate) target: String,
}

impl Page {
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(repository().join(path))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { path: path.to_owned(), text }
    }

    /// Every page of the book but the table of contents: `docs/`, `deploy/`, and what stands at the root.
    pub(crate) fn all() -> Vec<Self> {
        let mut paths: Vec<PathBuf> =
            ["README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "benches/README.md"]
                .iter()
                .map(PathBuf::from)
                .collect();
        for folder in ["docs", "deploy"] {
            collect(Path::new(folder), &mut paths);
        }
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    /// Where something stands, for a failure message.
    pub(crate) fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path.display())
    }

    /// Each line with its number and whether it belongs to a code block, its fences included.
    pub(crate) fn lines(&self) -> Vec<(usize, &str, bool)> {
        let mut inside = false;
        let lines = self.text.lines().enumerate().map(|(index, line)| {
            let fence = line.trim_start().starts_with("```");
            let of_code = inside || fence;
            inside ^= fence;
            (index + 1, line, of_code)
        });
        lines.collect()
    }

    pub(crate) fn fences(&self) -> Vec<Fence> {
        let mut fences: Vec<Fence> = Vec::new();
        let mut open = false;
        for (line, text, of_code) in self.lines() {
            match text.trim_start().strip_prefix("```") {
                Some(_) if open => open = false,
                Some(info) => {
                    let (language, info) = info.split_once(' ').unwrap_or((info, ""));
                    fences.push(Fence { line, language: language.into(), info: info.into(), text: String::new() });
                    open = true;
                }
                None if of_code => {
                    let fence = fences.last_mut().unwrap();
                    fence.text += text;
                    fence.text += "\n";
                }
                None => {}
            }
        }
        fences
    }

    /// The prose, with the words between single backticks taken out, and those words, each with its line.
    fn prose_and_code(&self) -> (Numbered, Numbered) {
        let (mut prose, mut code) = (Numbered::new(), Numbered::new());
        for (line, text, of_code) in self.lines() {
            if of_code {
                continue;
            }
            let (words, spans): (Vec<_>, Vec<_>) = text.split('`').enumerate().partition(|(index, _)| index % 2 == 0);
            prose.push((line, words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join("_")));
            code.extend(spans.into_iter().map(|(_, span)| (line, span.to_owned())));
        }
        (prose, code)
    }

    pub(crate) fn code_spans(&self) -> Numbered {
        self.prose_and_code().1
    }

    pub(crate) fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for (line, text) in self.prose_and_code().0 {
            for rest in text.split("](").skip(1) {
                if let Some((target, _)) = rest.split_once(')') {
                    links.push(Link { line, target: target.to_owned() });
                }
            }
        }
        links
    }

    /// The headings' anchors, as forges and the book make them.
    pub(crate) fn anchors(&self) -> Vec<String> {
        let headings = self.lines().into_iter().filter(|(_, line, of_code)| !of_code && line.starts_with('#'));
        let mut anchors: Vec<String> = Vec::new();
        for (_, line, _) in headings {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
            let earlier = anchors.iter().filter(|known| **known == anchor).count();
            anchors.push(if earlier == 0 { anchor } else { format!("{anchor}-{earlier}") });
        }
        anchors
    }
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(repository().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|end| end == "md") && !path.ends_with("SUMMARY.md") {
            into.push(path);
        }
    }
}
