import { SCAN_ROLES, type ScanRole } from '@liuhen/domain';
import { Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { refreshAll } from '../../app/query.ts';
import { PAPER_TYPES } from '../../app/send-paper.ts';
import type { DocumentDetail, Paper } from './document-types.ts';
import { sendScan } from './send-scan.ts';

type Props = { document: DocumentDetail; latest: Paper['prints'][number] | undefined };

/** Takes in the scan of what was signed or sealed, bound to the print it is of. */
export function ScanButton({ document: { id: documentId, origin }, latest }: Props) {
    const text = useText();
    const input = useRef<HTMLInputElement>(null);
    const [role, setRole] = useState<ScanRole>(origin === 'imported' ? 'imported' : 'signed');
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const send = async (file: File) => {
        setBusy(true);
        setError(undefined);
        try {
            await sendScan({ documentId, role, printId: latest?.id, file });
            await refreshAll();
        } catch (failure) {
            setError(failure);
        } finally {
            setBusy(false);
        }
    };
    return (
        <span className="scan-add">
            <Select<ScanRole>
                aria-label={text.documentPaper.scanRole}
                value={role}
                options={SCAN_ROLES.filter((each) => each !== 'imported' || origin === 'imported').map((value) => ({
                    value,
                    label: text.documentPaper.scanRoles[value],
                }))}
                onChange={setRole}
            />
            <Button disabled={busy} onClick={() => input.current?.click()}>
                {busy ? text.common.saving : text.documentPaper.scanAdd}
            </Button>
            <input
                ref={input}
                type="file"
                hidden
                accept={PAPER_TYPES}
                aria-label={text.documentPaper.scanAdd}
                onChange={({ target }) => {
                    const file = target.files?.[0];
                    target.value = '';
                    if (file !== undefined) void send(file);
                }}
            />
            <ErrorNote error={error} of="command" />
        </span>
    );
}
