import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, isMediumOfUse, MARKING, mediumStanding, type Subject } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { notOfHiddenAct } from '../act/act-visibility.queries.ts';
import { getRetrieval } from './retrieval.queries.ts';
import { recordingsOfAct, recordingsOfCase, recordingsOfRetrieval } from './retrieval-source.queries.ts';

type Of = QueryOf<Endpoints['medium.list']>;
type Listed = ResponseOf<Endpoints['medium.list']>;
type Medium = Listed['media'][number];
type Check = Medium['checks'][number];

/**
 * Media that hold a recording of this act, case or retrieval, or were written for it, the latest first; and of its recordings which are on
 * none. What belongs to an act that is hidden from the reader (附件1 第12条) is left out, a medium as a whole.
 */
export async function listMedia(db: ReadDb, subject: Subject, of: Of): Promise<Listed> {
    const ids = await recordingIdsOf(db, subject, of);
    const { shown, keeping } = await mediaOf(db, subject, of, ids);
    return { media: shown, recordings: await recordingsOf(db, subject, of, ids, keeping) };
}

/** Throws `medium.sourceUnclear`, `act.notFound`, `case.notFound`, `retrieval.notFound`. */
async function recordingIdsOf(db: ReadDb, subject: Subject, { actId, caseId, retrievalId }: Of): Promise<Id[]> {
    const { organisationId } = subject;
    if ([actId, caseId, retrievalId].filter((each) => each !== undefined).length !== 1)
        throw new DomainError('medium.sourceUnclear');
    const isHere = async (table: 'act' | 'case', id: Id): Promise<void> => {
        const found = db
            .selectFrom(table as 'act')
            .select('id')
            .where('id', '=', id)
            .where('org_id', '=', organisationId);
        if ((await found.executeTakeFirst()) === undefined) throw new DomainError(`${table}.notFound`);
    };
    const idsOf = async (recordings: Promise<{ id: Id }[]>) => (await recordings).map(({ id }) => id);
    if (actId !== undefined) {
        await isHere('act', actId);
        return idsOf(recordingsOfAct(db, organisationId, actId));
    }
    if (caseId !== undefined) {
        await isHere('case', caseId);
        return idsOf(recordingsOfCase(db, organisationId, caseId));
    }
    if (retrievalId === undefined) return [];
    await getRetrieval(db, subject, retrievalId);
    return idsOf(recordingsOfRetrieval(db, organisationId, retrievalId));
}

async function recordingsOf(
    db: ReadDb,
    subject: Subject,
    { retrievalId }: Of,
    ids: readonly Id[],
    keeping: ReadonlySet<Id>,
): Promise<Listed['recordings']> {
    if (ids.length === 0) return [];
    const unhidden = notOfHiddenAct(subject, 'r.act_id');
    const rows = await db
        .selectFrom('recording as r')
        .select((each) => [
            'r.id',
            'r.display_name as name',
            each
                .exists(
                    each
                        .selectFrom('case_evidence as v')
                        .select('v.id')
                        .whereRef('v.target_id', '=', 'r.id')
                        .where('v.withdrawn_at', 'is', null)
                        .where('v.kind', 'in', MARKING),
                )
                .as('listed'),
        ])
        .where('r.id', 'in', ids)
        .$if(unhidden !== undefined, (some) => some.where(unhidden ?? sql<SqlBool>`true`))
        .orderBy('r.device_start')
        .orderBy('r.id')
        .execute();
    return rows.map(({ id, name, listed }) => ({
        ...{ id, name, kept: keeping.has(id) },
        // Retrieved as evidence (附件1 第20条).
        evidence: retrievalId !== undefined || Boolean(listed),
    }));
}

