import { fill } from '@liuhen/contract';
import { isReadableAgain, type ScanStanding } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { type Status, Tag } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { DocumentDetail, Paper } from './document-types.ts';
import { ScanSettleDialogue, type Settled } from './scan-settle-dialogue.tsx';
import { ScanSheets } from './scan-sheets.tsx';

type Scan = Paper['scans'][number];

const STATUS: Readonly<Record<ScanStanding, Status | undefined>> = {
    waiting: undefined,
    bound: 'held',
    review: 'broken',
    notRead: 'judge',
    notExpected: undefined,
    damaged: 'broken',
};

/** A scan, what the codes on it came to, and sheet by sheet where somebody has to look. */
export function ScanLine({ document, scan, done }: { document: DocumentDetail; scan: Scan; done: boolean }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [settling, setSettling] = useState<Settled>();
    const params = { id: document.id, scanId: scan.id };
    const again = useCommand('document.readScan');
    const mayWrite = may('document.write') && !done;
    return (
        <li>
            <a href={`/api/documents/${document.id}/scans/${scan.id}`} target="_blank" rel="noreferrer">
                {scan.name}
            </a>{' '}
            {text.documentPaper.scanRoles[scan.role]} · {format.bytes(BigInt(scan.size))} ·{' '}
            <Tag status={STATUS[scan.standing]}>{text.documentScan.findings[scan.finding]}</Tag>
            {scan.readAt !== null && (
                <span className="faint"> {fill(text.documentScan.readAt, { at: format.dateTime(scan.readAt) })}</span>
            )}
            {scan.standing === 'review' && <p className="soft scan-note">{text.documentScan.reviewNote}</p>}
            {scan.reading !== null && (
                <ScanSheets
                    reading={scan.reading}
                    open={scan.standing === 'review'}
                    onSettle={mayWrite && scan.standing === 'review' ? setSettling : undefined}
                />
            )}
            {mayWrite && isReadableAgain(scan.finding) && (
                <div className="paper-do">
                    <Button disabled={again.isPending} onClick={() => again.mutate({ params, body: {} })}>
                        {text.documentScan.again}
                    </Button>
                </div>
            )}
            <ErrorNote error={again.error} of="command" />
            {settling !== undefined && (
                <ScanSettleDialogue params={params} settling={settling} onClose={() => setSettling(undefined)} />
            )}
        </li>
    );
}
