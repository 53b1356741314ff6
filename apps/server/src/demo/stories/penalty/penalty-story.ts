import { dayOf } from '@liuhen/domain';
import { PEOPLE } from '../../demo-data.ts';
import { setParameter } from '../set-parameter.ts';
import type { Stage } from '../stage.ts';
import { close, decide, serve } from './penalty-decision.ts';
import { CAST, type Cast, deskOf } from './penalty-desk.ts';
import { AT, PARTY } from './penalty-facts.ts';
import { hear, notify, review } from './penalty-hearing.ts';
import { investigate } from './penalty-investigation.ts';
import type { Named } from './penalty-papers.ts';
import { handIn, seize, visit } from './penalty-scene.ts';
import type { Told } from './penalty-told.ts';

/** 普通程序: a check finds waste to seize; seizure, filing, hearing, decision, 留置送达, disposal, performance and closure. */
export async function penaltyStory(stage: Stage): Promise<void> {
    await stage.until(AT.ready);
    // 处罚法45 leaves the time to the agency; it is the one that its notices name.
    const term = {
        key: 'deadline.defence' as const,
        value: { length: 5, unit: 'workday' as const },
        standing: 'verify' as const,
    };
    const change = { ...term, basis: '告知书给定的期限（演示）', from: dayOf(AT.ready), reason: '启用告知书' };
    await setParameter(stage.by('gu'), stage.by('meng'), change);
    await stage.until(AT.visitEnd);
    const cast = Object.fromEntries(Object.entries(CAST).map(([part, key]) => [part, stage.by(key)])) as Cast;
    const named = namedBy(cast);
    const { id: partyId } = await cast.first.call('party.create', { body: PARTY });
    const premises = { name: '1 层门诊', address: PARTY.address };
    const { id: premisesId } = await cast.first.call('party.addPremises', { params: { id: partyId }, body: premises });
    const told: Told = { stage, cast, desk: deskOf(stage, cast, named), named, partyId, premisesId };

    const found = await visit(told);
    const coercion = await seize(told, found);
    await handIn(told, found);
    await investigate(told, found.penalty);
    await notify(told, found.penalty);
    await hear(told, found.penalty);
    await review(told, found.penalty);
    const papers = await decide(told, found.penalty, coercion);
    await serve(told, found.penalty, coercion, papers);
    await close(told, found.penalty, papers);
}

/** As the forms name them. */
const namedBy =
    (cast: Cast) =>
    (who: keyof Cast): Named => ({
        person: cast[who].id,
        name: cast[who].name,
        certificate: PEOPLE.find((each) => each.key === CAST[who])?.certificate ?? '',
    });
