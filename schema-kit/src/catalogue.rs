//! The catalogue of compile-time errors: a page for each code that a message starts with.
//!
//! The pages are the files `errors/<code>.md`, built into the program. Their examples are what the tests compile.

/// What there is to know about one kind of mistake.
///
/// # Examples
///
/// ```
/// use schema_kit::catalogue;
///
/// let page = catalogue::page("T0428").unwrap();
/// assert_eq!(page.title(), "`set_null` on a column that is never NULL");
/// assert!(page.text.contains("## Wrong"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// `T` and four digits, of which the first two are the area.
    pub code: &'static str,
    /// The whole page, in Markdown.
    pub text: &'static str,
}

impl Page {
    /// The mistake in a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let line = self.text.lines().next().unwrap_or_default();
        line.split_once(": ").map_or(line, |(_, title)| title)
    }
}

macro_rules! pages {
    ($($code:literal),* $(,)?) => {
        &[$(Page {
            code: $code,
            text: include_str!(concat!("../errors/", $code, ".md")),
        }),*]
    };
}

// One code on a line, so that additions merge.
#[rustfmt::skip]
static PAGES: &[Page] = pages![
    "T0101",
    "T0102",
    "T0103",
    "T0104",
    "T0105",
    "T0106",
    "T0107",
    "T0108",
    "T0109",
    "T0110",
    "T0111",
    "T0112",
    "T0113",
    "T0114",
    "T0115",
    "T0116",
    "T0121",
    "T0122",
    "T0123",
    "T0124",
    "T0131",
    "T0132",
    "T0133",
    "T0134",
    "T0201",
    "T0202",
    "T0203",
    "T0204",
    "T0205",
    "T0206",
    "T0207",
    "T0208",
    "T0209",
    "T0210",
    "T0301",
    "T0302",
    "T0303",
    "T0304",
    "T0305",
    "T0306",
    "T0307",
    "T0308",
    "T0309",
    "T0311",
    "T0312",
    "T0313",
    "T0314",
    "T0315",
    "T0316",
    "T0317",
    "T0318",
    "T0319",
    "T0401",
    "T0402",
    "T0403",
    "T0404",
    "T0405",
    "T0406",
    "T0407",
    "T0421",
    "T0422",
    "T0423",
    "T0424",
    "T0425",
    "T0426",
    "T0427",
    "T0428",
    "T0429",
    "T0430",
    "T0431",
    "T0501",
    "T0502",
    "T0503",
    "T0504",
    "T0505",
    "T0506",
    "T0507",
    "T0508",
    "T0511",
    "T0512",
    "T0513",
    "T0514",
    "T0515",
    "T0516",
    "T0521",
    "T0522",
    "T0523",
    "T0524",
    "T0525",
    "T0526",
    "T0531",
    "T0532",
    "T0533",
    "T0534",
    "T0541",
    "T0551",
    "T0552",
    "T0553",
    "T0554",
    "T0555",
    "T0601",
    "T0602",
    "T0603",
    "T0604",
    "T0605",
    "T0606",
    "T0701",
    "T0702",
    "T0703",
    "T0711",
    "T0712",
    "T0713",
    "T0714",
    "T0715",
    "T0716",
    "T0801",
    "T0802",
    "T0803",
    "T0804",
    "T0805",
    "T0806",
    "T0807",
    "T0808",
    "T0809",
    "T0811",
    "T0812",
    "T0901",
    "T0902",
    "T0903",
    "T0911",
    "T0912",
    "T1001",
    "T1002",
    "T1003",
    "T1004",
    "T1005",
    "T1006",
    "T1007",
    "T1008",
    "T1009",
    "T1010",
    "T1011",
    "T1012",
    "T1013",
    "T1014",
    "T1015",
    "T1016",
    "T1017",
    "T1018",
    "T1019",
    "T1020",
    "T1021",
    "T1101",
    "T1102",
    "T1103",
    "T1104",
    "T1105",
    "T1106",
    "T1107",
    "T1108",
    "T1109",
    "T1201",
    "T1202",
    "T1203",
    "T1204",
    "T1301",
    "T1302",
    "T1303",
    "T1304",
    "T1305",
    "T1306",
    "T1307",
    "T1308",
    "T1309",
    "T1310",
    "T1311",
    "T1312",
    "T1313",
    "T1314",
    "T1315",
    "T1316",
    "T1317",
    "T1321",
    "T1322",
    "T1323",
    "T1324",
    "T1325",
    "T1326",
    "T1331",
    "T1332",
    "T1333",
    "T1334",
    "T1401",
    "T1402",
    "T1403",
    "T1404",
    "T1405",
    "T1406",
    "T1407",
    "T1408",
    "T1409",
    "T1410",
    "T1411",
    "T1412",
    "T1413",
    "T1414",
    "T1415",
    "T1416",
    "T1417",
    "T1418",
    "T1419",
    "T1420",
    "T1421",
    "T1511",
    "T1512",
    "T1513",
    "T1514",
    "T1515",
    "T1516",
    "T1517",
    "T1518",
    "T1519",
    "T1520",
    "T1521",
    "T1522",
    "T1523",
    "T1524",
    "T1525",
    "T1526",
    "T1527",
    "T1541",
    "T1542",
    "T1543",
    "T1544",
    "T1545",
    "T1546",
    "T1547",
    "T1548",
    "T1549",
    "T1550",
];

