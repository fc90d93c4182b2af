//! Numbers as English words.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The words for a run of ASCII digits: up to three digits as a number, four as a year, more digit by digit.
pub(super) fn words(digits: &str) -> Vec<&'static str> {
    let by_digit = || digits.bytes().filter_map(|d| ONES.get(usize::from(d.wrapping_sub(b'0'))).copied()).collect();
    match (digits.len(), digits.parse::<usize>()) {
        (1..=3, Ok(number)) => below_thousand(number),
        (4, Ok(number)) if (2000..2010).contains(&number) => {
            let mut all = vec!["two", "thousand"];
            all.extend((number > 2000).then(|| ONES[number - 2000]));
            all
        }
        (4, Ok(number)) if number >= 1000 => {
            let mut all = below_thousand(number / 100);
            match number % 100 {
                0 => all.push("hundred"),
                rest @ 1..10 => all.extend(["oh", ONES[rest]]),
                rest => all.extend(below_thousand(rest)),
            }
            all
        }
        _ => by_digit(),
    }
}

/// `number` below 1000.
fn below_thousand(number: usize) -> Vec<&'static str> {
    let mut all = Vec::new();
    if number >= 100 {
        all.extend([ONES[(number / 100).min(9)], "hundred"]);
        if number % 100 == 0 {
            return all;
        }
        all.push("and");
    }
    match number % 100 {
        small @ 0..20 => all.push(ONES[small]),
        rest => {
            all.push(TENS[rest / 10]);
            all.extend((rest % 10 > 0).then(|| ONES[rest % 10]));
        }
    }
    all
}

/// A number as it is written in a line: "seven", "twenty-one", "a hundred and two".
pub(crate) fn spelled(number: u16) -> String {
    let mut all = below_thousand(usize::from(number).min(999));
    if all.starts_with(&["one", "hundred"]) {
        all[0] = "a";
    }
    let mut text = all.join(" ");
    for tens in &TENS[2..] {
        text = text.replace(&format!("{tens} "), &format!("{tens}-"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_say_them() {
        let cases = [("7", "seven"), ("40", "forty"), ("101", "one hundred and one"), ("1999", "nineteen ninety nine")];
        for (digits, said) in cases {
            assert_eq!(words(digits).join(" "), said);
        }
        assert_eq!(words("2005").join(" "), "two thousand five");
        assert_eq!(words("12345").len(), 5);
        for (age, said) in [(7, "seven"), (21, "twenty-one"), (100, "a hundred"), (142, "a hundred and forty-two")] {
            assert_eq!(spelled(age), said);
        }
    }
}
