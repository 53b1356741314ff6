import { SCAN_ROLES, type ScanRole } from '@liuhen/domain';
import { Select } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { PaperButton } from '../../app/paper-button.tsx';
import type { DocumentDetail, Paper } from './document-types.ts';
import { sendScan } from './send-scan.ts';

type Props = { document: DocumentDetail; latest: Paper['prints'][number] | undefined };

/** Takes in the scan of what was signed or sealed, bound to the print it is of. */
export function ScanButton({ document: { id: documentId, origin }, latest }: Props) {
    const text = useText();
    const [role, setRole] = useState<ScanRole>(origin === 'imported' ? 'imported' : 'signed');
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
            <PaperButton
                label={text.documentPaper.scanAdd}
                send={(file) => sendScan({ documentId, role, printId: latest?.id, file })}
            />
        </span>
    );
}
