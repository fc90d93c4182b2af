//! Words for a brief: verses that carry the facts, a chorus that sings the name, all rhymed and counted.
//!
//! Facts become thoughts (`facts`), thoughts fill rhymed couplets (`couplets`), and of all readings of a couplet the one
//! whose lines match best in length and stress is sung. Facts are never logged.

mod choruses;
mod couplets;
mod facts;
mod line;
mod own;
mod person;
mod template;
mod title;

use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use score::{Brief, BriefError, Language, Line, Lyrics, Occasion, Section, SectionKind, Seed, Stress};

use crate::pronounce::{RhymeQuality, rhymes, spelled};
use choruses::{AGE_CHORUSES, CHORUSES, LONG_NAMES, LONG_SENTENCES, Stanza};
use couplets::Couplet;
use facts::Idea;
use line::{NAME, Singer};

pub use own::lyrics_from_text;
pub use title::title;

/// Syllables of a written line.
const LINE: std::ops::RangeInclusive<usize> = 5..=11;
/// The length lines strive for.
const GOOD_LENGTH: usize = 8;
/// The most syllables of a thought within a line.
const SLOT_SYLLABLES: usize = 6;
/// Rhymed couplets in two verses and a bridge.
const MOST_COUPLETS: usize = 6;

/// Why there are no words. Every message says what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WordsError {
    #[error(transparent)]
    Brief(#[from] BriefError),
    #[error("the name has {syllables} syllables, too many for one line; use a shorter form of it")]
    NameTooLong { syllables: usize },
    #[error("the singer cannot read the name “{name}”; spell how it sounds in Latin letters under “sounds like”")]
    NameNotSung { name: String },
    #[error("no chorus for this occasion has room for the name; use a shorter form of it")]
    NoChorus,
    #[error("the lyrics are empty; write at least one line")]
    EmptyLyrics,
    #[error("the lyrics have {lines} lines; shorten them to {} or fewer", own::MAX_LINES)]
    TooManyLines { lines: usize },
    #[error("line {number} has {syllables} syllables; break it into lines of {} or fewer", own::MAX_SYLLABLES)]
    LineTooLong { number: usize, syllables: usize },
    #[error("line {number} has no letters the singer can read; write it in Latin letters or take it out")]
    LineNotSung { number: usize },
    #[error("line {number}: there is no section “{tag}”; use [Verse], [Chorus], [Bridge], [Intro] or [Outro]")]
    UnknownSection { number: usize, tag: String },
}

/// Writes English lyrics: verse, chorus, verse, (bridge,) chorus, four lines each.
///
/// The name is sung in every chorus; every fact that fits is used, the others are listed in [`Lyrics::unused_facts`].
/// The same brief and seed give the same words.
///
/// # Errors
/// [`WordsError::Brief`] when [`Brief::check`] fails, [`WordsError::NameTooLong`] and [`WordsError::NameNotSung`] for
/// names that no line can hold, [`WordsError::NoChorus`] never for names of up to eight syllables.
pub fn write_lyrics(brief: &Brief, seed: Seed) -> Result<Lyrics, WordsError> {
    brief.check()?;
    let mut writer =
        Writer { brief, singer: Singer::new(brief)?, rng: seed.stream("words"), sung: Vec::new(), used: Vec::new() };
    let (chorus, age_sung) = writer.chorus()?;
    let (mut told, unused_facts) = writer.tell(age_sung);
    let long = writer.long_stanza(&mut told);
    let facts = told.couplets;

    let mut couplets = facts.into_iter();
    let count = couplets.len();
    let mut verses: Vec<Vec<Line>> = Vec::new();
    for verse in 0..2 {
        // With many facts every couplet carries one; with few a scene opens and a wish closes.
        let full = if long.is_some() { MOST_COUPLETS - 2 } else { MOST_COUPLETS };
        let opens = if verse == 0 { count < full } else { count < 2 };
        let mut lines = if opens { writer.plain(couplets::OPENERS) } else { couplets.next().unwrap_or_default() };
        lines.extend(couplets.next().unwrap_or_else(|| writer.plain(couplets::CLOSERS)));
        verses.push(lines);
    }
    let mut bridge: Vec<Line> = couplets.flatten().collect();
    if bridge.is_empty() {
        if let Some(lines) = long {
            bridge = lines;
        } else if writer.rng.random_ratio(1, 4) {
            bridge = writer.plain(couplets::CLOSERS);
        }
    }
    if bridge.len() == 2 {
        bridge.extend(writer.plain(couplets::CLOSERS));
    }

    let section = |kind, lines| Section { kind, lines };
    let mut verses = verses.into_iter();
    let mut sections = Vec::new();
    sections.extend(verses.next().map(|lines| section(SectionKind::Verse, lines)));
    sections.push(section(SectionKind::Chorus, chorus.clone()));
    sections.extend(verses.next().map(|lines| section(SectionKind::Verse, lines)));
    sections.extend((bridge.len() == 4).then(|| section(SectionKind::Bridge, bridge)));
    sections.push(section(SectionKind::Chorus, chorus));
    let title = title::pick(brief, &writer.singer.name(), &mut writer.rng);
    Ok(Lyrics { title, language: Language::English, sections, unused_facts })
}

