import { COMMAND_ID_HEADER, requestErrorOf } from '@liuhen/contract';
import type { ScanRole } from '@liuhen/domain';
import { newCommandId } from '../../app/command-id.ts';

type Scan = { documentId: string; role: ScanRole; printId?: string | undefined; file: File };

/** Hands the bytes of a scan over. Throws the refusal as a `RequestError`. */
export async function sendScan({ documentId, role, printId, file }: Scan): Promise<void> {
    const query = new URLSearchParams({ role, name: file.name.slice(0, 200) });
    if (printId !== undefined) query.set('printId', printId);
    const response = await fetch(`/api/documents/${documentId}/scans?${query}`, {
        method: 'POST',
        headers: { [COMMAND_ID_HEADER]: newCommandId(), 'content-type': 'application/octet-stream' },
        body: file,
    });
    if (!response.ok) throw await requestErrorOf(response);
}
