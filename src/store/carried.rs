//! What a backup holds beside records: drafts and configuration files. A restore puts them back and replaces
//! nothing that is there.

use std::path::{Component, Path, PathBuf};

use super::drafts::{self, Draft};
use super::files::{private_dir, write_atomic};
use super::{codec, inputs};
use crate::domain::failure::Failure;

/// A configuration file is at most this long: a longer one is none.
const LONGEST: u64 = 4 << 20;
/// Folders of configuration files below the configuration folder.
const DEPTH: usize = 2;

/// A file in a backup, by its path: `drafts/…` or `config/…`.
pub(super) struct Carried {
    pub path: String,
    pub bytes: Vec<u8>,
}

impl Carried {
    pub fn is_draft(&self) -> bool {
        self.path.starts_with("drafts/")
    }

    /// The body of its frame: the length of the path, the path, the bytes.
    pub fn to_body(&self) -> Vec<u8> {
        let mut out = (self.path.len() as u32).to_le_bytes().to_vec();
        out.extend_from_slice(self.path.as_bytes());
        out.extend_from_slice(&self.bytes);
        out
    }

    pub fn of_body(body: &[u8]) -> Option<Self> {
        let (length, rest) = body.split_first_chunk()?;
        let (path, bytes) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let path = String::from_utf8(path.to_vec()).ok()?;
        let known = path.starts_with("drafts/") || configuration(&path).is_some();
        let bytes = bytes.to_vec();
        known.then_some(Self { path, bytes })
    }
}

/// The place of a configuration file below its folder; none if the path leads elsewhere.
fn configuration(path: &str) -> Option<&Path> {
    let place = Path::new(path.strip_prefix("config/")?);
    let is_plain = |c: Component| matches!(c, Component::Normal(_));
    let is_toml = place.extension().is_some_and(|e| e == "toml");
    (is_toml && place.components().all(is_plain)).then_some(place)
}

/// The drafts of a home and the files of a configuration folder.
///
/// # Errors
/// A configuration file that is there cannot be read.
pub(super) fn of(home: &Path, config: Option<&Path>) -> Result<Vec<Carried>, Failure> {
    let carried = |draft: &Draft| Carried {
        path: format!("drafts/{}", draft.key),
        bytes: codec::json(draft),
    };
    let mut out: Vec<Carried> = drafts::load(home).0.iter().map(carried).collect();
    if let Some(config) = config {
        gather(config, "config/", DEPTH, &mut out)?;
    }
    Ok(out)
}

fn gather(dir: &Path, at: &str, depth: usize, out: &mut Vec<Carried>) -> Result<(), Failure> {
    let entries = std::fs::read_dir(dir).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
            continue;
        };
        let name = format!("{at}{name}");
        if path.is_dir() && depth > 0 {
            gather(&path, &format!("{name}/"), depth - 1, out)?;
        } else if configuration(&name).is_some()
            && path.is_file()
            && let Some(bytes) = inputs::read(&path, LONGEST)?
        {
            out.push(Carried { path: name, bytes });
        }
    }
    Ok(())
}

/// What became of the drafts and configuration files of a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PutBack {
    /// Drafts that were put back.
    pub drafts: usize,
    /// Drafts that were left in the backup, because another one of the same place is there.
    pub drafts_kept: usize,
    /// Configuration files that were not there and were written.
    pub written: Vec<PathBuf>,
    /// Where configuration files went of which another one is there.
    pub beside: Vec<PathBuf>,
}

/// Puts files of a backup back where nothing is.
pub(super) fn put_back(
    files: &[Carried],
    home: &Path,
    config: Option<&Path>,
) -> Result<PutBack, Failure> {
    let mut out = PutBack::default();
    let there = drafts::load(home).0;
    for file in files {
        if let (Some(config), Some(place)) = (config, configuration(&file.path)) {
            put_configuration(&config.join(place), &file.bytes, &mut out)?;
        } else if file.is_draft()
            && let Ok(draft) = codec::from_json::<Draft>(&file.bytes)
        {
            match there.iter().find(|d| d.key == draft.key) {
                None => {
                    drafts::save(home, &draft)?;
                    out.drafts += 1;
                }
                Some(other) if other.body == draft.body => {}
                Some(_) => out.drafts_kept += 1,
            }
        }
    }
    Ok(out)
}

fn put_configuration(path: &Path, bytes: &[u8], out: &mut PutBack) -> Result<(), Failure> {
    if inputs::read(path, LONGEST).is_ok_and(|there| there.as_deref() == Some(bytes)) {
        return Ok(());
    }
    private_dir(path.parent().unwrap_or(path))?;
    if std::fs::symlink_metadata(path).is_err() {
        write_atomic(path, bytes)?;
        out.written.push(path.to_owned());
        return Ok(());
    }
    for n in 1.. {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".restored-{n}"));
        let beside = path.with_file_name(name);
        // The same backup may have been restored before.
        if inputs::read(&beside, LONGEST).is_ok_and(|there| there.as_deref() == Some(bytes)) {
            break;
        }
        if std::fs::symlink_metadata(&beside).is_err() {
            write_atomic(&beside, bytes)?;
            out.beside.push(beside);
            break;
        }
    }
    Ok(())
}
