//! A path that a file names, as it is to be named from another folder. Looks at no file: paths are taken as they stand.

use std::path::{Component, Path, PathBuf};

use crate::policy;

/// What a funnel in the folder `to` calls the policy that one in the folder `from` calls so. A shipped policy has one name
/// everywhere.
pub fn policy_seen_from(reference: &str, from: &Path, to: &Path) -> String {
    if policy::known_ids().any(|id| id == reference) || Path::new(reference).is_absolute() {
        return reference.to_owned();
    }
    let (Some(target), Some(folder)) = (whole(&from.join(reference)), whole(to)) else { return reference.to_owned() };
    let shared = target.iter().zip(&folder).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        // Nothing leads from one drive to another.
        return target.iter().collect::<PathBuf>().display().to_string();
    }
    let up = folder[shared..].iter().map(|_| Component::ParentDir.as_os_str().to_owned());
    let names: Vec<String> =
        up.chain(target[shared..].iter().cloned()).map(|part| part.to_string_lossy().into_owned()).collect();
    names.join("/")
}

/// The parts of a path from the root on, without steps back.
fn whole(path: &Path) -> Option<Vec<std::ffi::OsString>> {
    let mut parts = Vec::new();
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            other => parts.push(other.as_os_str().to_owned()),
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_of_ones_own_is_found_from_another_folder() {
        let seen = |reference: &str, from: &str, to: &str| policy_seen_from(reference, Path::new(from), Path::new(to));
        assert_eq!(seen("our.ron", "/work/funnels", "/work/funnels"), "our.ron");
        assert_eq!(seen("our.ron", "/work/funnels", "/work/funnels/new"), "../our.ron");
        assert_eq!(seen("../our.ron", "/work/funnels", "/work/new/deep"), "../../our.ron");
        assert_eq!(seen("../our.ron", "/work/funnels", "/work"), "our.ron");
        assert_eq!(seen("/etc/our.ron", "/work", "/home"), "/etc/our.ron");
        assert_eq!(seen(policy::DEFAULT_ID, "/work", "/home"), policy::DEFAULT_ID);
    }
}
