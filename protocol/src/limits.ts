/**
 * Every limit of the product, enforced at the door. One line of reason each.
 * Sizes are in bytes of UTF-8 or in characters (UTF-16 units) as named; times in milliseconds unless named.
 */
export const limits = {
  /** Longest message text: four pages; longer belongs into a file. */
  messageCharsMax: 12_000,
  /** Mentioned people in one message: each costs a row and an event. */
  messageMentionsMax: 50,
  /** Marks, words and blocks in one message before the rest is plain text: what a browser draws without a pause. */
  markdownTokensMax: 5_000,
  /** Quotes and lists inside each other, and emphasis likewise: readers and parsers recurse. */
  markdownDepthMax: 8,
  /** Columns of a table: wider is a spreadsheet. */
  markdownTableColumnsMax: 20,
  /** Address of a link: what browsers and proxies take. */
  linkCharsMax: 2_000,
  /** People who follow one thread: each reply costs an event for each of them. */
  threadFollowersMax: 1_000,
  /** Faces shown beside a thread's reply count. */
  threadFacesMax: 5,
  /** Different emoji on one message: a row of chips must stay readable. */
  messageReactionKindsMax: 30,
  /** Pinned messages in a room: a list that a person can read. */
  roomPinsMax: 100,
  /** Room name: fits the sidebar. */
  roomNameCharsMax: 60,
  /** One line above the timeline. */
  roomTopicCharsMax: 250,
  /** A paragraph in the room's details. */
  roomDescriptionCharsMax: 2_000,
  /** People in a group conversation besides oneself; more is a room. */
  directPeopleMax: 8,
  /** People invited to a room by one request. */
  inviteBatchMax: 100,
  /** Rooms one person is in: each is a row in the sidebar and in the snapshot. */
  userRoomsMax: 5_000,
  /** Rooms one connection watches whole: what a screen or a bot needs. */
  watchedRoomsMax: 100,
  /** Unread mentions remembered per room: beyond it the badge says 99+. */
  unreadMentionsMax: 100,
  /** Unread threads in a snapshot: the inbox pages the rest. */
  unreadThreadsMax: 200,
  /** Person's full name. */
  nameCharsMax: 80,
  /** Handle, after the @. */
  handleCharsMax: 32,
  /** Job title in the profile. */
  titleCharsMax: 80,
  /** Status text. */
  statusCharsMax: 100,
  /** Shortest password: NIST SP 800-63B asks for 8 at least. */
  passwordCharsMin: 10,
  /** Longest password: hashing is slow on purpose. */
  passwordCharsMax: 200,
  /** E-mail address: RFC 5321. */
  emailCharsMax: 254,
  /** A draft is a message not yet sent. */
  draftCharsMax: 12_000,
  /** Drafts kept per person. */
  draftsMax: 500,
  /** Scheduled messages per person that are not sent yet, failed ones too: they are listed on one page. */
  scheduledMax: 100,
  /** How far ahead a message is scheduled, in days: whoever wrote it should remember it. */
  scheduledDaysMax: 120,
  /** Reminders per person that are not completed: each is in the snapshot. */
  remindersMax: 200,
  /** What one wants to be reminded of, besides the message. */
  reminderNoteCharsMax: 500,
  /** How far ahead a reminder lies, in days. */
  reminderDaysMax: 366,
  /** Sections of one's own in the sidebar: more than one can remember. */
  sectionsMax: 50,
  /** Section name: fits the sidebar. */
  sectionNameCharsMax: 80,
  /** Words that notify a person like a mention: each is looked for in each message. */
  keywordsMax: 50,
  keywordCharsMax: 80,
  /** Browsers of one person that are notified while their page is closed: each gets every notification. */
  pushDevicesMax: 20,
  /** Address of a push service with its secret part. */
  pushEndpointCharsMax: 1_000,
  /** It stands in a list of devices. */
  pushNameCharsMax: 60,
  /** One of each kind to each browser: not again before the first ones have come. */
  pushTestPeriodMs: 10_000,
  /** How often a notification is offered to a push service that fails: over an hour in all. */
  pushAttemptsMax: 6,
  /** Of one person, what waits to be told of by mail: more than a letter can say in any case. */
  missedWaitingMax: 500,
  /** Messages one letter shows, and of one place: a page or two, the rest as a number. */
  missedShownMax: 40,
  missedOfPlaceMax: 10,
  /** A mail that answers, with what its program quotes below and puts around it. */
  mailReplyBytesMax: 1_000_000,
  /** How long a letter can be answered by mail: whoever finds an old one cannot write with it. */
  mailReplyDaysMax: 14,
  /** How long it is kept how a notification ended. */
  notificationDaysMax: 14,
  /** Saved messages per person. */
  savedMax: 5_000,
  /** Custom emoji in a workspace. */
  customEmojiMax: 2_000,
  /** Picture uploaded for a profile or an emoji, before it is made small. */
  pictureBytesMax: 2_000_000,
  /** Files of one message: a grid that is seen at a glance. */
  messageFilesMax: 10,
  /** Links of one message that get a card: more would push the talk away. */
  messagePreviewsMax: 3,
  /** Of what a page says of itself, in a card. */
  previewTitleCharsMax: 200,
  previewTextCharsMax: 400,
  previewSiteCharsMax: 80,
  /** File name: what most file systems take. */
  fileNameCharsMax: 255,
  /** One piece of an upload: over a slow line it still arrives within the time a request may take. */
  fileChunkBytesMax: 2 * 1024 * 1024,
  /** Uploads a person has begun and not finished. */
  uploadsMax: 50,
  /** Pieces one node takes in at once: each holds a connection and a place at the file store. */
  filePiecesAtOnceMax: 32,
  /** How long an upload may lie unfinished, and a finished file without a message. */
  fileLooseMs: 24 * 60 * 60_000,
  /** Longer side of a thumbnail, in pixels: sharp on a dense screen where a message shows it. */
  thumbnailPixelsMax: 800,
  /** Of the text in a file that search knows, in characters from its beginning: an index of whole books would be slow. */
  fileTextCharsMax: 20_000,
  /** Items on one page of anything. */
  pageMax: 100,
  pageDefault: 50,
  /** Events on one page of a stream. */
  eventPageMax: 500,
  /** Requests of one node that wait for events: each holds a connection; those beyond it are answered at once. */
  eventWaitersMax: 1_000,
  /** What is typed into the search field: a sentence, not a page. */
  searchQueryCharsMax: 500,
  /** Words and filters of one query: each costs a look at every candidate. */
  searchTermsMax: 24,
  /** The newest matches that are weighed against each other when sorted by relevance: ten pages, and each costs a look. */
  searchWeighedMax: 200,
  /** Text around what was found: two lines beside a phone's edge. */
  searchSnippetCharsMax: 240,
  /** Personal access tokens per person. */
  tokensMax: 50,
  /** Days a token or an invitation may live. */
  tokenDaysMax: 730,
  invitationHoursMax: 24 * 30,
  invitationUsesMax: 1_000,
  /** Usable invitations per person: they are listed on one page. */
  invitationsMax: 100,
  /** Addresses invited at once. */
  invitationMailsMax: 20,
  /** How often a mail is offered to a mail server that puts it off: half a day in all. */
  mailAttemptsMax: 7,
  /** Sessions per person; the oldest ends first. */
  sessionsMax: 50,
  /** HTTP request body; pictures arrive in base64. */
  httpBodyBytesMax: 3_000_000,
  /** One frame from a client. */
  socketFrameBytesMax: 256 * 1024,
  /** Bytes waiting for one slow reader before it is told to catch up. */
  socketQueueBytesMax: 1024 * 1024,
  /** Calls of one connection in flight at once. */
  socketCallsInFlightMax: 64,
  /** Calls a person makes per minute, all doors together; bursts up to the same number. */
  callsPerMinute: 1_200,
  /** Messages a person sends per minute. */
  sendsPerMinute: 300,
  /** Failed attempts to sign in to one account in fifteen minutes. */
  signInAttemptsMax: 10,
  /** The same from one network address, for all accounts together: an office may stand behind it. */
  signInAttemptsPerAddressMax: 100,
  signInWindowMs: 15 * 60_000,
  /** A client that is silent this long is taken for gone; clients beat three times as often. */
  heartbeatTimeoutMs: 45_000,
  heartbeatMs: 15_000,
  /** Badges for rooms that are not watched. */
  badgePeriodMs: 1_000,
  /** A typing signal shows this long. */
  typingShownMs: 6_000,
  /** People whose presence one connection follows. */
  presenceWatchMax: 1_000,
  /** Sends in one batch of the commit lane. */
  commitBatchMax: 200,
  /** Sends waiting for the commit lane of one node before more are refused as busy. */
  commitQueueMax: 20_000,
  /** A call is tried again for so long while the database is away: a failover takes less, and clients wait longer. */
  writePatienceMs: 20_000,
  /** Calls of one node that wait for the database to come back; those beyond it are answered at once. */
  patientCallsMax: 5_000,
  /** Newcomers of one node that are asked after in the database together. */
  newcomersInBatchMax: 100,
  /** Newcomers that wait in line; later ones are told when to come back. */
  newcomersWaitingMax: 10_000,
  /** Recent events kept in memory per active stream. */
  ringEventsMax: 256,
  ringBytesMax: 256 * 1024,
} as const;
