import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { CONSISTENCY_PATH, fill, POLICY_PATH } from '@liuhen/contract';
import { HEAD_HASHES, type HeadHash } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { Hash } from '../../app/copy.tsx';
import { downloadText } from '../../app/csv.ts';
import { type Column, DataList } from '../../app/data-list.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { DayRange, Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useSaveFile } from '../../app/save-file.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import { LogTabs } from './log-tabs.tsx';

type Checkpoint = ItemOf<'ledger.checkpoints'>;
type Standing = ResponseOf<Endpoints['ledger.checkpoints']>['standing'];

const idOf = ({ head, size }: Checkpoint): string => `${head}-${size}`;

/** What was signed of the log, each to be kept elsewhere, and whether anything waits or is wrong. */
export function CheckpointListPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/log/checkpoints' });
    const { head, from, to } = useSearch({ from: '/signed-in/shell/log/checkpoints' });
    const pages = usePages('ledger.checkpoints', { ...daysToInstants(from, to), head });
    const change = (next: { head?: HeadHash | undefined; from?: string | undefined; to?: string | undefined }) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = [head, from, to].filter((each) => each !== undefined).length;
    const standing = pages.head?.standing;
    const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
    return (
        <>
            <PageHead title={text.checkpoint.title} facts={text.checkpoint.sub} />
            <LogTabs />
            {standing !== undefined && <StandingCard standing={standing} />}
            <Card label={text.checkpoint.title}>
                <Filters count={count} onClear={() => void navigate({ search: {}, replace: true })}>
                    <Pick
                        label={text.checkpoint.head}
                        value={head}
                        options={HEAD_HASHES.map((each) => [each, text.checkpoint.heads[each]] as const)}
                        onChange={(next) => change({ head: next })}
                    />
                    <DayRange from={from} to={to} onChange={change} />
                </Filters>
                <DataList<Checkpoint>
                    id="checkpoints"
                    name={text.checkpoint.title}
                    columns={useColumns(standing)}
                    items={pages.items}
                    idOf={idOf}
                    total={pages.total}
                    pages={pages}
                    selection={{
                        chosen,
                        onChange: setChosen,
                        actions: <GrowthFile chosen={pages.items.filter((each) => chosen.has(idOf(each)))} />,
                    }}
                    empty={
                        count > 0 ? (
                            <Empty title={text.checkpoint.noneTitle} what={text.checkpoint.noneWhat} />
                        ) : (
                            <Empty title={text.checkpoint.emptyTitle} what={text.checkpoint.emptyWhat} />
                        )
                    }
                />
            </Card>
        </>
    );
}

function StandingCard({ standing }: { standing: Standing }) {
    const text = useText();
    const format = useFormat();
    const [size, signed] = [BigInt(standing.size), BigInt(standing.signed)];
    const words = { size: format.count(size), signed: format.count(signed), waiting: format.count(size - signed) };
    const sentence =
        size === 0n
            ? text.checkpoint.empty
            : signed >= size
              ? text.checkpoint.all
              : signed === 0n
                ? text.checkpoint.none
                : text.checkpoint.some;
    const { alarm } = standing;
    return (
        <Card label={text.checkpoint.standing}>
            {alarm !== null && (
                <div className="note note-bad" role="alert">
                    <strong>{fill(text.checkpoint.alarms[alarm.code], counted(alarm.params, format))}</strong>
                    <p>
                        {text.checkpoint.alarmWhat}
                        {format.brackets(fill(text.checkpoint.alarmSince, { time: format.dateTime(alarm.since) }))}
                    </p>
                </div>
            )}
            <div className="body chain">
                <strong>{text.checkpoint.standing}</strong>
                <span>
                    {fill(sentence, words)}
                    {alarm === null && signed < size && text.checkpoint.soon}
                </span>
                <WitnessList standing={standing} />
                <p className="faint">{text.checkpoint.how}</p>
                <PolicyFile />
            </div>
        </Card>
    );
}

/** Who else has seen the log, told without gloss: where nobody has, only the own signature stands. */
function WitnessList({ standing: { witnesses, mirrors } }: { standing: Standing }) {
    const text = useText();
    return (
        <>
            {witnesses.length === 0 ? (
                <p>{text.checkpoint.witnessNone}</p>
            ) : (
                <Signers
                    title={text.checkpoint.witnesses}
                    list={witnesses}
                    never={text.checkpoint.witnessNever}
                    last={text.checkpoint.witnessLast}
                />
            )}
            {mirrors.length > 0 && (
                <Signers
                    title={text.checkpoint.mirrors}
                    list={mirrors}
                    never={text.checkpoint.mirrorNever}
                    last={text.checkpoint.mirrorLast}
                />
            )}
        </>
    );
}

type SignersProps = { title: string; list: Standing['witnesses']; never: string; last: string };

function Signers({ title, list, never, last }: SignersProps) {
    const text = useText();
    const format = useFormat();
    return (
        <>
            <strong>{title}</strong>
            <ul className="plain">
                {list.map((each) => (
                    <li key={each.name} className="wrap">
                        {each.name} ·{' '}
                        {each.size === null || each.at === null
                            ? never
                            : fill(last, { time: format.dateTime(each.at), size: format.count(BigInt(each.size)) })}
                        {each.trouble !== null && (
                            <div className="note note-act">
                                {fill(text.checkpoint.troubles[each.trouble.code], counted(each.trouble.params, format))}
                                {format.brackets(fill(text.checkpoint.alarmSince, { time: format.dateTime(each.trouble.since) }))}
                            </div>
                        )}
                        {each.lapse !== null && (
                            <div className="note note-bad" role="alert">
                                <strong>{fill(text.checkpoint.lapse, lapseWords(each.lapse, format))}</strong>
                                <p>{text.checkpoint.lapseWhat}</p>
                            </div>
                        )}
                    </li>
                ))}
            </ul>
        </>
    );
}

