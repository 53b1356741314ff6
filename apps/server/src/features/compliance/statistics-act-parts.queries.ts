import type { ActRuleId, CountedFigure, Id, JudgedGap, SaidVerdict, Verdict } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { FindingReader } from './finding.queries.ts';
import { readKept } from './judgement-words.ts';
import { NO_PART, nameOf, type Part, refOf } from './statistics-parts.queries.ts';

/** Acts in the order of their judgements, each once for each of its parts: interruptions, open gaps, late recordings; else itself. */
export async function actParts(db: ReadDb, reader: FindingReader, ids: readonly Id[], figure: CountedFigure): Promise<Part[]> {
    if (ids.length === 0) return [];
    const acts = await judgedActs(db, ids);
    const byId = new Map(acts.map((act) => [act.id, act]));
    const late = figure === 'late' ? await lateOf(db, acts) : new Map<Id, Late[]>();
    const people = isOfGaps(figure) ? await carriersOf(db, acts) : new Map<string, Part['person']>();
    return ids.flatMap((id): Part[] => {
        const row = byId.get(id);
        if (row === undefined) return [];
        const part: Part = {
            ...NO_PART,
            ...{ id, at: row.startsAt, organisation: { id: row.orgId, name: nameOf(reader, row.orgId) } },
            own: row.orgId === reader.subject.organisationId,
            person: refOf(row.leadId, row.leadName, row.leadNumber),
            act: actOf(row),
            judged: judgedOf(row),
        };
        if (isOfGaps(figure))
            return gapsOf(row)
                .filter((gap) => (figure === 'openGaps' ? gap.state === 'open' : gap.place === 'between'))
                .map((gap, at) => ({
                    ...{ ...part, id: `${id}/${at}`, at: gap.start },
                    gap: {
                        ...{ from: gap.start, to: gap.end, place: gap.place, state: gap.state },
                        person: gap.kind === 'officer' ? (people.get(gap.carrierId) ?? null) : null,
                    },
                }));
        if (figure !== 'late') return [part];
        const recordings = late.get(row.actId) ?? [];
        return Array.from({ length: lateCount(row) }, (_, at) => ({
            ...{ ...part, id: `${id}/${at}`, late: recordings[at] ?? null },
        }));
    });
}

type Row = Awaited<ReturnType<typeof judgedActs>>[number];

const judgedActs = (db: ReadDb, ids: readonly Id[]) =>
    db
        .selectFrom('act_judgement as j')
        .innerJoin('act as a', 'a.id', 'j.act_id')
        .leftJoin('person as p', 'p.id', 'j.lead_id')
        .where('j.id', '=', (of) => of.fn.any(of.val([...ids])))
        .select([
            'j.id',
            'j.org_id as orgId',
            'j.act_id as actId',
            'a.number',
            'a.place',
            'j.scenario',
            'j.starts_at as startsAt',
        ])
        .select(['j.verdict', 'j.verdicts', 'j.gaps', 'j.required_ms as requiredMs', 'j.covered_ms as coveredMs'])
        .select(['j.exempt_ms as exemptMs', 'p.id as leadId', 'p.name as leadName', 'p.certificate_number as leadNumber'])
        .execute();

const verdictsOf = (row: Row) => readKept(row.verdicts) as SaidVerdict<ActRuleId>[];
const gapsOf = (row: Row) => row.gaps as unknown as readonly JudgedGap[];
const isOfGaps = (figure: CountedFigure) => figure === 'interruptions' || figure === 'openGaps';
const lateCount = (row: Row): number => verdictsOf(row).find(({ rule }) => rule === 'storedInTime')?.params.late ?? 0;

const actOf = (row: Row): NonNullable<Part['act']> => ({
    ...{ id: row.actId, number: row.number, scenario: row.scenario as NonNullable<Part['act']>['scenario'], place: row.place },
    startsAt: row.startsAt,
});
const judgedOf = (row: Row): Part['judged'] => ({
    verdict: row.verdict as Verdict,
    ...{ requiredMs: row.requiredMs, coveredMs: row.coveredMs, exemptMs: row.exemptMs },
    unmet: verdictsOf(row)
        .filter(({ counts, verdict }) => counts && (verdict === 'fail' || verdict === 'needsReview'))
        .map(({ rule, verdict }) => ({ rule, verdict })),
});

type Late = NonNullable<Part['late']>;

/** Late recordings as they were found, whether a reason was accepted since or not. */
async function lateOf(db: ReadDb, acts: readonly Row[]): Promise<Map<Id, Late[]>> {
    const rows = await db
        .selectFrom('finding')
        .select(['act_id', 'about_id', 'params'])
        .where('act_id', '=', (of) => of.fn.any(of.val(acts.map(({ actId }) => actId))))
        .where('code', '=', 'stored.late')
        .where('state', '<>', 'settled')
        .orderBy('id')
        .execute();
    const late = new Map<Id, Late[]>();
    for (const { act_id, about_id, params } of rows) {
        if (act_id === null || about_id === null) continue;
        const { tookMs = 0, limitMs = 0 } = params as Record<string, number>;
        late.set(act_id, [...(late.get(act_id) ?? []), { recordingId: about_id, tookMs, limitMs }]);
    }
    return late;
}

async function carriersOf(db: ReadDb, acts: readonly Row[]): Promise<Map<string, Part['person']>> {
    const ids = [...new Set(acts.flatMap(gapsOf).flatMap((gap) => (gap.kind === 'officer' ? [gap.carrierId] : [])))];
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom('person').select(['id', 'name', 'certificate_number']).where('id', 'in', ids).execute();
    return new Map(rows.map(({ id, name, certificate_number }) => [id, refOf(id, name, certificate_number)]));
}
