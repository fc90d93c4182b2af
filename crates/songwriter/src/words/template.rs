//! Line templates: "[x]" may be left out, "[x|y]" is nothing, x or y, "(x|y)" is x or y. They nest.

/// The most readings of one template that are looked at.
const MAX_READINGS: usize = 64;

/// Every way to read a template.
pub(super) fn readings(template: &str) -> Vec<String> {
    let mut rest = template;
    let mut all = sequence(&mut rest);
    all.truncate(MAX_READINGS);
    all
}

/// Reads up to the end or to an unopened `|`, `]` or `)`.
fn sequence(rest: &mut &str) -> Vec<String> {
    let mut all = vec![String::new()];
    while let Some(c) = rest.chars().next() {
        if matches!(c, '|' | ']' | ')') {
            break;
        }
        *rest = &rest[c.len_utf8()..];
        if matches!(c, '[' | '(') {
            let mut choices = if c == '[' { vec![String::new()] } else { Vec::new() };
            loop {
                choices.extend(sequence(rest));
                let end = rest.chars().next();
                *rest = &rest[end.map_or(0, char::len_utf8)..];
                if end != Some('|') {
                    break;
                }
            }
            let join = |head: &String| choices.iter().map(|choice| format!("{head}{choice}")).collect::<Vec<_>>();
            all = all.iter().flat_map(join).take(MAX_READINGS).collect();
        } else {
            all.iter_mut().for_each(|text| text.push(c));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_read() {
        assert_eq!(readings("plain"), ["plain"]);
        assert_eq!(readings("[oh, ]you"), ["you", "oh, you"]);
        assert_eq!(readings("(a|b) [c|d]"), ["a ", "a c", "a d", "b ", "b c", "b d"]);
        assert_eq!(readings("[And (all|the) ]x"), ["x", "And all x", "And the x"]);
        assert!(readings(&"[a]".repeat(30)).len() <= MAX_READINGS);
    }
}
