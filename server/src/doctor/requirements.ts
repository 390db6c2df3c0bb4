/** The deployment guide's requirements, each in some words, and what no program can see. */
export interface Requirement {
  readonly id: string;
  readonly title: string;
  /** What a person looks at; null when the checks see all of it. */
  readonly manual: string | null;
}

const one = (id: string, title: string, manual: string | null = null): Requirement => ({ id, title, manual });

export const requirements: readonly Requirement[] = [
  one('TOP-1', 'small scale: one node'),
  one('TOP-2', 'several identical nodes behind a balancer'),
  one('TOP-3', 'what one node did is carried by the rest'),
  one(
    'TOP-4',
    'growing from one node to a cluster',
    'That `confab move` ended well, that people find their rooms at the new address, and that the old data folder is kept until then.',
  ),
  one(
    'TOP-5',
    'one version on all nodes, or two adjacent ones',
    'That all nodes stand in one region: within a few milliseconds.',
  ),
  one('TOP-6', 'one endpoint per component'),
  one('LB-1', 'cookie affinity'),
  one('LB-2', 'HTTP keep-alive'),
  one('LB-3', 'TLS ends at the balancer'),
  one('LB-4', 'port 80 redirects to 443'),
  one('LB-5', 'a DNS record and a trusted certificate'),
  one('LB-6', 'a balancer that passes on what nodes need'),
  one(
    'LB-7',
    'a second balancer',
    'Stop the balancer that holds the floating address: the other has it within three seconds, and the cookies still lead to the same nodes.',
  ),
  one(
    'NODE-1',
    'static private IPv4 address',
    'That the address is static or reserved, and that nothing but the balancer is let in from outside.',
  ),
  one('NODE-2', 'UTC, and time kept by NTP'),
  one('NODE-3', 'unique hostname, resolvable, not the public name'),
  one('NODE-4', 'cores and memory', 'The clock rate of the cores: the guide has 2.8 GHz.'),
  one('NODE-5', 'nodes and data stores reach each other', 'The firewall: from outside 80, 443 and 22 only.'),
  one('NODE-6', 'published images', 'Compare the checksum of what was downloaded with the published one.'),
  one('NODE-7', 'a command line on the node', '`confab --help` shows what can be set and done.'),
  one('PG-1', 'version, UTC, NTP', "The time server of the database's own machine."),
  one('PG-2', 'UTF-8'),
  one('PG-3', 'max_connections'),
  one('PG-4', 'name of the database'),
  one('PG-5', 'role without power over the server, with all rights on its database'),
  one(
    'PG-6',
    'cores, memory and disk',
    "The database's machine: the guide has 8 cores, 32 GB, 64 GB of disk; df where its data is.",
  ),
  one('PG-7', 'standbys behind one endpoint'),
  one('RED-1', 'version'),
  one('RED-2', 'password', 'That it is not the one of some example.'),
  one('RED-3', 'persistence and limits'),
  one('RED-4', 'cores, memory and disk', "Redis' machines: the guide has 4 cores, 8 GB, 20 GB of disk."),
  one('RED-5', 'three Redis with Sentinel'),
  one('FS-1', 'NFS 4 with 40 GB'),
  one('FS-2', 'reading and writing by every node', 'Write a file on one node and read it on another.'),
  one(
    'FS-3',
    'a file store that survives the loss of a machine',
    'The practice of the house: a cluster of the store, or its backup and how long restoring takes.',
  ),
  one('NET-1', 'DNS and NTP'),
  one(
    'NET-2',
    'outbound access, or a proxy',
    'That nodes reach what they are to reach and nothing else. This version calls nobody.',
  ),
  one('NET-3', 'a reverse proxy for add-ons outside', 'Nothing: this version has no add-ons.'),
  one('OPT-1', 'mail'),
  one('OPT-2', 'mobile push', 'Nothing: this version has none.'),
  one('OPT-3', 'video calls', 'Nothing: this version has none.'),
  one('OPT-4', 'add-ons', 'Nothing: this version has none; bots use tokens and the API.'),
  one('OPT-5', 'usage analytics', 'Nothing: Confab sends none.'),
  one(
    'LIFE-1',
    'configure, verify, then let users in',
    'Sign in by the balancer from a machine outside, send a message, and read it in a second browser.',
  ),
  one('LIFE-2', 'migration from another server', 'Nothing: this version imports no archives.'),
  one(
    'LIFE-3',
    'no downtime when one part fails',
    'Stop each part once, in a quiet hour, and watch people go on.',
  ),
  one(
    'LIFE-4',
    'nodes in different availability zones',
    'Where each node runs: its zone, or its rack and power supply.',
  ),
];
