//! One text per migration, whatever the checkout made of it, and its checksum.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Drops a byte order mark and ends each line with `\n`: a checkout with CRLF is no edit.
pub(super) fn normalize(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The SHA-256 of a normalized text, as 64 hexadecimal digits.
pub(super) fn checksum(normalized: &str) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(normalized.as_bytes()) {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
    }
    text
}

/// The checksum that a migration of this text has, whatever its line endings are.
#[cfg(feature = "cli")]
pub(crate) fn checksum_of(text: &str) -> String {
    checksum(&normalize(text))
}

#[cfg(test)]
mod tests {
    use super::{checksum, normalize};

    #[test]
    fn line_endings_and_byte_order_marks_are_no_difference() {
        assert_eq!(normalize("\u{feff}a\r\nb\rc\n"), "a\nb\nc\n");
    }

    #[test]
    fn the_checksum_is_sha_256() {
        // The first test vector of FIPS 180.
        assert_eq!(
            checksum("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
