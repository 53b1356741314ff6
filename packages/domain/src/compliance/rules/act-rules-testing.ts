import type { StatementInput } from '../../act/coverage-statement.ts';
import { act, NINE_31, recording, seconds, segment } from '../../act/coverage-testing.ts';
import { HOUR, MINUTE } from '../../kernel/instant.ts';
import { ACT_RULES, type ActJudgement, judgeAct } from './judge-act.ts';
import type { ActRuleFacts, ActRuleId, RuleVerdict } from './rule.ts';

/** Footage of an officer by a recorder whose clock is known to half a second, in seconds of the act. */
export const footage = (carrier: string, from: number, to: number, id = `r ${carrier} ${from}`) =>
    recording(id, carrier, [segment(`s ${id}`, seconds(from, to), { offsetMs: 0, plusMinusMs: 500 })]);

export const BOTH = [footage('a', -10, 4570), footage('b', -10, 4570)];

export const mark = (kind: 'opening' | 'closing', second: number): StatementInput['speech'][number] => {
    const at = NINE_31 + second * 1000;
    return { kind, state: 'confirmed', corrected: { at, lower: at - 500, upper: at + 500 } };
};

/** Facts of an act that meets every rule but those of which only a person can speak. */
export function facts(statement: Partial<StatementInput> = {}, more: Partial<ActRuleFacts> = {}): ActRuleFacts {
    const { now: _, ...rest } = act({ recordings: BOTH, ...statement });
    const devices = [...new Set(rest.recordings.map((each) => each.deviceId))];
    return {
        statement: rest,
        closed: true,
        scenarios: {},
        partyId: 'party',
        speechRequired: false,
        marked: [],
        checks: devices.map((deviceId) => ({ id: `check of ${deviceId}`, deviceId, checkedAt: NINE_31 - HOUR, passed: true })),
        excuses: [],
        ...more,
    };
}

/** Long after everything is due. */
export const LATER = NINE_31 + 5 * 24 * HOUR;
export const DURING = NINE_31 + 30 * MINUTE;

export const judged = (of: ActRuleFacts, now = LATER): ActJudgement => judgeAct(of, now);

export function verdictOf(rule: ActRuleId, of: ActRuleFacts, now = LATER): RuleVerdict {
    const verdict = judgeAct(of, now, [ACT_RULES[rule]]).verdicts[0];
    if (verdict === undefined) throw new Error(`${rule} gave no verdict`);
    return verdict;
}
