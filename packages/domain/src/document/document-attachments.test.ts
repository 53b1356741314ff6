import { expect, test } from 'vitest';
import { attachmentsIn } from './document-attachments.ts';

const ID = '01a2199f-0d2b-729c-aa9c-e093358de393';

test('photographs and moments of recordings are found in any field, in order; samples, papers and names without a file are not', () => {
    const content = {
        found: '一切正常',
        persons: ['甲'],
        inquiry: [{ question: '问', answer: '答' }],
        attachments: [
            { kind: 'photo', ref: ID, title: '出水口', at: 0 },
            { kind: 'paper', ref: ID, title: '记录', at: 0 },
            { kind: 'recording', ref: ID, title: '口述', at: 61_000 },
            { kind: 'photo', ref: '', title: '没有上传', at: 0 },
        ],
    };
    expect(attachmentsIn(content)).toEqual([
        { kind: 'photo', recordingId: ID, title: '出水口', atMs: 0 },
        { kind: 'recording', recordingId: ID, title: '口述', atMs: 61_000 },
    ]);
});
