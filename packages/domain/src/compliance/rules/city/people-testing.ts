import type { ActSegmentFacts, ParticipantFacts, PresenceFacts } from '../../../act/coverage-facts.ts';
import { MINUTE } from '../../../kernel/instant.ts';
import type { Draft } from './draft-testing.ts';
import type { Block } from './holes-testing.ts';
import { isIn, piecesOf } from './pieces-testing.ts';

type Stretch = { readonly start: number; readonly end: number };

/** Where somebody was, and when. */
const staysOf = (
    segments: readonly ActSegmentFacts[],
    own: readonly PresenceFacts[],
): (Stretch & { segment: ActSegmentFacts })[] =>
    own.flatMap(({ segmentId, during }) =>
        segments.filter((each) => each.id === segmentId).map((segment) => ({ ...(during ?? segment.during), segment })),
    );

/** What an officer had to record: as long as they were somewhere where recorders and no room's camera record. */
export function blocksOf(segments: readonly ActSegmentFacts[], own: readonly PresenceFacts[]): Block[] {
    const stays = staysOf(segments, own).filter((each) => each.segment.room === null);
    const edges = stays.flatMap((each) => [each.start, each.end]);
    const there = (at: number) => stays.filter((each) => isIn(each, at));
    const modals = piecesOf(edges, (at) => {
        const now = there(at);
        if (now.length === 0) return null;
        return now.some((each) => each.segment.recording === 'must') ? 'must' : 'should';
    });
    return piecesOf(edges, (at) => there(at).length > 0)
        .filter((each) => each.value)
        .map(({ start, end }) => ({
            start,
            end,
            modals: modals.flatMap((each) =>
                each.value === null || each.start < start || each.end > end ? [] : [{ ...each, value: each.value }],
            ),
        }));
}

/** 附件1 第5条: where the party is, every stretch that fewer than two of these spend there. */
function aloneStretches(segments: readonly ActSegmentFacts[], of: readonly ParticipantFacts[]): Stretch[] {
    const onSite = segments.filter((each) => each.onSite);
    const edges = segments.flatMap(({ during }) => [during.start, during.end]);
    for (const { own } of of) for (const { during } of own) if (during !== null) edges.push(during.start, during.end);
    const isAlone = (at: number) =>
        onSite.some((segment) => {
            if (!isIn(segment.during, at)) return false;
            const here = of.filter(({ own }) => staysOf([segment], own).some((each) => isIn(each, at)));
            return here.length < 2;
        });
    return piecesOf(edges, isAlone).filter((each) => each.value);
}

export function noteOfficers(
    { notes }: Draft,
    segments: readonly ActSegmentFacts[],
    people: readonly ParticipantFacts[],
    { stated, isOver }: { stated: boolean; isOver: boolean },
): void {
    if (segments.length > 0 && segments.every((each) => !each.onSite)) return;
    notes.applies('twoOfficers');
    if (!stated) {
        notes.waits('twoOfficers', 'actTimes');
        return;
    }
    const officers = people.filter((each) => each.part === 'officer');
    const valid = officers.filter((each) => each.certificate === 'valid');
    const perhaps = officers.filter((each) => each.certificate !== 'invalid');
    if (perhaps.length < 2) {
        if (isOver) notes.plant('twoOfficers', { code: 'officers.fewer' });
        else notes.waits('twoOfficers', 'actEnd');
        return;
    }
    const alone = aloneStretches(segments, perhaps);
    if (alone.length > 0 && !isOver) {
        notes.waits('twoOfficers', 'actEnd');
        return;
    }
    for (const { start, end } of alone) notes.plant('twoOfficers', { code: 'officers.alone', from: start, to: end });
    if (valid.length < 2 || aloneStretches(segments, valid).length > 0) notes.waits('twoOfficers', 'certificate');
}

/** Who takes part: two to four officers, and others who never count. */
export function makePeople(draft: Draft, segments: readonly ActSegmentFacts[], ids: readonly string[]): ParticipantFacts[] {
    const { dice, wrongPermille } = draft;
    const everywhere = segments.map((each): PresenceFacts => ({ segmentId: each.id, during: null }));
    const somebody = (id: string, part: ParticipantFacts['part']): ParticipantFacts => ({
        ...{ id, name: id, part, own: everywhere, certificate: 'valid' },
        intake: dice.chance(500) ? 'pending' : 'complete',
    });
    const count = dice.pick([2, 2, 2, 3, 4]);
    const officers = ids.slice(0, count).map((id) => somebody(id, 'officer'));
    const isTeam = segments.length === 2 && count > 2 && dice.chance(300);
    const placed = officers.map((each, at): ParticipantFacts => {
        // Two teams at two sites; with three officers the third is alone at the second.
        if (isTeam) return { ...each, own: everywhere.filter((_, index) => index === Number(at >= 2)) };
        const comesAndGoes = count > 2 ? at === 2 && dice.chance(300) : at === 1 && dice.chance(wrongPermille);
        return comesAndGoes ? { ...each, own: partOf(draft, segments) } : each;
    });
    const certified = placed.map((each, at): ParticipantFacts => {
        if (at === 0 || !dice.chance(wrongPermille)) return each;
        return dice.chance(300) ? { ...each, part: 'assistant' } : { ...each, certificate: dice.pick(['invalid', 'unknown']) };
    });
    const others = (['assistant', 'otherAgency', 'partyPerson'] as const).flatMap((part, at) =>
        dice.chance(200) ? [somebody(ids[4 + at] ?? '', part)] : [],
    );
    return [...certified, ...others];
}

/** Comes later, leaves before, or goes away in between. */
function partOf({ dice }: Draft, segments: readonly ActSegmentFacts[]): PresenceFacts[] {
    const way = dice.pick(['late', 'early', 'away']);
    const chosen = dice.between(0, segments.length - 1);
    return segments.flatMap(({ id, during: { start, end } }, at): PresenceFacts[] => {
        if (at !== chosen) return [{ segmentId: id, during: null }];
        const third = Math.floor((end - start) / 3 / MINUTE) * MINUTE;
        if (way === 'late') return [{ segmentId: id, during: { start: start + third, end } }];
        if (way === 'early') return [{ segmentId: id, during: { start, end: end - third } }];
        return [
            { segmentId: id, during: { start, end: start + third } },
            { segmentId: id, during: { start: end - third, end } },
        ];
    });
}
