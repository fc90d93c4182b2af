//! Words with their times, as karaoke players read them.
//!
//! Source: the LRC format with the per-word time tags of A2 ("enhanced LRC").

use std::fmt::Write;

use score::Timeline;

/// An enhanced LRC file: one line per sung line, a time before each word and at the line's end.
pub fn lrc(timeline: &Timeline, title: &str) -> String {
    let mut text = String::new();
    let length = timeline.duration_s.round() as u64;
    // Writing to a string cannot fail.
    let _ = writeln!(text, "[ti:{}]\n[length:{:02}:{:02}]", plain(title), length / 60, length % 60);
    for line in &timeline.lyrics {
        let _ = write!(text, "[{}]", stamp(line.start_s));
        let mut word_begins = true;
        for syllable in &line.syllables {
            if word_begins {
                let _ = write!(text, "<{}> ", stamp(syllable.start_s));
            }
            word_begins = syllable.text.ends_with(' ');
            let _ = write!(text, "{}", plain(&syllable.text));
        }
        let _ = writeln!(text, "<{}>", stamp(line.end_s));
    }
    text
}

/// "01:23.45".
fn stamp(seconds: f64) -> String {
    let hundredths = (seconds.max(0.0) * 100.0).round() as u64;
    format!("{:02}:{:02}.{:02}", hundredths / 6000, hundredths / 100 % 60, hundredths % 100)
}

/// Text without the characters that mean something to a reader of LRC.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '[' | '<' => '(',
            ']' | '>' => ')',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use score::{TimedLine, TimedSyllable};

    #[test]
    fn words_carry_their_times() {
        let syllable = |start_s: f64, text: &str| TimedSyllable {
            start_s,
            end_s: start_s + 0.4,
            text: text.into(),
            midi: vec![60],
        };
        let timeline = Timeline {
            duration_s: 61.6,
            sections: vec![],
            lyrics: vec![TimedLine {
                start_s: 59.996,
                end_s: 61.2,
                text: "Mia [hums]".into(),
                syllables: vec![syllable(59.996, "Mi"), syllable(60.4, "a "), syllable(60.8, "[hums] ")],
            }],
        };
        let expected = "[ti:A (b)]\n[length:01:02]\n[01:00.00]<01:00.00> Mia <01:00.80> (hums) <01:01.20>\n";
        assert_eq!(lrc(&timeline, "A [b]\n"), expected);
    }
}
