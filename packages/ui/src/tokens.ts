/**
 * Design tokens: the only place where colours, sizes and type of our own parts are written. Texts reach WCAG AA (4.5 : 1)
 * on every ground they stand on; a test computes it.
 */
export const tokens = {
    ink: '#16202b',
    ink2: '#4f5c69',
    ink3: '#616e7c',
    line: '#e3e8ed',
    lineStrong: '#cfd8e1',
    ground: '#f5f7f9',
    card: '#ffffff',
    brand: '#0f5fa6',
    brandSoft: '#e8f1f9',
    document: '#5b4bb7',
    documentSoft: '#f4f2fd',
    ok: '#1a7f4b',
    okSoft: '#eaf7ef',
    act: '#a85607',
    actSoft: '#fdf1e1',
    broken: '#b42318',
    brokenSoft: '#fdeceb',
    judge: '#7c8996',
    recorder: '#0f5fa6',
    room: '#3b5b7a',
    assistant: '#9db6cb',
    assistantSoft: '#eef3f7',
    position: '#2c7d74',
    cursor: '#d92d20',
    radius: 10,
    fontFamily: '"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif',
    fontSize: 14,
} as const;
export type Tokens = typeof tokens;
