import { fill, type Language } from '@liuhen/contract';
import { type Id, SYSTEM_ID } from '@liuhen/domain';
import { formatBytes } from './format-bytes.ts';
import type { Finding, InstallationReport } from './report.ts';
import { wordsEn } from './words.en.ts';
import { type Words, wordsZh } from './words.zh-CN.ts';

export const verificationWords: Readonly<Record<Language, Words>> = { 'zh-CN': wordsZh, en: wordsEn };

/** The report in words, line by line: what was looked at, what is wrong and where, what is to be believed. */
export function reportText(report: InstallationReport, language: Language): string[] {
    const words = verificationWords[language];
    const nameOf = namer(report, words);
    return [
        ...report.logs.map((log) =>
            fill(words.log, {
                name: nameOf(log.org),
                size: String(log.size),
                root: log.root,
                state: log.findings === 0 ? words.logSound : fill(words.logWrong, { count: log.findings }),
            }),
        ),
        ...(report.tables.length === 0 ? [] : [rowsLine(report, words)]),
        filesLine(report, words),
        ...(report.sample < 1 ? [fill(words.sample, { percent: Number((report.sample * 100).toFixed(4)) })] : []),
        ...unreferencedLines(report, words),
        keysLine(report, words),
        ...(report.total === 0 ? [] : ['', words.findingsTitle]),
        ...report.findings.map((finding) => `  ${findingText(finding, words, nameOf)}`),
        ...rest(report.total - report.findings.length, words),
        ...(report.gapTotal === 0 ? [] : ['', words.gapsTitle]),
        ...report.gaps.map((gap) => `  ${fill(words.gaps[gap.code], gap.params)}`),
        ...rest(report.gapTotal - report.gaps.length, words),
        '',
        fill(words.outcome[report.outcome], { total: report.total, gaps: report.gapTotal }),
        fill(words.took, { seconds: ((report.endedAt - report.startedAt) / 1000).toFixed(1) }),
    ];
}

type NameOf = (org: Id) => string;

function namer(report: InstallationReport, words: Words): NameOf {
    const names = new Map(report.logs.map((log) => [log.org, log.name]));
    return (org) => names.get(org) ?? (org === SYSTEM_ID ? words.system : fill(words.organisation, { org }));
}

function findingText(finding: Finding, words: Words, nameOf: NameOf): string {
    return `${placeText(finding, words, nameOf)}${words.colon}${fill(words.findings[finding.code], finding.params)}`;
}

function placeText(finding: Finding, words: Words, nameOf: NameOf): string {
    const { places } = words;
    if (finding.about === 'key') return places.key;
    if (finding.about === 'database') return places.database;
    const name = nameOf(finding.org);
    if (finding.about === 'log') return fill(places.entry, { name, index: String(finding.index) });
    if (finding.about === 'row') return fill(places.row, { name, table: finding.table, id: finding.id });
    if (finding.about === 'command') return fill(places.command, { name });
    const named = (of: readonly { readonly id: Id; readonly name: string }[]) =>
        of.map((each) => `${each.name} ${each.id}`).join(', ');
    const [recordings, documents] = [named(finding.recordings), named(finding.documents)];
    const place = finding.path === '' ? fill(places.content, { name }) : fill(places.file, { name, path: finding.path });
    const ofRecordings = recordings === '' ? '' : fill(places.of, { recordings });
    return place + ofRecordings + (documents === '' ? '' : fill(places.ofDocuments, { documents }));
}

function rowsLine({ tables }: InstallationReport, words: Words): string {
    return fill(words.rows, { tables: tables.length, rows: tables.reduce((sum, table) => sum + table.rows, 0) });
}

function filesLine({ files }: InstallationReport, words: Words): string {
    const { contents, copies, hashed, quarantined } = files;
    return fill(words.files, { contents, copies, hashed, quarantined, bytes: formatBytes(files.bytes) });
}

const UNREFERENCED_LISTED = 10;

function unreferencedLines({ files }: InstallationReport, words: Words): string[] {
    const { count, bytes, first } = files.unreferenced;
    if (count === 0) return [];
    const listed = first.slice(0, UNREFERENCED_LISTED);
    const title = fill(words.unreferenced, { count, bytes: formatBytes(bytes) });
    return [title, ...listed.map((path) => `  ${path}`), ...rest(count - listed.length, words)];
}

function keysLine({ keys }: InstallationReport, words: Words): string {
    const [first = 'database', second] = keys.sources;
    if (first === 'database') return words.keysFromDatabase;
    return fill(words.keys[second === undefined ? first : 'both'], { ids: keys.ids.join(', ') });
}

const rest = (count: number, words: Words): string[] => (count > 0 ? [`  ${fill(words.more, { count })}`] : []);

/** The report for programs: sizes and indexes as decimal text, because they may pass 2^53. */
export const reportJson = (report: InstallationReport): string =>
    JSON.stringify(report, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2);
