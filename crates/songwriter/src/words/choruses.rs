//! Choruses: four lines that sing the name. Tags, brackets as in `couplets`; `{n}` is the name, `{x}` the age.

/// Which lines of a section rhyme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// First with second, third with fourth.
    Aabb,
    /// Second with fourth; first and third go together in length.
    Abcb,
}

impl Scheme {
    /// Pairs of lines that match in length, and whether they rhyme.
    pub(super) const fn pairs(self) -> [(usize, usize, bool); 2] {
        match self {
            Self::Aabb => [(0, 1, true), (2, 3, true)],
            Self::Abcb => [(0, 2, false), (1, 3, true)],
        }
    }
}

/// Tags, scheme, lines.
pub(super) type Stanza = (&'static str, Scheme, [&'static str; 4]);

use Scheme::{Aabb, Abcb};

#[rustfmt::skip]
pub(super) const CHORUSES: &[Stanza] = &[
    // Birthday
    ("*/B", Abcb, ["Happy birthday, {n}[, it's true]", "[This ]day belongs to you", "Happy birthday, {n}[, yes, you]", "[We'll ]sing the whole day through"]),
    ("jpr/B", Aabb, ["Happy birthday, {n}, it's your day", "[We'll |Come and ]sing and dance the night away", "[{n}, |Oh, ]{n}, [come and ]hear us call", "You're the [very ]brightest star of [them ]all"]),
    ("jp/B", Abcb, ["[Come on, ]{n}, make a wish", "[And ]hold it in your heart", "[Come on, ]{n}, (here we go|blow them out)", "[And ]let the party start"]),
    ("trc/B", Aabb, ["Shine on, {n}, shine [on ]so bright", "(You're|You are) (our|the) (morning|candle) and [you are ]our light", "Shine on, {n}, the whole year through", "(The|And all the|All the) world is here for you"]),
    ("trc/B", Abcb, ["Here's to you, [dear ]{n}[, today]", "[And ]all the joy you bring", "Happy birthday, {n}[, today]", "[And ]every song we sing"]),
    // Wedding
    ("tcr/W", Aabb, ["[{n}, ][oh, ]{n}, hand in hand", "[Shining ]brighter than a wedding band", "[{n}, ][oh, ]{n}, heart to heart", "(This|Here) is where the [very ]best things start"]),
    ("tcj/W", Abcb, ["Here's to love, {n}[, tonight]", "[And ]all that love can do", "Here's to you, {n}[, tonight]", "[The ]whole world sings for you"]),
    ("jpr/W", Aabb, ["Ring the bells, {n}, ring them loud", "([And ]you|The two of you) have made us all so proud", "Dance with us, {n}, all night long", "[And ]this is the first verse of your [own ]song"]),
    // Anniversary
    ("*/A", Aabb, ["Here's to you, {n}, here's to love", "[All |It was ]written in the stars above", "Here's to you, {n}, one more year", "[Oh, ]what a joy [it is ]to have you here"]),
    ("*/A", Abcb, ["Still in love, [dear ]{n}[, still true]", "[And ]still the same sweet song", "Side by side, [dear ]{n}[, still true]", "[And ]going just as strong"]),
    // New baby
    ("*/N", Abcb, ["Welcome, [little ]{n}", "[To ]a world of open arms", "We love you, [little ]{n}", "[You've ]won us with your charms"]),
    ("trc/N", Aabb, ["[{n}, ][oh, ]{n}, here at last", "[Our ]hearts have never beat so fast", "[{n}, ][oh, ]{n}, ours to hold", "[You're |You are ]more than silver, more than gold"]),
    ("jpr/N", Abcb, ["Hey there, {n}[, hello]", "[The ]party's just begun", "Hey there, {n}[, you know]", "[Our ]brand new number one"]),
    // Graduation
    ("*/G", Aabb, ["{n}, [step up and ]take a bow", "[The ]whole [wide ]world is watching now", "{n}, the road is yours, so go", "[You know ]we always knew, we told you so"]),
    ("jpt/G", Abcb, ["Hats off to you, {n}[, hooray]", "[So ]throw them to the sky", "Three cheers for you, {n}[, hooray]", "[It's ]your turn now to fly"]),
    ("trc/G", Aabb, ["Fly, {n}, fly, [you've ]earned your wings", "[Let's ]see what [your ]bright tomorrow brings", "Fly, {n}, fly, [you ]know the way", "[Oh, ]we're so [very ]proud of you today"]),
    // Thank you
    ("*/T", Aabb, ["Thank you, {n}, for all you do", "[Oh, ]there is no one [else ]quite like you", "Thank you, {n}, for every day", "[It's ]more than [any ]words could ever say"]),
    ("tcr/T", Abcb, ["[Oh, ]thank you, [dear ]{n}", "[From ]the bottom of our hearts", "[Oh, ]bless you, [dear ]{n}", "[That's ]where all the singing starts"]),
    ("jp/T", Aabb, ["Three cheers for {n}, hip hooray", "[You |Oh, you ]brighten every single day", "Three cheers for {n}, [and ]one cheer more", "([Yes, ]you're|Yes, you are) the one we're singing for"]),
    // Farewell
    ("*/F", Aabb, ["Goodbye, {n}, but not for long", "[We'll |And we will ]keep you with us in this song", "Goodbye, {n}, you know it's true", "[A |The better ]part of us will go with you"]),
    ("trc/F", Abcb, ["Go well, [dear ]{n}[, go well]", "[The ]road will rise for you", "Go far, [dear ]{n}[, go far]", "[Our ]hearts are going too"]),
    ("jpr/F", Aabb, ["So long, {n}, [you ]shining star", "[And ]we will [always ]cheer you from afar", "So long, {n}, [and ]don't be slow", "[Just |Now and then ]call us up and say hello"]),
    // Lullaby
    ("*/L", Aabb, ["[Hush, ][hush, ]{n}, close your eyes", "[The ]moon is singing lullabies", "[Sleep, ][sleep, ]{n}, [now ]safe and warm", "[And |You are ]far away from every storm"]),
    ("*/L", Abcb, ["Goodnight, [my ]{n}[, goodnight]", "[The ]stars are out for you", "Sleep tight, [my ]{n}[, sleep tight]", "[And ]dream till dreams come true"]),
    ("trc/L", Aabb, ["Dream, {n}, dream, the night is long", "[All |Safe and ]wrapped up in a gentle song", "Dream, {n}, dream till morning light", "[We'll |We will ]be beside you through the night"]),
];

