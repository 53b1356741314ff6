import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { COMMAND_ID_HEADER } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { Upload } from 'tus-js-client';
import { systemClock } from '../../platform/clock.ts';
import type { Services } from '../../platform/services.ts';
import { DEMO_PASSWORD } from '../demo-data.ts';

export type DemoUpload = { file: URL; name: string; login: string; deviceId: Id; actId: Id };

/** Hands the clips in as the officers would: signed in, over HTTP, resumable, each officer at a dock of their own. */
export async function uploadClips(url: string, clips: readonly DemoUpload[]): Promise<void> {
    await Promise.all(
        [...Map.groupBy(clips, (clip) => clip.login)].map(async ([login, own]) => {
            const cookie = await signIn(url, login);
            for (const clip of own) await uploadOne(url, cookie, clip);
        }),
    );
}

const newId = systemClock().newId;

async function signIn(url: string, login: string): Promise<string> {
    const answer = await fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [COMMAND_ID_HEADER]: newId() },
        body: JSON.stringify({ login, password: DEMO_PASSWORD }),
    });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (!answer.ok || cookie === undefined) throw new Error(`the demo cannot sign in as ${login}: ${answer.status}`);
    return cookie;
}

async function uploadOne(url: string, cookie: string, clip: DemoUpload): Promise<void> {
    const { size } = await stat(clip.file);
    await new Promise<void>((resolve, reject) => {
        new Upload(createReadStream(clip.file), {
            endpoint: `${url}/api/uploads`,
            uploadSize: size,
            chunkSize: 8 << 20,
            retryDelays: [200, 1000],
            metadata: { filename: clip.name, deviceId: clip.deviceId, actId: clip.actId, source: 'recorder' },
            headers: { cookie, [COMMAND_ID_HEADER]: newId() },
            onSuccess: () => resolve(),
            onError: reject,
        }).start();
    });
}

/** Inspection runs in the background; the demo opens when it is done, but does not wait for ever. */
export async function waitForInspection(services: Services, orgId: Id): Promise<void> {
    for (let waited = 0; waited < 500; waited++) {
        const open = await services.db.read({ readOrgs: [orgId] }, (db) =>
            db
                .selectFrom('recording')
                .select('id')
                .where((any) =>
                    any.or([any('inspected_at', 'is', null), any('state', '=', 'registered'), any('clock_state', 'is', null)]),
                )
                .execute(),
        );
        if (open.length === 0) return;
        await sleep(20);
    }
}
