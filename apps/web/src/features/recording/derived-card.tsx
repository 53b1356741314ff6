import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { Hash } from '../../app/copy.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Facts } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { PicturesShown, Storyboard, usePictures } from './pictures.tsx';

type Recording = ResponseOf<Endpoints['recording.get']>;
type Item = Recording['derivedItems'][number];

/** What was made from the recording, from which bytes, by what; and what could be made. */
export function DerivedCard({ recording }: { recording: Recording }) {
    const text = useText();
    const { derivedItems: items, derivable } = recording;
    const { button, note, shown } = usePictures([recording.id]);
    if (items.length === 0 && derivable.length === 0) return null;
    const missing = derivable.filter((kind) => !items.some((each) => each.kind === kind));
    const hasPictures = items.some((each) => each.state === 'made' && each.kind === 'storyboard');
    return (
        <Card title={text.derived.title} small={text.derived.titleWhat} right={hasPictures && button}>
            {note}
            <PicturesShown of={shown}>
                <Storyboard id={recording.id} name={recording.name} />
            </PicturesShown>
            {items.length === 0 && <p className="empty-small">{text.derived.empty}</p>}
            <ul className="people derived">
                {items.map((item) => (
                    <ItemLine key={item.kind} recording={recording} item={item} />
                ))}
            </ul>
            {missing.length > 0 && (
                <div className="body derived-ask">
                    {missing.map((kind) => (
                        <Ask
                            key={kind}
                            id={recording.id}
                            kind={kind}
                            words={fill(text.derived.make, { kind: text.derived.kinds[kind] })}
                        />
                    ))}
                </div>
            )}
        </Card>
    );
}

function ItemLine({ recording, item }: { recording: Recording; item: Item }) {
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
                {item.rebuilt !== null && <RebuiltLines rebuilt={item.rebuilt} />}
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
            {item.state !== 'made' && recording.derivable.includes(item.kind) && (
                <Ask id={recording.id} kind={item.kind} words={text.derived.again} />
            )}
        </li>
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

export function Ask({ id, kind, words }: { id: string; kind: Item['kind']; words: string }) {
    const text = useText();
    const may = useMay();
    const { message } = App.useApp();
    const ask = useCommand('recording.askForDerived', { onDone: () => void message.success(text.derived.asked) });
    if (!may('recording.play')) return null;
    return (
        <>
            <Button size="small" loading={ask.isPending} onClick={() => ask.mutate({ params: { id }, body: { kind } })}>
                {words}
            </Button>
            <ErrorNote error={ask.error} of="command" />
        </>
    );
}
