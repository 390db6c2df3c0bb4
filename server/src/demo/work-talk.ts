/**
 * What the people of the demo talk about at work, over and over: exchanges by room, in the lines of conversations.ts.
 * `{40-90}` becomes a number of that range, `{red|green}` one of the words, `{frame}` the next frame's number.
 */
export const workTalk: Readonly<Record<string, readonly string[]>> = {
  announcements: [
    `jonas: All hands moves to {Tuesday|Wednesday|Thursday}, 14:00 Berlin time. Agenda is in the wiki.
+ 👍 ada mei priya kofi tomas`,
    `ada: We shipped {61-96} bikes this month. Thank you, all of you.
+ 🎉 tomas diego jonas sam nora finn
> jonas: And only {2-5} came back with questions.`,
    `lena: We are in *{Granfondo|Bikepacking Monthly|The Slow Road}* this week, four pages, lovely pictures.
+ ❤️ ada mei tomas
+ 📰 jonas`,
    `jonas: The workshop closes at three on Friday for stock-taking.
+ ✅ tomas diego`,
  ],
  frames: [
    `tomas: Number {frame} is out of the jig. Head tube within 0.{1-3} mm.
+ 🔥 diego ada
mei: Send me a picture of the seat cluster when you can?
tomas: In five minutes, it is still too hot to touch.`,
    `diego: Lugs arrived, {24-60} of them. They are gorgeous.
tomas: Leave me six of the long-point ones, please.
+ 👍 diego`,
    `tomas: Who has the 31.8 reamer?
diego: Not me.
finn: Not me either, I am {in Galway|on the train|on the gravel}.
tomas: Found it. It was in my apron.
+ 😂 diego finn mei`,
    `mei: Revision **{G|H|J|K}** of the rear triangle is up: chainstays 4 mm longer, everything else as it was.
> tomas: Good. The heel clearance was the only thing I did not like.
> diego: Does the kickstand plate move with it?
> mei: It does, by the same 4 mm.`,
    `diego: @ada paint needs another night, the booth was too cold.
ada: No harm. Nobody is waiting for {frame} before {Monday|Thursday}.`,
    `finn: {80-160} km on number {frame} yesterday. Quiet, straight, nothing came loose.
tomas: Cable rub at the head tube?
finn: A little, on the left. Tape will do.
+ 🙏 tomas`,
    `tomas: Drop-outs of the batch aligned, all {six|eight|ten}.
+ 👏 diego mei`,
    `diego: The {silver|brass|flux} order is late again, now {Tuesday|Friday}.
tomas: We have enough for {three|four} frames.
ada: Then let us order from both next time. @diego will you write it down?
diego: Done.
+ ✅ ada`,
    `mei: The {green|grey|blue} sample under daylight: I think it is a shade too warm.
> ada: On my screen it is perfect, but that means nothing.
> tomas: Come to the window with it at four, the light is best.
+ 🎨 mei`,
    `tomas: Fork steerers are 2 mm short on the new batch. We can use them for the small sizes.
diego: I will mark them, so that nobody is surprised.`,
  ],
  'e-bike': [
    `kofi: Flashed the bench unit with 0.9.{4-9}. No surprises.
+ 👍 priya nora`,
    `priya: Range test today: {71-94} km, {cold and windy|dry and mild|rain from the first minute}.
nora: That is {3-9} % above the model. I will look at why.
> nora: Rolling resistance was from the old tyres. Model fixed.
> priya: Then it is no longer good news, only a good model :)`,
    `kofi: I can reproduce the reset now: only below {3-7} °C, and only when the light is on.
priya: Brown-out threshold?
kofi: That was my thought. Raising it by 100 mV.
kofi: And it is gone. {30-60} cold starts without one.
+ 🎉 priya nora ada finn`,
    `nora: The display now averages the range over ten minutes. It feels calm.
+ 🧘 priya mei
finn: I noticed! I stopped looking at it, which is the point.`,
    `priya: The controller runs {3-6} °C cooler with the new pad.
+ ❄️ kofi nora`,
    `finn: On the steep bit at {Howth|Glencree|the quarry} it takes a moment before it helps. Half a second maybe.
kofi: Cadence or torque? I mean: were you already pushing?
finn: Pushing, hard.
kofi: Then it is the filter. Have a log?
finn: Uploaded, ride {210-390}.
> kofi: Filter is {120-180} ms too long at low speed. Shorter in tonight’s build.
> finn: Night and day. Thank you.`,
    `mei: May I move the charging port {8-14} mm down? It sits in the knee of the frame now.
priya: Mechanically yes. Please keep 20 mm to the seal.
+ 👌 mei`,
    `nora: Test rig ran over the weekend: {9-14} thousand starts, {0-2} failures.
priya: What failed?
nora: {The relay of the rig itself.|A crimp on the rig, not on the bike.|Nothing that belongs to us.}
+ 😅 kofi priya`,
    `priya: Supplier call moved to {11:00|14:30|16:00} Berlin time. @kofi can you join for the connector question?
kofi: Yes.`,
    `lena: For the manual: is it *battery* or *pack*? We use both.
priya: Battery, everywhere.
lena: Thank you. Found {12-31} packs and unpacked them.
+ 😂 priya kofi ada`,
  ],
  software: [
    `kofi: Build is green again. It was the {time zone|cache|clock} test, it is always the {time zone|cache|clock} test.
+ 😅 nora priya`,
    `nora: Merging the {invoice|shipping|search|checkout} change in ten minutes unless somebody shouts.
kofi: Nobody shouts.
+ 🚀 jonas kofi`,
    `jonas: The export of {Monday|yesterday|last week} has {two|three|five} orders twice. Expected?
nora: No. Looking.
nora: A retry after a timeout, counted as new. Fix is in review, I am cleaning the {two|three|five} by hand.
> jonas: Perfect, the accountant had not noticed yet.
> kofi: Reviewed. I would add an index on the client id, then it cannot happen at all.
> nora: Added.
+ 🙏 jonas`,
    `kofi: Upgraded Postgres on staging, {12-40} seconds of downtime. Production on {Sunday|Saturday} morning.
+ 👍 nora ada`,
    `priya: The ride upload takes {20-50} s on my phone. Is it only me?
nora: How long was the ride?
priya: Four hours.
nora: Then it sends every point one by one, which is silly. I will batch them.
> nora: Now {2-4} s.
> priya: Wonderful!
+ ⚡ priya kofi`,
    `nora: Lighthouse for the shop: {93-99}. Last month we were at {70-81}.
+ 📈 kofi jonas ada`,
    `kofi: Who knows why \`orders.note\` is 40 characters long?
jonas: The old label printer could not print more.
kofi: Do we still have that printer?
jonas: It is holding the door open.
+ 😂 nora kofi priya ada`,
    `kofi: Certificates were renewed last night, all by themselves.
+ 😌 nora`,
    `nora: Reading about \`prefers-reduced-motion\`: we ignore it on the product page. I will fix that.
+ ❤️ kofi`,
    `jonas: Could the pick list be sorted by shelf? We walk {2-4} km a day in there.
kofi: That is one line. Give me an hour.
> kofi: Deployed.
> jonas: My knees thank you.
+ 🦵 nora kofi`,
    `nora: Disk on the build machine is at {81-93} %.
kofi: Old images. Deleting everything older than a month.
kofi: {31-48} %.`,
  ],
  'customer-care': [
    `sam: Quiet day, {9-14} questions.
+ 🙂 jonas`,
    `sam: A rider in {Leeds|Utrecht|Lyon|Graz|Porto} asks whether the rack takes {27|30|35} kg.
diego: It says 25 on the sticker for a reason.
> sam: So no.
> diego: So no. It would hold, the bolts would not like it.
+ 👍 sam`,
    `sam: Somebody asked for a bike with three wheels.
diego: Tell them to ask again in two years.
+ 😂 lena jonas ada`,
    `jonas: Numbers for last week: {48-75} questions, median answer {28-45} minutes, {1-5} refunds.
+ 👏 sam ada
ada: What was the most common one?
sam: Tyre pressure. Always tyre pressure.
lena: I will put it on the first page of the manual then.
+ 🙌 sam`,
    `lena: The manual link in the {welcome|shipping|service} mail was broken. Fixed.
+ 🙏 sam`,
    `sam: Parcel to {Oslo|Bologna|Ghent|Aarhus} is lost since {Monday|last week}. May I send a second {saddle|light|rack}?
jonas: Yes. I will claim the first one.
+ ✅ sam`,
    `sam: “I have ridden {3-9},000 km on it and have nothing to complain about, which is why I write.”
+ 🥹 ada lena diego jonas
lena: May we quote that?
sam: I asked. We may.`,
    `diego: Returned derailleur checked: bent by a fall, not by us. I straightened it anyway.
sam: I will tell her. She was honest about the fall.
+ ❤️ sam`,
  ],
  launch: [
    `lena: Landing page, second draft, is in the folder. Please be hard on it.
mei: The picture is too dark on phones. Otherwise I would print it.
> lena: Lighter now.
+ 👍 mei ada`,
    `jonas: The hall is confirmed for the {19th|20th|21st}. Loading from seven.
+ ✅ lena ada`,
    `sam: {Four|Six|Nine} riders would come and talk about their bikes. Shall I ask for more?
lena: Those are plenty. Ask them for photographs!`,
    `yara: Launch spent so far: {6-9},{100-900}. We are inside the plan.
+ 🙏 lena ada`,
    `lena: The {magazine|podcast|newsletter} people want {Ada|Mei} for twenty minutes next week.
ada: Fine with me. Not on Tuesday.
lena: I will find an hour that is not on Tuesday.`,
    `mei: Colour names. I have: *Moss*, *Slate*, *Rust*, *Milk*.
lena: Milk!
sam: Riders will say white.
mei: Riders may say white. The catalogue says Milk.
+ 🥛 lena ada sam jonas`,
    `jonas: Print run: {1,000|1,500|2,000} folded, on the thicker paper. Delivery in {5-9} working days.
+ 👌 lena`,
  ],
  money: [
    `yara: Invoices are out, {41-66} of them.
+ 👍 jonas ada`,
    `yara: The bank asks for the stock list of last month. @jonas do you have it?
jonas: In the sheet, second tab.
yara: Found it, thank you.`,
    `jonas: Freight went up by {4-11} % again. From next month we pay {210-290} per pallet.
yara: I had {8-12} % in the plan, so we are still all right.
+ 😮‍💨 ada`,
    `yara: VAT return is filed. Nothing to do for anybody.
+ 🎉 ada jonas`,
  ],
};
