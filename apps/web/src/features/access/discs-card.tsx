import { fill, isErrorCode } from '@liuhen/contract';
import { DISC_MEDIA, type DiscMedium } from '@liuhen/domain';
import { Button } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Line } from '../../app/page.tsx';
import { useCommand } from '../../app/use-command.ts';
import { discsOf } from './form-choice.tsx';
import type { Retrieval } from './retrieval-words.ts';

type Props = { of: Retrieval };
type DiscSet = Retrieval['discSets'][number];

/** The discs of a package: images that can be burnt, by kind, each with its digests. */
export function DiscsCard({ of }: Props) {
    const text = useText();
    if (of.package === null) return null;
    const open = DISC_MEDIA.filter((medium) => !of.discSets.some((set) => set.medium === medium));
    return (
        <Card title={text.retrieval.discs}>
            <div className="body">
                {of.discSets.length === 0 && <p>{text.retrieval.discsNone}</p>}
                {of.discSets.map((set) => (
                    <Discs key={set.id} of={of} set={set} />
                ))}
                {of.mayProvide && (open.length > 0 || !of.discsPossible) && <Begin of={of} media={open} />}
            </div>
        </Card>
    );
}

/** Kinds of disc of which there are none yet. */
function Begin({ of, media }: Props & { media: readonly DiscMedium[] }) {
    const text = useText();
    const format = useFormat();
    const make = useCommand('retrieval.makeDiscs');
    if (!of.discsPossible) return <p className="second">{text.retrieval.discsImpossible}</p>;
    return (
        <>
            <ErrorNote error={make.error} of="command" />
            <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 12 }}>
                {media.map((medium) => {
                    const count = discsOf(of, medium);
                    const named = { medium: text.retrieval.forms[medium] };
                    if (count === undefined) return <span key={medium}>{fill(text.retrieval.formTooMany, named)}</span>;
                    return (
                        <Button
                            key={medium}
                            disabled={make.isPending}
                            onClick={() => make.mutate({ params: { id: of.id }, body: { medium } })}
                        >
                            {fill(text.retrieval.discsMake, { ...named, count: format.count(count) })}
                        </Button>
                    );
                })}
            </div>
        </>
    );
}

function Discs({ of, set }: Props & { set: DiscSet }) {
    const text = useText();
    const format = useFormat();
    return (
        <section aria-label={text.retrieval.forms[set.medium]} style={{ marginBottom: 16 }}>
            <h3>{text.retrieval.forms[set.medium]}</h3>
            {set.progress !== null && <Making of={of} set={set} progress={set.progress} />}
            {set.state === 'stopped' && <Ended of={of} set={set} />}
            {set.madeAt !== null && (
                <p>
                    {fill(text.retrieval.discsMadeAt, {
                        time: format.dateTime(set.madeAt),
                        count: format.count(set.discs.length),
                    })}
                </p>
            )}
            <ul className="people">
                {set.discs.map((disc) => (
                    <li key={disc.id}>
                        <DiscLine of={of} disc={disc} />
                    </li>
                ))}
            </ul>
            {set.state === 'made' && (
                <Button
                    href={`/api/retrievals/${of.id}/disc-sets/${set.id}/labels.pdf`}
                    target="_blank"
                    rel="noreferrer"
                    style={{ marginTop: 8 }}
                >
                    {text.retrieval.discLabels}
                </Button>
            )}
        </section>
    );
}

function Making({ of, set, progress }: Props & { set: DiscSet; progress: NonNullable<DiscSet['progress']> }) {
    const text = useText();
    const format = useFormat();
    const stop = useCommand('retrieval.stopDiscs');
    const bytes = Number(progress.bytes);
    return (
        <>
            <p>{fill(text.retrieval.discsMaking, { name: set.by.name, time: format.dateTime(set.since) })}</p>
            <progress
                max={Math.max(1, bytes)}
                value={Number(progress.bytesDone)}
                aria-label={text.retrieval.discsLabel}
                style={{ width: '100%', margin: '8px 0' }}
            />
            <p aria-live="polite">
                {progress.discs === 0
                    ? text.retrieval.discsPlanning
                    : fill(text.retrieval.discsPart, {
                          done: format.count(Math.min(progress.discs, progress.discsDone + 1)),
                          all: format.count(progress.discs),
                      })}
            </p>
            <ErrorNote error={stop.error} of="command" />
            {of.mayProvide && (
                <Button disabled={stop.isPending} onClick={() => stop.mutate({ params: { id: of.id, setId: set.id }, body: {} })}>
                    {text.retrieval.discsStop}
                </Button>
            )}
        </>
    );
}

/** Stopped by somebody, or come to nothing: it may be begun again. */
function Ended({ of, set }: Props & { set: DiscSet }) {
    const text = useText();
    const format = useFormat();
    const make = useCommand('retrieval.makeDiscs');
    const why = (code: string) => {
        if (code === 'storage.full') return text.retrieval.packingFull;
        return isErrorCode(code) ? format.error(code, {}) : fill(text.retrieval.packingOther, { code });
    };
    return (
        <>
            {set.failed === null ? (
                <p>{text.retrieval.discsStopped}</p>
            ) : (
                <p role="alert" className="note note-bad">
                    {fill(text.retrieval.discsFailed, { why: why(set.failed) })}
                </p>
            )}
            <ErrorNote error={make.error} of="command" />
            {of.mayProvide && of.discsPossible && (
                <Button
                    disabled={make.isPending}
                    onClick={() => make.mutate({ params: { id: of.id }, body: { medium: set.medium } })}
                >
                    {fill(text.retrieval.discsAgain, { medium: text.retrieval.forms[set.medium] })}
                </Button>
            )}
        </>
    );
}

function DiscLine({ of, disc }: Props & { disc: DiscSet['discs'][number] }) {
    const text = useText();
    const format = useFormat();
    const download = useCommand('retrieval.openDownload', {
        onDone: ({ id }) => window.location.assign(`/api/retrievals/${of.id}/discs/${disc.id}?download=${id}`),
    });
    return (
        <div className="wrap">
            <span>{fill(text.retrieval.discName, { volume: disc.volume, volumes: disc.volumes })}</span>
            <span className="second">
                <Line
                    of={[
                        disc.fileName,
                        fill(text.retrieval.discVolumeLabel, { label: disc.label }),
                        format.bytes(Number(disc.size)),
                        format.dateTime(disc.madeAt),
                    ]}
                />
            </span>
            <span className="second wrap">{`${text.retrieval.sha256} ${disc.sha256}`}</span>
            <span className="second wrap">{`${text.retrieval.sm3} ${disc.sm3}`}</span>
            <ErrorNote error={download.error} of="command" />
            {of.mayProvide && (
                <Button
                    disabled={download.isPending}
                    onClick={() => download.mutate({ params: { id: of.id }, body: { discId: disc.id } })}
                >
                    {fill(text.retrieval.discFetch, { volume: disc.volume })}
                </Button>
            )}
        </div>
    );
}
