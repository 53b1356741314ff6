import type { Id } from '@liuhen/domain';
import { hand } from '../paper.ts';
import { answered, readOut } from '../scene.ts';
import { AT, FINE, PARTY, PLACE } from './penalty-facts.ts';
import * as papers from './penalty-papers.ts';
import type { Seized } from './penalty-scene.ts';
import { both, step, type Told } from './penalty-told.ts';

export type Decided = { readonly decision: Id; readonly number: string; readonly disposal: Id };

/** 处罚法57; 强制法27: what was seized is disposed of before its term ends. */
export async function decide(told: Told, penalty: Id, seized: Seized): Promise<Decided> {
    const { stage, cast, desk, partyId } = told;
    const { agency } = cast;
    await stage.until(AT.decided);
    const decision = await desk.begin('penaltyDecision', { caseId: penalty, partyId }, papers.decision);
    await desk.approved(decision, 'penaltyDecision', agency, { legal: { needed: true, reason: '经过听证程序（处罚法第58条）' } });
    await step(told, agency, 'case.approve', penalty, 'decide', { fine: FINE });
    const number = await desk.issued(decision, 'penaltyDecision');
    await stage.until(AT.disposed);
    const disposal = await desk.begin(
        'seizureDisposal',
        { caseId: seized.id, partyId },
        papers.disposal(both(told), seized.number),
    );
    await desk.approved(disposal, 'seizureDisposal', agency);
    await desk.issued(disposal, 'seizureDisposal');
    await step(told, agency, 'case.approve', seized.id, 'dispose', { outcome: 'destroyed' });
    return { decision, number, disposal };
}

const REFUSAL = '安沐之在场，对罚款数额有意见，拒绝在送达回执上签名';
const WITNESS = '同心居委会 程小满（虚构）';

/** 留置送达, recorded by both officers (正文二(二)1; 民诉法89); complete once the recordings are there. */
export async function serve(told: Told, penalty: Id, seized: Seized, { decision, disposal }: Decided): Promise<void> {
    const { stage, cast, desk, partyId, premisesId } = told;
    const { first, second, section } = cast;
    await stage.until(AT.servedEnd);
    const { id: actId } = await first.call('act.create', {
        body: {
            scenario: 'lienService',
            siteKind: 'premises',
            partyId,
            premisesId,
            place: PLACE,
            startsAt: AT.served,
            endsAt: AT.servedEnd,
            participants: [first, second].map(({ id }) => ({ personId: id, part: 'officer' as const })),
        },
    });
    await answered(stage, actId, AT.served);
    await first.call('case.linkAct', { params: { id: penalty }, body: { actId } });
    const facts = { mode: 'lien' as const, place: '示范路 302 号前台', refusal: REFUSAL, leftAt: AT.servedEnd, witness: WITNESS };
    const begun: Id[] = [];
    for (const id of [decision, disposal]) {
        const service = await desk.beginService(id, PARTY.name, facts, actId);
        begun.push(service.id);
        // Nobody took it in hand: who saw it left there signs (民事诉讼法 2023 第89条).
        await desk.receiptOf(service.receiptId, id, PARTY.name, papers.leftReceipt(WITNESS), [
            { ...hand('recipient', PARTY.legalRepresentative), refusal: { reason: REFUSAL, witness: WITNESS } },
            hand('witness', WITNESS),
        ]);
    }
    await stage.until(AT.servedHandedIn);
    await readOut(stage, actId, 'lienService');
    for (const id of begun) await first.call('document.closeService', { params: { id }, body: { outcome: 'served' } });
    await step(told, first, 'case.step', penalty, 'serve');
    await step(told, section, 'case.review', seized.id, 'close');
}

export async function close(told: Told, penalty: Id, { number }: Decided): Promise<void> {
    const { stage, cast, desk, partyId } = told;
    const { first, section, agency } = cast;
    await stage.until(AT.published);
    await step(told, first, 'case.step', penalty, 'publish');
    await stage.until(AT.paid);
    await step(told, first, 'case.step', penalty, 'perform');
    await stage.until(AT.closed);
    const report = await desk.begin('closingReport', { caseId: penalty, partyId }, papers.closing(both(told), number));
    await desk.approved(report, 'closingReport', agency);
    await step(told, section, 'case.review', penalty, 'close');
    await desk.fileAll('档案室 2 柜 3 层 2026-CF-0001');
}
