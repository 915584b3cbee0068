//! Exit statuses: a contract with scripts and build servers.

use std::process::ExitCode;

/// How a command ended; the worse is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing of severity error was found.
    Fine,
    /// Errors were found: a diagnostic, a failed expectation, a file that is not in its normal form.
    Found,
    /// The command could not be carried out.
    Failed,
}

impl Status {
    /// The worse of two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Fine => 0,
            Status::Found => 1,
            Status::Failed => 2,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_several_files_counts() {
        assert_eq!(Status::Fine.and(Status::Found), Status::Found);
        assert_eq!(Status::Failed.and(Status::Found), Status::Failed);
        assert_eq!([Status::Fine, Status::Fine].into_iter().fold(Status::Fine, Status::and), Status::Fine);
    }
}
