import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    formatVerifierKey,
    HEAD_HASHES,
    type HeadHash,
    type Id,
    type PolicyWitness,
    SECOND,
    toHex,
    utf8Text,
} from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../../platform/page-cursor.ts';
import type { Witnesses } from '../../../platform/witnesses.ts';
import { alarmOf, lastCheckpoint, logSize } from './checkpoint.queries.ts';
import {
    cosignaturesOf,
    lastCosigned,
    shownWithout,
    withCosignatures,
    witnessLapses,
    witnessTroubles,
} from './witness.queries.ts';

type Query = QueryOf<Endpoints['ledger.checkpoints']>;
type List = ResponseOf<Endpoints['ledger.checkpoints']>;

const cursorShape = z.tuple([z.int(), z.enum(HEAD_HASHES)]);

/** Who witnesses, and who keeps every entry. */
type Known = Pick<Witnesses, 'witnesses'> & { readonly mirrors?: readonly PolicyWitness[] };

/** One page of the checkpoints of a log, newest first, and how far the log is signed. */
export async function listCheckpoints(db: ReadDb, orgId: Id, query: Query, known: Known): Promise<List> {
    const asked = db
        .selectFrom('ledger.checkpoint')
        .where('org_id', '=', orgId)
        .$if(query.head !== undefined, (some) => some.where('hash', '=', query.head ?? 'sha256'))
        .$if(query.from !== undefined, (some) => some.where('at', '>=', query.from ?? 0))
        .$if(query.to !== undefined, (some) => some.where('at', '<', query.to ?? 0));
    const after = cursorKeys(cursorShape, query.cursor);
    const found = await asked
        .$if(after !== undefined, (some) => {
            const [size, hash] = after ?? [0, 'sha256'];
            return some.where((is) => is.or([is('size', '<', size), is.and([is('size', '=', size), is('hash', '>', hash)])]));
        })
        .select(['hash', 'size', 'root', 'at', 'note'])
        .orderBy('size', 'desc')
        .orderBy('hash')
        .limit(query.limit + 1)
        .execute();
    const { total } = await asked.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.size, row.hash]);
    const sizes = (head: HeadHash) => rows.filter(({ hash }) => hash === head).map(({ size }) => size);
    const cosigned = {
        sha256: await cosignaturesOf(db, orgId, 'sha256', sizes('sha256')),
        sm3: await cosignaturesOf(db, orgId, 'sm3', sizes('sm3')),
    };
    const items = rows.map(({ hash, size, root, at, note: signed }) => {
        const by = cosigned[hash].filter((each) => each.size === size);
        const note = withCosignatures(signed, by);
        return {
            head: hash,
            size: String(size),
            root: toHex(root),
            at,
            // As it is, even where somebody tampered with it.
            note: utf8Text(note) ?? toHex(note),
            witnesses: by.map(({ verifier, time }) => ({ name: nameIn(verifier), at: time * SECOND })),
        };
    });
    return { items, next, total, standing: await standingOf(db, orgId, known) };
}

const nameIn = (verifier: string): string => verifier.split('+')[0] ?? '';

async function witnessStandings(
    db: ReadDb,
    orgId: Id,
    witnesses: readonly PolicyWitness[],
): Promise<List['standing']['witnesses']> {
    const troubles = (await witnessTroubles(db, orgId)).filter(({ hash }) => hash === 'sha256');
    const lapses = await witnessLapses(db, orgId, 'sha256');
    const standings: List['standing']['witnesses'] = [];
    for (const { key } of witnesses) {
        const verifier = formatVerifierKey(key);
        const last = await lastCosigned(db, orgId, 'sha256', verifier);
        const trouble = troubles.find((each) => each.verifier === verifier);
        const lapse = lapses.find((each) => each.verifier === verifier);
        standings.push({
            name: key.name,
            size: last === undefined ? null : String(last.size),
            at: last === undefined ? null : last.time * SECOND,
            trouble:
                trouble === undefined ? null : { code: trouble.code, params: shownWithout(trouble.params), since: trouble.since },
            lapse:
                lapse === undefined
                    ? null
                    : {
                          ...{ had: String(lapse.had), answered: String(lapse.answered) },
                          ...{ times: lapse.times, since: lapse.since, at: lapse.at },
                      },
        });
    }
    return standings;
}

async function standingOf(db: ReadDb, orgId: Id, known: Known): Promise<List['standing']> {
    const signed = await lastCheckpoint(db, orgId, 'sha256');
    const alarm = await alarmOf(db, orgId);
    return {
        size: String(await logSize(db, orgId)),
        signed: String(signed?.size ?? 0),
        witnesses: await witnessStandings(db, orgId, known.witnesses),
        mirrors: await witnessStandings(db, orgId, known.mirrors ?? []),
        alarm: alarm === undefined ? null : { ...alarm, params: JSON.parse(alarm.params) },
    };
}
