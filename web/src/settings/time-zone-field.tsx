import { useMemo, useState } from 'preact/hooks';
import { Globe } from 'lucide';
import { useWords, type Words } from '../language/index.ts';
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
  const words = useWords().settings.timeZone;
  const [query, setQuery] = useState<string | null>(null);
  const zones = useMemo(allZones, []);
  const found = useMemo(() => suggestions(zones, query), [zones, query]);
  return (
    <div onFocusOut={() => setQuery(null)}>
      <Combobox
        label={words.label}
        icon={Globe}
        hint={hintFor(value, words)}
        error={error}
        placeholder={words.placeholder}
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
        empty={words.none}
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

function hintFor(zone: string, words: Words['settings']['timeZone']): string {
  const offset = offsetOf(zone, now());
  return offset === '' ? words.hint : words.hintWithOffset(offset);
}
