import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deviceTimeOf } from '@liuhen/domain';
import { describe, expect, test } from 'vitest';
import { inspectFile } from '../apps/server/src/platform/media/inspect-file.ts';
import type { ClipList } from './demo-story.ts';
import { ACTS, MAX_TOTAL_BYTES } from './demo-story.ts';

const FOLDER = fileURLToPath(new URL('../demo/clips/', import.meta.url));
const list: ClipList = JSON.parse(await readFile(`${FOLDER}clips.json`, 'utf8'));

test('the list names every clip, and they are small enough for the repository', async () => {
    const files = (await readdir(FOLDER)).filter((name) => name !== 'clips.json');
    expect(list.clips.map((clip) => clip.file).sort()).toEqual(files.sort());
    expect(list.clips.reduce((sum, clip) => sum + clip.size, 0)).toBeLessThanOrEqual(MAX_TOTAL_BYTES);
    expect(list.acts.map((act) => act.key)).toEqual(ACTS.map((act) => act.key));
});

describe.each(list.clips)('$file', (clip) => {
    test('has the listed bytes', async () => {
        expect(
            createHash('sha256')
                .update(await readFile(FOLDER + clip.file))
                .digest('hex'),
        ).toBe(clip.sha256);
    });

    test('is measured as listed, and its clock agrees with its name', async () => {
        const inspection = await inspectFile(FOLDER + clip.file);
        const cutOff = clip.act === 'cutOff' && clip.device === 'A0174';
        expect(inspection.findings.map((finding) => finding.code)).toEqual(cutOff ? ['media.noMoov', 'media.truncated'] : []);
        expect(inspection.findings.map((finding) => finding.code)).toEqual(clip.findings);
        expect(inspection.durationMs).toBe(clip.durationMs);
        const creationSeconds = inspection.boxes?.creationSeconds;
        const time = deviceTimeOf({ fileName: clip.file, ...(creationSeconds === undefined ? {} : { creationSeconds }) });
        expect(time).toMatchObject({ basis: 'fileName', start: clip.startInstant });
        const zone = clip.device === 'A0174' ? 'Asia/Shanghai' : 'UTC';
        if (!cutOff) expect(time).toHaveProperty('containerReading', { zone, moment: 'start', certainty: 'agrees' });
    });
});