/// What fills the slots of a template.
#[derive(Default)]
struct Fill {
    x: String,
    g: String,
}

impl Fill {
    fn of(idea: &Idea) -> Self {
        Self { x: idea.text().to_owned(), g: idea.going() }
    }

    fn apply(&self, reading: &str) -> String {
        reading.replace("{x}", &self.x).replace("{g}", &self.g).replace("{n}", NAME.encode_utf8(&mut [0; 4]))
    }
}

/// The couplets that facts became, and one thought that needs a stanza of its own.
struct Told {
    couplets: Vec<Vec<Line>>,
    long: Option<Idea>,
}

/// Writes one song.
struct Writer<'a> {
    brief: &'a Brief,
    singer: Singer,
    rng: ChaCha8Rng,
    /// Last words of the lines so far: a rhyme is used once.
    sung: Vec<score::Word>,
    /// First lines of the templates used so far.
    used: Vec<&'static str>,
}

impl Writer<'_> {
    /// Whether a template suits mood and occasion, and whether it was made for this very mood.
    fn suits(&self, tags: &str) -> Option<bool> {
        let (moods, occasions) = tags.split_once('/')?;
        let mood = ["j", "p", "t", "r", "c"][self.brief.mood as usize];
        let occasion = match self.brief.occasion {
            Occasion::Birthday => "B",
            Occasion::Wedding => "W",
            Occasion::Anniversary => "A",
            Occasion::NewBaby => "N",
            Occasion::Graduation => "G",
            Occasion::ThankYou => "T",
            Occasion::Farewell => "F",
            Occasion::Lullaby => "L",
        };
        let fits = (moods == "*" || moods.contains(mood)) && (occasions == "*" || occasions.contains(occasion));
        fits.then_some(moods != "*")
    }

    /// The best readings of two lines together, with their cost; `None` when no two fit.
    fn pair(
        &self,
        first: &str,
        second: &str,
        fill: &Fill,
        rhymed: bool,
        tolerance: usize,
    ) -> Option<(Vec<Line>, usize)> {
        let sing = |template: &str| -> Vec<(Line, usize, usize)> {
            let lines =
                template::readings(template).into_iter().filter_map(|text| self.singer.line(&fill.apply(&text)));
            let measured = lines.map(|line| (line.syllable_count(), bumps(&line), line));
            measured
                .filter(|(count, ..)| LINE.contains(count))
                .map(|(count, bumps, line)| (line, count, bumps))
                .collect()
        };
        let (firsts, seconds) = (sing(first), sing(second));
        let mut best: Option<(&Line, &Line, usize)> = None;
        for (a, count_a, bumps_a) in &firsts {
            for (b, count_b, bumps_b) in &seconds {
                let apart = count_a.abs_diff(*count_b);
                let length = |count: usize| count.abs_diff(GOOD_LENGTH).saturating_sub(1);
                let cost = 4 * apart + 2 * (length(*count_a) + length(*count_b)) + bumps_a + bumps_b;
                let rhyme = !rhymed || ends_rhyme(a, b);
                if apart <= tolerance && rhyme && best.is_none_or(|(_, _, least)| cost < least) {
                    best = Some((a, b, cost));
                }
            }
        }
        best.map(|(a, b, cost)| (vec![a.clone(), b.clone()], cost))
    }

    /// The couplet of a bank that suits best, with some luck; empty when none fits.
    fn couplet(&mut self, bank: &'static [Couplet], fill: &Fill) -> Vec<Line> {
        let mut best: Option<(Vec<Line>, &'static str, usize)> = None;
        for (tags, first, second) in bank {
            let luck = self.rng.random_range(0..12);
            let Some(made_for) = self.suits(tags).filter(|_| !self.used.contains(first)) else { continue };
            let Some((lines, cost)) = self.pair(first, second, fill, true, 1) else { continue };
            let worn = lines.last().is_some_and(|line| self.is_worn(line));
            let cost = cost + luck + if made_for { 0 } else { 2 } + if worn { 12 } else { 0 };
            if best.as_ref().is_none_or(|(_, _, least)| cost < *least) {
                best = Some((lines, first, cost));
            }
        }
        let Some((lines, first, _)) = best else { return Vec::new() };
        self.used.push(first);
        self.note_ends(&lines);
        lines
    }

    /// A couplet without a slot.
    fn plain(&mut self, bank: &'static [Couplet]) -> Vec<Line> {
        self.couplet(bank, &Fill::default())
    }

    fn note_ends(&mut self, lines: &[Line]) {
        self.sung.extend(lines.iter().filter_map(|line| line.words.last().cloned()));
    }

    /// Whether the line's rhyme was heard before.
    fn is_worn(&self, line: &Line) -> bool {
        let Some(last) = line.words.last() else { return false };
        let same = |word: &score::Word| line::bare(&word.text) == line::bare(&last.text);
        self.sung.iter().any(|word| same(word) || rhymes(word, last) == RhymeQuality::Perfect)
    }

    /// Reads a stanza; the cost is that of both pairs.
    fn stanza(&self, (_, scheme, lines): &Stanza, fill: &Fill, tolerance: usize) -> Option<(Vec<Line>, usize)> {
        let mut sung: Vec<Option<Line>> = vec![None; 4];
        let mut total = 0;
        for (first, second, rhymed) in scheme.pairs() {
            let (pair, cost) =
                self.pair(lines[first], lines[second], fill, rhymed, if rhymed { 1 } else { tolerance })?;
            for (place, line) in [first, second].into_iter().zip(pair) {
                sung[place] = Some(line);
            }
            total += cost;
        }
        sung.into_iter().collect::<Option<Vec<Line>>>().map(|lines| (lines, total))
    }

    /// The best stanza of a bank, with some luck.
    fn best_stanza(&mut self, bank: &'static [Stanza], fill: &Fill, tolerance: usize) -> Option<Vec<Line>> {
        let mut best: Option<(Vec<Line>, usize)> = None;
        for stanza in bank {
            let luck = self.rng.random_range(0..16);
            let Some(made_for) = self.suits(stanza.0) else { continue };
            let Some((lines, cost)) = self.stanza(stanza, fill, tolerance) else { continue };
            let cost = cost + luck + if made_for { 0 } else { 2 };
            if best.as_ref().is_none_or(|(_, least)| cost < *least) {
                best = Some((lines, cost));
            }
        }
        let lines = best?.0;
        self.note_ends(&lines);
        Some(lines)
    }

    /// The chorus, and whether it sings the age.
    fn chorus(&mut self) -> Result<(Vec<Line>, bool), WordsError> {
        if let Some(age) = self.brief.age.filter(|age| *age > 1)
            && self.rng.random_ratio(1, 2)
        {
            let fill = Fill { x: spelled(age), g: String::new() };
            if let Some(lines) = self.best_stanza(AGE_CHORUSES, &fill, 1) {
                return Ok((lines, true));
            }
        }
        self.best_stanza(CHORUSES, &Fill::default(), 1).map(|lines| (lines, false)).ok_or(WordsError::NoChorus)
    }

    /// Turns age and facts into couplets; also gives the facts no line could use.
    fn tell(&mut self, age_sung: bool) -> (Told, Vec<usize>) {
        let mut told = Told { couplets: Vec::new(), long: None };
        if !age_sung && let Some(age) = self.brief.age {
            let bank = match (self.brief.occasion, age) {
                (_, 0) => None,
                (Occasion::Birthday, 1..=12) => Some(couplets::YOUNG),
                (Occasion::Birthday, _) => Some(couplets::GROWN),
                (Occasion::Anniversary, 2..) => Some(couplets::TOGETHER),
                (Occasion::Anniversary, _) => None,
                _ => Some(couplets::AGES),
            };
            let fill = Fill { x: spelled(age), g: String::new() };
            told.couplets.extend(bank.map(|bank| self.couplet(bank, &fill)).filter(|lines| !lines.is_empty()));
        }
        let name = self.singer.name();
        let mut thoughts: Vec<(Vec<usize>, Vec<Idea>)> = self
            .brief
            .facts
            .iter()
            .enumerate()
            .map(|(index, fact)| (vec![index], self.short(facts::ideas(fact, &name))))
            .collect();
        thoughts.shuffle(&mut self.rng);
        merge(&mut thoughts, MOST_COUPLETS - told.couplets.len(), &|text| self.singer.count(text));
        let mut used: Vec<usize> = Vec::new();
        let mut spare: Vec<Idea> = Vec::new();
        for (indices, ideas) in thoughts {
            let mut ideas = ideas.into_iter();
            for idea in ideas.by_ref() {
                // A thought that takes the bridge leaves the verses for the others.
                if told.couplets.len() >= if told.long.is_some() { MOST_COUPLETS - 2 } else { MOST_COUPLETS } {
                    break;
                }
                let lines = self.thought(&idea);
                if !lines.is_empty() {
                    told.couplets.push(lines);
                    used.extend(&indices);
                    break;
                }
                let room = told.couplets.len() <= MOST_COUPLETS - 2;
                if room && told.long.is_none() && LINE.contains(&self.singer.count(&whole(&idea))) {
                    told.long = Some(idea);
                    used.extend(&indices);
                    break;
                }
            }
            spare.extend(ideas);
        }
        for idea in spare {
            if told.couplets.len() < 3 {
                let lines = self.thought(&idea);
                told.couplets.extend((!lines.is_empty()).then_some(lines));
            }
        }
        let unused = (0..self.brief.facts.len()).filter(|index| !used.contains(index)).collect();
        (told, unused)
    }

    /// The couplet for one thought; empty when none fits.
    fn thought(&mut self, idea: &Idea) -> Vec<Line> {
        let bank = match idea {
            Idea::Thing(_) => couplets::THINGS,
            Idea::Pet(_) => couplets::PETS,
            Idea::Person(_) => couplets::PEOPLE,
            Idea::Relation(_) => couplets::RELATIONS,
            Idea::Action(_) => couplets::ACTIONS,
            Idea::Can(_) => couplets::SKILLS,
            Idea::Place(_) => couplets::PLACES,
            Idea::Past(_) => couplets::DEEDS,
            Idea::Trait(_) => couplets::TRAITS,
            Idea::Memory(_) => couplets::MEMORIES,
        };
        self.couplet(bank, &Fill::of(idea))
    }

    /// Cuts thoughts that are too long for a slot where a new phrase begins.
    fn short(&self, ideas: Vec<Idea>) -> Vec<Idea> {
        ideas.into_iter().map(|idea| idea.shortened(SLOT_SYLLABLES, &|text| self.singer.count(text))).collect()
    }

    /// A stanza for the thought that needs one.
    fn long_stanza(&mut self, told: &mut Told) -> Option<Vec<Line>> {
        let idea = told.long.take()?;
        let named = matches!(idea, Idea::Thing(_) | Idea::Pet(_) | Idea::Person(_));
        let (bank, x) = if named { (LONG_NAMES, idea.text().to_owned()) } else { (LONG_SENTENCES, whole(&idea)) };
        self.best_stanza(bank, &Fill { x, g: String::new() }, LINE.end() - LINE.start())
    }
}

