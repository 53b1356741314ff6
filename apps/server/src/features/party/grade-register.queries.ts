import {
    type Day,
    endOfDay,
    GRADE_SCHEMES,
    type GradedParty,
    type GradeFields,
    type GradeScheme,
    gradeWeights,
    type Id,
    type ImportReason,
    nameKey,
    type PartyGrade,
    type PlannedRow,
    planGradeRow,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { parametersOf } from '../parameter/parameter.queries.ts';
import { gradesOf } from './grade.queries.ts';
import { survivorNames } from './party-usable.queries.ts';

type Read = { readonly line: number; readonly fields: GradeFields | undefined; readonly reasons: readonly ImportReason[] };
type Planned = { readonly party: GradedParty | undefined; readonly plan: PlannedRow };

/** Each row of a list of grades against the register and against the rows before it. */
export async function planGradeRows<R extends Read>(
    db: ReadDb,
    orgId: Id,
    rows: readonly R[],
    today: Day,
): Promise<(R & Planned)[]> {
    const register = await gradeRegisterFor(
        db,
        orgId,
        rows.flatMap((row) => row.fields ?? []),
    );
    const before = new Map<string, { line: number; grade: string }>();
    return rows.map((row) => {
        const { fields, reasons, line } = row;
        if (fields === undefined) return { ...row, party: undefined, plan: { plan: 'refuse', changes: [], reasons } };
        const candidates = register.find(fields);
        const party = candidates.length === 1 ? candidates[0] : undefined;
        const keyOf = (scheme: GradeScheme) => `${party?.id} ${scheme} ${fields.fromDay}`;
        const plan = planGradeRow(fields, {
            candidates,
            grades: party === undefined ? [] : register.gradesOf(party.id),
            known: register.knownOn(fields.fromDay),
            today,
            earlier: (scheme) => before.get(keyOf(scheme)),
        });
        if (party !== undefined && plan.plan !== 'refuse')
            for (const scheme of GRADE_SCHEMES) {
                const grade = fields[scheme];
                if (grade === null) continue;
                before.set(keyOf(scheme), { line, grade });
                register
                    .gradesOf(party.id)
                    .push({ partyId: party.id, scheme, grade, fromDay: fields.fromDay, decidedAt: AFTER_ALL });
            }
        return { ...row, party, plan };
    });
}

/** What a list decides is decided after all that was decided before. */
const AFTER_ALL = Number.MAX_SAFE_INTEGER;

type Register = {
    find(fields: GradeFields): readonly GradedParty[];
    gradesOf(partyId: Id): PartyGrade[];
    knownOn(day: Day): Readonly<Record<GradeScheme, readonly string[]>>;
};

/** What is known of the parties that a list of grades means, read once for all its rows. */
async function gradeRegisterFor(db: ReadDb, orgId: Id, rows: readonly GradeFields[]): Promise<Register> {
    const codes = [...new Set(rows.flatMap((row) => row.creditCode ?? []))];
    const names = [...new Set(rows.flatMap((row) => (row.creditCode === null ? (row.name ?? []) : [])))];
    const parties = await partiesBy(db, orgId, codes, names);
    const byCode = new Map(parties.map((party) => [party.creditCode, party]));
    const byName = Map.groupBy(parties, (party) => nameKey(party.names[0] ?? ''));
    const ids = parties.map((party) => party.id);
    const grades = Map.groupBy(await gradesOf(db, ids), (grade) => grade.partyId);
    const knownOn = await knownGrades(db, orgId);
    return {
        find({ creditCode, name }) {
            if (creditCode !== null) {
                const party = byCode.get(creditCode);
                return party === undefined ? [] : [party];
            }
            const named = byName.get(nameKey(name ?? '')) ?? [];
            const own = named.filter((party) => party.mergedInto === null);
            return own.length > 0 ? own : named;
        },
        gradesOf(partyId) {
            const found = grades.get(partyId) ?? [];
            grades.set(partyId, found);
            return found;
        },
        knownOn,
    };
}

/** Which grades the tables in force on a day name; each day is looked at once. */
async function knownGrades(db: ReadDb, orgId: Id): Promise<Register['knownOn']> {
    const parameters = await parametersOf(db, orgId);
    const known = new Map<Day, Record<GradeScheme, string[]>>();
    return (day) => {
        const names = (key: 'inspection.riskWeights' | 'inspection.creditWeights') =>
            gradeWeights(parameters(key, endOfDay(day) - 1).value ?? []).map((each) => each.grade);
        const found = known.get(day) ?? { risk: names('inspection.riskWeights'), credit: names('inspection.creditWeights') };
        known.set(day, found);
        return found;
    };
}

async function partiesBy(db: ReadDb, orgId: Id, codes: readonly string[], names: readonly string[]): Promise<GradedParty[]> {
    const rows = await db
        .selectFrom('party')
        .select(['id', 'name', 'credit_code as creditCode', 'merged_into'])
        .where('org_id', '=', orgId)
        .where(
            sql<boolean>`(credit_code = any (${codes}::text[])
                or liuhen.name_key(name) in (select liuhen.name_key(n) from unnest(${names}::text[]) n))`,
        )
        .execute();
    const ids = rows.map((row) => row.id);
    const earlier = await db
        .selectFrom('party_change')
        .select(['party_id', 'earlier'])
        .where('subject', '=', 'name')
        .where('party_id', '=', sql<Id>`any (${ids}::uuid[])`)
        .execute();
    const namesOf = Map.groupBy(earlier, (row) => row.party_id);
    const survivors = await survivorNames(
        db,
        rows.flatMap((row) => row.merged_into ?? []),
    );
    return rows.map(({ merged_into, name, ...row }) => ({
        ...row,
        names: [name, ...(namesOf.get(row.id) ?? []).flatMap((change) => change.earlier ?? [])],
        mergedInto: merged_into === null ? null : (survivors.get(merged_into) ?? ''),
    }));
}
