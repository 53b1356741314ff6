import { tokens as t } from '../tokens.ts';

/** Style of the strip chart; part of `uiCss`. */
export const stripChartCss = `
.lh-strip{min-width:0;background:${t.card};border:1px solid ${t.line};border-radius:${t.radius}px;color:${t.ink};font:${t.fontSize}px/1.55 ${t.fontFamily};font-variant-numeric:tabular-nums}
.lh-strip-head{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;padding:10px 16px;border-bottom:1px solid ${t.line}}
.lh-strip-head h2{font-size:15px;font-weight:600;margin:0;line-height:28px}
.lh-strip-head p{margin:0;font-size:13px;color:${t.ink3}}
.lh-strip-tools,.lh-strip-links{display:flex;flex-wrap:wrap;align-items:center;gap:8px}.lh-strip-tools{margin-left:auto}.lh-strip-links{gap:0}
.lh-strip button{font:inherit;font-size:13px;line-height:20px;color:${t.ink2};background:${t.card};border:1px solid ${t.lineStrong};padding:3px 10px;border-radius:6px;cursor:pointer;min-height:28px}
.lh-strip button:hover:not(:disabled):not([aria-disabled=true]){color:${t.brand};border-color:${t.brand}}
.lh-strip button:disabled,.lh-strip button[aria-disabled=true]{color:#8b97a4;background:${t.ground};cursor:not-allowed}
.lh-strip button:focus-visible{outline:2px solid ${t.ink};outline-offset:2px}
.lh-strip .lh-quiet{border-color:transparent;color:${t.brand};padding:3px 8px}
.lh-segmented{display:flex;border:0;margin:0;padding:0}
.lh-segmented button,.lh-zoom button{border-radius:0;margin-left:-1px;position:relative}
.lh-segmented button:first-of-type,.lh-zoom button:first-child{border-radius:6px 0 0 6px;margin-left:0}
.lh-segmented button:last-child,.lh-zoom button:last-child{border-radius:0 6px 6px 0}
.lh-segmented button[aria-pressed=true]{background:${t.brandSoft};color:${t.brand};border-color:${t.brand};z-index:1;font-weight:600}
.lh-zoom{display:flex}.lh-zoom button{min-width:32px}
.lh-strip-frame{position:relative;padding-top:8px}
.lh-strip-scroll{contain:inline-size;overflow-x:auto;overflow-y:hidden;overscroll-behavior-x:contain;scrollbar-width:thin;scrollbar-color:${t.lineStrong} transparent;border-radius:0 0 ${t.radius}px ${t.radius}px}
.lh-strip-pin{position:sticky;left:0;display:flex;background:${t.card}}
.lh-strip-pin svg{display:block;flex:none}
.lh-strip-labels{border-right:1px solid transparent}
.lh-strip-plot{overflow:hidden;cursor:grab;touch-action:pan-x pan-y;user-select:none;-webkit-user-select:none}
.lh-strip-plot:active{cursor:grabbing}
.lh-strip-hit{fill:transparent;outline:none;cursor:pointer}
.lh-strip-slider{outline:none;cursor:ew-resize;touch-action:none}
.lh-strip-slider:focus-visible .lh-strip-cursor rect{stroke:${t.ink};stroke-width:2}
.lh-strip-slider:focus-visible .lh-strip-cursor line{stroke-width:2.5}
.lh-strip-slider:focus-visible .lh-strip-scrub{stroke:${t.ink};stroke-width:2}
.lh-strip-tip{position:absolute;z-index:5;pointer-events:none;background:${t.ink};color:#fff;border-radius:8px;padding:8px 12px;font-size:12.5px;line-height:19px;display:flex;flex-direction:column;box-shadow:0 6px 20px #16202b38}
.lh-strip-tip strong{font-size:13px;font-weight:600}
.lh-strip-tip span{color:#dbe4ec}
.lh-strip-empty{display:flex;flex-direction:column;align-items:center;gap:2px;padding:36px 16px 40px;color:${t.ink2};text-align:center}
.lh-strip-empty svg{margin-bottom:14px}.lh-strip-empty strong{color:${t.ink};font-weight:600}.lh-strip-empty p{margin:0}
.lh-strip-table{overflow:auto;max-height:560px;border-radius:0 0 ${t.radius}px ${t.radius}px}.lh-strip-table:focus-visible{outline:2px solid ${t.ink};outline-offset:-2px}
.lh-strip-table table{width:100%;border-collapse:collapse;font-size:13px;white-space:nowrap}
.lh-strip-table caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.lh-strip-table th,.lh-strip-table td{padding:7px 16px;text-align:left;font-weight:400;border-top:1px solid ${t.line}}
.lh-strip-table thead th{color:${t.ink3};border:0;position:sticky;top:0;background:${t.card}}
.lh-strip-table tbody tr:not(.lh-first)>*{border-color:transparent}
.lh-strip-table .lh-repeated{color:transparent}
.lh-strip-table td.lh-open{color:${t.act};font-weight:600}
.lh-strip-table td.lh-unmet{color:${t.broken};font-weight:600}
.lh-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;margin:0}
@media (max-width:640px){.lh-strip-head{padding:10px 12px}.lh-strip-links{margin-left:auto}.lh-strip-head p{order:1;width:100%}.lh-strip-tools{order:2;margin:4px 0 2px;width:100%;justify-content:space-between}.lh-strip button{min-height:36px}.lh-zoom button{min-width:40px}.lh-strip-labels{border-right-color:${t.line}}}
@media (forced-colors:active){.lh-strip-ring rect{stroke:Highlight}.lh-segmented button[aria-pressed=true]{border:2px solid Highlight}}
@media print{.lh-strip{border:0;break-inside:avoid;color:#000}.lh-strip-head{padding:0 0 6px;border-color:#000}.lh-strip-head p{color:#000}.lh-strip svg{width:100%;height:auto}.lh-strip-tools,.lh-strip-links,.lh-strip-tip{display:none}}
`;
