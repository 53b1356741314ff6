import { COMMAND_ID_HEADER, requestErrorOf } from '@liuhen/contract';
import { SCAN_ROLES, type ScanRole } from '@liuhen/domain';
import { Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { newCommandId } from '../../app/command-id.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { refreshAll } from '../../app/query.ts';
import type { Paper } from './document-types.ts';

type Props = { documentId: string; latest: Paper['prints'][number] | undefined };

/** Takes in the scan of what was signed or sealed, bound to the print it is of. */
export function ScanButton({ documentId, latest }: Props) {
    const text = useText();
    const input = useRef<HTMLInputElement>(null);
    const [role, setRole] = useState<ScanRole>('signed');
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const send = async (file: File) => {
        setBusy(true);
        setError(undefined);
        const query = new URLSearchParams({ role, name: file.name.slice(0, 200) });
        if (latest !== undefined) query.set('printId', latest.id);
        try {
            const response = await fetch(`/api/documents/${documentId}/scans?${query}`, {
                method: 'POST',
                headers: { [COMMAND_ID_HEADER]: newCommandId(), 'content-type': 'application/octet-stream' },
                body: file,
            });
            if (!response.ok) throw await requestErrorOf(response);
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
                options={SCAN_ROLES.filter((each) => each !== 'imported').map((value) => ({
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
                accept="application/pdf,image/jpeg,image/png"
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
