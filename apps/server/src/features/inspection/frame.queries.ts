import { type CampaignFrame, type CampaignRules, DomainError, type FrameAct, type Id, MOST_FRAME_ACTS } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

export type FrozenFrame = { readonly frame: CampaignFrame; readonly unrecorded: Id[]; readonly secretActs: Id[] };

/**
 * Every act of the rules' kinds that began in the period, with a recording or without, closed or not. Nothing is left out here:
 * what is not drawn from is listed apart by the draw. Throws `inspection.frameTooLarge`.
 */
export async function frameOf(db: ReadDb, rules: CampaignRules): Promise<FrozenFrame> {
    const inPeriod = db
        .selectFrom('act as a')
        .select(['a.id', 'a.number', 'a.org_id as organisation', 'a.scenario', 'a.state', 'a.secrecy'])
        .select((of) =>
            of
                .exists(
                    of
                        .selectFrom('recording as r')
                        .select('r.id')
                        .whereRef('r.act_id', '=', 'a.id')
                        .where('r.role', '=', 'original'),
                )
                .as('recorded'),
        )
        .where(
            'a.org_id',
            'in',
            rules.organisations.map((each) => each.id),
        )
        .where('a.starts_at', '>=', rules.from)
        .where('a.starts_at', '<', rules.to);
    const ofKinds = rules.scenarios.length === 0 ? inPeriod : inPeriod.where('a.scenario', 'in', rules.scenarios);
    const rows = await ofKinds.limit(MOST_FRAME_ACTS + 1).execute();
    if (rows.length > MOST_FRAME_ACTS) throw new DomainError('inspection.frameTooLarge', { most: MOST_FRAME_ACTS });
    return {
        frame: { v: 1, acts: rows.map(({ recorded: _, secrecy: __, ...act }): FrameAct => act) },
        unrecorded: rows.filter((row) => row.recorded !== true).map((row) => row.id),
        secretActs: rows.filter((row) => row.secrecy !== null).map((row) => row.id),
    };
}

/** Of the acts drawn: who took part, taken off the list again or not, and the officers whose scores they count in. */
export async function peopleOfActs(db: ReadDb, acts: readonly Id[]) {
    if (acts.length === 0) return { tookPart: new Map<Id, Id[]>(), officers: new Map<Id, Officer[]>() };
    const rows = await db
        .selectFrom('act_participant as ap')
        .innerJoin('person as p', 'p.id', 'ap.person_id')
        .select(['ap.act_id as act', 'ap.part', 'ap.removed_at as removedAt', 'p.id', 'p.name'])
        .select('p.certificate_number as certificateNumber')
        .where('ap.act_id', 'in', acts)
        .orderBy('ap.id')
        .execute();
    const grouped = [...Map.groupBy(rows, (row) => row.act)];
    return {
        tookPart: new Map(grouped.map(([act, people]) => [act, people.map((each) => each.id)])),
        officers: new Map(
            grouped.map(([act, people]) => [
                act,
                people
                    .filter((each) => each.part === 'officer' && each.removedAt === null)
                    .map(({ id, name, certificateNumber }): Officer => ({ id, name, certificateNumber })),
            ]),
        ),
    };
}

export type Officer = { readonly id: Id; readonly name: string; readonly certificateNumber: string | null };
