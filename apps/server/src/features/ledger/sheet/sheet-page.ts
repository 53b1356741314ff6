import { fill, type Language, SHEET_WORDS } from '@liuhen/contract';
import {
    type Day,
    dayOf,
    formatCount,
    formatDateTime,
    type Id,
    type Instant,
    type PrintModel,
    type PrintSheetHead,
    parseCheckpoint,
    parseNote,
    rootGroups,
    toHex,
    utf8Text,
} from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { codePicture } from '../../../platform/typst/code-picture.ts';
import type { Sheet } from './sheet.queries.ts';

/** What stands on a sheet besides the checkpoints. */
export type SheetFacts = {
    readonly organisation: string;
    readonly day: Day;
    readonly printedAt: Instant;
    readonly language: Language;
    /** Keys of the log in their one-line form (C2SP signed-note). */
    readonly keys: readonly { readonly origin: string; readonly keyId: string; readonly verifier: string }[];
};

/** Name of the organisation, and the keys that its log introduced. */
export async function sheetParts(db: ReadDb, orgId: Id): Promise<Pick<SheetFacts, 'organisation' | 'keys'>> {
    const { name } = await db.selectFrom('organisation').select('name').where('id', '=', orgId).executeTakeFirstOrThrow();
    const keys = await db.selectFrom('ledger.log_key').select(['origin', 'verifier']).where('org_id', '=', orgId).execute();
    return {
        organisation: name,
        keys: keys.map(({ origin, verifier }) => ({
            origin,
            verifier,
            keyId: verifier.slice(origin.length).split('+')[1] ?? '',
        })),
    };
}

/** One A4 page: both heads of a day's last checkpoint as groups and as a code, the roots before, room for a seal and two hands. */
export function composeSheet(sheet: Sheet, facts: SheetFacts): PrintModel {
    const words = SHEET_WORDS[facts.language];
    const time = (at: Instant) => formatDateTime(at, facts.language, 'second');
    return {
        layout: 'sheet',
        agency: facts.organisation,
        title: words.title,
        ...{ numberLabel: '', number: '', blocks: [], pageSigners: [], copiesNote: '', code: '', codeLabel: '' },
        ...{ draft: false, watermark: '', marks: [] },
        sheet: {
            language: facts.language === 'en' ? 'en' : 'zh',
            facts: [
                [
                    words.day,
                    facts.language === 'en'
                        ? `${facts.day}, ${sheet.over ? words.wholeDay : words.soFar}`
                        : `${facts.day}，${sheet.over ? words.wholeDay : words.soFar}`,
                ],
                [words.printed, time(facts.printedAt)],
            ],
            heads: sheet.heads.map((head) => headOn(head, facts)),
            remarks: [words.code, words.what, words.notProven],
            seal: words.seal,
            hands: [words.handled, words.checked],
            signedOn: words.signedOn,
        },
    };
}

function headOn(head: Sheet['heads'][number], { language, keys }: SheetFacts): PrintSheetHead {
    const words = SHEET_WORDS[language];
    const count = (size: bigint) => formatCount(size, language);
    const note = parseNote(head.note);
    const { origin } = parseCheckpoint(note.text);
    const signers = note.signatures.map(({ name, keyHash }) => `${name}+${toHex(keyHash)}`);
    const before = head.before;
    return {
        title: words.heads[head.head],
        facts: [
            [words.log, origin],
            [words.size, count(head.size)],
            [words.at, formatDateTime(head.at, language, 'second')],
        ],
        rootLabel: words.root,
        groups: rootGroups(head.root),
        beforeLabel: before === undefined ? words.first : fill(words.before, { day: dayOf(before.at), size: count(before.size) }),
        before: before === undefined ? [] : rootGroups(before.root),
        keyLabel: words.key,
        keys: keys.filter(({ origin: name, keyId }) => signers.includes(`${name}+${keyId}`)).map(({ verifier }) => verifier),
        svg: codePicture(utf8Text(head.note) ?? ''),
    };
}
