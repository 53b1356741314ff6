import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type Id,
    type Instant,
    inForceAt,
    type ParameterInForce,
    type ParameterKey,
    type ParameterRow,
    type ParameterValue,
    type ParameterValueOf,
    parameterDefinition,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** What is in force for the organisation at a moment, with how sure it is. */
export async function parameterAt<K extends ParameterKey>(
    db: ReadDb,
    orgId: Id,
    key: K,
    at: Instant,
): Promise<ParameterInForce<ParameterValueOf<K>>> {
    // The command that wrote the rows checked their values against the key's kind.
    return inForceAt(parameterDefinition(key), await decisionsOf(db, orgId, key), at) as ParameterInForce<ParameterValueOf<K>>;
}

/** All that an organisation ever decided about one. */
export async function decisionsOf(db: ReadDb, orgId: Id, key: ParameterKey): Promise<ParameterRow[]> {
    const rows = await db.selectFrom('parameter').select(ROW).where('org_id', '=', orgId).where('key', '=', key).execute();
    return rows.map(rowOf);
}

export type ParametersOf = <K extends ParameterKey>(key: K, at: Instant) => ParameterInForce<ParameterValueOf<K>>;

/** All of them read at once, for whoever asks for many: what was in force at any moment. */
export async function parametersOf(db: ReadDb, orgId: Id): Promise<ParametersOf> {
    const rows = await db
        .selectFrom('parameter')
        .select(['key', ...ROW])
        .where('org_id', '=', orgId)
        .execute();
    const byKey = Map.groupBy(rows, (row) => row.key);
    return <K extends ParameterKey>(key: K, at: Instant) =>
        inForceAt(parameterDefinition(key), (byKey.get(key) ?? []).map(rowOf), at) as ParameterInForce<ParameterValueOf<K>>;
}

/** When a figure changed, in order of time: between two of them one is in force. */
export async function changesOf(db: ReadDb, orgId: Id, key: ParameterKey): Promise<Instant[]> {
    const rows = await db
        .selectFrom('parameter')
        .select('from_at')
        .distinct()
        .where('org_id', '=', orgId)
        .where('key', '=', key)
        .orderBy('from_at')
        .execute();
    return rows.map((row) => row.from_at);
}

const ROW = ['id', 'value', 'standing', 'basis', 'from_at', 'decided_at'] as const;
type Row = { id: Id; value: unknown; standing: string; basis: string; from_at: Instant; decided_at: Instant };

export const rowOf = ({ id, value, standing, basis, from_at, decided_at }: Row): ParameterRow => ({
    id,
    value: value as ParameterValue | null,
    standing: standing as ParameterRow['standing'],
    basis,
    from: from_at,
    decidedAt: decided_at,
});

/** A value as it goes to clients. */
export type ParameterWireValue = ResponseOf<Endpoints['parameter.list']>['items'][number]['value'];
