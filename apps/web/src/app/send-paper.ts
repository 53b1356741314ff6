import { COMMAND_ID_HEADER, requestErrorOf } from '@liuhen/contract';
import { newCommandId } from './command-id.ts';

/** What a picture of paper may be. */
export const PAPER_TYPES = 'application/pdf,image/jpeg,image/png';

/** Hands the bytes of a paper over, with what is said of it. Throws the refusal as a `RequestError`. */
export async function sendPaper(path: string, query: Readonly<Record<string, string>>, file: File): Promise<void> {
    const response = await fetch(`${path}?${new URLSearchParams(query)}`, {
        method: 'POST',
        headers: { [COMMAND_ID_HEADER]: newCommandId(), 'content-type': 'application/octet-stream' },
        body: file,
    });
    if (!response.ok) throw await requestErrorOf(response);
}
