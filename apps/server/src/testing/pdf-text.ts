import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary-folder.ts';

/** What a reader of PDFs finds on the pages, without white space: where lines break is the layout's affair. */
export async function pdfText(pdf: Uint8Array): Promise<string> {
    const folder = await temporaryFolder('pdf');
    try {
        const path = join(folder.path, 'a.pdf');
        await writeFile(path, pdf);
        const { stdout } = await promisify(execFile)('pdftotext', ['-layout', path, '-']);
        return stdout.replace(/\s+/g, '');
    } finally {
        await folder.remove();
    }
}
