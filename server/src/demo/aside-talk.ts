/** What the people of the demo talk about besides work; written as work-talk.ts. */
export const asideTalk: Readonly<Record<string, readonly string[]>> = {
  general: [
    `jonas: The parcel service comes at {two|three|four} tomorrow. Whatever has to go, please to the door by then.
+ 👍 diego tomas sam`,
    `tomas: Is anybody at the workshop before {seven|eight} tomorrow? I left my key inside.
diego: I am. Ring twice.
+ 🙏 tomas`,
    `jonas: Kitchen is clean again, thank you whoever it was.
lena: It was {Tomás|Diego|Nora}. I saw it.
+ 👏 jonas ada sam`,
    `kofi: I am out from {three|four}, back tomorrow.
+ 👋 nora priya`,
    `jonas: Heating man is here until noon. It will be loud, and then it will be warm.
+ 🔥 lena tomas`,
    `ada: Minutes of the {weekly|planning|supplier} meeting are in the wiki. Three decisions, two of them good.
> jonas: Which one is the third?
> ada: The one about the chairs.
+ 😂 lena kofi mei`,
    `yara: Expense reports until {Wednesday|Friday} please, I close the month then.
+ ✅ jonas tomas kofi nora lena sam`,
    `priya: Power cut here, I am on my phone for an hour or so.
ada: Take your time.
priya: Back again.
+ 💡 kofi ada`,
    `sam: New headsets arrived. Whoever talks to riders may take one.
+ 🎧 lena jonas`,
    `lena: A school class visits on {Tuesday|Thursday} at ten, {18-27} children. Who shows them the jig?
tomas: Me, if they do not touch the torch.
finn: I can let them ride in the yard.
+ 🧡 lena ada`,
    `nora: Trains are a mess today, I work from home.
+ 🚆 kofi jonas`,
    `mei: I am in Berlin in the week of the {3rd|10th|17th}! Please book me a bench.
ada: Yours is always free.
+ 🎉 tomas lena jonas diego nora`,
  ],
  rides: [
    `finn: {38-64} km before breakfast. {Fog, deer, nobody else|Frost on the fields|A heron, twice}.
+ 🚲 tomas sam nora`,
    `finn: Sunday: {the lake loop|along the canal|the two dams}, {48-84} km, cake at the end. Start {9:00|9:30|10:00}.
+ 🚲 sam nora kofi lena
sam: In!
lena: In, if somebody waits for me uphill.
> finn: Always.`,
    `nora: New tyres on, what a difference.
kofi: Which?
nora: The {32|35|38} mm ones Tomás swears by.
+ 😌 tomas`,
    `sam: Who left gloves in my bag?
kofi: Grey ones? Mine.
+ 🧤 sam`,
    `diego: Puncture count this month: me {2-4}, Finn {0-1}. How?
finn: Clean living.
+ 😂 nora tomas sam`,
  ],
  random: [
    `lena: This song has been in my head for three days.
kofi: Which one? On second thoughts, do not say.
+ 😂 nora sam`,
    `nora: Plants watered, {all of them|even the sad one}.
+ 🌱 lena ada mei`,
    `sam: The neighbour’s cat sits in the delivery bike again.
diego: She is on the payroll.
+ 🐈 lena nora mei yara`,
    `yara: Recommend me a book, please, no crime.
ada: *The Summer Book*, every year.
priya: *A Psalm for the Wild-Built*. There is even a bicycle in it.
yara: Both ordered.
+ 📚 ada priya mei`,
    `mei: Rainbow over the studio, I had to stop drawing.
+ 🌈 lena priya yara nora`,
    `kofi: I have learned to make {injera|sourdough|kimchi}. It took {3-6} tries.
lena: Bring it.
kofi: The last one is gone.
+ 💔 lena diego`,
    `priya: Monsoon hour. The frogs are louder than the fan of my laptop.
+ 🐸 mei kofi nora`,
    `tomas: My daughter has drawn a bicycle with {seven|nine} wheels and asks when we build it.
mei: Send me the drawing, I am serious.
+ ❤️ mei ada lena finn sam
> tomas: Sent. She wants royalties.`,
    `jonas: Whoever put the label “{Gerald|Kevin|Sir Squeaks}” on the printer: it works better since.
+ 🖨️ nora sam lena`,
    `yara: The sea is {flat|wild|silver} today.
+ 🌊 mei lena ada`,
  ],
  lunch: [
    `diego: {Tacos|Pozole|Quesadillas} at one? I made too much, again.
jonas: In.
tomas: In, if I may weld until five to.
+ 🌮 lena ada`,
    `lena: Soup today?
jonas: Which?
lena: {Lentil|Pumpkin|Potato}.
+ 🍲 jonas tomas diego`,
    `tomas: Falafel, at half past. Who wants one?
lena: Me!
diego: Two.
+ ✅ tomas`,
    `jonas: I brought leftovers for {three|four}.
+ 😋 lena diego`,
    `ada: Late, start without me.
lena: We started without you ten minutes ago.
+ 😅 ada diego`,
    `diego: The place at the corner has {dumplings|ramen|pierogi} now.
tomas: Any good?
diego: Second portion says yes.
+ 🥟 jonas lena`,
  ],
  '@ada,jonas': [
    `jonas: The landlord wants to talk about the yard. Shall I?
ada: Please. Tell him we stay {three|five} more years.`,
    `ada: Can you look at the freight offer before I sign?
jonas: Done. I would sign.
+ 👍 ada`,
    `jonas: Two applications for the workshop. One is very good.
ada: Invite the very good one.`,
  ],
  '@ada,mei': [
    `mei: May I show you the {head badge|fork crown|chain guard} before anybody else sees it?
ada: Now?
mei: Now is good.
ada: It is beautiful. Do not change a thing.
+ ❤️ mei`,
    `ada: Is it very late for you?
mei: It is, but I am drawing.`,
  ],
  '@ada,tomas': [
    `tomas: I would like to keep number {frame}. For myself.
ada: Then it is yours. You have earned ten.
+ 🥹 tomas`,
    `ada: How is the shoulder?
tomas: Better. I weld left-handed, it confuses Diego.`,
  ],
  '@ada,lena': [
    `lena: Photographer sent {180-320} pictures. I have marked twelve.
ada: I trust your twelve.`,
    `lena: Quote for the press, one sentence, please?
ada: “We make bicycles that you forget while you ride them.”
+ 🙌 lena`,
  ],
};

/** Said a moment ago by whoever is awake, so that a new demo is not from yesterday; the speakers are chosen then. */
export const latestTalk: readonly { readonly room: string; readonly lines: readonly string[] }[] = [
  {
    room: 'software',
    lines: [
      'The offline rides are on staging. Please try to lose one.',
      'I rode through the tunnel twice. Both are there.',
      'Then it goes out with the next release.',
    ],
  },
  {
    room: 'random',
    lines: [
      'The coffee machine is repaired. The googly eyes stay.',
      'As they should.',
      'I am sure that it winked at me.',
    ],
  },
];
