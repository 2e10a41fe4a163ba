//! The files of one load, each with its state just before it was read.
//!
//! A comparison of these states with the present ones finds every change since the load, also one during the load. Files that
//! could not be read are included: that they can be read now is a change, too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

/// Links on the way to one file. The system gives up after as many.
const MOST_LINKS: usize = 40;

/// Files, and the state of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<PathBuf, FileState>);

/// What tells one state of a file from another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileState {
    /// Each link on the way to the file, and last the file itself; no folder of these paths is a link.
    way: Vec<PathBuf>,
    attributes: Result<Attributes, io::ErrorKind>,
}

/// Content, mode and owner, links followed. The time of the last change of the inode alone is not enough: not every
/// network file system keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Attributes {
    device: u64,
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    mode: u32,
    owner: (u32, u32),
}

/// Reads a whole file that an operator wrote.
///
/// # Errors
/// It cannot be read, is no regular file (reading a pipe or a device may never end), or has more than 64 MiB.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_regular(path).map_err(|error| with_user(path, error))
}

fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    const MOST_BYTES: u64 = 64 << 20;
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut content = Vec::new();
    // Not by the size of the file: it may grow meanwhile.
    File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MOST_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(content)
}

/// The error, with who was refused and whose the file is if it may not be opened.
pub(crate) fn with_user(path: &Path, error: io::Error) -> io::Error {
    if error.kind() != io::ErrorKind::PermissionDenied {
        return error;
    }
    let (user, group) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
    // Not to be had if a folder above it may not be entered.
    let whose = std::fs::metadata(path).map_or_else(
        |_| "a folder above the file keeps it out".to_owned(),
        |file| format!("the file is user {}'s, group {}'s, mode {:04o}", file.uid(), file.gid(), file.mode() & 0o7777),
    );
    io::Error::new(error.kind(), format!("permission denied: octroi runs as user {user}, group {group}, and {whose}"))
}

impl Files {
    /// These files as they are now.
    pub fn now<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        Self(paths.into_iter().map(|path| (path.to_owned(), FileState::now(path))).collect())
    }

    /// Adds a file as it is now, unless it is there already.
    pub(super) fn note(&mut self, path: &Path) {
        if !self.0.contains_key(path) {
            self.0.insert(path.to_owned(), FileState::now(path));
        }
    }

    /// Their paths, as the configuration names them.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(PathBuf::as_path)
    }

    /// Where each of them really is, or would be.
    pub fn targets(&self) -> impl Iterator<Item = &Path> {
        self.0.values().filter_map(|state| state.way.last()).map(PathBuf::as_path)
    }

    /// Whether something at this path may change any of them: one of these files, a link on the way to one, or a folder
    /// above.
    pub fn depend_on(&self, path: &Path) -> bool {
        self.0.values().flat_map(|state| &state.way).any(|step| step.starts_with(path))
    }

    /// The folders to watch for changes of these files: that of the file, and that of each link on the way to it. If a folder
    /// does not exist, the nearest existing one above it.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let steps = self.0.values().flat_map(|state| &state.way);
        steps.filter_map(|step| step.ancestors().skip(1).find(|folder| folder.is_dir())).map(Path::to_owned).collect()
    }
}

impl FileState {
    fn now(path: &Path) -> Self {
        Self { way: way_to(path), attributes: Attributes::of(path).map_err(|error| error.kind()) }
    }
}

impl Attributes {
    fn of(path: &Path) -> io::Result<Self> {
        let metadata = std::fs::metadata(path)?;
        Ok(Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            mode: metadata.mode(),
            owner: (metadata.uid(), metadata.gid()),
        })
    }
}

