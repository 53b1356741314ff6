import { createHash } from 'node:crypto';
import type { BodyOf, Endpoints } from '@liuhen/contract';
import { DomainError, type Id, type Subject } from '@liuhen/domain';
import { BoundedMap, BoundedSet } from '../../platform/bounded.ts';
import type { Services } from '../../platform/services.ts';
import { NOTHING_IN_VIEW } from '../../platform/typst/document-renderer.ts';
import { canonicalContent, statedTimes } from './document.commands.ts';
import type { DocumentRow } from './document.store.ts';
import { draftOfDocument } from './document-print.queries.ts';
import { readerOf } from './document-seen.ts';

/** Drafts whose pages somebody looked at lately. */
const MOST_LOOKED_AT = 1_000;

type Typed = BodyOf<Endpoints['document.setAhead']>;

/**
 * Drafts as they are looked at while they are written: their pages are set in the pause before a change is saved, or else as
 * soon as it is, before they are asked for.
 */
export type DraftPages = {
    lookedAt(id: Id): void;
    /** What stands in the form and was not saved yet; whether its pages were set. */
    typed(subject: Subject, id: Id, typed: Typed): Promise<boolean>;
    saved(orgId: Id, id: Id, what: Typed): void;
};

export function draftPages(services: Services): DraftPages {
    const { db, clock, renderer, log } = services;
    const seen = readerOf(services);
    const lookedAt = new BoundedSet<Id>(MOST_LOOKED_AT);
    const ahead = new BoundedMap<Id, string>(MOST_LOOKED_AT);
    return {
        lookedAt(id) {
            // Who looks again is the last to be forgotten.
            lookedAt.delete(id);
            lookedAt.add(id);
        },
        async typed(subject, id, typed) {
            if (!lookedAt.has(id)) return false;
            const now = clock.now();
            const { model, at } = await seen(subject, id, (tx, orgId) => draftOfDocument(tx, orgId, id, now, withTyped(typed)));
            ahead.set(id, markOf(typed));
            const isSet = await renderer.ahead(model, at, id);
            if (!isSet) ahead.delete(id);
            return isSet;
        },
        saved(orgId, id, what) {
            if (!lookedAt.has(id) || ahead.get(id) === markOf(what)) return;
            db.read({ readOrgs: [orgId] }, (tx) => draftOfDocument(tx, orgId, id, clock.now()))
                .then(({ model, at }) => renderer.pictures(model, at, NOTHING_IN_VIEW, id))
                // Whoever asks for the pages is told what is wrong with them.
                .catch((error: unknown) => log.debug({ err: error }, 'pages not set ahead'));
        },
    };
}

/** Of what somebody typed: the same where nothing else was typed before it was saved. */
const markOf = ({ content, startedAt, endedAt }: Typed): string =>
    createHash('sha256')
        .update(JSON.stringify([content, startedAt, endedAt]))
        .digest('hex');

/** A draft as it will stand once that is saved. */
const withTyped =
    (typed: Typed) =>
    (row: DocumentRow): DocumentRow => {
        if (row.state !== 'draft') throw new DomainError('document.notDraft');
        const { startedAt, endedAt } = statedTimes(typed, { startedAt: row.started_at, endedAt: row.ended_at });
        return { ...row, content: canonicalContent(typed.content), started_at: startedAt, ended_at: endedAt };
    };
