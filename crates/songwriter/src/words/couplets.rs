//! Rhymed pairs of lines: scenes for each occasion, and lines that carry a fact.
//!
//! Tags: moods before the slash (j joyful, p playful, t tender, r proud, c calm), occasions after it (B birthday, W wedding,
//! A anniversary, N new baby, G graduation, T thank you, F farewell, L lullaby); `*` is all. Slots: `{x}` the thought,
//! `{g}` the action as it goes on. See `template` for the brackets.

/// Tags, first line, second line.
pub(super) type Couplet = (&'static str, &'static str, &'static str);

/// Set the scene at the start.
#[rustfmt::skip]
pub(super) const OPENERS: &[Couplet] = &[
    // Birthday
    ("j/B", "The sun came up to sing for you", "[And ]all the birds were singing, too"),
    ("p/B", "There's [some ]frosting on your nose", "Cake from your head to your toes"),
    ("jp/B", "Who's that dancing down the hall", "The brightest birthday of them all"),
    ("t/B", "Every candle is a star", "Shining on the one you are"),
    ("r/B", "Another year, another climb", "You're getting better all the time"),
    ("c/B", "Morning light is soft and slow", "Something we want you to know"),
    ("*/B", "Gather round and come along", "Everybody knows this song"),
    ("jp/B", "Balloons are dancing in the air", "There's music, laughter everywhere"),
    ("tc/B", "The table's set, the lights are low", "The candles all begin to glow"),
    ("r/B", "Look at all the friends you drew", "Every one came here for you"),
    ("*/B", "Open the window, let in the day", "All of your friends are here to play"),
    // Wedding
    ("tc/W", "Two hands, one promise, one bright ring", "[And ]all the bells begin to sing"),
    ("j/W", "Come raise a glass and dance tonight", "Your two hearts make a single light"),
    ("p/W", "Save a dance and save some cake", "We'll be dancing wide awake"),
    ("r/W", "You walked in with your heads held high", "And not one single eye is dry"),
    ("c/W", "Quiet vows and golden light", "Everything today feels right"),
    ("*/W", "Side by side you start the day", "Love has found its way to stay"),
    // Anniversary
    ("t/A", "Another year, another page", "A love that only grows with age"),
    ("j/A", "Turn the old songs up loud and clear", "We raise a glass to one more year"),
    ("p/A", "Still you laugh at the same old jokes", "You're still the very same two folks"),
    ("r/A", "Through the rain and through the sun", "Two good hearts that beat as one"),
    ("c/A", "Quiet mornings, cups of tea", "You are where you want to be"),
    ("*/A", "Look how far the road has run", "[And ]you have only just begun"),
    // New baby
    ("t/N", "Ten small fingers, ten small toes", "And one tiny, perfect nose"),
    ("j/N", "The whole wide world just grew today", "For you are here, and here to stay"),
    ("p/N", "You kept us waiting, now you're here", "The loudest little voice this year"),
    ("r/N", "The proudest family in the town", "We're smiling, and we can't come down"),
    ("c/N", "Hush, the house is soft and still", "Moonlight on the window sill"),
    ("*/N", "Welcome, little one, come in", "This is where your days begin"),
    ("*/N", "Look who came to us today", "All the clouds have blown away"),
    // Graduation
    ("j/G", "Throw your hat up to the sky", "Time to spread your wings and fly"),
    ("r/G", "All those nights of work are done", "You ran the race, and now you've won"),
    ("p/G", "Put down the books, you passed the test", "It's time to celebrate and rest"),
    ("t/G", "Just yesterday you were so small", "And look at you now, standing tall"),
    ("c/G", "The road is open, wide and free", "And you can be what you dream to be"),
    ("*/G", "Hear them call your name today", "We're cheering for you all the way"),
    // Thank you
    ("*/T", "We don't say it enough, we know", "So here's a song to tell you so"),
    ("t/T", "When the day was long and gray", "You were there to light the way"),
    ("j/T", "Turn it up and hear us sing", "Thanks for each and every thing"),
    ("p/T", "We looked all over for a card", "But saying this is not so hard"),
    ("r/T", "You stood tall so we could too", "So much of this is thanks to you"),
    ("c/T", "Little kindness, day by day", "Warmed us more than words can say"),
    ("*/T", "Some people come and some people go", "And some of them make the whole garden grow"),
    // Farewell
    ("*/F", "Pack your bags and close the door", "Every road leads back once more"),
    ("t/F", "One more hug before you go", "One more thing that you should know"),
    ("j/F", "The road is calling out your name", "But home will always stay the same"),
    ("p/F", "We'll keep your chair, we'll keep your cup", "And when you visit, we'll fill it up"),
    ("r/F", "You gave us all you had to give", "Now there's a bigger life to live"),
    ("c/F", "Evening falls upon the bay", "You will not be far away"),
    // Lullaby
    ("*/L", "Moon is rising, round and white", "Time to close your eyes tonight"),
    ("t/L", "Close your eyes, the day is done", "Stars are coming, one by one"),
    ("c/L", "Hush, the wind is in the trees", "A lullaby upon the breeze"),
    ("j/L", "What a day, so warm and bright", "Keep it with you through the night"),
    ("p/L", "The teddy bears are yawning, too", "They're keeping cozy next to you"),
    ("tcj/L", "Evening paints the window blue", "The stars are lighting up for you"),
    ("*/L", "All the toys have gone to bed", "Come and rest your sleepy head"),
    ("r/L", "You were so brave and strong today", "And now it's time to drift away"),
];

/// Say something warm that holds for everybody; they end a verse or fill a bridge.
#[rustfmt::skip]
pub(super) const CLOSERS: &[Couplet] = &[
    ("*/BWANGTF", "No matter what the years may bring", "You're the reason that we sing"),
    ("*/BWANGTF", "We made this tune for only you", "And every single word is true"),
    ("jtr/BWGTF", "So keep that spark inside your eyes", "It's brighter than the summer skies"),
    ("*/BWAN", "Hold this day and keep it near", "Sing it with us every year"),
    ("tc/BWANGFL", "When the sky is gray above", "You are held by all our love"),
    ("jp/BWG", "Jump and spin and stomp your feet", "Clap along and feel the beat"),
    ("rj/BGF", "There's nothing that can hold you down", "So stand up tall and wear the crown"),
    ("c/BWAGTF", "Take a breath and let it go", "There's more love here than you know"),
    ("jp/BWAG", "Throw your worries to the sky", "Watch them turn to birds and fly"),
    ("jr/BNGTF", "Tell the neighbours, tell the town", "Turn the happy upside down"),
    ("tr/BNG", "Wherever you may choose to roam", "This song will always bring you home"),
    ("c/LN", "When you wake up we'll be near", "Nothing in the dark to fear"),
    ("*/LN", "Soft the pillow, warm the light", "We are here all through the night"),
    ("tcj/L", "Dream of rivers, dream of snow", "Dream of all the friends you know"),
    ("p/L", "The sleepy cows are in the hay", "They've mooed enough for one long day"),
    ("*/F", "When the road is long and wide", "We'll be walking by your side"),
    ("*/F", "Write us letters, call us, too", "We'll leave a light on just for you"),
    ("*/T", "If we could, we'd paint the sky", "Just to say the reasons why"),
    ("*/T", "Every kindness that you gave", "Is a treasure we will save"),
    ("*/G", "The future's knocking at your door", "Go and see what it has in store"),
    ("*/G", "Books and bells are in the past", "You are on your way at last"),
    ("jp/W", "Here's to mornings, here's to nights", "Here's to making up from fights"),
    ("*/W", "May your days be long and sweet", "May your hearts still skip a beat"),
    ("*/A", "Still your eyes are full of light", "Like they were on that first night"),
    ("*/A", "Coffee cups and morning sun", "Two good lives that turned to one"),
    ("*/N", "Sleep a little, grow a lot", "You have all the love we've got"),
    ("*/N", "First a smile and then a word", "The sweetest sound we ever heard"),
];

/// Something loved: "dinosaurs", "your red bike".
#[rustfmt::skip]
pub(super) const THINGS: &[Couplet] = &[
    ("*/BNWAGTF", "[Oh, ]you love {x} all day long", "So we put (that|all that) in(to) your [little ]song"),
    ("jtrc/BWAGTF", "With {x} on your mind tonight", "[And ]your eyes are [wide and ]shining bright"),
    ("jpr/BWAGTF", "Give you {x}, your heart takes wing", "[And then ]you [just ]can't help but laugh and sing"),
    ("jr/BWAGF", "(Nobody|No one) knows {x} like you", "[And ](no one|nobody) shines the way you do"),
    ("p/BNG", "{x} for breakfast, {x} for tea", "[And ]that is how it [always ]ought to be"),
    ("tc/BWAGTF", "You showed us {x} through your eyes", "[And you ]made each day a [sweet ]surprise"),
    ("jpr/BGFT", "From {x} to the great big sky", "There is nothing [that ]you won't [ever ]try"),
    ("*/BWAGF", "Talk about {x}, see you glow", "You tell us [all the ]things [that ]we don't know"),
    ("*/L", "Dream of {x}, drift away", "(Safe|You're safe|And you'll be safe) and sound till [the ]break of day"),
    ("*/L", "Now let {x} rest a while", "[And ]fall asleep with [just ]a smile"),
    ("tcj/LN", "[Tomorrow ]{x} will wait for you", "(When|When the|As soon as|As soon as the) morning skies are blue"),
    ("*/F", "Who'll talk of {x} with us now", "[You'll |You will ]have to write and tell us how"),
    ("*/T", "Thank you for {x} and all the rest", "You [always ]gave us [nothing but ]your [very ]best"),
    ("*/BWANGTF", "Here's to {x}, here's to you", "[Here's to ]all the things [that ]you love to do"),
    ("jp/BGN", "Pockets full of {x}, head full of dreams", "Nothing is [ever ]as small as it seems"),
    ("tcr/BWAGTFN", "With {x} and a lot of heart", "[And ]that is what sets you [so far ]apart"),
];

/// "your dog Biscuit".
#[rustfmt::skip]
pub(super) const PETS: &[Couplet] = &[
    ("*/BWAGTF", "[There is ]{x} waiting at the door", "[And ](no one|nobody) could [ever ]love you more"),
    ("tcr/BWAGTFLN", "[With ]{x} curled up at your feet", "[All of ]the world feels [so ]warm and [so ]sweet"),
    ("jp/BWAGTN", "[Even ]{x} can sing along", "[Oh, ]when everybody (sings|starts to sing) your song"),
    ("jpr/BGFT", "Chasing {x} down the lane", "[Jumping ]puddles in the (rain|summer rain)"),
    ("*/BWAGTFN", "You and {x}, side by side", "[There's ]nothing [in this world ]you haven't tried"),
    ("*/LN", "Say goodnight to {x} too", "[All ]the stars (watch|are watching) over you"),
    ("tc/LN", "{x} is yawning, so are you", "[And ]the moon is [getting ]sleepy, too"),
    ("jtr/BGFT", "You and {x}, what a team", "[Running ]wild and free as [in ]a dream"),
    ("*/F", "{x} is going with you, too", "[So ]you won't be lonely (with|in) [all ]that's new"),
];

/// "your brother Leo", "your friends".
#[rustfmt::skip]
pub(super) const PEOPLE: &[Couplet] = &[
    ("*/BWAGTFNL", "You and {x}, hand in hand", "[Building ]castles in the [golden ]sand"),
    ("*/BWAGTFN", "[And ]{x} will tell you too", "[That ]nobody [else ]is [ever ]quite like you"),
    ("*/BWAGTF", "With {x} standing near", "[And ]all the [many ]people [that ]you hold dear"),
    ("jp/BWAGTFN", "{x} and you, up to no good", "[Making |Always making ]mischief in the neighbourhood"),
    ("*/LN", "Dream of {x}, sleep in peace", "[Let ]all the [busy, busy ]noises cease"),
    ("trc/BWAGTFNL", "{x} would walk miles for you", "[And |And you know ]every one of us would, too"),
    ("jr/BWAGTF", "{x} and all of us are here", "[Oh, ]can't you hear us [laugh and ]clap and cheer"),
];

/// "my sister": who the person is to the one who sings.
#[rustfmt::skip]
pub(super) const RELATIONS: &[Couplet] = &[
    ("*/BWAGTFNL", "You are {x}, and it's true", "[That ]there is no one [else ](else|quite) like you"),
    ("*/BWAGTFN", "[Oh, ]{x}, we love you so", "[It's ]time to let the whole world know"),
    ("trc/BWAGTFN", "You're {x}, come what may", "[You are ]loved a little more each day"),
    ("jpr/BWAGTFN", "You are {x}, lucky me", "[The ]best that anyone could be"),
];

/// "play football": `{x}` is the base form, `{g}` the form in -ing.
#[rustfmt::skip]
pub(super) const ACTIONS: &[Couplet] = &[
    ("*/BWAGTFN", "When you {x}, you [really ]shine", "[Just ]like the sun when the day is fine"),
    ("*/BWAGTFN", "[We love to ]watch you {x} all day", "[And ]you do it in your own [sweet ]way"),
    ("jpr/BWAGTF", "You {x} like nobody can", "[And ]I will [always ]be your [number one ]biggest fan"),
    ("r/BWAGTF", "You {x} and we cheer out loud", "You [always ]make us [all ]feel [so ]proud"),
    ("tc/BWAGTF", "{g} in the morning light", "[And ]everything [that ]you do feels [just ]right"),
    ("jp/BWAGTF", "{g} till the sun goes down", "[With ]the (biggest|brightest) smile in [all the ]town"),
    ("*/L", "Soon you'll {x} once more", "[But ]now the [silver ]moon is at [your ]door"),
    ("*/L", "{g} in your dreams tonight", "[Tucked in ]underneath the [silver ]starry light"),
    ("*/F", "Who will {x} the way you do", "[And ]we will always[, always] think of you"),
    ("jtr/BWAGTF", "You love {g}, don't you know", "[And ]watching you [just ]makes [all of ]us glow"),
];

/// "ride a bike": what the person can do.
#[rustfmt::skip]
pub(super) const SKILLS: &[Couplet] = &[
    ("*/BWAGTFN", "You can {x}, you can fly", "[And ]there is nothing [that ]you won't [ever ]try"),
    ("jpr/BGTFN", "You can {x}, look at you go", "There's so much more [that ]you'll come to know"),
    ("trc/BGTFN", "Watch you {x}, and we believe", "[There's ]nothing [at all ]that you can't achieve"),
    ("*/L", "You can {x}, you can dream", "[Floating ]down a [slow and ]gentle stream"),
];

/// "Leeds": where the person comes from or lives.
#[rustfmt::skip]
pub(super) const PLACES: &[Couplet] = &[
    ("*/BWAGTFN", "From {x} with a heart of gold", "[You're ]the best story [that was ]ever told"),
    ("tcr/BWAGTFN", "[Back ]in {x} your story starts", "Now you live in(side) all [of ]our hearts"),
    ("jpr/BWAGTF", "[The ]streets of {x} know your name", "[And ]since you came they're not the same"),
    ("*/LN", "Over {x} the stars are bright", "[They're ]keeping watch [on you ]through the night"),
];

/// "met in Rome": what the person did.
#[rustfmt::skip]
pub(super) const DEEDS: &[Couplet] = &[
    ("*/BWAGTF", "You {x}, remember when", "(Let us|We'd love to|And we'd love to|And we would love to) live it all again"),
    ("*/BWAGTFNL", "You {x}, the story's true", "[That's ]one more reason [that ]we [all ]love you"),
    ("jpr/BWAGTFN", "You {x}, oh what a day", "[And ]it will [surely ]never fade away"),
    ("tc/BWAGTF", "You {x}, and it still feels new", "[As ]if the [whole ]world was made for you"),
];

/// "funny", "a nurse": how the person is.
#[rustfmt::skip]
pub(super) const TRAITS: &[Couplet] = &[
    ("*/BWAGTFNL", "You are {x}, plain to see", "[And ]just the way you [always ]ought to be"),
    ("*/BWAGTFN", "You are {x}, that is you", "[In ]everything [that ]you say and do"),
    ("tcr/BWAGTFN", "You are {x}, through and through", "[And ]all of us look up to you"),
    ("jp/BWAGTFN", "You are {x}, plain as day", "(We|And we) love you (just|even more) that way"),
];

/// "the summer in Wales".
#[rustfmt::skip]
pub(super) const MEMORIES: &[Couplet] = &[
    ("*/BWAGTF", "[Oh, ]{x}, what a time", "[And ]now we've put it [all ]in[side] a rhyme"),
    ("tcr/BWAGTF", "Think of {x} and smile", "[It was ]worth it every [single ]mile"),
    ("*/BWAGTFNL", "Here's to {x}, here's to you", "[Here's to ]all the dreams [that ]are coming true"),
];

/// `{x}` is an age up to twelve.
#[rustfmt::skip]
pub(super) const YOUNG: &[Couplet] = &[
    ("jp/B", "You are {x}, hip hooray", "[And ]all the candles shine today"),
    ("*/B", "Only {x} and look at you", "[There's ]nothing that you cannot do"),
    ("jtrc/B", "Now you're {x}, wild and free", "(Be what|Now be what|Be whatever|You can be whatever) you want to be"),
    ("tcr/B", "You are {x} and growing tall", "[But ]still the dearest of them all"),
];

/// `{x}` is an age above twelve.
#[rustfmt::skip]
pub(super) const GROWN: &[Couplet] = &[
    ("jpr/B", "{x} years young and feeling fine", "[You just ]get better, like good wine"),
    ("*/B", "{x} today, and look at you", "[You're |You are ]still [just ]as good as (new|brand new)"),
    ("jtrc/B", "{x} years [have ]brought you here", "[And ]you [just ]get better every [single ]year"),
    ("tcr/B", "{x} today, the years have flown", "[Just ]look at all the love you've grown"),
];

/// `{x}` is a number of years together, at least two.
#[rustfmt::skip]
pub(super) const TOGETHER: &[Couplet] = &[
    ("*/A", "{x} years, [and ]still hand in hand", "[It's ]even better than you planned"),
    ("*/A", "{x} years, [and ]still you smile", "[You walk ]together, mile by mile"),
];

/// `{x}` is an age on an occasion that is not about it.
#[rustfmt::skip]
pub(super) const AGES: &[Couplet] = &[
    ("*/GTFW", "Now you're {x}, wild and free", "(Be what|Now be what|Be whatever|You can be whatever) you want to be"),
    ("*/LN", "Only {x} and [already ]loved so true", "[And ]all the world is here for you"),
];
