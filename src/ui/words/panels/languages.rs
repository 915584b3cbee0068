//! The English names of the languages of templates.

/// The English name of a template language; empty where the code says it all.
pub fn language(code: &str) -> String {
    let (base, region) = code.split_once('_').unwrap_or((code, ""));
    let name = LANGUAGES.iter().find(|(known, _)| *known == base).map_or("", |(_, name)| *name);
    if region.is_empty() || name.is_empty() { name.to_owned() } else { format!("{name}, {region}") }
}

#[rustfmt::skip]
const LANGUAGES: &[(&str, &str)] = &[
    ("af", "Afrikaans"), ("ar", "Arabic"), ("az", "Azerbaijani"), ("be", "Belarusian"), ("bg", "Bulgarian"),
    ("bn", "Bengali"), ("ca", "Catalan"), ("cs", "Czech"), ("da", "Danish"), ("de", "German"), ("el", "Greek"),
    ("en", "English"), ("es", "Spanish"), ("et", "Estonian"), ("fa", "Persian"), ("fi", "Finnish"), ("fil", "Filipino"),
    ("fr", "French"), ("ga", "Irish"), ("gu", "Gujarati"), ("ha", "Hausa"), ("he", "Hebrew"), ("hi", "Hindi"),
    ("hr", "Croatian"), ("hu", "Hungarian"), ("id", "Indonesian"), ("it", "Italian"), ("ja", "Japanese"),
    ("ka", "Georgian"), ("kk", "Kazakh"), ("kn", "Kannada"), ("ko", "Korean"), ("ky", "Kyrgyz"), ("lo", "Lao"),
    ("lt", "Lithuanian"), ("lv", "Latvian"), ("mk", "Macedonian"), ("ml", "Malayalam"), ("mr", "Marathi"),
    ("ms", "Malay"), ("nb", "Norwegian"), ("nl", "Dutch"), ("pa", "Punjabi"), ("pl", "Polish"), ("prs", "Dari"), ("ps", "Pashto"), ("pt", "Portuguese"),
    ("ro", "Romanian"), ("ru", "Russian"), ("rw", "Kinyarwanda"), ("si", "Sinhala"), ("sk", "Slovak"),
    ("sl", "Slovenian"), ("sq", "Albanian"), ("sr", "Serbian"), ("sv", "Swedish"), ("sw", "Swahili"), ("ta", "Tamil"),
    ("te", "Telugu"), ("th", "Thai"), ("tr", "Turkish"), ("uk", "Ukrainian"), ("ur", "Urdu"), ("uz", "Uzbek"),
    ("vi", "Vietnamese"), ("zh", "Chinese"), ("zu", "Zulu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_platform_has_a_name() {
        let limits = &crate::policy::standard().limits.template;
        for code in &limits.languages {
            assert_ne!(language(code), "", "{code}");
        }
        assert_eq!(language("pt_BR"), "Portuguese, BR");
    }
}
