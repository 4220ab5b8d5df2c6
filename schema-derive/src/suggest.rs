//! "Did you mean …?"

use std::collections::BTreeMap;

/// The candidate nearest to a misspelled word, if any is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let plain = fold(word);
    // A third of the word may be wrong: beyond that a suggestion is a guess.
    let limit = (plain.chars().count() / 3).max(1);
    // Of two as near, the one with the same first letter: that one is seldom wrong.
    let rank = |candidate: &str| {
        let distance = distance(&plain, &fold(candidate));
        (distance, candidate.chars().next() != word.chars().next())
    };
    let ranked = candidates
        .iter()
        .map(|candidate| (rank(candidate), *candidate));
    let near = ranked.filter(|((distance, _), _)| *distance <= limit);
    near.min_by_key(|(rank, _)| *rank)
        .map(|(_, candidate)| candidate)
}

/// The help for a word that is none of the candidates: the nearest one, or all of them.
pub(crate) fn help(word: &str, candidates: &[&str]) -> String {
    match nearest(word, candidates) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => format!("there are {}", list(candidates)),
    }
}

/// The words in backticks, separated by commas; past the sixteenth they are left out.
pub(crate) fn list(words: &[&str]) -> String {
    const MOST: usize = 16;
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            text.push_str(", ");
        }
        if at == MOST {
            return text + "…";
        }
        text.extend(["`", word, "`"]);
    }
    text
}

/// Letter case and underscores are what people get wrong most, so they do not count.
fn fold(word: &str) -> String {
    word.chars()
        .filter(|c| *c != '_' && *c != '-')
        .flat_map(char::to_lowercase)
        .collect()
}

/// The Damerau-Levenshtein distance: insertions, deletions, replacements and swaps of two neighbors, each counted once.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let infinite = a.len() + b.len();
    let width = b.len() + 2;
    let mut table = vec![0; (a.len() + 2) * width];
    table[0] = infinite;
    for i in 0..=a.len() {
        table[(i + 1) * width] = infinite;
        table[(i + 1) * width + 1] = i;
    }
    for j in 0..=b.len() {
        table[j + 1] = infinite;
        table[width + j + 1] = j;
    }
    let mut last_row: BTreeMap<char, usize> = BTreeMap::new();
    for i in 1..=a.len() {
        let mut last_match = 0;
        for j in 1..=b.len() {
            let row = last_row.get(&b[j - 1]).copied().unwrap_or(0);
            let column = last_match;
            let replace = usize::from(a[i - 1] != b[j - 1]);
            if replace == 0 {
                last_match = j;
            }
            let swap = table[row * width + column] + (i - row - 1) + 1 + (j - column - 1);
            table[(i + 1) * width + j + 1] = (table[i * width + j] + replace)
                .min(table[(i + 1) * width + j] + 1)
                .min(table[i * width + j + 1] + 1)
                .min(swap);
        }
        last_row.insert(a[i - 1], i);
    }
    table[(a.len() + 1) * width + b.len() + 1]
}

#[cfg(test)]
mod tests {
    use super::{distance, help, nearest};

    #[test]
    fn distance_counts_each_edit_and_each_swap_once() {
        for (a, b, expected) in [
            ("", "", 0),
            ("unique", "unique", 0),
            ("unqiue", "unique", 1),
            ("uniqe", "unique", 1),
            ("ca", "abc", 2),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn nearest_ignores_case_and_underscores() {
        let words = ["primary_key", "references"];
        assert_eq!(nearest("primaryKey", &words), Some("primary_key"));
        assert_eq!(nearest("refrences", &words), Some("references"));
    }

    #[test]
    fn a_word_too_far_from_all_gets_the_whole_list() {
        assert_eq!(nearest("banana", &["name", "unique"]), None);
        assert_eq!(
            help("banana", &["name", "unique"]),
            "there are `name`, `unique`"
        );
    }
}
