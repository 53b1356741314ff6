import {
    coverageOf,
    type Gap,
    type Id,
    type Instant,
    MINUTE,
    type SecrecySubject,
    statementInputOf,
    totalLength,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { factsOf, itemsOf, selectItems } from '../act/act-list.queries.ts';
import { seesAct } from '../act/act-visibility.queries.ts';

/** Footage that somebody, or a room, owes an act. */
export type OwedFootage = {
    readonly act: { readonly id: Id; readonly number: string; readonly place: string; readonly party: string | null };
    /** Null: the camera of a room. */
    readonly personId: Id | null;
    readonly roomDeviceId: Id | null;
    readonly from: Instant;
    readonly endedAt: Instant;
    readonly ms: number;
};

/** What was acted so long ago that nothing of it can still be in time is looked at only where nothing at all came. */
const RECENT = 2 * 24 * 60 * MINUTE;

/**
 * What the acts of some days ask for and the store does not have, by the same coverage as the page of the act (附件1
 * 第5、10、15条). Interruptions of footage that is here are gaps of the act and not owed.
 */
export async function owedByActs(
    db: ReadDb,
    orgId: Id,
    reader: SecrecySubject,
    { from, now }: { from: Instant; now: Instant },
): Promise<OwedFootage[]> {
    const rows = await selectItems(db, orgId)
        .where('a.state', 'in', ['open', 'closed'])
        .where('a.ends_at', '<=', now)
        .where('a.ends_at', '>=', from)
        .where(seesAct(reader))
        .where((of) =>
            of.or([
                of('a.ends_at', '>', now - RECENT),
                sql<boolean>`exists (select from act_participant p where p.act_id = a.id and p.removed_at is null
                    and p.part = 'officer' and not exists (
                        select from recording r where r.act_id = a.id and r.person_id = p.person_id))`,
            ]),
        )
        .execute();
    const loaded = await itemsOf(
        db,
        orgId,
        rows.map((row) => ({ ...row, visible: true })),
        now,
    );
    return loaded.flatMap((parts, at) => {
        const { item, segments } = parts;
        const row = rows[at];
        if (row === undefined) return [];
        const act = { id: row.id, number: item.number, place: item.place, party: item.party?.name ?? null };
        const rooms = new Set(segments.flatMap((each) => each.roomDeviceId ?? []));
        return coverageOf(statementInputOf(factsOf(row, parts), now, item.number)).flatMap(
            ({ kind, personId, gaps }): OwedFootage[] => {
                const owed = gaps.filter(isOwed);
                const [first, last] = [owed[0], owed.at(-1)];
                if (first === undefined || last === undefined) return [];
                return [
                    {
                        act,
                        personId: kind === 'officer' ? personId : null,
                        roomDeviceId: kind === 'room' && rooms.has(personId) ? personId : null,
                        from: first.start,
                        endedAt: last.end,
                        ms: totalLength(owed),
                    },
                ];
            },
        );
    });
}

/** Nothing came at all, or the rest may still come in time. */
const isOwed = ({ state, place, start, end }: Gap): boolean =>
    (state === 'open' && place === 'whole') || (state === 'notDue' && (place === 'whole' || end - start >= MINUTE));
