import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { PersonKind } from '@liuhen/domain';
import { Select } from 'antd';
import { useState } from 'react';
import { actWords } from './act-words.ts';
import { useFormat, useText } from './language.tsx';
import { useAsk } from './query.ts';
import { scenarioWords } from './scenario-words.ts';
import { dateOf } from './shanghai.ts';

type ActShown = ResponseOf<Endpoints['act.list']>['items'][number];
type Option = { value: string; label: string; title?: string };
type Props = {
    label: string;
    value: string | undefined;
    onChange: (id: string | undefined) => void;
    id?: string;
    placeholder?: string;
    disabled?: boolean;
    className?: string;
};

type RemoteProps = Props & { options: Option[]; waiting: boolean; failed: boolean; onSearch: (words: string) => void };

/** A choice among many, searched by the server. The chosen one stays readable while other words are searched. */
function RemotePick({ label, value, onChange, options, waiting, failed, onSearch, ...rest }: RemoteProps) {
    const text = useText();
    const [chosen, setChosen] = useState<Option>();
    // What is chosen and not read yet is never shown by its id.
    const kept = chosen?.value === value ? chosen : value === undefined ? undefined : { value, label: '…' };
    const all = kept === undefined || options.some((each) => each.value === value) ? options : [kept, ...options];
    return (
        <Select<string, Option>
            {...(rest.id === undefined ? {} : { id: rest.id })}
            className={rest.className ?? 'pick'}
            showSearch={{ filterOption: false, onSearch }}
            allowClear
            aria-label={label}
            placeholder={rest.placeholder ?? label}
            disabled={rest.disabled ?? false}
            value={value ?? null}
            notFoundContent={waiting ? text.common.loading : failed ? text.error.unreadTitle : text.common.noMatch}
            popupMatchSelectWidth={false}
            onChange={(next, option) => {
                setChosen(Array.isArray(option) ? undefined : option);
                onChange(next ?? undefined);
            }}
            options={all}
        />
    );
}

/** What is chosen stands in the list, also where the search did not find it. */
function addChosen<T extends { value: string }>(options: T[], value: string | undefined, chosen: T): void {
    if (chosen.value === value && !options.some((each) => each.value === value)) options.unshift(chosen);
}

/** Persons of the own organisation. `kinds` narrows to who can be meant. */
export function PersonPick({ kinds, exclude, ...props }: Props & { kinds?: readonly PersonKind[]; exclude?: readonly string[] }) {
    const text = useText();
    const [q, setQ] = useState('');
    const found = useAsk('person.list', { query: { limit: 50, ...(q === '' ? {} : { q }) } });
    const shown = useAsk('person.get', { params: { id: props.value ?? '' } }, { enabled: props.value !== undefined });
    const label = (each: { name: string; certificateNumber: string | null; kind: PersonKind }) =>
        [each.name, each.certificateNumber ?? text.person.kinds[each.kind]].join(' · ');
    const options = (found.isPlaceholderData ? [] : (found.data?.items ?? []))
        .filter((each) => (kinds === undefined || kinds.includes(each.kind)) && exclude?.includes(each.id) !== true)
        .map((each) => ({ value: each.id, label: label(each) }));
    if (shown.data !== undefined) addChosen(options, props.value, { value: shown.data.id, label: label(shown.data) });
    return (
        <RemotePick
            {...props}
            options={options}
            waiting={found.isPending || found.isPlaceholderData}
            failed={found.isError}
            onSearch={setQ}
            placeholder={props.placeholder ?? text.common.chooseSearch}
        />
    );
}

export function PartyPick(props: Props) {
    const [q, setQ] = useState('');
    const text = useText();
    const found = useAsk('party.list', { query: { limit: 30, ...(q === '' ? {} : { q }) } });
    const shown = useAsk('party.get', { params: { id: props.value ?? '' } }, { enabled: props.value !== undefined });
    const options = (found.isPlaceholderData ? [] : (found.data?.items ?? [])).map((each) => ({
        value: each.id,
        label: each.name,
        title: each.address ?? each.name,
    }));
    if (shown.data !== undefined)
        addChosen(options, props.value, { value: shown.data.id, label: shown.data.name, title: shown.data.name });
    return (
        <RemotePick
            {...props}
            options={options}
            waiting={found.isPending || found.isPlaceholderData}
            failed={found.isError}
            onSearch={setQ}
            placeholder={props.placeholder ?? text.party.search}
        />
    );
}

export function DevicePick(props: Props) {
    const text = useText();
    const [q, setQ] = useState('');
    const found = useAsk('device.list', { query: { limit: 50, ...(q === '' ? {} : { q }) } });
    const options = (found.isPlaceholderData ? [] : (found.data?.items ?? [])).map((each) => ({
        value: each.id,
        label: [each.number, each.holder?.name ?? each.room ?? text.device.inStock].join(' · '),
    }));
    return (
        <RemotePick
            {...props}
            options={options}
            waiting={found.isPending || found.isPlaceholderData}
            failed={found.isError}
            onSearch={setQ}
        />
    );
}

/** Any act that the reader may see: by its number, party, place, people and day. */
export function ActPick(props: Props) {
    const text = useText();
    const format = useFormat();
    const [q, setQ] = useState('');
    const found = useAsk('act.list', { query: { limit: 30, ...actWords(q, Number(dateOf(Date.now()).slice(0, 4))) } });
    const shown = useAsk('act.get', { params: { id: props.value ?? '' } }, { enabled: props.value !== undefined });
    const label = (each: Pick<ActShown, 'number' | 'party' | 'place' | 'scenario' | 'startsAt' | 'state'>) =>
        [
            each.number,
            scenarioWords(text, each.scenario),
            each.startsAt === null ? text.common.none : format.dateTime(each.startsAt),
            each.party?.name ?? each.place,
            ...(each.state === 'cancelled' || each.state === 'planned' ? [text.act.states[each.state]] : []),
        ].join(' · ');
    const options = (found.isPlaceholderData ? [] : (found.data?.items ?? []))
        .filter((each) => !each.restricted)
        .map((each) => ({ value: each.id, label: label(each), title: each.place }));
    if (shown.data !== undefined)
        addChosen(options, props.value, { value: shown.data.id, label: label(shown.data), title: shown.data.place });
    return (
        <RemotePick
            {...props}
            options={options}
            waiting={found.isPending || found.isPlaceholderData}
            failed={found.isError}
            onSearch={setQ}
            placeholder={props.placeholder ?? text.recording.fileActSearch}
        />
    );
}
