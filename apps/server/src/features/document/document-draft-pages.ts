import type { Id } from '@liuhen/domain';
import { BoundedSet } from '../../platform/bounded.ts';
import type { Services } from '../../platform/services.ts';
import { draftOfDocument } from './document-print.queries.ts';

/** Drafts whose pages somebody looked at lately. */
const MOST_LOOKED_AT = 1_000;

/** Drafts as they are looked at while they are written: their pages are set as soon as a change is saved, before they are asked for. */
export type DraftPages = { lookedAt(id: Id): void; saved(orgId: Id, id: Id): void };

export function draftPages({ db, clock, renderer, log }: Services): DraftPages {
    const lookedAt = new BoundedSet<Id>(MOST_LOOKED_AT);
    return {
        lookedAt(id) {
            // Who looks again is the last to be forgotten.
            lookedAt.delete(id);
            lookedAt.add(id);
        },
        saved(orgId, id) {
            if (!lookedAt.has(id)) return;
            db.read({ readOrgs: [orgId] }, (tx) => draftOfDocument(tx, orgId, id, clock.now()))
                .then(({ model, at }) => renderer.pictures(model, at, { first: 1, last: 0, before: [], known: [] }, id))
                // Whoever asks for the pages is told what is wrong with them.
                .catch((error: unknown) => log.debug({ err: error }, 'pages not set ahead'));
        },
    };
}
