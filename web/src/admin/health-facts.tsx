import { Clock, ListRestart, Server } from 'lucide';
import type { Health } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { Panel } from '../settings/panel.tsx';
import { Tag } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { isFailing } from './health-problems.ts';
import type { Measures } from './measures.ts';

type Shown = { health: Health; measures: Measures };

/** The node, the database and the bus, as names and values. */
export function HealthFacts({ health, measures }: Shown) {
  const words = useWords().admin.health;
  const { time } = useApp();
  const { node, database, bus } = health;
  const { bytes, duration, number } = measures;
  return (
    <>
      <Panel title={words.node} note={words.nodeNote}>
        <Facts
          facts={[
            [words.name, node.name],
            [words.version, node.version],
            [words.runtime, node.runtime],
            [words.started, time.value.relative(node.startedAt)],
            [words.memory, words.memoryOf(bytes(node.residentBytes), bytes(node.heapBytes))],
            [words.connections, number(node.connections)],
            [words.sendsWaiting, number(node.sendsWaiting)],
          ]}
        />
      </Panel>
      <Panel title={words.database}>
        <Facts
          facts={[
            [words.version, database.version],
            [words.size, bytes(database.sizeBytes)],
            [words.connections, words.of(number(database.connections), number(database.connectionsMax))],
            [words.roundTrip, duration(database.roundTripMs)],
          ]}
        />
      </Panel>
      <Panel title={words.bus} note={words.busNote}>
        <Facts
          facts={[
            [words.kind, bus.kind],
            [words.state, bus.isConnected ? words.connected : words.disconnected],
          ]}
        />
      </Panel>
    </>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl class="health__facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** All that serve the workspace; one alone is told of already. */
export function NodeList({ health: { nodes }, measures }: Shown) {
  const words = useWords().admin.health;
  const time = useApp().time.value;
  if (nodes.length < 2) return null;
  return (
    <Panel title={words.nodes} note={words.nodesNote}>
      <ul class="rows" aria-label={words.nodes}>
        {nodes.map(({ name, version, address, state, startedAt, renewedAt, connections }) => (
          <li key={name}>
            <span class="rows__icon">
              <Icon of={Server} size={18} />
            </span>
            <span class="rows__words">
              <span class="rows__name">
                {name}
                <Tag tone={state === 'serving' ? 'positive' : 'neutral'}>{words.nodeStates[state]}</Tag>
              </span>
              <span class="rows__note">
                {[
                  `${words.version} ${version}`,
                  address,
                  `${words.started} ${time.relative(startedAt)}`,
                  `${words.connections} ${measures.number(connections)}`,
                  words.renewed(time.relative(renewedAt)),
                ]
                  .filter((one) => one !== '')
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function ReaderList({ health: { readers }, measures }: Shown) {
  const words = useWords().admin.health;
  return (
    <Panel title={words.readers} note={words.readersNote}>
      {readers.length === 0 ? (
        <p class="health__none">{words.none}</p>
      ) : (
        <ul class="rows" aria-label={words.readers}>
          {readers.map(({ name, lagMs }) => (
            <li key={name}>
              <span class="rows__icon">
                <Icon of={ListRestart} size={18} />
              </span>
              <span class="rows__words">
                <span class="rows__name">{name}</span>
                <span class="rows__note">
                  {lagMs < 1_000 ? words.upToDate : words.behind(measures.duration(lagMs))}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function ChoreList({ health: { chores }, measures }: Shown) {
  const words = useWords().admin.health;
  return (
    <Panel title={words.chores} note={words.choresNote}>
      {chores.length === 0 ? (
        <p class="health__none">{words.none}</p>
      ) : (
        <ul class="rows" aria-label={words.chores}>
          {chores.map((chore) => (
            <Chore key={chore.name} chore={chore} measures={measures} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Chore({ chore, measures }: { chore: Health['chores'][number]; measures: Measures }) {
  const words = useWords().admin.health;
  const time = useApp().time.value;
  const { name, lastRunAt, lastTookMs, lastFailure } = chore;
  const ran = lastRunAt === null ? words.neverRan : words.ran(time.relative(lastRunAt));
  const notes = [ran, ...(lastTookMs === null ? [] : [words.took(measures.duration(lastTookMs))])];
  return (
    <li>
      <span class="rows__icon">
        <Icon of={Clock} size={18} />
      </span>
      <span class="rows__words">
        <span class="rows__name">
          {name}
          {isFailing(chore) && <Tag tone="danger">{words.failed}</Tag>}
        </span>
        <span class="rows__note">{notes.join(' · ')}</span>
        {lastFailure && (
          <span class="rows__note">{words.failure(time.relative(lastFailure.at), lastFailure.message)}</span>
        )}
      </span>
    </li>
  );
}
