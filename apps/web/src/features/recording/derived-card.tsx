import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { formatMediaTime } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { Hash } from '../../app/copy.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Facts } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { CopyPart, LOOK_EVERY_MS } from './copy-help.tsx';
import { type Asked, askedNow, cameOf, partOf } from './copy-state.ts';
import { PicturesShown, Storyboard, usePictures } from './pictures.tsx';

type Recording = ResponseOf<Endpoints['recording.get']>;
type Item = Recording['derivedItems'][number];

/** What was made from the recording, from which bytes, by what; and what could be made. */
export function DerivedCard({ recording }: { recording: Recording }) {
    const text = useText();
    const { derivedItems: items, derivable, making } = recording;
    const { button, note, shown } = usePictures([recording.id]);
    const [asked, setAsked] = useState<readonly Asked[]>([]);
    const awaited = asked.filter((each) => cameOf(recording, each) === undefined);
    // What is being made comes to the page by itself.
    const waits = making.length > 0 || awaited.length > 0;
    useAsk('recording.get', { params: { id: recording.id } }, { refetchInterval: waits ? LOOK_EVERY_MS : false });
    const under = new Set([...making, ...awaited].map((each) => each.kind));
    const onAsk = (now: Asked) => setAsked([...asked.filter((each) => each.kind !== now.kind), now]);
    if (items.length === 0 && derivable.length === 0) return null;
    const missing = derivable.filter((kind) => !items.some((each) => each.kind === kind));
    const hasPictures = items.some((each) => each.state === 'made' && each.kind === 'storyboard');
    return (
        <Card title={text.derived.title} small={text.derived.titleWhat} right={hasPictures && button}>
            {note}
            <PicturesShown of={shown}>
                <Storyboard id={recording.id} name={recording.name} />
            </PicturesShown>
            {items.length === 0 && under.size === 0 && <p className="empty-small">{text.derived.empty}</p>}
            <ul className="people derived">
                {items.map((item) => (
                    <ItemLine key={item.kind} recording={recording} item={item} making={under.has(item.kind)} onAsk={onAsk} />
                ))}
                {missing
                    .filter((kind) => under.has(kind))
                    .map((kind) => (
                        <li key={kind}>
                            <div>
                                <strong>{text.derived.kinds[kind]}</strong>
                                <Making recording={recording} kind={kind} />
                            </div>
                        </li>
                    ))}
            </ul>
            {missing.some((kind) => !under.has(kind)) && (
                <div className="body derived-ask">
                    {missing
                        .filter((kind) => !under.has(kind))
                        .map((kind) => (
                            <Ask
                                key={kind}
                                recording={recording}
                                kind={kind}
                                onAsk={onAsk}
                                words={fill(text.derived.make, { kind: text.derived.kinds[kind] })}
                            />
                        ))}
                </div>
            )}
        </Card>
    );
}

/** How far the job is that makes it. */
function Making({ recording, kind }: { recording: Recording; kind: Item['kind'] }) {
    const text = useText();
    return (
        <div className="second derived-making" role="status">
            <span>{text.derived.making}</span>
            <CopyPart part={partOf(recording, kind)} />
        </div>
    );
}

type LineProps = { recording: Recording; item: Item; making: boolean; onAsk: (asked: Asked) => void };

function ItemLine({ recording, item, making, onAsk }: LineProps) {
    const text = useText();
    const format = useFormat();
    const why = item.reason === null ? text.derived.states[item.state] : text.derived.reasons[item.reason];
    return (
        <li>
            <div>
                <strong>{text.derived.kinds[item.kind]}</strong>
                <span className="second">
                    {item.state === 'made' ? (
                        [
                            format.dateTime(item.madeAt),
                            ...(item.size === null ? [] : [format.bytes(BigInt(item.size))]),
                            ...(item.durationMs === null ? [] : [format.duration(item.durationMs)]),
                        ].join(' · ')
                    ) : (
                        <>
                            <Dot status="judge" /> {why}
                        </>
                    )}
                </span>
                {making && <Making recording={recording} kind={item.kind} />}
                {item.rebuilt !== null && <RebuiltLines rebuilt={item.rebuilt} />}
                {item.dull !== null && item.state === 'made' && <DullLines dull={item.dull} />}
                {item.state === 'made' && (
                    <details>
                        <summary className="soft">
                            {fill(text.derived.madeFrom, { digest: item.fromSha256.slice(0, 12) })}
                        </summary>
                        <Facts
                            of={[
                                [text.derived.from, <Hash key="from" value={item.fromSha256} label="SHA-256" />],
                                [
                                    text.derived.digest,
                                    item.sha256 !== null && <Hash key="own" value={item.sha256} label="SHA-256" />,
                                ],
                                [text.derived.program, `${item.program} ${item.programVersion ?? ''}`],
                                [
                                    text.derived.arguments,
                                    <code key="arguments" className="wrap">
                                        {item.arguments.join(' ')}
                                    </code>,
                                ],
                            ]}
                        />
                    </details>
                )}
            </div>
            {item.state !== 'made' && !making && recording.derivable.includes(item.kind) && (
                <Ask recording={recording} kind={item.kind} onAsk={onAsk} words={text.derived.again} />
            )}
        </li>
    );
}