/// All pages, by their codes.
#[must_use]
pub fn pages() -> &'static [Page] {
    PAGES
}

/// The page of a code, which may be written as the compiler shows it, `[T0402]`.
///
/// # Errors
///
/// A sentence that names the codes most like it, where there is none.
///
/// # Examples
///
/// ```
/// use schema_kit::catalogue::page;
///
/// assert_eq!(page("[t0428]").unwrap().code, "T0428");
/// let error = page("T0482").unwrap_err();
/// assert_eq!(error, "no error has this code; did you mean `T0428`?");
/// ```
pub fn page(code: &str) -> Result<&'static Page, String> {
    let plain = code.trim_matches(['[', ']']).to_ascii_uppercase();
    if let Some(page) = PAGES.iter().find(|page| page.code == plain) {
        return Ok(page);
    }
    let mut near: Vec<_> = PAGES
        .iter()
        .map(|page| (slips(&plain, page.code), page.code))
        .filter(|(slips, _)| *slips <= 2)
        .collect();
    near.sort_unstable();
    let best = near.first().map(|(slips, _)| *slips);
    let near: Vec<String> = near
        .iter()
        .filter(|(slips, _)| Some(*slips) == best)
        .take(3)
        .map(|(_, code)| format!("`{code}`"))
        .collect();
    Err(if near.is_empty() {
        "no error has this code; `explain` lists all".to_owned()
    } else {
        format!(
            "no error has this code; did you mean {}?",
            near.join(" or ")
        )
    })
}

/// How unlike two codes are: 1 for two digits that changed places, or for a digit missing or too many; 2 for another one.
fn slips(given: &str, code: &str) -> usize {
    let (given, code) = (given.as_bytes(), code.as_bytes());
    let same = given.iter().zip(code).take_while(|(a, b)| a == b).count();
    let (given, code) = (&given[same..], &code[same..]);
    let same = given
        .iter()
        .rev()
        .zip(code.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (&given[..given.len() - same], &code[..code.len() - same]) {
        ([], []) => 0,
        ([], [_]) | ([_], []) => 1,
        ([a, b], [c, d]) if (a, b) == (d, c) => 1,
        ([_], [_]) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_are_in_the_order_of_their_codes() {
        assert!(PAGES.is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn a_page_starts_with_its_code_and_title() {
        for page in PAGES {
            let title = format!("# {}: {}", page.code, page.title());
            assert!(page.text.starts_with(&title), "{title}");
            assert!(!page.title().is_empty(), "{title}");
        }
    }

    #[test]
    fn a_code_is_found_by_what_is_like_it() {
        assert_eq!(slips("T0402", "T0402"), 0);
        assert_eq!(slips("T402", "T0402"), 1);
        assert_eq!(slips("T04002", "T0402"), 1);
        assert_eq!(slips("T0420", "T0402"), 1);
        assert_eq!(slips("T0492", "T0402"), 2);
        assert_eq!(slips("E0080", "T0402"), 3);
    }

    #[test]
    fn a_code_like_no_other_is_told_where_all_are() {
        let error = page("E9876").unwrap_err();
        assert_eq!(error, "no error has this code; `explain` lists all");
    }
}