/** `keeping`: recordings on a medium that stands and is not damaged, whether the reader may see that medium or not. */
async function mediaOf(db: ReadDb, subject: Subject, { actId, caseId, retrievalId }: Of, ids: readonly Id[]) {
    const rows = await db
        .selectFrom('medium as m')
        .innerJoin('person as p', 'p.id', 'm.written_by')
        .leftJoin('person as w', 'w.id', 'm.withdrawn_by')
        .leftJoin('retrieval as t', 't.id', 'm.retrieval_id')
        .select(['m.id', 'm.kind', 'm.label', 'm.pieces', 'm.copies', 'm.written_at', 'm.kept_at', 'm.note'])
        .select(['m.withdrawn_at', 'm.withdrawn_why', 't.id as t_id', 't.number as t_number'])
        .select(['p.id as p_id', 'p.name as p_name', 'p.certificate_number as p_number'])
        .select(['w.id as w_id', 'w.name as w_name', 'w.certificate_number as w_number'])
        .where('m.org_id', '=', subject.organisationId)
        .where((each) =>
            each.or([
                ...(actId === undefined ? [] : [each('m.act_id', '=', actId)]),
                ...(caseId === undefined ? [] : [each('m.case_id', '=', caseId)]),
                ...(retrievalId === undefined ? [] : [each('m.retrieval_id', '=', retrievalId)]),
                ...(ids.length === 0
                    ? []
                    : [each('m.id', 'in', each.selectFrom('medium_item').select('medium_id').where('recording_id', 'in', ids))]),
            ]),
        )
        .orderBy('m.written_at', 'desc')
        .orderBy('m.id', 'desc')
        .execute();
    const mediumIds = rows.map(({ id }) => id);
    const [items, checks] = [await itemsOf(db, subject, mediumIds), await checksOf(db, mediumIds)];
    const keeping = new Set<Id>();
    const shown: Medium[] = [];
    for (const row of rows) {
        const own = items.filter(({ mediumId }) => mediumId === row.id);
        const checked = checks.filter(({ mediumId }) => mediumId === row.id).map(({ mediumId: _, ...check }) => check);
        const counting = checked.filter(({ withdrawn }) => withdrawn === null);
        const standing = mediumStanding(
            row.copies,
            counting.map(({ copy, result, at }) => ({ copy, result, checkedAt: at })),
        );
        if (row.withdrawn_at === null && isMediumOfUse(standing)) for (const { id } of own) keeping.add(id);
        if (own.some(({ hidden }) => hidden)) continue;
        const { id, kind, label, pieces, copies, note } = row;
        shown.push({
            ...{ id, kind, label, pieces, copies, note, standing, checks: checked },
            retrieval: row.t_id === null || row.t_number === null ? null : { id: row.t_id, number: row.t_number },
            recordings: own.map(({ id, name }) => ({ id, name })),
            writtenBy: { id: row.p_id, name: row.p_name, certificateNumber: row.p_number },
            ...{ writtenAt: row.written_at, keptAt: row.kept_at, withdrawn: withdrawnOf(row) },
        });
    }
    return { shown, keeping };
}

type Withdrawn = {
    readonly withdrawn_at: number | null;
    readonly withdrawn_why: string | null;
    readonly w_id: Id | null;
    readonly w_name: string | null;
    readonly w_number: string | null;
};
const withdrawnOf = ({ withdrawn_at: at, withdrawn_why: why, w_id: id, w_name: name, w_number }: Withdrawn) =>
    at === null || why === null || id === null || name === null
        ? null
        : { by: { id, name, certificateNumber: w_number }, at, why };

async function itemsOf(db: ReadDb, subject: Subject, mediumIds: readonly Id[]) {
    if (mediumIds.length === 0) return [];
    const unhidden = notOfHiddenAct(subject, 'r.act_id');
    return db
        .selectFrom('medium_item as i')
        .innerJoin('recording as r', 'r.id', 'i.recording_id')
        .select(['i.medium_id as mediumId', 'r.id', 'r.display_name as name'])
        .select(sql<boolean>`not ${unhidden ?? sql<SqlBool>`true`}`.as('hidden'))
        .where('i.medium_id', 'in', mediumIds)
        .orderBy('i.place')
        .execute();
}

async function checksOf(db: ReadDb, mediumIds: readonly Id[]): Promise<(Check & { readonly mediumId: Id })[]> {
    if (mediumIds.length === 0) return [];
    const rows = await db
        .selectFrom('medium_check as k')
        .innerJoin('person as p', 'p.id', 'k.checked_by')
        .leftJoin('person as w', 'w.id', 'k.withdrawn_by')
        .select(['k.id', 'k.medium_id as mediumId', 'k.copy', 'k.result', 'k.done', 'k.checked_at'])
        .select(['k.withdrawn_at', 'k.withdrawn_why', 'p.id as p_id', 'p.name as p_name', 'p.certificate_number as p_number'])
        .select(['w.id as w_id', 'w.name as w_name', 'w.certificate_number as w_number'])
        .where('k.medium_id', 'in', mediumIds)
        .orderBy('k.checked_at', 'desc')
        .orderBy('k.id', 'desc')
        .execute();
    return rows.map((row) => ({
        ...{ id: row.id, mediumId: row.mediumId, copy: row.copy, result: row.result, done: row.done },
        by: { id: row.p_id, name: row.p_name, certificateNumber: row.p_number },
        ...{ at: row.checked_at, withdrawn: withdrawnOf(row) },
    }));
}

/** Acts that a medium was written for or whose recordings it holds, each once. */
export async function actsOfMedium(db: ReadDb, id: Id): Promise<Id[]> {
    const rows = await db
        .selectFrom('medium_item as i')
        .innerJoin('recording as r', 'r.id', 'i.recording_id')
        .select('r.act_id as actId')
        .distinct()
        .where('i.medium_id', '=', id)
        .execute();
    const own = await db.selectFrom('medium').select('act_id as actId').where('id', '=', id).executeTakeFirst();
    return [...new Set([...rows, ...(own === undefined ? [] : [own])].flatMap(({ actId }) => actId ?? []))];
}