/// A thought as a line of its own.
fn whole(idea: &Idea) -> String {
    match idea {
        Idea::Action(x) | Idea::Past(x) => format!("you {x}"),
        Idea::Can(x) => format!("you can {x}"),
        Idea::Trait(x) | Idea::Relation(x) => format!("you are {x}"),
        Idea::Place(x) => format!("you're from {x}"),
        Idea::Thing(x) | Idea::Pet(x) | Idea::Person(x) => format!("you and {x}"),
        Idea::Memory(x) => x.clone(),
    }
}

/// Joins thoughts of one kind two by two while there are more of them than couplets: "trains and pancakes".
fn merge(thoughts: &mut Vec<(Vec<usize>, Vec<Idea>)>, room: usize, count: &dyn Fn(&str) -> usize) {
    while thoughts.iter().filter(|(_, ideas)| !ideas.is_empty()).count() > room {
        let firsts: Vec<(usize, &Idea)> =
            thoughts.iter().enumerate().filter_map(|(i, (_, ideas))| Some((i, ideas.first()?))).collect();
        let pairs = firsts.iter().enumerate().flat_map(|(i, a)| firsts[i + 1..].iter().map(move |b| (a, b)));
        let joined = pairs.filter_map(|(a, b)| Some((a.0, b.0, a.1.joined(b.1)?)));
        let shortest = joined.map(|(a, b, both)| (count(both.text()), a, b, both)).min_by_key(|(length, ..)| *length);
        let Some((_, first, second, both)) = shortest.filter(|(length, ..)| *length <= SLOT_SYLLABLES) else { return };
        let (indices, _) = thoughts.remove(second);
        thoughts[first].0.extend(indices);
        thoughts[first].1 = vec![both];
    }
}

