import { fill, isErrorCode } from '@liuhen/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Line } from '../../app/page.tsx';
import { useCommand } from '../../app/use-command.ts';
import { FetchFolder } from './fetch-folder.tsx';
import { FormChoice, type PackageForm } from './form-choice.tsx';
import { HandOverDrawer } from './hand-over-drawer.tsx';
import { ReceiptPapers } from './receipt-papers.tsx';
import type { Retrieval } from './retrieval-words.ts';

type Props = { of: Retrieval };

/** The evidence package of a retrieval: its making, what it is, who fetched it, who received it. */
export function PackageCard({ of }: Props) {
    const text = useText();
    if (of.state === 'refused' || of.state === 'withdrawn') return null;
    return (
        <Card title={text.retrieval.package}>
            <div className="body">
                {of.state === 'requested' && <p>{text.retrieval.packageNone}</p>}
                {of.state === 'consented' && <Ready of={of} />}
                {of.packing !== null && <Making of={of} packing={of.packing} />}
                {of.package !== null && <Made of={of} made={of.package} />}
            </div>
        </Card>
    );
}

function Ready({ of }: Props) {
    const text = useText();
    const format = useFormat();
    const [form, setForm] = useState<PackageForm>('zip');
    const pack = useCommand('retrieval.pack');
    const failed = of.packingFailed;
    return (
        <>
            {failed === null ? (
                <p>{text.retrieval.packageReady}</p>
            ) : (
                <p role="alert" className="note note-bad">
                    {fill(text.retrieval.packingFailed, { why: whyOf(text, format, failed) })}
                </p>
            )}
            <ErrorNote error={pack.error} of="command" />
            {of.mayProvide && (
                <>
                    <FormChoice of={of} value={form} onChange={setForm} />
                    <Button
                        type="primary"
                        style={{ marginTop: 12 }}
                        disabled={pack.isPending}
                        onClick={() => pack.mutate({ params: { id: of.id }, body: form === 'zip' ? {} : { medium: form } })}
                    >
                        {failed === null ? text.retrieval.pack : text.retrieval.packAgain}
                    </Button>
                </>
            )}
        </>
    );
}

function whyOf(
    text: ReturnType<typeof useText>,
    format: ReturnType<typeof useFormat>,
    { code, name }: NonNullable<Retrieval['packingFailed']>,
): string {
    if (code === 'storage.objectDamaged') return fill(text.retrieval.packingDamaged, { name: name ?? '' });
    if (code === 'storage.full') return text.retrieval.packingFull;
    return isErrorCode(code) ? format.error(code, { name: name ?? '' }) : fill(text.retrieval.packingOther, { code });
}

function Making({ of, packing }: Props & { packing: NonNullable<Retrieval['packing']> }) {
    const text = useText();
    const format = useFormat();
    const stop = useCommand('retrieval.stopPacking');
    const bytes = Number(packing.bytes);
    return (
        <>
            <p>{fill(text.retrieval.packing, { name: packing.by.name, time: format.dateTime(packing.since) })}</p>
            <progress
                max={Math.max(1, bytes)}
                value={Number(packing.bytesDone)}
                aria-label={text.retrieval.packingLabel}
                style={{ width: '100%', margin: '8px 0' }}
            />
            <p aria-live="polite">
                {fill(text.retrieval.packingFiles, {
                    done: format.count(packing.filesDone),
                    all: format.count(packing.files),
                })}
                {' · '}
                {fill(text.retrieval.packingBytes, {
                    done: format.bytes(Number(packing.bytesDone)),
                    all: format.bytes(bytes),
                })}
            </p>
            {packing.medium !== null && (
                <p>{fill(text.retrieval.packingDiscs, { medium: text.retrieval.forms[packing.medium] })}</p>
            )}
            <ErrorNote error={stop.error} of="command" />
            {of.mayProvide && (
                <Button disabled={stop.isPending} onClick={() => stop.mutate({ params: { id: of.id }, body: {} })}>
                    {text.retrieval.stopPacking}
                </Button>
            )}
        </>
    );
}

function Made({ of, made }: Props & { made: NonNullable<Retrieval['package']> }) {
    const text = useText();
    const format = useFormat();
    const [open, setOpen] = useState(false);
    const download = useCommand('retrieval.openDownload', {
        onDone: ({ id }) => window.location.assign(`/api/retrievals/${of.id}/package?download=${id}`),
    });
    const digest = (value: string) => <span className="wrap">{value}</span>;
    return (
        <>
            <Facts
                of={[
                    [text.retrieval.packageFile, `${made.fileName}${format.brackets(format.bytes(Number(made.size)))}`],
                    [text.retrieval.packageFiles, fill(text.retrieval.packageFilesCount, { count: format.count(made.files) })],
                    [text.retrieval.madeBy, made.madeBy.name],
                    [text.retrieval.madeAt, format.dateTime(made.madeAt)],
                    [text.retrieval.packageSha, digest(made.sha256)],
                    [text.retrieval.packageSm3, digest(made.sm3)],
                    [text.retrieval.manifestSha, digest(made.manifestSha256)],
                    [text.retrieval.kept, text.retrieval.keptWords],
                    [text.retrieval.downloads, <Downloads key="downloads" of={of} />],
                    ...handoverFacts(of, text, format),
                ]}
            />
            {of.handover !== null && <ReceiptPapers of={of} />}
            <ErrorNote error={download.error} of="command" />
            <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 12 }}>
                <Button href={`/api/retrievals/${of.id}/receipt.pdf`} target="_blank" rel="noreferrer">
                    {text.retrieval.receiptPage}
                </Button>
                {of.mayProvide && (
                    <Button disabled={download.isPending} onClick={() => download.mutate({ params: { id: of.id }, body: {} })}>
                        {text.retrieval.download}
                    </Button>
                )}
                {of.mayProvide && <FetchFolder of={of} made={made} />}
                {of.mayProvide && of.state === 'packaged' && (
                    <Button type="primary" onClick={() => setOpen(true)}>
                        {text.retrieval.handOver}
                    </Button>
                )}
            </div>
            {open && <HandOverDrawer of={of} onClose={() => setOpen(false)} />}
        </>
    );
}

function Downloads({ of: { downloads } }: Props) {
    const text = useText();
    const format = useFormat();
    if (downloads.length === 0) return text.retrieval.downloadsNone;
    return (
        <>
            {downloads.map((each) => (
                <div key={each.id}>
                    <Line
                        of={[
                            `${each.by.name} ${format.dateTime(each.at)}`,
                            each.disc === null
                                ? null
                                : fill(text.retrieval.downloadOfDisc, {
                                      medium: text.retrieval.forms[each.disc.medium],
                                      volume: each.disc.volume,
                                  }),
                        ]}
                    />
                </div>
            ))}
        </>
    );
}

function handoverFacts(
    { handover }: Retrieval,
    text: ReturnType<typeof useText>,
    format: ReturnType<typeof useFormat>,
): [string, string][] {
    if (handover === null) return [];
    return [
        [text.retrieval.handedBy, handover.by.name],
        [text.retrieval.receiver, handover.receiver],
        [text.retrieval.medium, handover.medium],
        [text.retrieval.receivedAt, format.dateTime(handover.receivedAt)],
    ];
}
