//! Latin letters without their accents.

/// A letter the rules can read, or a foreign letter that is kept together with its word.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

/// A combining accent, as decomposed Unicode writes it.
pub(super) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

/// Lower-case ASCII letters and apostrophes of a word; what has no Latin reading is left out.
pub(crate) fn folded(word: &str) -> String {
    word.chars().map(fold).collect()
}

/// The plain letters for one character; empty when it has no Latin reading.
pub(super) fn fold(c: char) -> &'static str {
    const PLAIN: [&str; 26] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v",
        "w", "x", "y", "z",
    ];
    if is_apostrophe(c) {
        return "'";
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    if lower.is_ascii_lowercase() {
        return PLAIN[usize::from(lower as u8 - b'a')];
    }
    match lower {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' | 'ắ' | 'ằ'
        | 'ẳ' | 'ẵ' | 'ặ' => "a",
        'å' => "o",
        'æ' => "ae",
        'ç' | 'ś' | 'ŝ' | 'ș' => "s",
        'ć' | 'č' => "ch",
        'ĉ' | 'ċ' => "c",
        'ď' | 'đ' => "d",
        'ð' | 'þ' => "th",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => {
            "e"
        }
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' | 'ị' | 'ỉ' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ǒ' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ' | 'ỗ' | 'ộ'
        | 'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' => "o",
        'œ' => "e",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'š' | 'ş' => "sh",
        'ß' => "ss",
        'ţ' | 'ț' | 'ť' | 'ŧ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ǔ' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử' | 'ữ'
        | 'ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => "y",
        'ź' | 'ż' => "z",
        'ž' => "zh",
        // The rest of the Latin letters below U+0250 and in U+1E00–1EFF are rare: any vowel keeps them singable.
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if lower.is_alphabetic() => "a",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_fold_away() {
        for (word, plain) in
            [("Chloé", "chloe"), ("Łukasz", "lukasz"), ("Søren", "soren"), ("D’Arcy", "d'arcy"), ("美", "")]
        {
            assert_eq!(folded(word), plain);
        }
        assert_eq!(folded("Zoe\u{308}"), "zoe");
    }
}
