//! Runs every code block of the documentation: configurations and charters are loaded, commands are run with the built
//! binary, in one folder for each page, in the order of the page. Words after the language change that:
//!
//! | word | of | effect |
//! |---|---|---|
//! | `file=NAME`, `append=NAME` | `toml` | the block is also written there, for the commands that follow |
//! | `exit=N` | `sh`, `console` | the commands end with this code and not with 0 |
//! | `eventually` | `sh`, `console` | the commands are run again until they end as the page says |
//! | `serve` | `sh` | the command starts an octroi that keeps serving |
//! | `tried` | any | another test reads the block from the page and runs it |
//! | `unrun: REASON` | any | the block is not run, for this reason |

use std::time::{Duration, Instant};

use crate::configurations::{check, loads};
use crate::page::{Fence, Page};
use crate::sandbox::Sandbox;

/// How long what a page says comes "a moment later" may take.
const EVENTUALLY: Duration = Duration::from_secs(20);

/// What is wrong with a block, after it was run.
fn run(page: &Page, fence: &Fence, sandbox: &mut Sandbox) -> Result<(), String> {
    let word = |name: &str| fence.info.split(' ').find_map(|word| word.strip_prefix(name));
    let says = |name: &str| fence.info.split(' ').any(|word| word == name);
    if let Some(reason) = fence.info.strip_prefix("unrun: ") {
        return if reason.contains(' ') { Ok(()) } else { Err("say why it is not run".into()) };
    }
    if says("tried") {
        return Ok(());
    }
    match &*fence.language {
        // Drawings, and what a program prints beside its commands.
        "text" => Ok(()),
        "json" => serde_json::from_str::<serde_json::Value>(&fence.text).map(drop).map_err(|error| error.to_string()),
        "toml" => {
            if let Some(name) = word("append=") {
                sandbox.append(name, &fence.text);
                return loads(&sandbox.path("octroi.toml"));
            }
            if let Some(name) = word("file=") {
                sandbox.write(name, &fence.text);
            }
            check(&fence.text)
        }
        "sh" if says("serve") => {
            sandbox.serve(fence.text.trim());
            Ok(())
        }
        "sh" | "console" => {
            let expected = word("exit=").map_or(0, |code| code.parse().unwrap());
            if page.text.contains("127.0.0.1:9180") && fence.text.contains(":9180") && !sandbox.serves() {
                sandbox.serve("octroi run");
            }
            let begun = Instant::now();
            loop {
                let result = match &*fence.language {
                    "sh" => commands(sandbox, &fence.text, expected),
                    _ => session(sandbox, fence, expected),
                };
                if result.is_ok() || !says("eventually") || begun.elapsed() > EVENTUALLY {
                    return result;
                }
            }
        }
        other => Err(format!("{other:?} is no language that is run: `text`, or `{other} unrun: why`")),
    }
}

/// Runs a whole block; if it is to fail, each line of it.
fn commands(sandbox: &Sandbox, text: &str, expected: i32) -> Result<(), String> {
    if expected != 0 && text.lines().count() > 1 {
        return text.lines().try_for_each(|line| commands(sandbox, line, expected));
    }
    let ended = sandbox.run(text);
    if ended.code == Some(expected) {
        return Ok(());
    }
    Err(format!("ended with {:?} and not with {expected}:\n{text}\n{}{}", ended.code, ended.stdout, ended.stderr))
}

/// Commands after `$ `, each with what it prints; `…` alone on a line stands for any lines.
fn session(sandbox: &Sandbox, fence: &Fence, expected: i32) -> Result<(), String> {
    for part in fence.text.split("$ ").skip(1) {
        let (command, wanted) = part.split_once('\n').unwrap_or((part, ""));
        let ended = sandbox.run(command);
        if ended.code != Some(expected) {
            return Err(format!("{command}: ended with {:?}:\n{}{}", ended.code, ended.stdout, ended.stderr));
        }
        let printed = ended.stdout + &ended.stderr;
        if !is_like(&printed, wanted) {
            return Err(format!("{command}\n--- the page says\n{wanted}--- it prints\n{printed}"));
        }
    }
    Ok(())
}

fn is_like(printed: &str, wanted: &str) -> bool {
    let trimmed = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n");
    let printed = trimmed(printed) + "\n";
    let wanted = trimmed(wanted.trim_end()) + "\n";
    let mut rest = &*printed;
    let mut parts = wanted.split("…\n");
    let Some(first) = parts.next().and_then(|first| rest.strip_prefix(first)) else { return false };
    rest = first;
    let mut open = false;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
        open = part.is_empty();
    }
    open || rest.trim().is_empty()
}

#[test]
fn every_block_is_run_or_says_why_not() {
    let mut wrong = Vec::new();
    let mut run_blocks = 0;
    for page in Page::all() {
        let fences = page.fences();
        if fences.is_empty() {
            continue;
        }
        let mut sandbox = Sandbox::new();
        sandbox.fill();
        for fence in fences {
            run_blocks += usize::from(!fence.info.starts_with("unrun: ") && fence.language != "text");
            if let Err(error) = run(&page, &fence, &mut sandbox) {
                wrong.push(format!("{}: {error}", page.at(fence.line)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(run_blocks > 40, "only {run_blocks} blocks were run");
}

/// Four spaces make code without a language, which nobody would run.
#[test]
fn no_code_is_outside_a_block() {
    let mut wrong = Vec::new();
    for page in Page::all() {
        let mut blank = true;
        for (line, text, of_code) in page.lines() {
            if blank && !of_code && text.starts_with("    ") {
                wrong.push(page.at(line));
            }
            blank = text.is_empty() || text.starts_with('#');
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn three_dots_match_any_lines_and_nothing_else() {
    assert!(is_like("a\nb\nc\n", "a\n…\nc\n") && is_like("a\nb\n", "a\n…\n") && is_like("a \n", "a"));
    assert!(!is_like("a\nb\n", "a\n") && !is_like("a\nb\nc\n", "a\n…\nd\n") && !is_like("b\n", "a\n…\n"));
}
