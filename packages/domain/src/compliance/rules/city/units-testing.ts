import type { HeldRecorder } from '../../../device/equipment.ts';
import { addDays, dayOf } from '../../../kernel/day.ts';
import { DAY, HOUR } from '../../../kernel/instant.ts';
import { type DeviceRuleFacts, judgeDevice, type OtherUse } from '../device-rules.ts';
import { DEVICE_RULE_IDS, type RuleFinding, SUBJECT_FINDING_CODES, UNIT_RULE_IDS, type Verdict } from '../rule.ts';
import { type EquippedPerson, judgeUnit, type UnitRuleFacts } from '../unit-rules.ts';
import { type Dice, diceOf } from './dice-testing.ts';
import { makeFaults } from './faults-testing.ts';
import { makePassport } from './passport-testing.ts';
import { SubjectNotes, type SubjectRuleId, subjectWordsOf } from './subject-notes-testing.ts';
import { codeLines } from './table-testing.ts';

const IDS: readonly SubjectRuleId[] = [...UNIT_RULE_IDS, ...DEVICE_RULE_IDS];

/** Organisations with their people and recorders; about so many of each thing are wrong. */
export type UnitsCity = {
    readonly seed: number;
    readonly organisations: number;
    readonly people: number;
    readonly now: number;
    readonly wrongPermille: number;
};

type Row = { judged: number; planted: number; found: number; missed: number; notPlanted: number; otherVerdict: number };
export type SubjectTable = {
    readonly rows: Readonly<Record<SubjectRuleId, Row>>;
    readonly planted: ReadonlyMap<string, number>;
    readonly differences: readonly string[];
};

const foundWords = ({ code, modal, personId, role, clause }: RuleFinding) =>
    subjectWordsOf([code, modal, personId, role, clause]);

/** Makes every unit and recorder of a city, judges them, and holds each verdict and finding against what was planted. */
export function judgeUnits(city: UnitsCity): SubjectTable {
    const empty = (): Row => ({ judged: 0, planted: 0, found: 0, missed: 0, notPlanted: 0, otherVerdict: 0 });
    const rows = Object.fromEntries(IDS.map((id) => [id, empty()])) as Record<SubjectRuleId, Row>;
    const planted = new Map<string, number>();
    const differences: string[] = [];
    const hold = (what: string, notes: SubjectNotes, verdicts: readonly Judged[]) => {
        for (const { rule, verdict, missing, findings } of verdicts) {
            const row = rows[rule];
            const expected = notes.planted.get(rule) ?? [];
            const lacking = expected.length > 0 ? [] : [...new Set(notes.missing.get(rule) ?? [])].sort();
            const wanted: Verdict =
                expected.length > 0
                    ? 'fail'
                    : lacking.length > 0
                      ? 'needsReview'
                      : notes.silent.has(rule)
                        ? 'notApplicable'
                        : 'pass';
            const extra = findings.map(foundWords);
            const missed = expected.filter((each) => {
                const at = extra.indexOf(each);
                if (at >= 0) extra.splice(at, 1);
                return at < 0;
            });
            for (const each of expected) {
                const code = each.split(' ')[0] ?? '';
                planted.set(code, (planted.get(code) ?? 0) + 1);
            }
            const isOther = verdict !== wanted || missing.join() !== lacking.join();
            row.judged += Number(wanted !== 'notApplicable');
            row.planted += expected.length;
            row.found += expected.length - missed.length;
            row.missed += missed.length;
            row.notPlanted += extra.length;
            row.otherVerdict += Number(isOther);
            if (isOther || missed.length + extra.length > 0)
                differences.push(`${what} ${rule}: ${wanted} [${lacking}], got ${verdict} [${missing}]; ${missed} / ${extra}`);
        }
    };
    for (let at = 0; at < city.organisations; at++) {
        const { facts, notes } = makeUnit(city, at);
        hold(`unit ${at}`, notes, judgeUnit(facts, city.now).verdicts);
    }
    for (let at = 0; at < city.people; at++) {
        const { facts, notes } = makeDevice(city, at);
        hold(`device ${at}`, notes, judgeDevice(facts, city.now).verdicts);
    }
    return { rows, planted, differences };
}
type Judged = {
    readonly rule: SubjectRuleId;
    readonly verdict: Verdict;
    readonly missing: readonly string[];
    readonly findings: readonly RuleFinding[];
};

function makeUnit(city: UnitsCity, at: number): { facts: UnitRuleFacts; notes: SubjectNotes } {
    const dice = diceOf(city.seed, at, 1);
    const notes = new SubjectNotes();
    const today = dayOf(city.now);
    const commission = dice.chance(200);
    const holders: UnitRuleFacts['holders'][number][] = [];
    const words: UnitRuleFacts['words'][number][] = [];
    const asked = [
        ['recordingManager', 'A1-19-1', 'role.noRecordingManager'],
        ['archivist', 'A3-6', 'role.noArchivist'],
    ] as const;
    for (const [role, clause, code] of asked) {
        const way = dice.pick(['held', 'held', 'said', 'ranOut', 'nobody']);
        if (way === 'held') holders.push({ role, personId: `p ${role}`, grantId: `g ${role}` });
        if (way === 'said') words.push({ id: `w ${role}`, clause, untilDay: addDays(today, dice.between(0, 90)) });
        if (way === 'ranOut') words.push({ id: `w ${role}`, clause, untilDay: addDays(today, -dice.between(1, 90)) });
        const isAsked = role === 'archivist' || !commission;
        if (isAsked && (way === 'nobody' || way === 'ranOut'))
            notes.plant('rolesFilled', code, 'must', null, commission ? 'agencyHead' : 'instituteHead', clause);
    }
    const count = commission ? 0 : Math.ceil(city.people / city.organisations);
    const people = Array.from({ length: count }, (_, index) => makePerson(dice, notes, `p ${at} ${index}`, city.wrongPermille));
    if (!people.some((each) => each.kind === 'officer')) notes.silent.add('ownRecorder');
    const kind = commission ? 'districtCommission' : 'districtInstitute';
    return { facts: { kind, holders, words, people }, notes };
}