/// The links through which the system goes to a file, and last the file itself, whether or not it exists.
fn way_to(path: &Path) -> Vec<PathBuf> {
    let mut way = Vec::new();
    let mut reached = PathBuf::new();
    let Ok(mut rest) = std::path::absolute(path) else { return way };
    loop {
        let mut components = rest.components();
        let Some(component) = components.next() else { break };
        let after = components.as_path().to_owned();
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(reached.pop()),
            component => reached.push(component),
        }
        let target = std::fs::read_link(&reached).ok().filter(|_| way.len() < MOST_LINKS);
        rest = match target {
            Some(target) => {
                way.push(reached.clone());
                reached.pop();
                target.join(after)
            }
            None => after,
        };
    }
    way.push(reached);
    way
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// A folder whose own path has no link in it.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        (folder, path)
    }

    #[test]
    fn who_was_refused_is_said_with_whose_the_file_is() {
        let (_folder, path) = folder();
        let file = path.join("key.pem");
        std::fs::write(&file, "").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let user = rustix::process::geteuid().as_raw();
        let said = with_user(&file, io::ErrorKind::PermissionDenied.into()).to_string();
        assert!(said.contains(&format!("octroi runs as user {user}, ")), "{said}");
        assert!(said.ends_with(", mode 0600"), "{said}");
        let said = with_user(&path.join("none"), io::ErrorKind::PermissionDenied.into()).to_string();
        assert!(said.ends_with("a folder above the file keeps it out"), "{said}");
        assert_eq!(with_user(&file, io::ErrorKind::NotFound.into()).kind(), io::ErrorKind::NotFound);
    }

    fn now(path: &Path) -> Files {
        Files::now([path])
    }

    #[test]
    fn a_rename_over_the_file_is_a_change_and_a_log_beside_it_is_none() {
        let (_guard, folder) = folder();
        let file = folder.join("octroi.toml");
        std::fs::write(&file, "one").unwrap();
        let before = now(&file);
        std::fs::write(folder.join("access.log"), "line").unwrap();
        assert_eq!(before, now(&file));
        std::fs::write(folder.join("new"), "two").unwrap();
        std::fs::rename(folder.join("new"), &file).unwrap();
        assert_ne!(before, now(&file));
    }

    #[test]
    fn mode_owner_and_existence_are_part_of_the_state() {
        let (_guard, folder) = folder();
        let file = folder.join("key.pem");
        let missing = now(&file);
        std::fs::write(&file, "key").unwrap();
        let made = now(&file);
        assert_ne!(missing, made);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_ne!(made, now(&file));
    }

    #[test]
    fn the_swap_of_a_kubernetes_volume_is_a_change_and_shows_beside_the_link() {
        let (_guard, folder) = folder();
        let at = |name: &str| folder.join(name);
        for version in ["..1", "..2"] {
            std::fs::create_dir(at(version)).unwrap();
            std::fs::write(at(version).join("octroi.toml"), "same size").unwrap();
        }
        symlink("..1", at("..data")).unwrap();
        symlink("..data/octroi.toml", at("octroi.toml")).unwrap();
        let before = now(&at("octroi.toml"));
        assert_eq!(before.folders(), [folder.clone(), at("..1")].into());
        assert_eq!(before.targets().collect::<Vec<_>>(), [at("..1").join("octroi.toml")]);
        for (path, expected) in
            [("octroi.toml", true), ("..data", true), ("..1", true), ("", true), ("..2", false), ("access.log", false)]
        {
            assert_eq!(before.depend_on(&at(path)), expected, "{path}");
        }
        symlink("..2", at("..data_tmp")).unwrap();
        std::fs::rename(at("..data_tmp"), at("..data")).unwrap();
        assert_ne!(before, now(&at("octroi.toml")));
    }

    #[test]
    fn a_link_that_leads_nowhere_yet_is_followed_to_where_it_will_lead() {
        let (_guard, folder) = folder();
        std::fs::create_dir(folder.join("release")).unwrap();
        symlink("release/new/deep", folder.join("current")).unwrap();
        let files = now(&folder.join("current/../octroi.toml"));
        assert_eq!(files.targets().collect::<Vec<_>>(), [folder.join("release/new/octroi.toml")]);
        assert_eq!(files.folders(), [folder.clone(), folder.join("release")].into());
    }

    #[test]
    fn links_in_a_circle_end() {
        let (_guard, folder) = folder();
        symlink("b", folder.join("a")).unwrap();
        symlink("a", folder.join("b")).unwrap();
        assert_eq!(now(&folder.join("a")).folders(), [folder].into());
    }
}
