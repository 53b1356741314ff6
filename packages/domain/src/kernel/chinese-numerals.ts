const DIGITS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;
const UNITS = ['', '十', '百', '千'] as const;

/** Whole numbers from 0 to 9999 as they are written in 第…条: `十`, `二十一`, `一百〇五`. */
export function chineseNumeral(of: number): string {
    if (!Number.isInteger(of) || of < 0 || of > 9999) throw new RangeError('chineseNumeral');
    if (of === 0) return '〇';
    const digits = [...String(of)].map(Number);
    let out = '';
    let hole = false;
    for (const [at, digit] of digits.entries()) {
        if (digit === 0) {
            hole = out !== '';
            continue;
        }
        if (hole) out += DIGITS[0];
        hole = false;
        out += `${DIGITS[digit] ?? ''}${UNITS[digits.length - 1 - at] ?? ''}`;
    }
    return out.startsWith('一十') ? out.slice(1) : out;
}

/** The number that is written so (also with 零), or `undefined` where it is none from 1 to 9999. */
export function numberOfChinese(written: string): number | undefined {
    const plain = written.replaceAll('零', '〇');
    // As 第…条 writes it there is one way only, so that nothing odd is taken for a number.
    const candidate = [...plain].reduce(
        ({ sum, digit }, each) => {
            const unit = UNITS.findIndex((one) => one !== '' && one === each);
            if (unit > 0) return { sum: sum + (digit ?? 1) * 10 ** unit, digit: undefined };
            const next = (DIGITS as readonly string[]).indexOf(each);
            return { sum, digit: next < 0 ? Number.NaN : next };
        },
        { sum: 0, digit: undefined as number | undefined },
    );
    const number = candidate.sum + (candidate.digit ?? 0);
    return Number.isInteger(number) && number > 0 && number <= 9999 && chineseNumeral(number) === plain ? number : undefined;
}

const MONEY_DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const MONEY_UNITS = ['', '拾', '佰', '仟'] as const;
const MONEY_GROUPS = ['', '万', '亿', '万亿'] as const;

/** Whole fen as written on penalties beside the figures: `人民币贰仟元整`, `人民币壹拾元零伍分`. */
export function chineseMoney(fen: number): string {
    if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError('chineseMoney');
    const yuan = Math.floor(fen / 100);
    const jiao = Math.floor(fen / 10) % 10;
    const cent = fen % 10;
    const whole = yuan === 0 ? '' : `${moneyInteger(yuan)}元`;
    if (jiao === 0 && cent === 0) return `人民币${whole === '' ? '零元' : whole}整`;
    const tenths = jiao > 0 ? `${MONEY_DIGITS[jiao] ?? ''}角` : whole === '' ? '' : '零';
    return `人民币${whole}${tenths}${cent > 0 ? `${MONEY_DIGITS[cent] ?? ''}分` : '整'}`;
}

function moneyInteger(of: number): string {
    const groups: number[] = [];
    for (let rest = of; rest > 0; rest = Math.floor(rest / 10_000)) groups.push(rest % 10_000);
    let out = '';
    let hole = false;
    for (let at = groups.length - 1; at >= 0; at--) {
        const group = groups[at] ?? 0;
        if (group === 0) {
            hole = out !== '';
            continue;
        }
        if (out !== '' && (hole || group < 1000)) out += MONEY_DIGITS[0];
        hole = false;
        out += moneyGroup(group) + (MONEY_GROUPS[at] ?? '');
    }
    return out;
}

function moneyGroup(of: number): string {
    const digits = [...String(of)].map(Number);
    let out = '';
    let hole = false;
    for (const [at, digit] of digits.entries()) {
        if (digit === 0) {
            hole = out !== '';
            continue;
        }
        if (hole) out += MONEY_DIGITS[0];
        hole = false;
        out += `${MONEY_DIGITS[digit] ?? ''}${MONEY_UNITS[digits.length - 1 - at] ?? ''}`;
    }
    return out;
}