function makePerson(dice: Dice, notes: SubjectNotes, id: string, wrongPermille: number): EquippedPerson {
    const kind = dice.chance(150) ? 'assistant' : 'officer';
    const one = (state: HeldRecorder['state'], number: string): HeldRecorder => ({
        ...{ id: `r ${number} ${id}`, number, state, basis: 'personal' },
    });
    const made = (held: readonly HeldRecorder[], last: EquippedPerson['last'] = null): EquippedPerson => ({
        id,
        kind,
        held,
        last,
    });
    const short = (code: string) =>
        notes.plant(
            'ownRecorder',
            code,
            kind === 'officer' ? 'must' : 'should',
            id,
            'recordingManager',
            kind === 'officer' ? null : 'A1-3-4',
        );
    if (!dice.chance(wrongPermille)) {
        // A lost one beside a usable one, and an assistant without any, are nothing wrong.
        if (kind === 'assistant' && dice.chance(400)) return made([]);
        return made(dice.chance(50) ? [one('inService', '1'), one('lost', '2')] : [one('inService', '1')]);
    }
    switch (dice.pick(['none', 'inRepair', 'unusable', 'several', 'lost'])) {
        case 'inRepair':
            if (kind === 'officer') short('recorder.inRepair');
            return made([], { id: `r ${id}`, state: dice.pick(['inRepair', 'faulty']) });
        case 'unusable':
            short('recorder.unusable');
            return made([one(dice.pick(['faulty', 'inRepair']), '1')]);
        case 'lost':
            short('recorder.unusable');
            return made([one('lost', '1')]);
        case 'several':
            short('recorder.several');
            return made([one('inService', '1'), one(dice.pick(['inService', 'faulty']), '2')]);
        default:
            if (kind === 'officer') short('recorder.none');
            return made([]);
    }
}

function makeDevice(city: UnitsCity, at: number): { facts: DeviceRuleFacts; notes: SubjectNotes } {
    const dice = diceOf(city.seed, at, 2);
    const notes = new SubjectNotes();
    const wrong = () => dice.chance(city.wrongPermille);
    const holder = `p ${at}`;
    const use = (holderId: string | null): OtherUse => ({
        ...{ issueId: holderId === null ? null : `i ${at}`, holderId, userId: `q ${at}`, recordings: dice.between(1, 9) },
        ...{ firstId: `rec ${at}`, firstAt: city.now - 9 * DAY, lastAt: city.now - DAY },
    });
    const otherUses: OtherUse[] = [];
    if (wrong()) {
        otherUses.push(use(holder));
        notes.plant('notLent', 'lent.used', 'must', holder, 'recordingManager', null);
    }
    if (wrong()) {
        otherUses.push(use(null));
        notes.lack('notLent', 'holder');
    }
    const otherChecks: DeviceRuleFacts['otherChecks'][number][] = [];
    if (wrong()) {
        const place = dice.pick<'phone' | 'dock'>(['phone', 'dock']);
        otherChecks.push({
            holderId: holder,
            personId: `q ${at}`,
            place,
            checks: 1,
            firstId: `c ${at}`,
            firstAt: city.now - DAY,
        });
        if (place === 'phone') notes.plant('notLent', 'lent.checked', 'should', holder, 'recordingManager', null);
    }
    const [isLate, isSpare, isMended] = [wrong(), dice.chance(50), wrong()];
    if (isLate || (isSpare && isMended)) notes.plant('notLent', 'lent.notReturned', 'should', holder, 'recordingManager', null);
    const withoutTime = Number(wrong());
    if (withoutTime > 0) notes.lack('notLent', 'recordingTime');
    const withoutPerson = Number(wrong());
    if (withoutPerson > 0) notes.lack('notLent', 'user');
    const faults = makeFaults(dice, notes, holder, city);
    const { requirements, paperEnds } = makePassport(dice, notes, city.now, city.wrongPermille);
    return {
        notes,
        facts: {
            ...{ kind: 'recorder', otherUses, otherChecks, faults, withoutTime, withoutPerson, requirements, paperEnds },
            issue: {
                ...{ id: `i ${at}`, personId: holder, basis: isSpare ? 'spare' : 'shift' },
                dueBackAt: city.now + (isLate ? -1 : 1) * dice.between(1, 30) * HOUR,
                instead: isSpare ? { id: `o ${at}`, state: isMended ? 'inService' : 'inRepair' } : null,
            },
        },
    };
}

/** The table as it is printed. */
export const subjectTableText = ({ rows, planted: byCode }: SubjectTable): string =>
    [
        '| rule | judged | planted | found | missed | not planted | other verdict |',
        '|---|---|---|---|---|---|---|',
        ...IDS.map((id) => {
            const { judged, planted, found, missed, notPlanted, otherVerdict } = rows[id];
            return `| ${[id, judged, planted, found, missed, notPlanted, otherVerdict].join(' | ')} |`;
        }),
        ...codeLines(SUBJECT_FINDING_CODES, (code) => byCode.get(code)),
    ].join('\n');
