//! Given names the dictionary lacks or misreads, and a few everyday words as they are sung rather than spoken.
//!
//! Typed by us in ARPAbet, as English speakers say them. Keys are folded: lower case, no accents.

/// The pronunciation of a folded name.
pub(super) fn find(folded: &str) -> Option<&'static str> {
    NAMES.binary_search_by(|(name, _)| (*name).cmp(folded)).ok().map(|place| NAMES[place].1)
}

#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("aaliyah", "AH0 L IY1 AH0"), ("aarav", "AA1 R AH0 V"), ("aditi", "AA1 D IH0 T IY0"), ("adwoa", "AE1 JH W AH0"),
    ("aiko", "AY1 K OW0"), ("ailbhe", "AE1 L V AH0"), ("aine", "AO1 N Y AH0"), ("ainhoa", "AY0 N OW1 AH0"),
    ("aisha", "AY0 IY1 SH AH0"), ("aisling", "AE1 SH L IH0 NG"), ("akira", "AH0 K IH1 R AH0"),
    ("alejandra", "AE2 L EH0 HH AA1 N D R AH0"), ("alejandro", "AE2 L EH0 HH AA1 N D R OW0"),
    ("amara", "AH0 M AA1 R AH0"), ("amelie", "AE1 M AH0 L IY0"), ("amina", "AH0 M IY1 N AH0"),
    ("anais", "AH0 N AA0 IY1 S"), ("ananya", "AH0 N AA1 N Y AH0"), ("andrea", "AE1 N D R IY0 AH0"),
    ("angelique", "AA2 N ZH EH0 L IY1 K"), ("anya", "AA1 N Y AH0"), ("aoife", "IY1 F AH0"), ("aren't", "AA1 R N T"),
    ("arjun", "AA1 R JH UH0 N"), ("asha", "AA1 SH AH0"), ("astrid", "AE1 S T R IH0 D"), ("ayaan", "AH0 Y AA1 N"),
    ("ayesha", "AY0 IY1 SH AH0"), ("ayo", "AY1 OW0"), ("bao", "B AW1"), ("beatriz", "B IY2 AH0 T R IY1 S"),
    ("bjork", "B Y AO1 R K"), ("bjorn", "B Y AO1 R N"), ("blaithin", "B L AO1 HH IY0 N"),
    ("bronwyn", "B R AA1 N W IH0 N"), ("caoimhe", "K IY1 V AH0"), ("carys", "K AE1 R IH0 S"),
    ("cerys", "K EH1 R IH0 S"), ("chiamaka", "CH IY0 AH0 M AA1 K AH0"), ("chiara", "K IY0 AA1 R AH0"),
    ("chidi", "CH IY1 D IY0"), ("child", "CH AY1 L D"), ("chimamanda", "CH IY2 M AH0 M AA1 N D AH0"),
    ("chloe", "K L OW1 IY0"), ("ciara", "K IH1 R AH0"), ("ciaran", "K IH1 R AH0 N"), ("cillian", "K IH1 L IY0 AH0 N"),
    ("clodagh", "K L OW1 D AH0"), ("dafydd", "D AE1 V IH0 DH"), ("daithi", "D AA1 HH IY0"),
    ("diarmuid", "D IH1 R M IH0 D"), ("dmitri", "D AH0 M IY1 T R IY0"), ("dmitry", "D AH0 M IY1 T R IY0"),
    ("domhnall", "D OW1 N AH0 L"), ("efua", "EH0 F UW1 AH0"), ("eilidh", "EY1 L IY0"), ("eimear", "IY1 M ER0"),
    ("elif", "EH0 L IY1 F"), ("elodie", "EH1 L AH0 D IY0"), ("emre", "EH1 M R EH0"), ("enrique", "EH0 N R IY1 K EY0"),
    ("eoghan", "OW1 AH0 N"), ("eoin", "OW1 AH0 N"), ("esme", "EH1 Z M EY0"), ("etienne", "EH0 T Y EH1 N"),
    ("every", "EH1 V R IY0"), ("ewa", "EH1 V AH0"), ("farah", "F AE1 R AH0"), ("fatima", "F AA1 T IH0 M AH0"),
    ("fatou", "F AA1 T UW0"), ("felicite", "F EH0 L IY2 S IH0 T EY1"), ("fernanda", "F ER0 N AA1 N D AH0"),
    ("fionn", "F Y UW1 N"), ("fire", "F AY1 R"), ("folake", "F OW1 L AH0 K EY0"), ("francois", "F R AA0 N S W AA1"),
    ("freya", "F R EY1 AH0"), ("giovanni", "JH OW0 V AA1 N IY0"), ("girl", "G ER1 L"), ("giulia", "JH UW1 L Y AH0"),
    ("gloria", "G L AO1 R IY0 AH0"), ("grainne", "G R AO1 N Y AH0"), ("guillermo", "G IY0 Y EH1 R M OW0"),
    ("gwyneth", "G W IH1 N IH0 TH"), ("haruki", "HH AA1 R UW0 K IY0"), ("hassan", "HH AA1 S AA0 N"),
    ("hiroshi", "HH IH1 R OW0 SH IY0"), ("hooray", "HH UH0 R EY1"), ("hour", "AW1 R"), ("hours", "AW1 R Z"),
    ("hye", "HH EY1"), ("i'll", "AY1 L"), ("ibrahim", "IH1 B R AH0 HH IY2 M"), ("ieuan", "Y AY1 AH0 N"),
    ("ife", "IY1 F EY0"), ("ikram", "IH1 K R AA0 M"), ("imani", "IH0 M AA1 N IY0"), ("imogen", "IH1 M AH0 JH AH0 N"),
    ("ines", "IY0 N EH1 Z"), ("isla", "AY1 L AH0"), ("ivan", "AY1 V AH0 N"), ("iwan", "IH1 W AH0 N"),
    ("jaime", "HH AY1 M EY0"), ("javier", "HH AA0 V Y EH1 R"), ("jesus", "HH EY0 S UW1 S"), ("jin", "JH IH1 N"),
    ("joao", "ZH W AW1"), ("joaquin", "W AA0 K IY1 N"), ("jorge", "HH AO1 R HH EY0"), ("jose", "HH OW0 Z EY1"),
    ("josue", "HH OW0 S W EY1"), ("juan", "W AA1 N"), ("juanita", "W AA0 N IY1 T AH0"), ("jun", "JH UH1 N"),
    ("kai", "K AY1"), ("kaito", "K AY1 T OW0"), ("karolina", "K EH2 R OW0 L IY1 N AH0"),
    ("katarzyna", "K AA2 T AH0 ZH IH1 N AH0"), ("keziah", "K AH0 Z AY1 AH0"), ("khadija", "K AH0 D IY1 JH AH0"),
    ("kofi", "K OW1 F IY0"), ("krzysztof", "K SH IH1 SH T AO0 F"), ("kwame", "K W AA1 M EY0"),
    ("kwesi", "K W EH1 S IY0"), ("laoise", "L IY1 SH AH0"), ("lars", "L AA1 R Z"), ("layla", "L EY1 L AH0"),
    ("leila", "L EY1 L AH0"), ("li", "L IY1"), ("lia", "L IY1 AH0"), ("liesel", "L IY1 Z AH0 L"),
    ("ling", "L IH1 NG"), ("live", "L IH1 V"), ("lives", "L IH1 V Z"), ("llewellyn", "L UW0 EH1 L IH0 N"),
    ("lorcan", "L AO1 R K AH0 N"), ("luis", "L UW0 IY1 S"), ("lukasz", "W UW1 K AA0 SH"), ("maelle", "M AA0 EH1 L"),
    ("maeve", "M EY1 V"), ("magdalena", "M AE2 G D AH0 L EY1 N AH0"), ("mairead", "M AH0 R EY1 D"),
    ("malgorzata", "M AW2 G AO0 ZH AA1 T AH0"), ("maria", "M AH0 R IY1 AH0"), ("mateo", "M AH0 T EY1 OW0"),
    ("mateusz", "M AH0 T EY1 UH0 SH"), ("maximilian", "M AE2 K S IH0 M IH1 L Y AH0 N"), ("mei", "M EY1"),
    ("meilin", "M EY1 L IH1 N"), ("mia", "M IY1 AH0"), ("mikhail", "M IH0 K AY1 L"), ("mile", "M AY1 L"),
    ("ming", "M IH1 NG"), ("mohammed", "M OW0 HH AA1 M EH0 D"), ("muhammad", "M UH0 HH AA1 M AH0 D"),
    ("muireann", "M W IH1 R AH0 N"), ("nadia", "N AA1 D Y AH0"), ("nahla", "N AA1 L AH0"), ("naoise", "N IY1 SH AH0"),
    ("naomi", "N EY0 OW1 M IY0"), ("natalia", "N AH0 T AA1 L Y AH0"), ("nevaeh", "N AH0 V EY1 AH0"),
    ("ngozi", "IH0 NG G OW1 Z IY0"), ("nguyen", "W IH1 N"), ("niamh", "N IY1 V"), ("nikhil", "N IH0 K IH1 L"),
    ("njeri", "N JH EH1 R IY0"), ("noa", "N OW1 AH0"), ("noor", "N UH1 R"), ("nora", "N AO1 R AH0"),
    ("nuala", "N UW1 L AH0"), ("nuria", "N UH1 R IY0 AH0"), ("odhran", "AO1 R AH0 N"), ("oisin", "AH0 SH IY1 N"),
    ("olumide", "OW0 L UW1 M IY0 D EY0"), ("omar", "OW1 M AA0 R"), ("oona", "UW1 N AH0"), ("our", "AW1 R"),
    ("padraig", "P AO1 D R IH0 G"), ("paolo", "P AW1 L OW0"), ("pedro", "P EH1 D R OW0"), ("pilar", "P IH0 L AA1 R"),
    ("piotr", "P Y OW1 T ER0"), ("priya", "P R IY1 Y AH0"), ("qi", "CH IY1"), ("qing", "CH IH1 NG"),
    ("rafael", "R AA2 F AY0 EH1 L"), ("raul", "R AH0 UW1 L"), ("renee", "R AH0 N EY1"),
    ("rhiannon", "R IY0 AE1 N AH0 N"), ("rhys", "R IY1 S"), ("rohan", "R OW1 HH AH0 N"), ("roisin", "R OW0 SH IY1 N"),
    ("saanvi", "S AA1 N V IY0"), ("sadhbh", "S AY1 V"), ("sadia", "S AA1 D IY0 AH0"), ("salma", "S AA1 L M AH0"),
    ("sana", "S AA1 N AH0"), ("saoirse", "S IH1 R SH AH0"), ("sean", "SH AO1 N"),
    ("sebastien", "S EH0 B AE0 S T Y EH1 N"), ("shreya", "SH R EY1 AH0"), ("sian", "SH AA1 N"),
    ("sinead", "SH AH0 N EY1 D"), ("siobhan", "SH IH0 V AO1 N"), ("siofra", "SH IY1 F R AH0"), ("smile", "S M AY1 L"),
    ("smiles", "S M AY1 L Z"), ("sofia", "S OW0 F IY1 AH0"), ("soraya", "S AO0 R AY1 AH0"),
    ("soren", "S AO1 R AH0 N"), ("sven", "S V EH1 N"), ("tadhg", "T AY1 G"), ("takumi", "T AA1 K UW0 M IY0"),
    ("tariq", "T AA1 R IH0 K"), ("thea", "TH IY1 AH0"), ("they'll", "DH EY1 L"), ("they're", "DH EH1 R"),
    ("thi", "T IY1"), ("thiago", "T IY0 AA1 G OW0"), ("thierry", "T Y EH0 R IY1"), ("tiago", "T IY0 AA1 G OW0"),
    ("tomasz", "T AO1 M AA0 SH"), ("tove", "T OW1 V AH0"), ("tunde", "T UW1 N D EY0"), ("uche", "UW1 CH EY0"),
    ("ugo", "UW1 G OW0"), ("ulrich", "UH1 L R IH0 K"), ("ursula", "ER1 S AH0 L AH0"), ("vihaan", "V IH0 HH AA1 N"),
    ("viktor", "V IH1 K T ER0"), ("we'll", "W IY1 L"), ("we're", "W IH1 R"), ("wei", "W EY1"), ("while", "W AY1 L"),
    ("wojciech", "V OY1 CH EH0 K"), ("world", "W ER1 L D"), ("xander", "Z AE1 N D ER0"), ("xavi", "CH AA1 V IY0"),
    ("xavier", "Z EY1 V Y ER0"), ("xia", "SH Y AA1"), ("xiao", "SH Y AW1"), ("ximena", "HH IH0 M EY1 N AH0"),
    ("xin", "SH IH1 N"), ("xochitl", "S OW1 CH IY0 L"), ("yael", "Y AA0 EH1 L"), ("yan", "Y AE1 N"),
    ("yara", "Y AA1 R AH0"), ("yi", "Y IY1"), ("yiannis", "Y AA1 N IH0 S"), ("ying", "Y IH1 NG"),
    ("you'll", "Y UW1 L"), ("you're", "Y UH1 R"), ("ysabel", "IH1 Z AH0 B EH2 L"), ("yuki", "Y UW1 K IY0"),
    ("yusuf", "Y UW1 S AH0 F"), ("yves", "IY1 V"), ("yvonne", "IH0 V AA1 N"), ("zahra", "Z AA1 R AH0"),
    ("zainab", "Z EY1 N AE0 B"), ("zara", "Z AA1 R AH0"), ("zhang", "JH AA1 NG"), ("zoe", "Z OW1 IY0"),
    ("zofia", "Z AO1 F Y AH0"), ("zuri", "Z UH1 R IY0"),
];

#[cfg(test)]
mod tests {
    use super::super::arpabet;
    use super::*;

    #[test]
    fn the_list_is_sorted_and_reads() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        for (name, phones) in NAMES {
            let read = arpabet(phones);
            assert_eq!(read.len(), phones.split(' ').count(), "{name}");
            assert_eq!(phones.matches('1').count().max(1), if *name == "meilin" { 2 } else { 1 }, "{name}");
            assert!(read.iter().any(|phone| phone.sound.is_vowel()), "{name}");
        }
    }
}
