import { coverageOf, DETAIL_CODES, STATEMENT_CODES, type Statement, type StatementCode, statementsOf } from '@liuhen/domain';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { AnswerRow } from './answer-row.tsx';
import { answerEn, answerZh, statementWords } from './answer-texts.ts';
import { StatusDot } from './status-dot.tsx';
import { exampleAct } from './strip-chart/strip-chart-testing.ts';
import { tokens } from './tokens.ts';
import { Trace, traceEn, traceZh } from './trace.tsx';

const input = { ...exampleAct(), speech: [], speechRequired: false };
const statements = statementsOf(input, coverageOf(input));

describe('answer row', () => {
    test('a dot and words for every statement', () => {
        const html = renderToStaticMarkup(<AnswerRow statements={statements} texts={answerZh} />);
        expect(html.match(/<li>/g)).toHaveLength(5);
        expect(html).toContain('<strong data-status="符合">2 名监督员在场</strong><p>证号有效；均有记录仪音像</p>');
        expect(html).toContain(
            'aria-label="需处理"></span><strong data-status="需处理">全程覆盖 96.5 %</strong><p>1 处 2 分 36 秒待解释</p>',
        );
        expect(html).toContain('<p>时限 24 小时</p>');
        expect(renderToStaticMarkup(<AnswerRow statements={statements} texts={answerEn} />)).toContain('96.5 % recorded');
    });
    test('gaps that a person must judge first are not called somebody’s duty', () => {
        const gap = { code: 'gaps.open', params: { count: 1, lengthMs: 60_000 } } as const;
        const one: Statement = {
            id: 'coverage',
            status: 'judge',
            code: 'coverage.deviceClock',
            params: { permille: 0 },
            details: [gap],
            counts: true,
        };
        expect(statementWords(one, answerZh).detail).toBe('1 处 1 分未见音像，待人判断');
        expect(statementWords({ ...one, status: 'act' }, answerZh).detail).toBe('1 处 1 分待解释');
    });
    test('every code has words, and all of their parameters are given', () => {
        const params = {
            count: 1,
            unknown: 1,
            unsure: 1,
            missingMs: 1,
            permille: 1,
            late: 1,
            damaged: 1,
            longestMs: 1,
            waiting: 1,
            openEnded: 1,
        };
        const more = { count: 1, lengthMs: 1, dueAt: 1, absMs: 1, limitMs: 3_600_000, farMs: 1_000 };
        for (const texts of [answerZh, answerEn]) {
            for (const code of STATEMENT_CODES) {
                const details = DETAIL_CODES.map((each) => ({ code: each, params: more }));
                const one: Statement = {
                    id: 'coverage',
                    status: 'held',
                    code: code satisfies StatementCode,
                    params,
                    details,
                    counts: true,
                };
                const { title, detail } = statementWords(one, texts);
                expect(title + detail).not.toMatch(/[{}]|undefined/);
                expect(title.length).toBeGreaterThan(3);
            }
        }
    });
});

test('a dot beside words is silent, a dot alone speaks', () => {
    expect(renderToStaticMarkup(<StatusDot status="act" />)).toBe('<span class="lh-dot lh-act" aria-hidden="true"></span>');
    expect(renderToStaticMarkup(<StatusDot status="act" label="需处理" />)).toContain('role="img" aria-label="需处理"');
});

test('the trace names the index of each entry', () => {
    const entries = [{ index: 184_031, at: Date.UTC(2026, 10, 18, 8, 59), words: '入库并封存 4 段', href: '/log/184031' }];
    const html = renderToStaticMarkup(<Trace entries={entries} texts={traceZh} note="检查点已由市级见证" />);
    expect(html).toContain('<time dateTime="2026-11-18T08:59:00.000Z">11-18 16:59</time><span>入库并封存 4 段</span>');
    expect(html).toContain('<a href="/log/184031"><code>184\u2009031</code></a>');
    expect(renderToStaticMarkup(<Trace entries={[]} texts={traceEn} />)).toContain('No entries yet');
});

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (hex: string): number => {
    const channel = (at: number) => {
        const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
};
const contrast = (a: string, b: string): number => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
};

test('texts reach AA on every ground they stand on', () => {
    const t = tokens;
    const pairs: [string, string][] = [
        ...[t.ink, t.ink2, t.ink3, t.act, t.brand, t.document].flatMap((text): [string, string][] => [
            [text, t.card],
            [text, t.documentSoft],
            [text, t.ground],
        ]),
        ['#22685f', t.documentSoft],
        [t.brand, t.brandSoft],
        [t.act, t.actSoft],
        [t.ok, t.okSoft],
        [t.broken, t.brokenSoft],
        ...[t.recorder, t.room, t.document, t.cursor, t.ink].map((ground): [string, string] => ['#ffffff', ground]),
    ];
    expect(pairs.filter(([text, ground]) => contrast(text, ground) < 4.5).map((pair) => [...pair, contrast(...pair)])).toEqual(
        [],
    );
});