/** 正文二(二)2: where nothing is to be seen or heard, as far as that can be worked out; whether it is clear is for a person to see. */
function DullLines({ dull: { dark, silent, more } }: { dull: NonNullable<Item['dull']> }) {
    const text = useText().derived.dull;
    const format = useFormat();
    const named = (of: typeof dark) =>
        format.list(of.map((each) => `${formatMediaTime(each.fromMs)}–${formatMediaTime(each.toMs)}`));
    const found = dark.length + (silent?.length ?? 0) > 0;
    return (
        <div className="second">
            {dark.length > 0 && (
                <p>
                    <Dot status="judge" /> {fill(text.dark, { at: named(dark) })}
                </p>
            )}
            {silent !== null && silent.length > 0 && (
                <p>
                    <Dot status="judge" /> {fill(text.silent, { at: named(silent) })}
                </p>
            )}
            {more > 0 && <p>{fill(text.more, { count: format.count(more) })}</p>}
            {!found && <p>{silent === null ? text.noneDark : text.none}</p>}
            {silent === null && <p>{text.unheard}</p>}
            {found && <p>{text.what}</p>}
        </div>
    );
}

/** Of a copy that was put together without an index: how much of it, by whose parameters, and what it cannot say. */
function RebuiltLines({ rebuilt }: { rebuilt: NonNullable<Item['rebuilt']> }) {
    const text = useText().derived.rebuilt;
    const format = useFormat();
    const { reference, parameters, pictures, leftOut, holes, decoded } = rebuilt;
    const share = `${Math.floor((rebuilt.readBytes * 1_000) / Math.max(1, rebuilt.dataBytes)) / 10}%`;
    const rate = String(Math.round(rebuilt.rateMilli / 10) / 100);
    return (
        <>
            <p>{fill(text.said, { share, pictures: format.count(pictures) })}</p>
            <ul className="second rebuilt">
                {parameters === 'inStream' && <li>{text.inStream}</li>}
                {parameters === 'reference' && reference !== null && (
                    <li>
                        {text.lent[reference.likeness]}{' '}
                        <Link to="/recordings/$id" params={{ id: reference.id }} className="wrap">
                            {reference.name}
                        </Link>
                    </li>
                )}
                <li>{fill(text.decoded, { count: decoded })}</li>
                <li>{fill(text.rate[rebuilt.rateFrom], { rate })}</li>
                <li>{text.sound[rebuilt.sound]}</li>
                {(holes > 0 || leftOut > 0) && <li>{fill(text.holes, { count: holes, left: leftOut })}</li>}
            </ul>
        </>
    );
}

type AskProps = { recording: Recording; kind: Item['kind']; words: string; onAsk: (asked: Asked) => void };

function Ask({ recording, kind, words, onAsk }: AskProps) {
    const text = useText();
    const may = useMay();
    const { message } = App.useApp();
    // What stood there when it was asked: when the answer comes, the new one may be there already.
    const asked = useRef<Asked>(undefined);
    const ask = useCommand('recording.askForDerived', {
        onDone: () => {
            if (asked.current !== undefined) onAsk(asked.current);
            void message.success(text.derived.asked);
        },
    });
    if (!may('recording.play')) return null;
    return (
        <>
            <Button
                size="small"
                loading={ask.isPending}
                onClick={() => {
                    asked.current = askedNow(recording, kind);
                    ask.mutate({ params: { id: recording.id }, body: { kind } });
                }}
            >
                {words}
            </Button>
            <ErrorNote error={ask.error} of="command" />
        </>
    );
}
