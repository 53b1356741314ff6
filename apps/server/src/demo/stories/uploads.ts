import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { COMMAND_ID_HEADER } from '@liuhen/contract';
import { bodyOf, HOUR, type Id } from '@liuhen/domain';
import { Upload } from 'tus-js-client';
import { insertSession } from '../../features/identity/session.store.ts';
import { sessionCookie, TOKEN_BYTES, tokenHash, tokenText } from '../../features/identity/session-cookie.ts';
import { systemClock } from '../../platform/clock.ts';
import { runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';

export type DemoUpload = { file: URL; name: string; by: { id: Id; login: string }; deviceId: Id; actId: Id };

/** Hands the clips in as the officers would: signed in, over HTTP, resumable, each officer at a dock of their own. */
export async function uploadClips(services: Services, url: string, orgId: Id, clips: readonly DemoUpload[]): Promise<void> {
    await Promise.all(
        [...Map.groupBy(clips, (clip) => clip.by.login).values()].map(async (own) => {
            const by = own[0]?.by;
            if (by === undefined) return;
            const cookie = await openSession(services, orgId, by);
            for (const clip of own) await uploadOne(url, cookie, clip);
        }),
    );
}

const newId = systemClock().newId;

/** As if the password had been typed: comparing it takes a tenth of a second each time, and a session ends between two days. */
async function openSession(services: Services, orgId: Id, { id: personId, login }: DemoUpload['by']): Promise<string> {
    const context = { actor: personId, orgId, readOrgs: [orgId], commandId: newId() };
    const token = tokenText(services.clock.randomBytes(TOKEN_BYTES));
    await runCommand(services.commands, context, 'session.open', async (tx) => {
        const endsAt = tx.now + HOUR;
        const from = { address: '127.0.0.1', agent: null };
        const id = await insertSession(tx, { personId, tokenHash: tokenHash(token), endsAt, ...from });
        const body = bodyOf({ login, secondFactor: false, ...from });
        return { result: null, events: [{ kind: 'session.opened', creates: [id], objects: [personId], body }] };
    });
    return sessionCookie(token, services.config.https).split(';')[0] ?? '';
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

/** Two minutes, 20 ms each: what follows in a story needs the files looked at, and a busy machine takes its time. */
const MOST_WAITS = 6_000;

/** Inspection runs in the background; the demo opens when it is done, but does not wait for ever. */
export async function waitForInspection(services: Services, orgId: Id): Promise<void> {
    for (let waited = 0; waited < MOST_WAITS; waited++) {
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
