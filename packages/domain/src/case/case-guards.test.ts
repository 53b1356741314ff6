import { describe, expect, it } from 'vitest';
import type { CaseFacts } from './case.ts';
import { actor, at, codes, document, given, NOTICED, noticed, PANEL, served, walk, without } from './case-testing.ts';

describe('guards refuse', () => {
    const hearingPanel = { hearingDue: true };
    const cases: readonly [
        string,
        string,
        CaseFacts,
        string,
        string,
        Parameters<typeof codes>[3]?,
        Parameters<typeof codes>[4]?,
    ][] = [
        ['a step of another state', 'case.wrongState', given('penalty'), 'decide', '2026-09-02 09:00', { fine: 1 }],
        ['a step that does not exist', 'case.unknownStep', given('penalty'), 'fly', '2026-09-02 09:00'],
        ['somebody whose step it is not', 'case.notYourStep', given('penalty'), 'file', '2026-09-02 09:00', {}, actor('handler')],
        [
            'the institute’s consent for the agency’s',
            'case.notYourStep',
            given('coercion'),
            'approve',
            '2026-09-02 09:00',
            {},
            actor('reviewer'),
        ],
        [
            'somebody who has no part in it',
            'case.notInvolved',
            given('hearing'),
            'waive',
            '2026-09-02 09:00',
            { reason: 'x' },
            actor('handler', 'stranger'),
        ],
        [
            'one officer alone (处罚法 42)',
            'case.needsTwoOfficers',
            given('penalty', { handlers: ['officer-1'] }),
            'file',
            '2026-09-02 09:00',
        ],
        [
            'the investigator’s own review (处罚法 58)',
            'case.investigatorReviews',
            given('penalty'),
            'file',
            '2026-09-02 09:00',
            {},
            actor('reviewer', 'officer-1'),
        ],
        [
            'one person as both heads',
            'case.headsAreTwo',
            given('coercion'),
            'approve',
            '2026-09-02 09:00',
            {},
            { ...actor('agencyHead'), isInstituteHead: true },
        ],
        [
            'a missing document',
            'case.documentMissing',
            given('penalty', { documents: without('filingReport') }),
            'file',
            '2026-09-02 09:00',
        ],
        [
            'a document still in draft',
            'case.documentMissing',
            given('penalty', { documents: [...without('filingReport'), document('filingReport', 'draft')] }),
            'file',
            '2026-09-02 09:00',
        ],
        [
            'a notice that was not served',
            'case.documentMissing',
            walk(
                given('penalty', {
                    documents: [...without('priorNotice', 'hearingRightNotice'), document('priorNotice', 'issued')],
                }),
                NOTICED.slice(0, 3),
            ),
            'notify',
            '2026-10-13 09:00',
            { proposedFine: 1 },
        ],
        [
            'a seal before the decision is issued',
            'case.documentMissing',
            walk(given('coercion', { documents: [...without('seizureDecision'), document('seizureDecision', 'approved')] }), [
                ['approve', '2026-09-01 09:30'],
            ]),
            'execute',
            '2026-09-01 10:00',
            { measure: 'seizure' },
        ],
        [
            'a step in the future',
            'case.dateInFuture',
            given('penalty', { now: at('2026-09-02 08:00') }),
            'file',
            '2026-09-02 09:00',
        ],
        ['a step before the case was opened', 'case.dateBeforeOpening', given('penalty'), 'file', '2026-08-31 09:00'],
        [
            'a step before the last one',
            'case.dateBeforeStep',
            walk(given('penalty'), NOTICED.slice(0, 1)),
            'investigate',
            '2026-09-01 10:00',
        ],
        [
            'what was not filled in',
            'case.fieldMissing',
            walk(given('penalty'), NOTICED.slice(0, 2)),
            'deliberate',
            '2026-10-12 09:00',
            { people: 3 },
        ],
        [
            'an outcome that is none',
            'case.fieldMissing',
            walk(given('preservation'), [
                ['approve', '2026-09-01 09:30'],
                ['execute', '2026-09-01 10:30'],
            ]),
            'dispose',
            '2026-09-02 09:00',
            { outcome: 'lost' },
        ],
        [
            'a panel of two',
            'case.panelTooSmall',
            walk(given('penalty'), NOTICED.slice(0, 2)),
            'deliberate',
            '2026-10-12 09:00',
            { ...PANEL, people: 1 },
        ],
        [
            'a panel that can be divided',
            'case.panelEven',
            walk(given('penalty'), NOTICED.slice(0, 2)),
            'deliberate',
            '2026-10-12 09:00',
            { ...PANEL, people: 4 },
        ],
        [
            'a decision inside the defence term (处罚法 45)',
            'case.defenceTermRuns',
            noticed(),
            'decide',
            '2026-10-16 23:00',
            { fine: 1 },
        ],
        [
            'a decision after a term nobody has set',
            'case.defenceTermUnset',
            { ...noticed(), parameters: given('penalty', {}, ['deadline.defence']).parameters },
            'decide',
            '2026-10-30 09:00',
            { fine: 1 },
        ],
        [
            'a decision over a defence nobody reviewed',
            'case.defenceNotReviewed',
            walk(noticed(), [['hearDefence', '2026-10-14 09:00']]),
            'decide',
            '2026-10-20 09:00',
            { fine: 1 },
        ],
        [
            'a heavier penalty after a defence',
            'case.heavierAfterDefence',
            walk(noticed(), [
                ['hearDefence', '2026-10-14 09:00'],
                ['reviewDefence', '2026-10-15 09:00'],
            ]),
            'decide',
            '2026-10-20 09:00',
            { fine: 500_001 },
        ],
        [
            'a decision while a hearing can be asked for (处罚法 64)',
            'case.hearingTermRuns',
            noticed(hearingPanel),
            'decide',
            '2026-10-20 23:00',
            { fine: 1 },
        ],
        [
            'a decision before the hearing',
            'case.hearingNotHeld',
            walk(noticed(hearingPanel), [['requestHearing', '2026-10-15 09:00']]),
            'decide',
            '2026-10-30 09:00',
            { fine: 1 },
        ],
        [
            'a hearing that was asked for too late',
            'case.hearingRequestLate',
            noticed(hearingPanel),
            'requestHearing',
            '2026-10-21 00:00',
        ],
        ['a hearing nobody had to offer', 'case.noHearingOffered', noticed(), 'requestHearing', '2026-10-14 09:00'],
        [
            'a decision without legal review (处罚法 58)',
            'case.legalReviewMissing',
            noticed({ legalReviewDue: true }),
            'decide',
            '2026-10-20 09:00',
            { fine: 1 },
        ],
        [
            'a decision after a hearing without legal review',
            'case.legalReviewMissing',
            {
                ...walk(noticed(hearingPanel), [['requestHearing', '2026-10-15 09:00']]),
                children: [
                    { procedure: 'hearing', state: 'closed', number: 'TZ-1', openedAt: at('2026-10-14 09:00'), heldAt: null },
                ],
            },
            'decide',
            '2026-10-30 09:00',
            { fine: 1 },
        ],
        [
            'a decision the legal review did not pass',
            'case.legalReviewRefused',
            walk(noticed({ legalReviewDue: true }), [['legalReview', '2026-10-20 09:00', { passed: false }]]),
            'decide',
            '2026-10-20 10:00',
            { fine: 1 },
        ],
        [
            'a grave case that was not discussed (处罚法 57(2))',
            'case.discussionMissing',
            noticed({ grave: true }),
            'decide',
            '2026-10-20 09:00',
            { fine: 1 },
        ],
        [
            'a fine above the simple procedure’s',
            'case.fineTooHigh',
            walk(given('simplePenalty'), [['tell', '2026-09-01 10:00']]),
            'decide',
            '2026-09-01 10:10',
            { fine: 300_001 },
        ],
        [
            'the same for a person',
            'case.fineTooHigh',
            walk(given('simplePenalty', { partyIsPerson: true }), [['tell', '2026-09-01 10:00']]),
            'decide',
            '2026-09-01 10:10',
            { fine: 20_001 },
        ],
        [
            'a penalty before anybody was told (处罚法 44)',
            'case.notTold',
            given('simplePenalty'),
            'decide',
            '2026-09-01 10:10',
            { fine: 1 },
        ],
        [
            'cash that is too much',
            'case.cashTooHigh',
            walk(given('simplePenalty'), [
                ['tell', '2026-09-01 10:00'],
                ['decide', '2026-09-01 10:10', { fine: 10_100 }],
            ]),
            'collect',
            '2026-09-01 10:20',
            { hardToCollect: false },
        ],
        [
            'a second extension',
            'case.extendedOnce',
            walk(given('coercion'), [
                ['approve', '2026-09-01 09:30'],
                ['execute', '2026-09-01 10:30', { measure: 'seizure' }],
                ['extend', '2026-09-20 10:00', { reason: '一' }],
            ]),
            'extend',
            '2026-09-21 10:00',
            { reason: '二' },
        ],
        [
            'an extension of what has run out',
            'case.termOver',
            walk(given('coercion'), [
                ['approve', '2026-09-01 09:30'],
                ['execute', '2026-09-01 10:30', { measure: 'seizure' }],
            ]),
            'extend',
            '2026-10-02 00:00',
            { reason: '一' },
        ],
        [
            'disposal of what has run out',
            'case.termOver',
            walk(given('coercion'), [
                ['approve', '2026-09-01 09:30'],
                ['execute', '2026-09-01 10:30', { measure: 'seizure' }],
            ]),
            'dispose',
            '2026-10-02 00:00',
            { outcome: 'confiscated' },
        ],
        [
            'a decision about evidence that lapsed (处罚法 56)',
            'case.lapsed',
            walk(given('preservation'), [
                ['approve', '2026-09-01 09:30'],
                ['execute', '2026-09-01 10:30'],
            ]),
            'dispose',
            '2026-09-11 00:00',
            { outcome: 'confiscated' },
        ],
        [
            'a measure nobody approved',
            'case.wrongState',
            given('coercion'),
            'execute',
            '2026-09-01 10:30',
            { measure: 'seizure' },
        ],
        [
            'a notice of hearing that comes late (处罚法 64(2))',
            'case.noticeTooLate',
            given('hearing'),
            'notify',
            '2026-09-02 09:00',
            { day: '2026-09-11', presiderId: 'x' },
        ],
        [
            'an investigator who presides',
            'case.presiderInvestigates',
            given('hearing', { parentHandlers: ['p'] }),
            'notify',
            '2026-09-02 09:00',
            { day: '2026-09-30', presiderId: 'p' },
        ],
        [
            'a hearing on another day',
            'case.otherHearingDay',
            walk(given('hearing'), [['notify', '2026-09-02 09:00', { day: '2026-09-14', presiderId: 'x' }]]),
            'hold',
            '2026-09-15 09:00',
        ],
        [
            'a second notice to complete',
            'case.supplementedOnce',
            walk(given('licence'), [['supplement', '2026-09-02 09:00', { reason: '一' }]]),
            'supplement',
            '2026-09-03 09:00',
            { reason: '二' },
        ],
        [
            'closing over an open measure',
            'case.childOpen',
            {
                ...walk(given('penalty', { documents: served('priorNotice', '2026-10-13 09:00') }), [
                    ...NOTICED,
                    ['decide', '2026-10-19 09:00', { fine: 1 }],
                    ['serve', '2026-10-20 09:00'],
                    ['perform', '2026-10-30 09:00'],
                ]),
                children: [
                    { procedure: 'coercion', state: 'held', number: 'QZ-1', openedAt: at('2026-10-14 09:00'), heldAt: null },
                ],
            },
            'close',
            '2026-11-02 09:00',
        ],
    ];
    it.each(cases)('%s', (_, code, start, step, when, data, who) => {
        expect(codes(start, step, when, data, who)).toContain(code);
    });

    const servedOn = (day: string) =>
        walk(
            given('penalty', {
                now: at('2027-12-31 09:00'),
                documents: [
                    ...served('priorNotice', '2026-10-13 09:00').filter(
                        (each) => each.type !== 'penaltyDecision' && each.type !== 'demandLetter',
                    ),
                    document('penaltyDecision', 'served', at(`${day} 09:00`)),
                    document('demandLetter', 'served', at('2027-05-06 09:00')),
                ],
            }),
            [...NOTICED, ['decide', '2026-10-19 09:00', { fine: 1 }], ['serve', `${day} 09:00`]],
        );
    it('a demand before payment is due, and the court before its time and after it (强制法 53, 54)', () => {
        const start = servedOn('2026-10-20');
        // Nor by a letter that was served half a year later.
        expect(codes(start, 'demand', '2026-11-04 09:00')).toEqual(['case.paymentTermRuns', 'case.documentLater']);
        expect(codes(start, 'applyCourt', '2027-04-30 09:00')).toContain('case.notDemanded');
        const demanded = walk(start, [['demand', '2027-05-06 09:00']]);
        expect(codes(demanded, 'applyCourt', '2027-05-19 09:00')).toEqual(['case.demandTermRuns']);
        expect(codes(demanded, 'applyCourt', '2027-04-19 09:00')).toContain('case.remedyTermRuns');
        expect(codes(demanded, 'applyCourt', '2027-05-21 09:00')).toEqual([]);
        expect(codes(demanded, 'applyCourt', '2027-07-21 09:00')).toEqual(['case.courtWindowOver']);
    });
});
