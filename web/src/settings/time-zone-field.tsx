import { useMemo, useState } from 'preact/hooks';
import { Globe } from 'lucide';
import { now } from '../platform/index.ts';
import { Combobox } from '../ui/combobox.tsx';
import { OptionFace } from '../ui/listbox.tsx';
import { allZones, cityOf, findZones, offsetOf, regionOf } from './time-zones.ts';

const shownMax = 30;

type TimeZoneFieldProps = {
  value: string;
  onValue: (zone: string) => void;
  error?: string | undefined;
};

/** A time zone, found by its city. What was typed without a choice is dropped. */
export function TimeZoneField({ value, onValue, error }: TimeZoneFieldProps) {
  const [query, setQuery] = useState<string | null>(null);
  const zones = useMemo(allZones, []);
  const found = useMemo(() => suggestions(zones, query), [zones, query]);
  return (
    <div onFocusOut={() => setQuery(null)}>
      <Combobox
        label="Time zone"
        icon={Globe}
        hint={hintFor(value)}
        error={error}
        placeholder="Search for a city"
        query={query ?? labelOf(value)}
        onQuery={setQuery}
        onClick={(event) => event.currentTarget.select()}
        items={found}
        keyOf={(zone) => zone}
        render={(zone) => (
          <OptionFace detail={regionOf(zone)} after={offsetOf(zone, now())}>
            {cityOf(zone)}
          </OptionFace>
        )}
        onPick={(zone) => {
          setQuery(null);
          onValue(zone);
        }}
        empty="No city of that name. Try a larger one nearby."
      />
    </div>
  );
}

/** Before anything is typed: the zone of this device. */
function suggestions(zones: readonly string[], query: string | null): readonly string[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const found = findZones(zones, query ?? '', shownMax);
  return query === null ? [here, ...found.filter((zone) => zone !== here)] : found;
}

function labelOf(zone: string): string {
  const region = regionOf(zone);
  return region === '' ? cityOf(zone) : `${cityOf(zone)}, ${region}`;
}

function hintFor(zone: string): string {
  const offset = offsetOf(zone, now());
  return offset === ''
    ? 'Others see what time it is for you.'
    : `${offset}. Others see what time it is for you.`;
}
