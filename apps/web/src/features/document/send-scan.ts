import type { ScanRole } from '@liuhen/domain';
import { sendPaper } from '../../app/send-paper.ts';

type Scan = { documentId: string; role: ScanRole; printId?: string | undefined; file: File };

/** Hands the bytes of a scan over. Throws the refusal as a `RequestError`. */
export const sendScan = ({ documentId, role, printId, file }: Scan): Promise<void> =>
    sendPaper(
        `/api/documents/${documentId}/scans`,
        { role, name: file.name.slice(0, 200), ...(printId === undefined ? {} : { printId }) },
        file,
    );
