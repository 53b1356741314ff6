import { startOfDayAt } from '../../kernel/day.ts';
import { type ActRule, type ActToJudge, failWith, finding, needsReview, notApplicable, type Outcome, pass } from './rule.ts';

/** 附件1 第13条: whoever could not record writes down why, after the act, and it is kept. */
export const exemptionsWritten: ActRule = {
    id: 'exemptionsWritten',
    version: 1,
    clauses: ['A1-13-2', 'A1-13-3'],
    counts: () => true,
    judge({ input, ended }) {
        const asked = input.exemptions.filter((each) => each.note !== 'notNeeded');
        if (asked.length === 0) return notApplicable;
        const missing = asked.filter((each) => each.note === 'missing');
        const params = { exemptions: asked.length, unwritten: missing.length };
        if (missing.length === 0) return pass(params);
        if (!ended) return needsReview(['actEnd'], { params });
        return failWith(
            missing.map((each) =>
                finding('exemption.noteMissing', `note/${each.id}`, {
                    aboutId: each.id,
                    personId: each.personId,
                    from: each.during.start,
                    to: each.during.end,
                }),
            ),
            params,
        );
    },
};

/** 附件1 第16条: recordings belong to the record of a party (一户一档). */
export const partyLinked: ActRule = {
    id: 'partyLinked',
    version: 1,
    clauses: ['A1-16-2'],
    counts: () => true,
    judge({ input, partyId, ended }) {
        const params = { recordings: input.recordings.length };
        if (input.recordings.length === 0) return notApplicable;
        if (partyId !== null) return pass(params);
        // Who it is may turn out while the act goes on.
        return ended ? failWith([finding('party.missing', 'party', { params })], params) : needsReview(['actEnd'], { params });
    },
};

/** 附件1 第7条: every recorder is checked before it goes out: no fault, its time right, battery and space enough. */
export const checkedBeforeUse: ActRule = {
    id: 'checkedBeforeUse',
    version: 4,
    clauses: ['A1-7-1', 'A1-7-2', 'A1-7-3', 'A1-7-4'],
    counts: () => true,
    judge: judgeChecks,
};

function judgeChecks({ input, checks }: ActToJudge): Outcome {
    const officers = new Set(input.participants.filter((each) => each.part === 'officer').map((each) => each.id));
    // Without a time nobody can say what was before it.
    const used = input.recordings.flatMap(({ id, carrierId, deviceId, segments, openStart }) => {
        const starts = segments.map((each) => each.corrected?.start.upper ?? each.device.start);
        // A file that was cut off does say when it began.
        if (openStart !== null) starts.push(openStart.corrected?.upper ?? openStart.device);
        // What names no device was not recorded by one of ours.
        if (!officers.has(carrierId) || deviceId === id) return [];
        const checked = segments.every((each) => each.corrected !== null) && openStart?.corrected !== null;
        return [{ id, deviceId, personId: carrierId, checked, from: starts.length === 0 ? null : Math.min(...starts) }];
    });
    const timed = used.flatMap(({ from, ...each }) => (from === null ? [] : [{ ...each, from }]));
    const untimed = used.filter((each) => each.from === null && !timed.some(({ deviceId }) => deviceId === each.deviceId));
    const first = [...Map.groupBy(timed, (each) => each.deviceId).values()].flatMap(
        (of) => of.toSorted((a, b) => a.from - b.from)[0] ?? [],
    );
    if (first.length === 0 && untimed.length === 0) return notApplicable;
    const unchecked: string[] = [];
    const findings = first.flatMap(({ id, deviceId, personId, from, checked }) => {
        const dayBegan = startOfDayAt(from);
        const before = checks.filter(
            (each) => each.deviceId === deviceId && each.checkedAt <= from && each.checkedAt >= dayBegan,
        );
        if (before.some((each) => each.passed)) return [];
        // By a clock that nobody checked a check on these days may have been before it after all.
        if (!checked && checks.some((each) => each.deviceId === deviceId && each.passed)) {
            unchecked.push(id);
            return [];
        }
        const code = before.length === 0 ? ('check.missing' as const) : ('check.failed' as const);
        return [finding(code, `check/${deviceId}`, { personId, aboutId: deviceId, params: { usedAt: from } })];
    });
    const params = { recorders: first.length, unchecked: findings.length };
    if (findings.length > 0) return failWith(findings, params);
    // That it was used is known, and not what was before it.
    if (untimed.length + unchecked.length === 0) return pass(params);
    const missing = [
        ...(untimed.length > 0 ? (['recordingTime'] as const) : []),
        ...(unchecked.length > 0 ? (['clock'] as const) : []),
    ];
    return needsReview(missing, { params, missingOf: [...untimed.map((each) => each.id), ...unchecked] });
}
