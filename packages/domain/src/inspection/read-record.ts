import { ACT_STATES, isScenarioKey } from '../act/act.ts';
import { DRAW_SECRET_LENGTH } from '../chance/draw-sample.ts';
import { fromBase64 } from '../kernel/base64.ts';
import { isPlainObject, parseCanonical } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { isId } from '../kernel/ids.ts';
import { isInstant } from '../kernel/instant.ts';
import { createShapes } from '../kernel/shape.ts';
import { HASH_LENGTH } from '../ledger/digest.ts';
import { isPackagePath } from '../proof/package/package-paths.ts';
import { APART_REASONS, MOST_FRAME_ACTS, MOST_SAMPLE } from './campaign.ts';
import { MOST_PARALLEL, PARALLEL_STATES } from './campaign-parallel.ts';
import { CAMPAIGN_RECORD_FORMAT, type CampaignRecord } from './campaign-record.ts';
import type { RecordFindingCode } from './record-findings.ts';

/** Largest record that is read, in bytes: 200,000 acts are some 60 million. */
export const RECORD_MAX_BYTES = 100_000_000;

/** A list of this many of anything else than acts is none of ours. */
const MOST_STRATA = 20_000;
const MOST_FILES = 200;
const LONGEST_TEXT = 400;

const refuse = (code: RecordFindingCode, about?: string): never => {
    throw new DomainError(code, about === undefined ? {} : { about });
};
const { such, text, integer, hex, oneOf, list, record } = createShapes((_, path) => refuse('record.shape', path));

const id = such(isId);
const instant = such(isInstant);
const digest = hex(HASH_LENGTH);
const flag = such((value) => typeof value === 'boolean');
/** Text of one line for people; nothing that could move a terminal's cursor or turn the direction of a text. */
const isLine = (value: unknown): value is string =>
    typeof value === 'string' && value.length <= LONGEST_TEXT && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(value);
const line = such(isLine);
const count = integer(0);
const one = such((value) => value === 1);
const take = such(
    (value) => isPlainObject(value) && Object.keys(value).length === 1 && Number.isSafeInteger(value.number ?? value.permille),
);
const scenario = such((value) => isLine(value) && isScenarioKey(value));
const entryRef = record({ org: id, index: count });

const RULES = record(
    {
        v: one,
        title: line,
        organisations: list(record({ id, code: line, name: line }), 200),
        from: instant,
        to: instant,
        scenarios: list(scenario, 60),
        byOrganisation: flag,
        byScenario: flag,
        take,
        shares: list(record({ organisation: id, scenario, take }, ['organisation', 'scenario']), 200),
        publicValueIs: line,
    },
    ['publicValueIs'],
);

const FRAME = record({
    v: one,
    acts: list(record({ id, number: line, organisation: id, scenario, state: oneOf(...ACT_STATES) }), MOST_FRAME_ACTS),
});

const RESULT = record({
    v: one,
    strata: list(record({ stratum: line, eligible: count, taken: count }), MOST_STRATA),
    shares: list(record({ organisation: id, stratum: line, acts: count }), MOST_STRATA),
    picks: list(record({ place: integer(1), act: id, stratum: line }), MOST_SAMPLE),
    apart: list(record({ act: id, reason: oneOf(...APART_REASONS) }), MOST_FRAME_ACTS),
});

const PARALLEL = record({
    at: instant,
    inspections: list(
        record(
            {
                number: line,
                title: line,
                state: oneOf(...PARALLEL_STATES),
                from: instant,
                to: instant,
                organisations: list(line, 200),
                scenarios: list(scenario, 60),
                commitment: digest,
                committedAt: instant,
                drawnAt: instant,
                endedAt: instant,
                abandonReason: line,
                sheets: record({ all: count, finished: count, skipped: count }),
            },
            ['drawnAt', 'endedAt', 'abandonReason', 'sheets'],
        ),
        MOST_PARALLEL,
    ),
});

const LOG = record(
    {
        committed: entryRef,
        drawn: entryRef,
        keys: list(record({ app: text(/^[!-~]{1,200}$/), publicKey: hex(32), entry: entryRef }), 100),
        files: list(
            record({
                path: such((value) => typeof value === 'string' && isPackagePath(value)),
                bytes: such((value) => typeof value === 'string' && fromBase64(value) !== undefined),
            }),
            MOST_FILES,
        ),
    },
    ['drawn'],
);

const RECORD = record(
    {
        format: such((value) => value === CAMPAIGN_RECORD_FORMAT),
        organisation: record({ code: line, name: line }),
        number: line,
        rules: RULES,
        rulesDigest: digest,
        commitment: digest,
        committedAt: instant,
        secret: hex(DRAW_SECRET_LENGTH),
        publicValue: line,
        frame: FRAME,
        frameDigest: digest,
        drawnAt: instant,
        result: RESULT,
        parallel: PARALLEL,
        log: LOG,
    },
    ['publicValue', 'parallel', 'log'],
);

/** Whether bytes are to be read as a record: it is JSON of an object, which no package and no ZIP begins like. */
export const beginsLikeRecord = (first: Uint8Array): boolean =>
    /^(?:\xef\xbb\xbf)?\s*\{/.test(String.fromCharCode(...first.subarray(0, RECORD_BEGINNING)));
/** So many bytes say whether a file is one. */
export const RECORD_BEGINNING = 64;

/** Reads a record strictly. Throws `record.*` with `about`, what is wrong and where. */
export function readCampaignRecord(bytes: Uint8Array): CampaignRecord {
    if (bytes.length > RECORD_MAX_BYTES) return refuse('record.tooLong');
    const value = parsed(bytes);
    if (!isPlainObject(value) || value.format !== CAMPAIGN_RECORD_FORMAT)
        return refuse('record.otherFormat', isPlainObject(value) ? nameOf(value.format) : undefined);
    RECORD(value, '$');
    return value as unknown as CampaignRecord;
}

/** A name that a file gives itself, fit to be shown. */
const nameOf = (format: unknown): string | undefined =>
    typeof format === 'string' && /^[a-z0-9./-]{1,60}$/i.test(format) ? format : undefined;

function parsed(bytes: Uint8Array): unknown {
    try {
        return parseCanonical(bytes);
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.code !== 'canonical.notJson') return refuse('record.notCanonical', String(error.params.path ?? error.code));
        // Told apart from other damage because it has another remedy: fetch it once more.
        const whole = String.fromCharCode(...bytes.subarray(-RECORD_BEGINNING))
            .trimEnd()
            .endsWith('}');
        return refuse(whole ? 'record.notJson' : 'record.truncated');
    }
}
