import type { DeviceState } from '../../device/device.ts';
import { type Equipment, equipmentOf, type HeldRecorder, isShortOf } from '../../device/equipment.ts';
import { isCommission, type OrganisationKind } from '../../identity/person.ts';
import { addDays, dayOf, startOfDay } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import {
    type FindingCode,
    failWith,
    finding,
    notApplicable,
    pass,
    type Rule,
    type RuleVerdict,
    type UnitRuleId,
    verdictBy,
} from './rule.ts';

/** Roles that the notice asks a unit to fill, each with the clause that asks and what a head may confirm instead. */
export const ASKED_ROLES = ['recordingManager', 'archivist'] as const;
export type AskedRole = (typeof ASKED_ROLES)[number];

/** Somebody who has a role now: the grant is where that stands. */
export type RoleHolder = { readonly role: AskedRole; readonly personId: Id; readonly grantId: Id };

/** That somebody is appointed, in the words of a head: it holds to the end of its last day. */
export type AppointmentWord = { readonly id: Id; readonly clause: string; readonly untilDay: string };

/** Somebody who should or may have a recorder, with what is in their hands. `last`: what they had last and nobody has now. */
export type EquippedPerson = {
    readonly id: Id;
    readonly kind: 'officer' | 'assistant';
    readonly held: readonly HeldRecorder[];
    readonly last: { readonly id: Id; readonly state: DeviceState } | null;
};

/** All that the rules of a unit look at, put together by queries and kept with the verdict. */
export type UnitRuleFacts = {
    readonly kind: OrganisationKind;
    readonly holders: readonly RoleHolder[];
    readonly words: readonly AppointmentWord[];
    readonly people: readonly EquippedPerson[];
};

export type UnitToJudge = UnitRuleFacts & { readonly now: Instant };
export type UnitRule = Rule<UnitRuleId, UnitToJudge>;

type Asked = { readonly clause: string; readonly code: FindingCode; readonly asks: (kind: OrganisationKind) => boolean };
const ASKED: Readonly<Record<AskedRole, Asked>> = {
    // 附件1 第19条 speaks to institutes, 附件3 第4条 to every unit.
    recordingManager: { clause: 'A1-19-1', code: 'role.noRecordingManager', asks: (kind) => !isCommission(kind) },
    archivist: { clause: 'A3-6', code: 'role.noArchivist', asks: () => true },
};

/** The clauses whose confirmation stands for an appointment. */
export const APPOINTMENT_CLAUSES: readonly string[] = ASKED_ROLES.map((role) => ASKED[role].clause);

/**
 * 附件1 第19条, 附件3 第4条: somebody is appointed for recordings and for archives. The role in the system shows it, or else the word of a
 * head that holds today; where there is neither, nobody is.
 */
export const rolesFilled: UnitRule = {
    id: 'rolesFilled',
    version: 1,
    clauses: APPOINTMENT_CLAUSES,
    counts: () => true,
    judge({ kind, holders, words, now }) {
        const today = dayOf(now);
        const asked = ASKED_ROLES.filter((role) => ASKED[role].asks(kind));
        const held = asked.filter((role) => holders.some((each) => each.role === role));
        const byWord = asked.filter(
            (role) => !held.includes(role) && words.some((each) => each.clause === ASKED[role].clause && each.untilDay >= today),
        );
        const params = { roles: asked.length, held: held.length, byWord: byWord.length };
        const empty = asked.filter((role) => !held.includes(role) && !byWord.includes(role));
        if (empty.length === 0) return pass(params);
        return failWith(
            empty.map((role) => {
                const { code, clause } = ASKED[role];
                return finding(code, role, { clause, role: isCommission(kind) ? 'agencyHead' : 'instituteHead' });
            }),
            params,
        );
    },
};

const SHORT: Readonly<Record<Exclude<Equipment, 'one'>, FindingCode>> = {
    none: 'recorder.none',
    inRepair: 'recorder.inRepair',
    unusable: 'recorder.unusable',
    several: 'recorder.several',
};

/**
 * 正文二(二)2, 附件1 第3条: each officer has one recorder that can be used. Assistants may have one (有条件的区), and what they have is
 * managed by the same rules; that is wanted and no must.
 */
export const ownRecorder: UnitRule = {
    id: 'ownRecorder',
    version: 1,
    clauses: ['Z2.2.2-2', 'A1-3-2', 'A1-3-4'],
    counts: () => true,
    judge({ people }) {
        const officers = people.filter((each) => each.kind === 'officer').length;
        const short = people.flatMap(({ id, kind, held, last }) => {
            const equipment = equipmentOf(held, held.length > 0 ? null : last);
            return equipment === 'one' || !isShortOf(kind, equipment) ? [] : [{ id, kind, equipment, held, last }];
        });
        const params = { officers, short: short.filter((each) => each.kind === 'officer').length };
        if (short.length > 0)
            return failWith(
                short.map(({ id, kind, equipment, held, last }) =>
                    finding(SHORT[equipment], id, {
                        personId: id,
                        role: 'recordingManager',
                        modal: kind === 'officer' ? 'must' : 'should',
                        clause: kind === 'officer' ? null : 'A1-3-4',
                        aboutId: held[0]?.id ?? last?.id ?? null,
                    }),
                ),
                params,
            );
        return officers === 0 ? notApplicable : pass(params);
    },
};

export const UNIT_RULES: Readonly<Record<UnitRuleId, UnitRule>> = { rolesFilled, ownRecorder };

export type UnitJudgement = { readonly verdicts: readonly RuleVerdict<UnitRuleId>[]; readonly judgeAgainAt: Instant | null };

/** Throws nothing. `judgeAgainAt`: when the first word that holds now runs out; null: time alone changes nothing. */
export function judgeUnit(
    facts: UnitRuleFacts,
    now: Instant,
    rules: readonly UnitRule[] = Object.values(UNIT_RULES),
): UnitJudgement {
    const ends = facts.words.map((each) => startOfDay(addDays(each.untilDay, 1))).filter((at) => at > now);
    return {
        verdicts: rules.map((rule) => verdictBy(rule, { ...facts, now })),
        judgeAgainAt: ends.length === 0 ? null : Math.min(...ends),
    };
}
