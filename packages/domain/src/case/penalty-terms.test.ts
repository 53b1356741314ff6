import { describe, expect, it } from 'vitest';
import { ALL, at, document, without } from './case-testing.ts';
import { type TermTable, termAt } from './terms-testing.ts';

/** The notice handed over on 13 October, the decision on the 22nd, the demand on 10 November. */
const documents = ALL.map((each) => {
    if (['priorNotice', 'hearingRightNotice'].includes(each.type)) return document(each.type, 'served', at('2026-10-13 09:00'));
    if (['penaltyDecision', 'noPenaltyDecision'].includes(each.type))
        return document(each.type, 'served', at('2026-10-22 16:00'));
    return each.type === 'demandLetter' ? document(each.type, 'served', at('2026-11-10 09:00')) : each;
});

const FILED = 'file 09-02 09:00';
const NOTICED = `${FILED}, investigate 10-09 09:00, deliberate 10-12 09:00, notify 10-13 09:00`;
const DECIDED = `${NOTICED}, decide 10-19 09:00`;
const SERVED = `${DECIDED}, serve 10-23 09:00`;
const NONE = `${NOTICED}, decideNone 10-19 09:00`;
const REOPENED = `${SERVED}, reopen 11-02 09:00`;
const PUBLISHED = `${SERVED}, publish 10-26 09:00, reopen 11-02 09:00`;
const hearing = { deliberate: { hearingDue: true } };

const remedy = (key: 'deadline.review' | 'deadline.litigation', lastDay: string): TermTable => ({
    procedure: 'penalty',
    key,
    rows: [
        ['does not run before the service', DECIDED, '10-20 09:00', '-'],
        ['runs from it', SERVED, '10-24 09:00', `10-22 16:00..${lastDay} =running`],
        ['runs on after payment: who paid may contest', `${SERVED}, perform 10-30 09:00`, '11-24 09:00', '10-22 16:00=running'],
        ['runs for a decision not to penalise', `${NONE}, serve 10-23 09:00`, '10-24 09:00', `10-22 16:00..${lastDay} =running`],
        ['is gone with the decision that was annulled', REOPENED, '11-24 09:00', '-'],
    ],
});

