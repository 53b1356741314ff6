import { describe, expect, it } from 'vitest';
import { at } from './case-testing.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';
import { type TermTable, termAt } from './terms-testing.ts';

const DECIDED = 'tell 09-01 09:10, decide 09-01 09:30';
const COLLECTED = `${DECIDED}, collect 09-01 09:40`;
const URGENT = 'executeUrgently 09-01 20:00';
const HELD = 'approve 09-01 09:30, execute 09-01 10:30';
const ACCEPTED = 'accept 09-03 09:00';
const REVOKING = 'grantOnCommitment 09-01 10:00, checkCommitment 09-10 09:00, notify 10-13 09:00';

const hearing = (heldAt: number | null) => ({
    children: [
        {
            procedure: 'hearing',
            state: heldAt === null ? 'notified' : 'held',
            number: 'TZ-1',
            openedAt: at('2026-09-08 09:00'),
            heldAt,
        },
    ] as const,
});

const TABLES: readonly TermTable[] = [
    {
        procedure: 'simplePenalty',
        key: 'deadline.finePayment',
        rows: [
            ['runs from the decision handed over on the spot', DECIDED, '09-02 09:00', '09-01 09:30..2026-09-16 =running'],
            ['ends with the sum taken on the spot', COLLECTED, '10-02 09:00', '09-01 09:30=met @09-01 09:40'],
            [
                'ends with the payment',
                `${DECIDED}, report 09-02 09:00, perform 09-09 09:00`,
                '10-02 09:00',
                '09-01 09:30=met @09-09 09:00',
            ],
        ],
    },
    {
        procedure: 'simplePenalty',
        key: 'deadline.finePayment',
        data: { decide: { fine: 0 } },
        rows: [['does not run after a warning', DECIDED, '09-02 09:00', '-']],
    },
    {
        procedure: 'simplePenalty',
        key: 'deadline.spotFineHandover',
        rows: [
            ['does not run where nothing was taken', DECIDED, '09-02 09:00', '-'],
            ['runs two working days', COLLECTED, '09-01 12:00', '09-01 09:40..2026-09-03 =soon'],
            ['ends when it was handed in', `${COLLECTED}, handIn 09-02 09:40`, '10-01 12:00', '09-01 09:40=met @09-02 09:40'],
        ],
    },
    {
        procedure: 'simplePenalty',
        key: 'deadline.spotFineBank',
        rows: [
            ['does not run before it was handed in', COLLECTED, '09-02 09:00', '-'],
            ['runs two working days', `${COLLECTED}, handIn 09-02 09:40`, '09-02 12:00', '09-02 09:40..2026-09-04 =soon'],
            [
                'ends at the bank',
                `${COLLECTED}, handIn 09-02 09:40, bankIn 09-03 09:40`,
                '10-02 12:00',
                '09-02 09:40=met @09-03 09:40',
            ],
        ],
    },
    {
        procedure: 'simplePenalty',
        key: 'deadline.publishDecision',
        rows: [
            ['runs from the decision', DECIDED, '09-02 09:00', '09-01 09:30..2026-09-10 =running'],
            ['ends when it is public', `${DECIDED}, publish 09-03 09:00`, '10-02 12:00', '09-01 09:30=met @09-03 09:00'],
        ],
    },
    {
        procedure: 'simplePenalty',
        key: 'deadline.review',
        rows: [['runs from the decision', DECIDED, '09-02 09:00', '09-01 09:30..2026-11-02 =running']],
    },
    ...(['coercion', 'preservation'] as const).map(
        (procedure): TermTable => ({
            procedure,
            key: 'deadline.coercionReport',
            rows: [
                ['does not run for what was approved before', HELD, '09-01 12:00', '-'],
                ['runs 24 hours from an urgent measure', URGENT, '09-01 21:00', '09-01 20:00..2026-09-02 =running'],
                ['ends with the approval', `${URGENT}, regularise 09-02 09:00`, '09-05 21:00', '09-01 20:00=met @09-02 09:00'],
                [
                    'ends with the refusal',
                    `${URGENT}, refuseUrgent 09-02 21:00`,
                    '09-05 21:00',
                    '09-01 20:00=metLate @09-02 21:00',
                ],
            ],
        }),
    ),
    {
        procedure: 'coercion',
        key: 'deadline.seizure',
        rows: [
            ['does not run before it was carried out', 'approve 09-01 09:30', '09-01 12:00', '-'],
            ['runs from the seizure', HELD, '09-02 12:00', '09-01 10:30..2026-10-01 =running'],
            [
                'runs from an urgent one, not from its approval',
                `${URGENT}, regularise 09-02 09:00`,
                '09-05 21:00',
                '09-01 20:00..2026-10-01 =running',
            ],
            [
                'runs on after a refused approval',
                `${URGENT}, refuseUrgent 09-02 09:00`,
                '09-05 21:00',
                '09-01 20:00..2026-10-01 =running',
            ],
            ['is prolonged once', `${HELD}, extend 09-20 09:00`, '09-25 21:00', '09-01 10:30..2026-10-31 =running'],
            ['ends with the disposal', `${HELD}, dispose 09-20 09:00`, '12-05 21:00', '09-01 10:30=met @09-20 09:00'],
            ['ends with the release', `${HELD}, release 09-20 09:00`, '12-05 21:00', '09-01 10:30=met @09-20 09:00'],
        ],
    },
    {
        procedure: 'coercion',
        key: 'deadline.seizure',
        start: { exclusions: [{ from: at('2026-09-10 09:00'), keys: ['deadline.seizure'] }] },
        rows: [['stands still while something is tested', HELD, '12-01 12:00', '09-01 10:30..? =suspended']],
    },
    { procedure: 'coercion', key: 'deadline.control', rows: [['does not run for a seizure', HELD, '09-05 12:00', '-']] },
    {
        procedure: 'coercion',
        key: 'deadline.control',
        data: { execute: { measure: 'control' } },
        rows: [['has no length of its own', HELD, '09-05 12:00', '09-01 10:30..? =unset']],
    },
    {
        procedure: 'preservation',
        key: 'deadline.evidencePreserve',
        data: { dispose: { outcome: 'seized' } },
        rows: [
            ['does not run before it was carried out', 'approve 09-01 09:30', '09-01 12:00', '-'],
            ['runs seven working days', HELD, '09-02 12:00', '09-01 10:30..2026-09-10 =running'],
            [
                'runs from an urgent one, not from its approval',
                `${URGENT}, regularise 09-02 09:00`,
                '09-02 12:00',
                '09-01 20:00..2026-09-10 =running',
            ],
            ['ends with the disposal', `${HELD}, dispose 09-04 10:30`, '10-02 12:00', '09-01 10:30=met @09-04 10:30'],
        ],
    },
    {
        procedure: 'licence',
        key: 'deadline.licenceSupplement',
        rows: [
            ['runs from the papers handed in', '', '09-01 12:00', '09-01 09:00..2026-09-08 =running'],
            ['ends when what is missing was said', 'supplement 09-03 09:00', '10-01 12:00', '09-01 09:00=met @09-03 09:00'],
            ['ends with the acceptance', ACCEPTED, '10-01 12:00', '09-01 09:00=met @09-03 09:00'],
            ['ends with the refusal to accept', 'refuseAcceptance 09-03 09:00', '10-01 12:00', '09-01 09:00=met @09-03 09:00'],
        ],
    },
    {
        procedure: 'licence',
        key: 'deadline.licenceDecision',
        rows: [
            ['does not run before the acceptance', '', '09-01 12:00', '-'],
            ['runs twenty working days', ACCEPTED, '09-04 12:00', '09-03 09:00..2026-10-08 =running'],
            ['is prolonged by ten', `${ACCEPTED}, extend 09-20 09:00`, '09-21 12:00', '09-03 09:00..2026-10-21 =running'],
            ['ends with the licence', `${ACCEPTED}, grant 09-20 09:00`, '12-21 12:00', '09-03 09:00=met @09-20 09:00'],
            ['ends with the refusal', `${ACCEPTED}, refuse 09-20 09:00`, '12-21 12:00', '09-03 09:00=met @09-20 09:00'],
            [
                'ends when the applicant withdraws',
                `${ACCEPTED}, withdraw 09-20 09:00`,
                '12-21 12:00',
                '09-03 09:00=met @09-20 09:00',
            ],
        ],
    },
    {
        procedure: 'licence',
        key: 'deadline.licenceDecision',
        start: {
            exclusions: [{ from: at('2026-09-07 09:00'), until: at('2026-09-11 09:00'), keys: ['deadline.licenceDecision'] }],
        },
        rows: [['stands still during a hearing (许可法 45)', ACCEPTED, '09-14 12:00', '09-03 09:00..2026-10-13 =running']],
    },
    {
        procedure: 'licence',
        key: 'deadline.licenceHearingRequest',
        rows: [
            ['does not run where nobody was told', ACCEPTED, '09-04 12:00', '-'],
            ['runs five working days', `${ACCEPTED}, tellHearing 09-07 09:00`, '09-08 12:00', '09-07 09:00..2026-09-14 =running'],
            [
                'ends when it is asked for',
                `${ACCEPTED}, tellHearing 09-07 09:00, requestHearing 09-08 09:00`,
                '10-08 12:00',
                '09-07 09:00=met @09-08 09:00',
            ],
            [
                'ends when it is waived',
                `${ACCEPTED}, tellHearing 09-07 09:00, waiveHearing 09-08 09:00`,
                '10-08 12:00',
                '09-07 09:00=met @09-08 09:00',
            ],
        ],
    },
    {
        procedure: 'licence',
        key: 'deadline.licenceHearingHold',
        start: hearing(null),
        rows: [
            ['does not run where nobody asked', ACCEPTED, '09-28 12:00', '-'],
            [
                'runs twenty working days from the request',
                `${ACCEPTED}, requestHearing 09-07 09:00`,
                '09-28 12:00',
                '09-07 09:00..2026-10-10 =running',
            ],
        ],
    },
    {
        procedure: 'licence',
        key: 'deadline.licenceHearingHold',
        start: hearing(at('2026-09-25 09:00')),
        rows: [
            ['ends with the hearing', `${ACCEPTED}, requestHearing 09-07 09:00`, '12-28 12:00', '09-07 09:00=met @09-25 09:00'],
        ],
    },
    {
        procedure: 'licence',
        key: 'deadline.licenceDelivery',
        rows: [
            ['runs from the licence', `${ACCEPTED}, grant 09-10 09:00`, '09-11 12:00', '09-10 09:00..2026-09-23 =running'],
            [
                'ends with its delivery',
                `${ACCEPTED}, grant 09-10 09:00, deliver 09-14 09:00`,
                '11-11 12:00',
                '09-10 09:00=met @09-14 09:00',
            ],
            ['does not run for a refusal: 许可法 44 speaks of licences', `${ACCEPTED}, refuse 09-10 09:00`, '09-11 12:00', '-'],
        ],
    },
    {
        procedure: 'licence',
        key: 'deadline.commitmentCheck',
        rows: [
            ['has no length of its own', 'grantOnCommitment 09-01 10:00', '09-11 12:00', '09-01 10:00..? =unset'],
            [
                'ends with the check',
                'grantOnCommitment 09-01 10:00, checkCommitment 09-10 09:00',
                '09-11 12:00',
                '09-01 10:00=met @09-10 09:00',
            ],
        ],
        data: { checkCommitment: { passed: false } },
    },
    {
        procedure: 'licence',
        key: 'deadline.publishDecision',
        rows: [
            ['runs from a licence', `${ACCEPTED}, grant 09-10 09:00`, '09-10 12:00', '09-10 09:00..2026-09-20 =running'],
            ['runs from one on a commitment', 'grantOnCommitment 09-01 10:00', '09-01 12:00', '09-01 10:00..2026-09-10 =running'],
            [
                'ends when it is public',
                'grantOnCommitment 09-01 10:00, publish 09-02 10:00',
                '12-01 12:00',
                '09-01 10:00=met @09-02 10:00',
            ],
        ],
    },
    {
        procedure: 'licence',
        key: 'deadline.defence',
        data: { checkCommitment: { passed: false } },
        rows: [
            ['runs from the notice', REVOKING, '10-14 12:00', '10-13 09:00..2026-10-16 =running'],
            [
                'ends when the party was heard',
                `${REVOKING}, hearDefence 10-14 09:00`,
                '12-01 12:00',
                '10-13 09:00=met @10-14 09:00',
            ],
        ],
    },
    {
        procedure: 'complaint',
        key: 'deadline.complaintReply',
        rows: [
            ['does not run before the acceptance', '', '09-03 09:00', '-'],
            ['has no length of its own', 'accept 09-02 09:00', '09-03 09:00', '09-02 09:00..? =unset'],
            [
                'ends with the reply',
                'accept 09-02 09:00, check 09-03 09:00, reply 09-04 09:00',
                '09-05 09:00',
                '09-02 09:00=met @09-04 09:00',
            ],
        ],
    },
];

describe('every term starts, stands still and ends by the facts of its law', () => {
    for (const table of TABLES)
        it.each(table.rows)(`${table.procedure} ${table.key} %s`, (...row) => {
            expect(termAt(table, row)).toBe(row[3]);
        });

    it('and none was left out; those of a penalty have a table of their own', () => {
        const all = Object.entries(PROCEDURE_TABLES).flatMap(([id, { deadlines }]) => deadlines.map(({ key }) => `${id} ${key}`));
        const tested = new Set(TABLES.map(({ procedure, key }) => `${procedure} ${key}`));
        expect(all.filter((each) => !tested.has(each) && !each.startsWith('penalty '))).toEqual([]);
    });
});
