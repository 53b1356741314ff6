import { DEVICE_ZONES } from '../device-time.ts';
import { RECORDING_SOURCES } from '../recording.ts';
import { CARD_FILE_KINDS, PROFILE_GROUPS, type ProfileFault, type ProfileRule, type RecorderProfile } from './profile.ts';

const MOST_RULES = 60;
const LONGEST_EXPRESSION = 300;
/** Open repetitions of one expression: a name has at most 255 characters, so three cost no more than some milliseconds. */
const MOST_OPEN = 3;
const GROUPS: ReadonlySet<string> = new Set(PROFILE_GROUPS);

/**
 * Reads a profile from JSON of any origin, or says all that is wrong with it. Expressions run over names that a card's maker
 * or a finder of the card chose, so those whose time could explode are refused: repetition without end of anything but one
 * character or class, look-around, back-references, and more than three such repetitions in one expression.
 */
export function readProfile(value: unknown): { profile: RecorderProfile } | { faults: readonly ProfileFault[] } {
    if (!isShape(value)) return { faults: [{ code: 'profile.shape', at: 0 }] };
    if (value.rules.length === 0) return { faults: [{ code: 'profile.noRules', at: 0 }] };
    if (value.rules.length > MOST_RULES) return { faults: [{ code: 'profile.tooManyRules', at: 0 }] };
    const faults = faultsOf(value.rules);
    return faults.length > 0 ? { faults } : { profile: value };
}

/** Reads rules that stand outside a profile, such as what an organisation marks as secret; none at all is allowed. */
export function readRules(value: unknown): { rules: readonly ProfileRule[] } | { faults: readonly ProfileFault[] } {
    if (!Array.isArray(value) || !value.every(isRule)) return { faults: [{ code: 'profile.shape', at: 0 }] };
    if (value.length > MOST_RULES) return { faults: [{ code: 'profile.tooManyRules', at: 0 }] };
    const faults = faultsOf(value);
    return faults.length > 0 ? { faults } : { rules: value };
}

const faultsOf = (rules: readonly ProfileRule[]): ProfileFault[] =>
    rules.flatMap((rule, at) =>
        [rule.folder, rule.name, rule.clock].flatMap((expression) => {
            const code = expression === undefined ? undefined : faultOf(expression);
            return code === undefined ? [] : [{ code, at: at + 1 }];
        }),
    );

const isText = (value: unknown, most: number): value is string =>
    typeof value === 'string' && value.length > 0 && value.length <= most;

const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

function isShape(value: unknown): value is RecorderProfile {
    if (!isRecord(value)) return false;
    const { id, zh, en, version, zone, readOnlyIsKey, source, rules } = value;
    return (
        isText(id, 40) &&
        /^[a-z][a-z0-9-]*$/.test(id) &&
        isText(zh, 80) &&
        isText(en, 80) &&
        Number.isSafeInteger(version) &&
        Number(version) > 0 &&
        typeof zone === 'string' &&
        Object.hasOwn(DEVICE_ZONES, zone) &&
        typeof readOnlyIsKey === 'boolean' &&
        (source === undefined || RECORDING_SOURCES.some((each) => each === source)) &&
        Array.isArray(rules) &&
        rules.every(isRule)
    );
}

function isRule(value: unknown): value is ProfileRule {
    if (!isRecord(value)) return false;
    const { kind, folder, name, key, marker, clock } = value;
    return (
        CARD_FILE_KINDS.some((each) => each === kind) &&
        (folder === undefined || typeof folder === 'string') &&
        typeof name === 'string' &&
        (key === undefined || typeof key === 'boolean') &&
        (marker === undefined || (typeof marker === 'boolean' && kind === 'secret')) &&
        (clock === undefined || (typeof clock === 'string' && kind === 'position'))
    );
}

function faultOf(expression: string): ProfileFault['code'] | undefined {
    if (expression.length > LONGEST_EXPRESSION) return 'profile.tooLong';
    try {
        new RegExp(expression, 'iu');
    } catch {
        return 'profile.expression';
    }
    if (isSlow(expression)) return 'profile.slow';
    const groups = [...expression.matchAll(/\(\?<([A-Za-z0-9_]+)>/g)].map((match) => match[1] ?? '');
    return groups.every((group) => GROUPS.has(group)) ? undefined : 'profile.group';
}

/** Reads the expression once: what an open repetition stands behind decides. It is known to be well formed. */
function isSlow(expression: string): boolean {
    if (/\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</.test(expression)) return true;
    let open = 0;
    let behindGroup = false;
    for (let at = 0; at < expression.length; at += 1) {
        const char = expression[at];
        if (char === '\\') {
            at += expression[at + 1] === 'p' || expression[at + 1] === 'u' ? (closing(expression, at, '}') ?? at + 1) - at : 1;
            behindGroup = false;
        } else if (char === '[') {
            at = closing(expression, at, ']') ?? at;
            behindGroup = false;
        } else if (char === '*' || char === '+' || (char === '{' && /^\{\d+,\d*\}/.test(expression.slice(at)))) {
            const bounded = /^\{\d+,(\d+)\}/.exec(expression.slice(at))?.[1];
            if (char !== '{' || bounded === undefined || Number(bounded) > SMALL) {
                if (behindGroup) return true;
                open += 1;
            } else if (behindGroup && Number(bounded) > FEW) return true;
            if (char === '{') at = closing(expression, at, '}') ?? at;
        } else behindGroup = char === ')';
    }
    return open > MOST_OPEN;
}

/** Bounded repetitions up to here count as closed. */
const SMALL = 40;
/** A group may be repeated so often: an optional part, four parts of an address. */
const FEW = 4;

function closing(expression: string, from: number, end: ']' | '}'): number | undefined {
    for (let at = from + 1; at < expression.length; at += 1) {
        if (expression[at] === '\\') at += 1;
        else if (expression[at] === end) return at;
    }
    return undefined;
}
