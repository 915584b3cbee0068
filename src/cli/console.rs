//! Where commands write: results to standard output, all else to standard error; colours only on a terminal.

use std::io::{ErrorKind, Write};

use super::{Colour, Status};

/// When what follows is coloured. Left to itself it looks at the terminal and at `NO_COLOR`, `CLICOLOR` and
/// `CLICOLOR_FORCE`.
pub fn colour(colour: Colour) {
    let choice = match colour {
        Colour::Auto => anstream::ColorChoice::Auto,
        Colour::Always => anstream::ColorChoice::Always,
        Colour::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Prints a result. A reader that has gone away, such as `head`, is no failure; a full disk is.
pub fn print(text: &str) -> Status {
    let mut out = anstream::AutoStream::auto(std::io::stdout());
    let written = if out.current_choice() == anstream::ColorChoice::Never {
        // Without its colours in one piece: piece by piece it would go out line by line.
        let plain = anstream::adapter::strip_str(text).to_string();
        std::io::stdout().write_all(plain.as_bytes()).and_then(|()| std::io::stdout().flush())
    } else {
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    };
    match written {
        Ok(()) => Status::Fine,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Status::Fine,
        Err(error) => {
            complain(&format!("the result could not be written: {error}\n"));
            Status::Failed
        }
    }
}

/// Says what went wrong. Where even that cannot be written nobody is there to be told.
pub fn complain(text: &str) {
    let mut err = anstream::AutoStream::auto(std::io::stderr());
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