/// Choruses that sing the age.
#[rustfmt::skip]
pub(super) const AGE_CHORUSES: &[Stanza] = &[
    ("*/B", Aabb, ["[{n}, ]{n}, [you're ]{x} today", "[So |Come and ]blow the candles, shout hooray", "[{n}, ]{n}, [come and ]sing along", "[Yes, ]this is your [very ]own birthday song"]),
    ("jpt/B", Abcb, ["Happy birthday, {n}", "[You're ]{x} years old today", "Happy birthday, {n}", "[We're ]here to sing and play"]),
    ("*/A", Aabb, ["{x} years, {n}, look at you", "[You're ]still the [very ]perfect team of two", "{x} years, {n}, hand in hand", "[It's |Even ]better than a dream you planned"]),
];

/// Stanzas for one sentence too long for a couplet; it stands on a line of its own as `{x}`.
#[rustfmt::skip]
pub(super) const LONG_SENTENCES: &[Stanza] = &[
    ("*/*", Abcb, ["{x}", "[That's ]a story we will tell", "[And ]every word we sing of it", "[We ]hope we sing it well"]),
    ("*/*", Abcb, ["{x}", "[And ]that is how we know", "[That ]there was never one like you", "[So ]we sing it as we go"]),
];

/// The same for somebody or something with a long name.
#[rustfmt::skip]
pub(super) const LONG_NAMES: &[Stanza] = &[
    ("*/*", Abcb, ["You and {x}", "[Are ]never far apart", "[And ]every little thing you love", "Has room inside your heart"]),
    ("*/*", Abcb, ["You and {x}", "[You ]make the perfect team", "[And ]every day you share with us", "[Is ]better than a dream"]),
];