const lapseWords = (
    { had, answered, times, at }: NonNullable<Standing['witnesses'][number]['lapse']>,
    format: ReturnType<typeof useFormat>,
) => ({
    ...{ had: format.count(BigInt(had)), answered: format.count(BigInt(answered)) },
    ...{ times: format.count(times), time: format.dateTime(at) },
});

/** The keys by which checkpoints and proofs are verified elsewhere. */
function PolicyFile() {
    const text = useText();
    const save = useSaveFile();
    return (
        <>
            <ErrorNote error={save.error} of="command" />
            <p>
                <Button onClick={() => save.mutate({ path: POLICY_PATH, name: 'policy.txt' })} disabled={save.isPending}>
                    {text.checkpoint.policySave}
                </Button>{' '}
                <span className="faint">{text.checkpoint.policyWhat}</span>
            </p>
        </>
    );
}

/** Proves that nothing changed between two checkpoints, for whoever kept the older one. */
function GrowthFile({ chosen }: { chosen: readonly Checkpoint[] }) {
    const text = useText();
    const save = useSaveFile();
    const [older, newer, ...more] = [...chosen].sort((a, b) => Number(a.size) - Number(b.size));
    const fits = older !== undefined && newer !== undefined && more.length === 0 && older.head === newer.head;
    const file = () => {
        if (!fits) return;
        const { head } = older;
        const asked = new URLSearchParams({ head, from: older.size, to: newer.size });
        save.mutate({ path: `${CONSISTENCY_PATH}?${asked}`, name: `consistency-${head}-${older.size}-${newer.size}.txt` });
    };
    return (
        <>
            <Button size="small" onClick={file} disabled={!fits || save.isPending}>
                {text.checkpoint.growthSave}
            </Button>
            {!fits && <span className="faint">{text.checkpoint.growthHow}</span>}
            <ErrorNote error={save.error} of="command" />
        </>
    );
}

/** Numbers of entries as they are written everywhere else; reasons as they are. */
const counted = (params: Readonly<Record<string, string | number>>, format: ReturnType<typeof useFormat>) =>
    Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, /^\d+$/.test(String(value)) ? format.count(BigInt(value)) : value]),
    );

function useColumns(standing: Standing | undefined): Column<Checkpoint>[] {
    const text = useText();
    const format = useFormat();
    // Of those who are to witness now: who did before and is not asked any more does not count.
    const known = new Set(standing?.witnesses.map(({ name }) => name));
    // Mirrors say something else, and stand above.
    const mirrors = new Set(standing?.mirrors.map(({ name }) => name));
    const seen = ({ witnesses }: Checkpoint) => witnesses.filter(({ name }) => !mirrors.has(name));
    const seenBy = ({ witnesses }: Checkpoint) =>
        fill(text.checkpoint.witnessedOf, {
            count: format.count(witnesses.filter(({ name }) => known.has(name)).length),
            all: format.count(known.size),
        });
    return [
        {
            key: 'at',
            title: text.checkpoint.at,
            width: '200px',
            shown: 'always',
            phone: 'title',
            cell: (each) => format.dateTime(each.at, 'second'),
            plain: (each) => format.dateTime(each.at, 'second'),
        },
        {
            key: 'size',
            title: text.checkpoint.size,
            width: '110px',
            cell: (each) => format.count(BigInt(each.size)),
            plain: (each) => each.size,
        },
        {
            key: 'head',
            title: text.checkpoint.head,
            width: '130px',
            cell: (each) => text.checkpoint.heads[each.head],
            plain: (each) => text.checkpoint.heads[each.head],
        },
        {
            key: 'root',
            title: text.checkpoint.root,
            width: 'minmax(260px, 3fr)',
            cell: (each) => <Hash value={each.root} label={text.checkpoint.heads[each.head]} />,
            plain: (each) => each.root,
        },
        {
            key: 'witnesses',
            title: text.checkpoint.witnessed,
            width: 'minmax(200px, 2fr)',
            cell: (each) => (
                <>
                    {known.size > 0 && <div className={seen(each).length === 0 ? 'faint' : ''}>{seenBy(each)}</div>}
                    {known.size === 0 && seen(each).length === 0 && <span className="faint">{text.checkpoint.witnessedNot}</span>}
                    {seen(each).map(({ name, at }) => (
                        <div key={name} className="wrap">
                            {name}
                            <div className="faint">{format.dateTime(at, 'second')}</div>
                        </div>
                    ))}
                </>
            ),
            plain: (each) =>
                seen(each)
                    .map(({ name, at }) => `${name} ${format.dateTime(at, 'second')}`)
                    .join('; '),
        },
        {
            key: 'save',
            title: text.checkpoint.save,
            width: '110px',
            cell: (each) => (
                <Button
                    size="small"
                    aria-label={fill(text.checkpoint.saveLabel, { size: format.count(BigInt(each.size)) })}
                    onClick={() =>
                        downloadText(`checkpoint-${each.head}-${each.size}.txt`, each.note, 'text/plain;charset=utf-8')
                    }
                >
                    {text.checkpoint.save}
                </Button>
            ),
            plain: (each) => each.note,
        },
    ];
}
