import type { EndpointId, Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { documentTypeFacts } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { useReached } from '../../app/offline/contact.ts';
import { allKept, type Kept } from '../../app/offline/kept-answers.ts';
import { Card, Empty, Line, PageHead, Waiting } from '../../app/page.tsx';
import { useMe } from '../../app/session.ts';
import { OfflineDraftsNote } from '../document/offline-drafts-note.tsx';
import { type KeptBlock, keptBlocks } from '../document/reserved-numbers.ts';
import { useSeriesWords } from '../document/series-words.ts';
import { takeMineAlong } from './take-along.ts';

/** What this device has of one's own work: where a day without network begins and ends. */
export function KitPage() {
    const text = useText();
    const me = useMe();
    const format = useFormat();
    const reached = useReached();
    const [kept, setKept] = useState<readonly Kept[]>();
    const [state, setState] = useState<'idle' | 'taking' | 'taken'>('idle');
    const [error, setError] = useState<unknown>();
    useEffect(() => {
        void allKept(me.person.id)
            .then(setKept)
            .catch(() => setKept([]));
    }, [me.person.id]);
    const take = async () => {
        setState('taking');
        setError(undefined);
        try {
            await takeMineAlong(me);
            setKept(await allKept(me.person.id));
            setState('taken');
        } catch (failure) {
            setError(failure);
            setState('idle');
        }
    };
    const at = kept?.reduce((newest, each) => Math.max(newest, each.at), 0) ?? 0;
    return (
        <>
            <PageHead
                title={text.kit.title}
                facts={<Line of={[text.kit.sub, at > 0 && fill(text.kit.takenAt, { time: format.dateTime(at) })]} />}
                actions={
                    <Button disabled={!reached || state === 'taking'} onClick={() => void take()}>
                        {{ idle: text.kit.take, taking: text.kit.taking, taken: text.kit.taken }[state]}
                    </Button>
                }
            />
            <ErrorNote error={error} of="read" onRetry={() => void take()} />
            {navigator.serviceWorker === undefined && <p className="note note-act">{text.kit.noProgram}</p>}
            <OfflineDraftsNote />
            {kept === undefined ? <Waiting /> : <Contents kept={kept} />}
        </>
    );
}

const answersTo = <K extends EndpointId>(kept: readonly Kept[], endpointId: K): ResponseOf<Endpoints[K]>[] =>
    kept
        .filter(({ id }) => id.startsWith(JSON.stringify([endpointId]).slice(0, -1)))
        .map(({ answer }) => answer as ResponseOf<Endpoints[K]>);

function Contents({ kept }: { kept: readonly Kept[] }) {
    const text = useText();
    const format = useFormat();
    const me = useMe();
    const blocks = keptBlocks(me.person.id);
    if (kept.length === 0 && blocks.length === 0) return <Empty title={text.kit.notYet} what={text.kit.notYetWhat} />;
    return (
        <>
            <List title={text.kit.acts}>
                {answersTo(kept, 'act.get')
                    .toSorted((a, b) => b.startsAt - a.startsAt)
                    .map((act) => (
                        <Item key={act.id} more={[act.party?.name, act.place, format.dateTime(act.startsAt)]}>
                            <Link to="/acts/$id" params={{ id: act.id }}>
                                {act.number}
                            </Link>
                        </Item>
                    ))}
            </List>
            <List title={text.kit.tasks}>
                {answersTo(kept, 'task.get')
                    .toSorted((a, b) => a.dueDay.localeCompare(b.dueDay))
                    .map((task) => (
                        <Item key={task.id} more={[task.party?.name, task.number, task.dueDay]}>
                            <Link to="/tasks/$id" params={{ id: task.id }}>
                                {task.title}
                            </Link>
                        </Item>
                    ))}
            </List>
            <List title={text.kit.drafts}>
                {answersTo(kept, 'document.get').map((document) => (
                    <Item key={document.id} more={[document.number, document.party?.name, format.dateTime(document.savedAt)]}>
                        <Link to="/documents/$id" params={{ id: document.id }} lang="zh-CN">
                            {document.title === '' ? documentTypeFacts(document.type).zh : document.title}
                        </Link>
                    </Item>
                ))}
            </List>
            <List title={text.kit.parties}>
                {answersTo(kept, 'party.get').map((party) => (
                    <Item key={party.id} more={[party.address]}>
                        <Link to="/parties/$id" params={{ id: party.id }}>
                            {party.name}
                        </Link>
                    </Item>
                ))}
            </List>
            <Numbers blocks={blocks} />
            <p className="soft">{text.kit.secrecy}</p>
        </>
    );
}

function List({ title, children }: { title: string; children: ReactNode[] }) {
    const text = useText();
    const format = useFormat();
    return (
        <Card title={title} small={format.count(children.length)}>
            {children.length === 0 ? (
                <p className="empty-small">{text.kit.none}</p>
            ) : (
                <ul className="doc-children body">{children}</ul>
            )}
        </Card>
    );
}

const Item = ({ children, more }: { children: ReactNode; more: readonly (string | null | undefined)[] }) => (
    <li>
        {children}{' '}
        <span className="soft">
            <Line of={more} />
        </span>
    </li>
);

function Numbers({ blocks }: { blocks: readonly KeptBlock[] }) {
    const text = useText();
    const format = useFormat();
    const say = useSeriesWords();
    return (
        <Card title={text.kit.numbers}>
            {blocks.length === 0 ? (
                <p className="empty-small">{text.kit.numbersNone}</p>
            ) : (
                <ul className="doc-children body">
                    {blocks.map((block) => (
                        <li key={block.id} lang="zh-CN">
                            {fill(text.kit.numbersLeft, { type: say(block.series), count: format.count(block.numbers.length) })}
                        </li>
                    ))}
                </ul>
            )}
        </Card>
    );
}
