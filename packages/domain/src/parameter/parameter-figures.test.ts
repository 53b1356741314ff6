import { expect, it } from 'vitest';
import type { ParameterValue } from './parameter.ts';
import { PARAMETER_KEYS, parameterDefinition } from './parameter-catalogue.ts';

/**
 * Every figure the catalogue gives, beside the text it was read in: changed here only with that text at hand. Sums are in fen.
 * `verify`: nobody has read the text yet.
 */
const FIGURES: readonly (readonly [key: string, figure: string, standing: string, bound: string])[] = [
    ['deadline.evidencePreserve', '7 workday', 'verified', 'atMost'],
    ['deadline.hearingRequest', '5 workday', 'verified', 'fixed'],
    ['deadline.hearingNotice', '7 workday', 'verified', 'atLeast'],
    ['deadline.penaltyDecision', '90 calendarDay', 'verified', 'atMost'],
    ['deadline.penaltyService', '7 workday', 'verified', 'atMost'],
    ['deadline.publicService', '30 calendarDay', 'verified', 'fixed'],
    ['deadline.finePayment', '15 calendarDay', 'verified', 'fixed'],
    ['deadline.spotFineHandover', '2 workday', 'verified', 'atMost'],
    ['deadline.spotFineBank', '2 workday', 'verified', 'atMost'],
    ['deadline.withdrawPublication', '3 workday', 'verified', 'atMost'],
    ['deadline.publishDecision', '7 workday', 'verify', 'free'],
    ['deadline.publishOther', '20 workday', 'verify', 'free'],
    ['deadline.limitation', '2 year', 'verified', 'fixed'],
    ['deadline.limitationGrave', '5 year', 'verified', 'fixed'],
    ['deadline.review', '60 calendarDay', 'verify', 'free'],
    ['deadline.litigation', '6 month', 'verify', 'free'],
    ['deadline.reviewForward', '5 workday', 'verify', 'free'],
    ['deadline.coercionReport', '24 hour', 'verified', 'atMost'],
    ['deadline.seizure', '30 calendarDay', 'verified', 'atMost'],
    ['deadline.seizureExtension', '30 calendarDay', 'verified', 'atMost'],
    ['deadline.demand', '10 workday', 'verified', 'atLeast'],
    ['deadline.courtWindow', '3 month', 'verified', 'fixed'],
    ['deadline.licenceSupplement', '5 workday', 'verified', 'atMost'],
    ['deadline.licenceDecision', '20 workday', 'verified', 'atMost'],
    ['deadline.licenceExtension', '10 workday', 'verified', 'atMost'],
    ['deadline.licenceDelivery', '10 workday', 'verified', 'atMost'],
    ['deadline.licenceHearingRequest', '5 workday', 'verified', 'fixed'],
    ['deadline.licenceHearingHold', '20 workday', 'verified', 'atMost'],
    ['deadline.licenceHearingNotice', '7 workday', 'verified', 'atLeast'],
    ['deadline.licenceInspectionStaff', '5 workday', 'verified', 'atMost'],
    ['deadline.recordingUpload', '24 hour', 'verified', 'atMost'],
    ['deadline.recordingKeepOther', '6 month', 'verified', 'atLeast'],
    ['penalty.lateFinePercent', '3', 'verified', 'atMost'],
    ['penalty.spotFinePerson', '20000', 'verified', 'atMost'],
    ['penalty.spotFineOrganisation', '300000', 'verified', 'atMost'],
    ['penalty.spotCash', '10000', 'verified', 'atMost'],
    ['penalty.hearingFinePerson', '500000', 'verify', 'free'],
    ['penalty.hearingFineOrganisation', '5000000', 'verify', 'free'],
    ['penalty.panelLeast', '3', 'verify', 'free'],
    ['work.licenceDueDays', '60', 'own', 'free'],
    ['work.signatureNights', '30', 'own', 'free'],
    ['work.deadlineWarnDays', '3', 'own', 'free'],
    ['document.onScreenSigning', 'false', 'own', 'free'],
    ['act.documentToleranceSeconds', '60', 'own', 'atMost'],
    ['act.spokenReasonSeconds', '120', 'own', 'atMost'],
    ['act.inspectionCodeRequired', 'false', 'own', 'free'],
    ['clock.allowedDriftSeconds', '3', 'verified', 'atMost'],
    ['clock.worstDriftSeconds', '20', 'own', 'free'],
    ['clock.wanderSeconds', '2', 'own', 'free'],
    ['clock.usableSeconds', '60', 'own', 'atMost'],
    ['recording.filesItself', 'true', 'own', 'free'],
    ['recording.filingReachMinutes', '30', 'own', 'free'],
    ['clock.personSlackSeconds', '3', 'own', 'free'],
    ['recording.makesPlayableCopies', 'true', 'own', 'free'],
    ['recording.participantsSeePictures', 'false', 'own', 'free'],
    ['recording.segmentChangeMs', '2000', 'own', 'atMost'],
    ['dock.erase', 'false', 'own', 'free'],
    ['clock.gnssLagSeconds', '2', 'own', 'free'],
    ['clock.dockSlackSeconds', '2', 'own', 'free'],
    ['board.soonHours', '6', 'own', 'free'],
    ['board.escalateHours', '4', 'own', 'free'],
    ['board.lookBackDays', '30', 'own', 'free'],
    ['device.batteryEnoughPercent', '60', 'own', 'free'],
    ['device.spaceEnoughHours', '4', 'own', 'free'],
    ['attestation.rulesTerm', '12 month', 'own', 'free'],
    ['attestation.peopleTerm', '12 month', 'own', 'free'],
    ['attestation.practiceTerm', '6 month', 'own', 'free'],
    ['training.wholeProcessTerm', '12 month', 'own', 'free'],
    ['training.recorderTerm', '12 month', 'own', 'free'],
    ['training.archiveTerm', '12 month', 'own', 'free'],
];

const figure = (value: ParameterValue | null): string | undefined => {
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'object' && value !== null && 'unit' in value ? `${value.length} ${value.unit}` : undefined;
};

it.each(FIGURES)('%s is %s', (key, given, standing, bound) => {
    const definition = parameterDefinition(PARAMETER_KEYS.find((each) => each === key) ?? 'deadline.seizure');
    expect([figure(definition.value), definition.standing, definition.bound]).toEqual([given, standing, bound]);
});

it('no figure is missing here', () => {
    const given = PARAMETER_KEYS.filter((key) => figure(parameterDefinition(key).value) !== undefined);
    expect(FIGURES.map(([key]) => key)).toEqual(given);
});
