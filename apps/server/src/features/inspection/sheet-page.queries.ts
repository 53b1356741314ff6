import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    answersThatCount,
    DomainError,
    frameRateMilliOf,
    type Id,
    type Instant,
    isSecrecyHead,
    isWithheld,
    type Permission,
    permissionsOf,
    type Subject,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { recordStandingOf } from '../act/act-list.queries.ts';
import { inspectionsOf, recordingsOfActs } from '../act/act-parts.queries.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { derivedOf } from '../recording/derived.queries.ts';
import { shownOf } from '../recording/recording.queries.ts';
import { peopleOfActs } from './frame.queries.ts';
import { sheetsToHandIn } from './independence.queries.ts';
import { type FullRow, inspectionById, rulesIn } from './inspection.queries.ts';
import { peopleById } from './reach.queries.ts';
import {
    type AppealRow,
    answersIn,
    appealUntil,
    correctionsOfSheets,
    officersIn,
    pointsIn,
    type SheetRow,
    schemeIn,
    scoreOf,
} from './sheet.queries.ts';

type Page = ResponseOf<Endpoints['inspectionSheet.get']>;
type Who = { id: Id; name: string };

/** A review sheet with all that hangs on it, as far as the reader may see it. */
export async function getSheet(db: ReadDb, subject: Subject, id: Id, now: Instant): Promise<Page> {
    const { organisationId: own, personId } = subject;
    const row = await db.selectFrom('inspection_sheet').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined || (row.org_id !== own && row.act_org_id !== own)) throw new DomainError('inspection.sheetNotFound');
    const campaign = await inspectionById(db, own, row.inspection_id);
    const isOwner = row.org_id === own;
    const found = await actOf(db, subject, row, now);
    const act = found?.shown ?? null;
    const toHandIn = await sheetsToHandIn(db, personId);
    const withheld = isWithheld({ reviewerId: row.reviewer_id, actId: row.act_id }, { personId, toHandIn });
    // 附件1 第12条: of an act that is hidden from the reader the sheet is its number, its state and its score.
    const shown = act !== null && !withheld;
    const rectifications = shown
        ? await db.selectFrom('inspection_rectification').selectAll().where('sheet_id', '=', id).orderBy('id').execute()
        : [];
    const appeals = shown
        ? await db.selectFrom('inspection_appeal').selectAll().where('sheet_id', '=', id).orderBy('id').execute()
        : [];
    const people = await peopleById(db, [
        row.reviewer_id,
        ...rectifications.flatMap((each) => [each.responsible_id, each.ordered_by, each.answered_by, each.checked_by]),
        ...appeals.flatMap((each) => [each.appealed_by, each.decided_by]),
    ]);
    const who = (of: Id): Who => ({ id: of, name: people.get(of)?.name ?? '—' });
    const whoOf = (of: Id | null): Who | null => (of === null ? null : who(of));
    const { tookPart } = await peopleOfActs(db, [row.act_id]);
    const wasThere = (tookPart.get(row.act_id) ?? []).includes(personId);
    const officers = officersIn(row);
    const may = (permission: Permission) => permissionsOf(subject.roles).includes(permission);
    const isHead = row.act_org_id === own && isSecrecyHead(subject);
    const concerned = isHead || officers.some((each) => each.id === personId);
    const corrected = appeals.filter((each) => each.state === 'upheld').flatMap((each) => [...pointsIn(each)]);
    const until = appealUntil(row.closed_at, campaign.appeal_days);
    const drawn = campaign.state === 'drawn';
    const waits = appeals.some((each) => each.state === 'waiting');
    const { organisations } = rulesIn(campaign);
    const isReviewer = row.reviewer_id === personId && may('inspection.review') && !wasThere;
    const writes = drawn && shown && isOwner && row.state === 'open' && isReviewer;
    const judges = drawn && isOwner && may('inspection.decide') && row.reviewer_id !== personId && !wasThere;
    const decidable = judges ? appeals.filter((each) => each.state === 'waiting' && each.appealed_by !== personId) : [];
    return {
        id,
        version: row.version,
        inspection: { id: campaign.id, number: campaign.number, title: campaign.title, state: campaign.state, own: isOwner },
        place: row.place,
        actId: row.act_id,
        number: row.act_number,
        organisation: { id: row.act_org_id, name: organisations.find((each) => each.id === row.act_org_id)?.name ?? '' },
        scenario: row.scenario,
        stratum: row.stratum,
        act,
        officers: act === null ? [] : [...officers],
        reviewer: isOwner ? whoOf(row.reviewer_id) : null,
        state: row.state,
        scheme: [...schemeIn(campaign)],
        // What is being written is the reviewer's until it is finished.
        answers:
            shown && (isOwner || row.state === 'finished')
                ? answersIn(row).map((each) => ({ ...each, moments: [...each.moments] }))
                : [],
        counting: shown && row.state === 'finished' ? countingOf(row, corrected) : [],
        remark: shown && (isOwner || row.state === 'finished') ? row.remark : null,
        score: withheld ? null : await scoreShown(db, row, campaign),
        ownSheetFirst: withheld ? (toHandIn.get(row.act_id) ?? null) : null,
        skipReason: row.skip_reason,
        closedAt: row.closed_at,
        appealUntil: until,
        may: {
            write: writes,
            play: (writes || (shown && decidable.length > 0)) && found?.isSecret === false,
            assign: drawn && isOwner && row.state === 'open' && may('inspection.manage'),
            appeal:
                drawn &&
                shown &&
                row.state === 'finished' &&
                concerned &&
                !waits &&
                may('inspection.respond') &&
                (until === null || now < until),
            order: drawn && shown && isOwner && row.state === 'finished' && may('inspection.review'),
        },
        rectifications: rectifications.map((each) => ({
            id: each.id,
            words: each.words,
            responsible: whoOf(each.responsible_id),
            dueDay: each.due_day,
            state: each.state,
            orderedBy: who(each.ordered_by),
            answer: each.answer,
            answeredBy: whoOf(each.answered_by),
            answeredAt: each.answered_at,
            checkWords: each.check_words,
            checkedBy: whoOf(each.checked_by),
            checkedAt: each.checked_at,
            may: {
                answer:
                    drawn && each.state === 'open' && may('inspection.respond') && (isHead || each.responsible_id === personId),
                check: drawn && isOwner && each.state === 'answered' && may('inspection.review') && each.answered_by !== personId,
            },
        })),
        appeals: appeals.map((each) => ({
            ...wireAppeal(each, who, whoOf),
            mayDecide: decidable.includes(each),
        })),
    };
}

