import type { Duration, Instant } from './instant.ts';
import { DAY, HOUR, MINUTE, SECOND } from './instant.ts';

/** Languages of the interface. zh-CN is the source text. */
export type Locale = 'zh-CN' | 'en';

/** How exactly a time of day is written. */
export type TimePrecision = 'minute' | 'second' | 'tenth';

/**
 * Asia/Shanghai is UTC+08:00 without summer time since 1991-09-15, so one fixed offset is exact for every record this
 * system can hold; earlier instants are written in the same offset.
 */
export const SHANGHAI_OFFSET: Duration = 8 * HOUR;

const WEEKDAYS: Record<Locale, readonly string[]> = {
    'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
    en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};

/** The local time of Shanghai as `2026-11-18T09:31:04.200Z`, whose letters are then cut apart. */
const local = (at: Instant): string => new Date(at + SHANGHAI_OFFSET).toISOString();

/** `2026-11-18` */
export const formatDate = (at: Instant): string => local(at).slice(0, -14);

/** `09:31`, `09:31:04` or `09:31:04.2`. Cut, never rounded up: a clock does not show a second before it has begun. */
export function formatTime(at: Instant, precision: TimePrecision = 'second'): string {
    const text = local(at).slice(-13, -1);
    return text.slice(0, { minute: 5, second: 8, tenth: 10 }[precision]);
}

/** `2026-11-18（周三）09:31`, in English `2026-11-18 (Wed) 09:31`. */
export function formatDateTime(at: Instant, locale: Locale, precision: TimePrecision = 'minute'): string {
    const day = WEEKDAYS[locale][new Date(at + SHANGHAI_OFFSET).getUTCDay()] ?? '';
    const open = locale === 'en' ? ` (${day}) ` : `（${day}）`;
    return `${formatDate(at)}${open}${formatTime(at, precision)}`;
}

/**
 * `2026-11-18（周三）09:31 – 10:47`; the date of the end is added when it is another day. Ends are shown as they are,
 * though intervals are half-open: a document says "until 10:47".
 */
export function formatPeriod(start: Instant, end: Instant, locale: Locale, precision: TimePrecision = 'minute'): string {
    const sameDay = formatDate(start) === formatDate(end);
    return `${formatDateTime(start, locale, precision)} – ${sameDay ? formatTime(end, precision) : formatDateTime(end, locale, precision)}`;
}

type Unit = { readonly size: Duration; readonly 'zh-CN': string; readonly en: string };

const UNITS: readonly Unit[] = [
    { size: DAY, 'zh-CN': '天', en: 'd' },
    { size: HOUR, 'zh-CN': '小时', en: 'h' },
    { size: MINUTE, 'zh-CN': '分', en: 'min' },
    { size: SECOND, 'zh-CN': '秒', en: 's' },
];

/**
 * A length of time in words: `2 分 36 秒`, `6 小时 12 分`, `1 天 4 小时`; English `2 min 36 s`. Rounded to whole seconds
 * from 10 s on; below that tenths are kept (`4.2 秒`), because clock offsets live there. `maxUnits` cuts the tail
 * (never rounds up), so that a limit that is not yet reached is never shown as reached. Negative lengths carry a minus.
 */
export function formatDuration(of: Duration, locale: Locale, maxUnits = 3): string {
    if (of < 0) return `−${formatDuration(-of, locale, maxUnits)}`;
    const second = locale === 'en' ? 's' : '秒';
    if (of > 0 && of < 50) return `<0.1 ${second}`;
    const tenths = Math.round(of / 100);
    if (tenths < 100) return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} ${second}`;

    let rest = Math.round(of / SECOND) * SECOND;
    const parts: string[] = [];
    const first = UNITS.findIndex((unit) => rest >= unit.size);
    for (const unit of UNITS.slice(first, first + maxUnits)) {
        const count = Math.floor(rest / unit.size);
        rest -= count * unit.size;
        if (count > 0) parts.push(`${count} ${unit[locale]}`);
    }
    return parts.join(' ');
}

/** A length of media as players write it: `35:18`, `1:17:12`. Cut to whole seconds. */
export function formatMediaTime(of: Duration): string {
    const seconds = Math.floor(Math.abs(of) / SECOND);
    const pad = (value: number) => String(value).padStart(2, '0');
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    const tail = pad(seconds % 60);
    return `${of < 0 ? '−' : ''}${hours > 0 ? `${hours}:${pad(minutes)}` : minutes}:${tail}`;
}

/** `184 031` in Chinese (thin space U+2009), `184,031` in English; the caller adds the unit. */
export function formatCount(of: number | bigint, locale: Locale): string {
    const text = String(of < 0 ? -of : of);
    const grouped = text.replace(/\B(?=(\d{3})+(?!\d))/g, locale === 'en' ? ',' : '\u2009');
    return of < 0 ? `−${grouped}` : grouped;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/**
 * A size of bytes in decimal units (1 kB = 1000 B, as drives and networks are sold) with three significant figures,
 * cut and never rounded up, so that 999,999 B is not called a megabyte: `1.09 GB`. Sizes are bigint everywhere.
 */
export function formatBytes(of: bigint | number): string {
    const size = BigInt(of);
    let power = 0;
    let unit = 1n;
    while (size >= unit * 1000n && power < BYTE_UNITS.length - 1) {
        unit *= 1000n;
        power += 1;
    }
    if (power === 0) return `${size} B`;
    const whole = size / unit;
    const decimals = whole >= 100n ? 0 : whole >= 10n ? 1 : 2;
    const scaled = (size * 10n ** BigInt(decimals)) / unit;
    const digits = String(scaled).padStart(decimals + 1, '0');
    const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
    return `${text} ${BYTE_UNITS[power]}`;
}

/** Per-mille as a percentage with one decimal: 966 → `96.6 %`, 1000 → `100 %`. */
export const formatPermille = (of: number): string => `${of % 10 === 0 ? of / 10 : (of / 10).toFixed(1)} %`;