fn ends_rhyme(a: &Line, b: &Line) -> bool {
    matches!((a.words.last(), b.words.last()), (Some(a), Some(b)) if rhymes(a, b) >= RhymeQuality::Family)
}

/// How unevenly stress falls: neighbours both strong, or three weak in a row.
fn bumps(line: &Line) -> usize {
    let strong: Vec<bool> =
        line.words.iter().flat_map(|word| &word.syllables).map(|syllable| syllable.stress == Stress::Primary).collect();
    let clashes = strong.windows(2).filter(|pair| pair[0] && pair[1]).count();
    let lapses = strong.windows(3).filter(|three| three.iter().all(|strong| !strong)).count();
    clashes + lapses
}

#[cfg(test)]
mod tests {
    use super::*;
    use score::{Mood, Style};

    fn writer(brief: &Brief) -> Writer<'_> {
        Writer {
            brief,
            singer: Singer::new(brief).unwrap(),
            rng: Seed(1).stream("words"),
            sung: Vec::new(),
            used: Vec::new(),
        }
    }

    fn brief() -> Brief {
        Brief {
            occasion: Occasion::Birthday,
            name: "Mia".into(),
            say: None,
            age: None,
            facts: vec![],
            mood: Mood::Joyful,
            style: Style::Pop,
            language: Language::English,
        }
    }

    #[test]
    fn every_couplet_without_a_slot_rhymes_and_scans() {
        let brief = brief();
        let writer = writer(&brief);
        let plain = couplets::OPENERS.iter().chain(couplets::CLOSERS);
        let misfits: Vec<_> =
            plain.filter(|(_, a, b)| writer.pair(a, b, &Fill::default(), true, 1).is_none()).collect();
        assert!(misfits.is_empty(), "{misfits:#?}");
    }

    #[test]
    fn every_couplet_with_a_slot_takes_short_and_longer_thoughts() {
        let brief = brief();
        let writer = writer(&brief);
        let banks: [(&[Couplet], &[&str]); 14] = [
            (couplets::THINGS, &["trains", "pancakes", "dinosaurs"]),
            (couplets::PETS, &["your cat", "your cat Tom", "your dog Biscuit"]),
            (couplets::PEOPLE, &["your friends", "your mum Kate", "your brother Leo"]),
            (couplets::RELATIONS, &["my son", "my sister", "my best friend"]),
            (couplets::ACTIONS, &["sing", "play football", "climb the tall trees"]),
            (couplets::SKILLS, &["swim", "ride a bike"]),
            (couplets::PLACES, &["Leeds", "Berlin", "Manchester"]),
            (couplets::DEEDS, &["won the cup", "met in Paris"]),
            (couplets::TRAITS, &["kind", "funny", "kind and funny"]),
            (couplets::MEMORIES, &["that day in Rome", "the summer in Wales"]),
            (couplets::YOUNG, &["one", "seven", "eleven"]),
            (couplets::GROWN, &["thirty", "twenty-one"]),
            (couplets::TOGETHER, &["ten", "fifty"]),
            (couplets::AGES, &["two", "eighteen"]),
        ];
        let mut misfits = Vec::new();
        for (bank, thoughts) in banks {
            for (_, first, second) in bank {
                for x in thoughts {
                    let fill = Fill { x: x.to_string(), g: person::gerund(x) };
                    if writer.pair(first, second, &fill, true, 1).is_none() {
                        misfits.push(format!("{first} / {second} with {x}"));
                    }
                }
            }
        }
        assert!(misfits.is_empty(), "{misfits:#?}");
    }

    #[test]
    fn every_chorus_takes_names_of_one_to_three_syllables() {
        let mut misfits = Vec::new();
        for name in ["Max", "Mia", "Emily"] {
            let brief = Brief { name: name.into(), ..brief() };
            let writer = writer(&brief);
            let fill = Fill { x: "seven".into(), g: String::new() };
            let all = CHORUSES.iter().chain(AGE_CHORUSES);
            misfits.extend(all.filter(|stanza| writer.stanza(stanza, &fill, 1).is_none()).map(|stanza| (name, stanza)));
        }
        assert!(misfits.is_empty(), "{misfits:#?}");
    }
}