const TABLES: readonly TermTable[] = [
    {
        procedure: 'penalty',
        key: 'deadline.limitation',
        start: { breachAt: at('2026-06-01 09:00') },
        rows: [
            ['runs from the breach', '', '09-02 09:00', '06-01 09:00..2028-06-01 =running'],
            ['ends when the case is filed', FILED, '09-03 09:00', '06-01 09:00=met @09-02 09:00'],
            ['ends with the decision not to file', 'notFile 09-02 09:00', '2030-01-01 09:00', '06-01 09:00=met @09-02 09:00'],
            ['ends with the transfer', 'transfer 09-02 09:00', '2030-01-01 09:00', '06-01 09:00=met @09-02 09:00'],
            ['is not the one where people were harmed', '', '2030-01-01 09:00', '06-01 09:00..2028-06-01 =late'],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.limitationGrave',
        start: { breachAt: at('2026-06-01 09:00'), graveHarm: true },
        rows: [['runs five years', '', '09-02 09:00', '06-01 09:00..2031-06-01 =running']],
    },
    {
        procedure: 'penalty',
        key: 'deadline.caseFiling',
        rows: [
            ['runs from the lead, of unknown length', '', '09-02 09:00', '09-01 09:00..? =unset'],
            ['ends with the filing', FILED, '09-03 09:00', '09-01 09:00=met @09-02 09:00'],
            ['stays ended when the case is reopened', REOPENED, '12-01 09:00', '09-01 09:00=met @09-02 09:00'],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.penaltyDecision',
        rows: [
            ['does not run before the filing', '', '09-02 09:00', '-'],
            ['runs from the filing', NOTICED, '10-14 09:00', '09-02 09:00..2026-12-01 =running'],
            ['ends with the decision', DECIDED, '12-20 09:00', '09-02 09:00=met @10-19 09:00'],
            ['ends with the decision not to penalise', NONE, '12-20 09:00', '09-02 09:00=met @10-19 09:00'],
            ['ends when the case is dropped', `${FILED}, drop 10-01 09:00`, '12-20 09:00', '09-02 09:00=met @10-01 09:00'],
            ['runs anew from the reopening', REOPENED, '12-01 09:00', '11-02 09:00..2027-01-31 =running'],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.penaltyDecision',
        start: {
            exclusions: [{ from: at('2026-09-10 09:00'), until: at('2026-09-20 09:00'), keys: ['deadline.penaltyDecision'] }],
        },
        rows: [['stands still meanwhile', NOTICED, '10-14 09:00', '09-02 09:00..2026-12-11 =running']],
    },
    {
        procedure: 'penalty',
        key: 'deadline.defence',
        rows: [
            ['runs from the notice handed over', NOTICED, '10-14 09:00', '10-13 09:00..2026-10-16 =running'],
            ['is over by itself', NOTICED, '10-19 09:00', '10-13 09:00..2026-10-16 =over'],
            [
                'ends when the party was heard',
                `${NOTICED}, hearDefence 10-14 10:00`,
                '10-15 09:00',
                '10-13 09:00=met @10-14 10:00',
            ],
            ['ends when it lets it go', `${NOTICED}, waiveDefence 10-14 10:00`, '10-15 09:00', '10-13 09:00=met @10-14 10:00'],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.defence',
        start: {
            documents: [
                ...without('priorNotice', 'hearingRightNotice'),
                document('hearingRightNotice', 'served', at('2026-10-13 09:00')),
            ],
        },
        rows: [
            [
                'runs from the notice about the hearing where that is the one, not from the step entered later',
                NOTICED.replace('notify 10-13', 'notify 10-15'),
                '10-16 09:00',
                '10-13 09:00..2026-10-16 =running',
            ],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.hearingRequest',
        rows: [['is not offered where none is due', NOTICED, '10-14 09:00', '-']],
    },
    {
        procedure: 'penalty',
        key: 'deadline.hearingRequest',
        data: hearing,
        rows: [
            ['runs from the notice, five working days', NOTICED, '10-14 09:00', '10-13 09:00..2026-10-20 =running'],
            [
                'ends when it is asked for',
                `${NOTICED}, requestHearing 10-14 10:00`,
                '11-14 09:00',
                '10-13 09:00=met @10-14 10:00',
            ],
            ['ends when it is waived', `${NOTICED}, waiveHearing 10-14 10:00`, '11-14 09:00', '10-13 09:00=met @10-14 10:00'],
            [
                'goes on when only the defence is waived',
                `${NOTICED}, waiveDefence 10-14 10:00`,
                '10-15 09:00',
                '10-13 09:00=running',
            ],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.penaltyService',
        rows: [
            ['runs from the decision, seven working days', DECIDED, '10-20 09:00', '10-19 09:00..2026-10-28 =running'],
            ['ends the day the paper was served', `${DECIDED}, serve 11-06 09:00`, '11-14 09:00', '10-19 09:00=met @10-22 16:00'],
            ['runs for a decision not to penalise', NONE, '10-20 09:00', '10-19 09:00..2026-10-28 =running'],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.publishDecision',
        rows: [
            ['runs from the decision', DECIDED, '10-20 09:00', '10-19 09:00..2026-10-28 =running'],
            ['ends when it is public', `${SERVED}, publish 10-26 09:00`, '11-14 09:00', '10-19 09:00=met @10-26 09:00'],
            ['does not run for a decision not to penalise', NONE, '10-20 09:00', '-'],
            ['ends with the decision when that is annulled', REOPENED, '12-01 09:00', '-'],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.withdrawPublication',
        rows: [
            ['does not run where nothing was public', REOPENED, '11-03 09:00', '-'],
            ['runs three working days from the annulment', PUBLISHED, '11-03 09:00', '11-02 09:00..2026-11-05 =soon'],
            [
                'ends when it was taken back',
                `${PUBLISHED}, withdrawPublication 11-04 09:00`,
                '12-03 09:00',
                '11-02 09:00=met @11-04 09:00',
            ],
            ['is late after that', PUBLISHED, '11-06 09:00', '11-02 09:00=late'],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.finePayment',
        rows: [
            ['does not run before the party has the decision', DECIDED, '10-20 09:00', '-'],
            ['runs from the day it received it', SERVED, '10-24 09:00', '10-22 16:00..2026-11-06 =running'],
            ['ends with the payment', `${SERVED}, perform 10-30 09:00`, '12-01 09:00', '10-22 16:00=met @10-30 09:00'],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.finePayment',
        data: { decide: { fine: 0 } },
        rows: [['does not run where there is no fine', SERVED, '10-24 09:00', '-']],
    },
    remedy('deadline.review', '2026-12-21'),
    remedy('deadline.litigation', '2027-04-22'),
    {
        procedure: 'penalty',
        key: 'deadline.demand',
        rows: [
            ['does not run before the demand', SERVED, '11-24 09:00', '-'],
            ['runs ten working days from it', `${SERVED}, demand 11-11 09:00`, '11-12 09:00', '11-10 09:00..2026-11-24 =running'],
            [
                'ends when the party complies',
                `${SERVED}, demand 11-11 09:00, perform 11-12 09:00`,
                '12-12 09:00',
                '11-10 09:00=met @11-12 09:00',
            ],
        ],
    },
    {
        procedure: 'penalty',
        key: 'deadline.courtWindow',
        rows: [
            ['runs from the end of the remedies', SERVED, '2027-05-01 09:00', '2027-04-22 23:59..2027-07-22 =running'],
            ['is late where nobody applied', SERVED, '2027-08-01 09:00', '2027-04-22 23:59=late'],
            ['does not come once the fine was paid', `${SERVED}, perform 10-30 09:00`, '11-24 09:00', '-'],
            ['does not come years later either', `${SERVED}, perform 10-30 09:00`, '2029-11-24 09:00', '-'],
            [
                'ends with a payment inside it',
                `${SERVED}, perform 2027-05-10 09:00`,
                '2028-05-01 09:00',
                '2027-04-22 23:59=met @2027-05-10 09:00',
            ],
            [
                'ends with the application',
                `${SERVED}, demand 11-11 09:00, applyCourt 2027-05-10 09:00`,
                '2028-05-01 09:00',
                '2027-04-22 23:59=met @2027-05-10 09:00',
            ],
            ['does not come where nothing was imposed', `${NONE}, serve 10-23 09:00`, '2027-05-01 09:00', '-'],
        ],
    },
];

describe('every term of a penalty starts, stands still and ends by the facts of its law', () => {
    for (const table of TABLES)
        it.each(table.rows)(`${table.key} %s`, (...row) => {
            expect(termAt({ ...table, start: { documents, ...table.start } }, row)).toBe(row[3]);
        });
});
