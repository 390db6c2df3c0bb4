import { useState } from 'preact/hooks';
import {
  AtSign,
  Bell,
  ChevronDown,
  Ellipsis,
  Mail,
  Pencil,
  Plus,
  Search,
  Send,
  SmilePlus,
  Star,
  Trash2,
} from 'lucide';
import {
  Button,
  Checkbox,
  Combobox,
  IconButton,
  OptionFace,
  RadioGroup,
  Select,
  Switch,
  TextArea,
  TextField,
  Avatar,
} from '../ui/index.ts';
import { Row, Section } from './section.tsx';

export function Controls() {
  return (
    <>
      <Section title="Button">
        <Row>
          <Button variant="primary">Create room</Button>
          <Button>Cancel</Button>
          <Button variant="quiet">Skip</Button>
        </Row>
        <Row>
          <Button variant="danger" icon={Trash2}>
            Delete
          </Button>
          <Button variant="danger-quiet">Leave room</Button>
          <Button icon={Plus}>Invite people</Button>
        </Row>
        <Row>
          <Button variant="primary" size="s">
            Save
          </Button>
          <Button size="s" iconAfter={ChevronDown}>
            Filter
          </Button>
          <Button variant="primary" size="l" icon={Send}>
            Send
          </Button>
        </Row>
        <Row>
          <Button variant="primary" busy>
            Create room
          </Button>
          <Button busy>Saving</Button>
          <Button disabled>Not now</Button>
          <Button variant="primary" disabled>
            Not now
          </Button>
        </Row>
      </Section>
      <Section title="Icon button">
        <Row>
          <IconButton label="Add a reaction" icon={SmilePlus} keys="+" />
          <IconButton label="Edit message" icon={Pencil} keys="e" />
          <IconButton label="More" icon={Ellipsis} />
          <IconButton label="Starred" icon={Star} pressed />
          <IconButton label="Notifications" icon={Bell} disabled />
        </Row>
        <Row>
          <IconButton label="Small" size="s" icon={SmilePlus} />
          <IconButton label="Large" size="l" icon={SmilePlus} />
          <IconButton label="Secondary" variant="secondary" icon={Pencil} />
          <IconButton label="Send" variant="primary" icon={Send} />
        </Row>
      </Section>
      <Choices />
    </>
  );
}

function Choices() {
  const [on, setOn] = useState(true);
  const [checked, setChecked] = useState(true);
  const [notify, setNotify] = useState<'all' | 'mentions' | 'none'>('mentions');
  return (
    <Section title="Switch, checkbox, radio">
      <Switch label="Play a sound" hint="For mentions and direct messages" checked={on} onChecked={setOn} />
      <Switch label="Show previews" checked={false} onChecked={setOn} />
      <Switch label="Managed by your administrator" checked disabled onChecked={setOn} />
      <Checkbox label="Also send to #general" checked={checked} onChecked={setChecked} />
      <Checkbox label="Some of them" mixed checked={false} onChecked={setChecked} />
      <Checkbox label="Not possible here" checked={false} disabled onChecked={setChecked} />
      <RadioGroup
        label="Notify me about"
        value={notify}
        onValue={setNotify}
        options={[
          { value: 'all', label: 'Every message' },
          { value: 'mentions', label: 'Mentions', hint: 'And replies in threads you follow' },
          { value: 'none', label: 'Nothing' },
        ]}
      />
    </Section>
  );
}

const people = ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Katherine Johnson', 'Margaret Hamilton'];

export function Fields() {
  const [text, setText] = useState('Two lines\nthat grow');
  const [zone, setZone] = useState<'utc' | 'berlin'>('berlin');
  return (
    <Section title="Fields">
      <TextField label="Name" placeholder="for example design" hint="Letters, digits, dots and dashes" />
      <TextField
        label="E-mail"
        type="email"
        icon={Mail}
        value="ada@"
        error="This is not an e-mail address yet."
      />
      <TextField label="Search" hideLabel type="search" icon={Search} placeholder="Search people" />
      <TextField label="Handle" icon={AtSign} value="ada" disabled />
      <TextArea label="Description" value={text} onText={setText} rowsMin={2} />
      <Select
        label="Time zone"
        value={zone}
        onValue={setZone}
        options={[
          { value: 'utc', label: 'UTC' },
          { value: 'berlin', label: 'Berlin, Amsterdam, Stockholm' },
        ]}
      />
      <PersonField />
    </Section>
  );
}

function PersonField() {
  const [query, setQuery] = useState('');
  return (
    <Combobox
      label="Add a person"
      placeholder="Type a name"
      query={query}
      onQuery={setQuery}
      items={people.filter((name) => name.toLowerCase().includes(query.toLowerCase()))}
      keyOf={(name) => name}
      render={(name) => <OptionFace before={<Avatar name={name} size={20} />}>{name}</OptionFace>}
      onPick={setQuery}
      empty="Nobody is called that."
    />
  );
}