const wireAppeal = (row: AppealRow, who: (id: Id) => Who, whoOf: (id: Id | null) => Who | null) => ({
    id: row.id,
    items: row.items,
    words: row.words,
    state: row.state,
    appealedBy: who(row.appealed_by),
    appealedAt: row.appealed_at,
    points: pointsIn(row).map((each) => ({ ...each })),
    decision: row.decision,
    decidedBy: whoOf(row.decided_by),
    decidedAt: row.decided_at,
});

const countingOf = (row: SheetRow, corrected: Parameters<typeof answersThatCount>[1]): Page['counting'] =>
    answersThatCount(answersIn(row), corrected).map(({ item, points }) => ({ item, points: points ?? null }));

/** The score counts every upheld objection, also of an act that the reader sees only as a number. */
async function scoreShown(db: ReadDb, row: SheetRow, campaign: FullRow): Promise<number | null> {
    const corrected = await correctionsOfSheets(db, [row.id]);
    return scoreOf(schemeIn(campaign), row, corrected.get(row.id)) ?? null;
}

/** The act beside the sheet, null where no more than its number may be seen. Heads see what is secret of their own organisation only. */
async function actOf(db: ReadDb, subject: Subject, row: SheetRow, now: Instant) {
    const ownAct = row.act_org_id === subject.organisationId;
    const act = await db
        .selectFrom('act as a')
        .leftJoin('party as y', 'y.id', 'a.party_id')
        .select(['a.place', 'a.starts_at as startsAt', 'a.ends_at as endsAt', 'a.secrecy', 'y.name as party'])
        .select(seesAct(subject).as('visible'))
        .where('a.id', '=', row.act_id)
        .executeTakeFirst();
    if (act === undefined || (act.secrecy !== null && !(ownAct && act.visible === true))) return null;
    const standing = await recordStandingOf(db, row.act_org_id, row.act_id, now);
    if (standing === undefined) return null;
    const recordings = await recordingsToPlay(db, row.act_id);
    const { place, startsAt, endsAt, party } = act;
    return { isSecret: act.secrecy !== null, shown: { party, place, startsAt, endsAt, standing, recordings, opens: ownAct } };
}

/** The recordings of the act as players need them, in the order of their own clocks. */
async function recordingsToPlay(db: ReadDb, actId: Id): Promise<NonNullable<Page['act']>['recordings']> {
    const recordings = (await recordingsOfActs(db, [actId])).get(actId) ?? [];
    const files = recordings.map((each) => each.id);
    const inspections = await inspectionsOf(db, files);
    const derived = await derivedOf(db, files);
    const people = await peopleById(
        db,
        recordings.map((each) => each.personId),
    );
    return recordings.map(({ id, name, personId, device, stretches, state }) => {
        const inspection = inspections.get(id) ?? null;
        return {
            ...{ id, name, personId, device, stretches },
            frameRateMilli: inspection === null ? null : (frameRateMilliOf(inspection) ?? null),
            playable: shownOf(state, inspection, derived.get(id)) !== null,
            officer: personId === null ? null : (people.get(personId)?.name ?? null),
        };
    });
}
